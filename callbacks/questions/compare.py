"""The answer to "What changed between two periods?"."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dash.development.base_component import Component

from callbacks.questions.about import about, of_incidents
from callbacks.questions.hotspots import area_of
from data.compare.answer import compare
from data.counting.coverage import covered
from data.counting.windows import Window, last_full_years
from data.model.days import Span
from data.model.errors import QueryError
from data.model.notices import say
from data.query.questions import OPTIONS_OF, chosen
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.small_multiples import small_multiples
from layouts.questions.compare import WHOLE, answer, change_on_map, spelt

MOST_PERIODS: Final = 36  # of the small pictures; with more they take longer steps


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return what changed from one window to another, and all routes side by side over both."""
    del store
    asked = of_incidents(vintage, selection).replace(start=None, end=None)
    own = chosen(options, *OPTIONS_OF["compare"].values())
    first, second = windows(vintage, asked, own["first"], own["second"])
    found = compare(vintage, asked, first=first, second=second, by=own["by"])
    by_route = found if own["by"] == "route" else compare(vintage, asked, first=first, second=second, by="route")
    area = choose_area(asked, own["study_area"])
    shown = change_on_map(by_route, cells_address(asked, first, second), asked.resolution, area=area,
                          names=vintage.names["route"])  # fmt: skip
    every = every_route(asked, first, second)
    routes = small_multiples(vintage, every)
    return [*answer(found, routes, asked, vintage.names, step=every.step, shown=shown), about(vintage, asked)]


def cells_address(selection: Selection, first: Window, second: Window) -> str:
    """Return where the map asks for the cells that changed between two windows."""
    own = f"/cells/change?first={spelt(first)}&second={spelt(second)}"
    kept = selection.only("incidents", "cells").replace(start=None, end=None).to_query()
    return f"{own}&{kept}" if kept else own


def choose_area(selection: Selection, given: str | None) -> str:
    """Return the study area that the map fits: the one given, else that of the chosen routes or regions, else all."""
    return given or (area_of(selection) if selection.routes or selection.regions else WHOLE)


def windows(vintage: Vintage, selection: Selection, *given: Span | None) -> tuple[Window, Window]:
    """Return the windows that are typed; for a blank one, the last full year, or the one before as the first."""
    usual = last_full_years(covered(vintage, selection))
    found = [Window(*days) if days else usual and usual[place] for place, days in enumerate(given)]
    first, second = found
    if first is None or second is None:
        raise QueryError(say("compare.refused.no_full_years"), parameter="first")
    return first, second


def every_route(selection: Selection, first: Window, second: Window) -> Selection:
    """Return all routes from the first day of both windows to the last, in steps that a small picture can show."""
    start, end = min(first.first, second.first), max(first.last, second.last)
    return selection.replace(routes=(), start=start, end=end, step=step_of(start, end))


def step_of(start: date, end: date) -> str:
    """Return month, quarter or year: the shortest step with at most 36 periods."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return "month" if months <= MOST_PERIODS else "quarter" if months <= 3 * MOST_PERIODS else "year"
