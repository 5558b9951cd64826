"""The answer to "What changed between two windows?"."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from callbacks.questions.about import about, counted
from callbacks.questions.hotspots import area_of
from data.change_table import BY
from data.compare import compare, parse_window
from data.coverage import Window, covered, last_full_years
from data.errors import QueryError
from data.measures import incident_source
from data.selection import Selection
from data.side_by_side import small_multiples
from data.store import Store
from data.vintage import Vintage
from layouts.questions.compare import AREAS, WHOLE, answer

MOST_PERIODS: Final = 36  # of the small pictures; with more they take longer steps


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return what changed from one window to another, and all routes side by side over both."""
    del store
    asked = counted(vintage, selection).but(start=None, end=None)
    first, second = windows(vintage, asked, options)
    by = options.get("by") or "route"
    if by not in BY:
        raise QueryError(f"'by' is one of {', '.join(BY)}; found '{by[:60]}'.", parameter="by")
    found = compare(vintage, asked, first=first, second=second, by=by)
    area = area_shown(asked, options.get("area", ""))
    return [*answer(found, beside(vintage, asked, first, second), asked, vintage.names, area=area),
            about(vintage, asked)]  # fmt: skip


def area_shown(selection: Selection, given: str) -> str:
    """Return the study area that the map fits: the one given, else that of the chosen routes or regions, else all."""
    if given and given not in AREAS:
        raise QueryError(f"'area' is one of {', '.join(AREAS)}; found '{given[:60]}'.", parameter="area")
    return given or (area_of(selection) if selection.routes or selection.regions else WHOLE)


def windows(vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> tuple[Window, Window]:
    """Return the windows that are typed; for a blank one, the last full year, or the one before as the first."""
    given = [options.get(key, "") for key in ("first", "second")]
    years = last_full_years(covered(vintage, incident_source(vintage, selection)))
    if not all(given) and years is None:
        raise QueryError("No two full years in a row are covered here. Type both windows.", parameter="first")
    typed = [parse_window(words, key=key) if words else None for key, words in zip(("first", "second"), given,
                                                                                   strict=True)]  # fmt: skip
    first, second = (one or years[place] for place, one in enumerate(typed)) if years else typed
    return first, second


def beside(vintage: Vintage, selection: Selection, first: Window, second: Window) -> dict[str, Any]:
    """Return all routes from the first day of both windows to the last, in steps that a small picture can show."""
    start, end = min(first.first, second.first), max(first.last, second.last)
    every = selection.but(routes=(), start=start, end=end, step=step_of(start, end))
    return {"step": every.step, **small_multiples(vintage, every)}


def step_of(start: date, end: date) -> str:
    """Return month, quarter or year: the shortest step with at most 36 periods."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return "month" if months <= MOST_PERIODS else "quarter" if months <= 3 * MOST_PERIODS else "year"
