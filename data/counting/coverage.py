"""Which days an incident database speaks of, and for what: outside them is no data, inside them no record is nobody.

Coverage belongs to a place (RULES R10): a download of one region or one route covers that one. The gap between two
editions is not collected, what comes after the last is not yet published (R11). Of counts, see ``count_coverage``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from data.counting.edition_scopes import EditionScope, edition_scopes
from data.counting.windows import Window, clipped, joined, outside, shared
from data.model.absence import NOT_COLLECTED, NOT_YET_PUBLISHED, Absence
from data.model.caches import kept_numbers
from data.model.days import ONE_DAY
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

GROWING_MONTHS: Final = 3  # the latest of an incident database


def covered(vintage: Vintage, selection: Selection) -> tuple[Window, ...]:
    """Return the days that the selection's incident database covers for all that is asked for, in order.

    An edition is taken to cover its first record's month from the first day, and nothing after its last record. A route
    that the database never names it does not know: who died there stands under another name or none (RULES R11).
    """
    source = database(vintage, selection)
    routes = named_routes(vintage, selection)
    return _covered(vintage, source, routes, selection.regions) if routes or not selection.routes else ()


def named_routes(vintage: Vintage, selection: Selection) -> tuple[str, ...]:
    """Return the routes asked for that the selection's incident database names, in its records or as its scope."""
    source = database(vintage, selection)
    found = vintage.summary.get(source or "")
    stated = {route for one in edition_scopes(vintage, source) for route in one.routes or ()}
    known = stated | set(found.ids["route"] if found else ())
    return tuple(route for route in selection.routes if route in known)


def database(vintage: Vintage, selection: Selection) -> str | None:
    """Return the incident database that a selection speaks of, also where no record of it counts any more."""
    rows = vintage.sources.filter((pl.col("source") == pl.lit(selection.source)) & (pl.col("kind") == "incidents"))
    return selection.source if rows.height else incident_source(vintage, selection)


def covered_somewhere(vintage: Vintage, selection: Selection) -> tuple[Window, ...]:
    """Return the days that the database covers for some of what is asked for, at least."""
    if selection.routes and not named_routes(vintage, selection):
        return ()
    scopes = edition_scopes(vintage, database(vintage, selection))
    return _joined(one for one in scopes if _touches(one, selection.routes, selection.regions))


def _touches(scope: EditionScope, routes: Sequence[str], regions: Sequence[str]) -> bool:
    pairs = ((scope.routes, routes), (scope.regions, regions))
    return all(own is None or not asked or not own.isdisjoint(asked) for own, asked in pairs)


@kept_numbers
def _covered(
    vintage: Vintage, source: str | None, routes: tuple[str, ...], regions: tuple[str, ...]
) -> tuple[Window, ...]:
    scopes = edition_scopes(vintage, source)
    whole = [one for one in scopes if one.is_whole]
    if len(whole) == len(scopes):
        return _joined(whole)
    by_region = _for_each(regions or _known_regions(vintage, source, scopes), scopes, "regions")
    by_route = _for_each(routes, scopes, "routes") if routes else _joined(whole)
    return joined(sorted({*by_region, *by_route}))


def _known_regions(vintage: Vintage, source: str | None, scopes: Sequence[EditionScope]) -> list[str]:
    stated: set[str] = set().union(*(one.regions or () for one in scopes))
    found = vintage.summary.get(source or "")
    return sorted(stated | set(found.ids["region"] if found else ()))


def _for_each(needed: Sequence[str], scopes: Sequence[EditionScope], name: str) -> tuple[Window, ...]:
    """Return the days on which each of some regions or routes is covered by an edition that is cut to these alone."""
    spans: tuple[Window, ...] | None = None
    for value in needed:
        here = _joined(one for one in scopes if one.is_whole or value in (getattr(one, name) or ()))
        spans = here if spans is None else shared(spans, here)
    return _joined(one for one in scopes if one.is_whole) if spans is None else spans


def _joined(scopes: Iterable[EditionScope]) -> tuple[Window, ...]:
    return joined(sorted(one.days for one in scopes))


def not_covered(vintage: Vintage, selection: Selection, window: Window | None = None) -> tuple[Absence, ...]:
    """Return what of a window the database does not cover for all that is asked for, each stretch with its kind.

    ``window`` is the selection's unless given; where it has no first or last day, the first or last day covered.
    """
    spans = covered(vintage, selection)
    window = window or stated_days(vintage, selection)
    if window is None:
        return ()
    return absent_days(spans, window, last=last_day(vintage, selection))


def absent_days(spans: Sequence[Window], window: Window, *, last: date | None) -> tuple[Absence, ...]:
    """Return the days of a window that no span holds, with their kind; ``last`` is the source's last day of all."""
    gaps = outside(spans, window)
    if last is None:
        return tuple(Absence(*gap, NOT_COLLECTED) for gap in gaps)
    before, after = clipped(gaps, None, last), clipped(gaps, last + ONE_DAY, None)
    return (*(Absence(*gap, NOT_COLLECTED) for gap in before), *(Absence(*gap, NOT_YET_PUBLISHED) for gap in after))


def last_day(vintage: Vintage, selection: Selection) -> date | None:
    """Return the last day that the selection's incident database covers anywhere."""
    scopes = edition_scopes(vintage, database(vintage, selection))
    return max((one.days.last for one in scopes), default=None)


def stated_days(vintage: Vintage, selection: Selection) -> Window | None:
    """Return the days that a sentence about a selection states: as chosen, else to where the database covers some.

    None where there is no database, or what is chosen lies wholly outside all that it covers and has one end only.
    """
    if selection.start is not None and selection.end is not None:
        return Window(selection.start, selection.end)
    names_none = selection.routes and not named_routes(vintage, selection)
    spans = covered_somewhere(vintage, selection.replace(routes=()) if names_none else selection)
    if not spans:
        return None
    first, last = selection.start or spans[0].first, selection.end or spans[-1].last
    return Window(first, last) if first <= last else None


def within_stated_days(vintage: Vintage, selection: Selection) -> Selection:
    """Return a selection of counts with the window that the page states of the incidents, where none is chosen.

    Sentence, lines, series, tables and files have one window. Where none is chosen it is the months from the first to
    the last day that the database covers. A window that is chosen up to that last day means the whole of its month too:
    counts are of months, and who asks as far as the data go does not ask to leave the last one out.
    """
    if selection.start is not None or selection.end is not None:
        return _to_month_end(vintage, selection)
    days = stated_days(vintage, selection.replace(routes=(), regions=()))
    return selection if days is None else selection.replace(start=days.first, end=month_end(days.last))


def _to_month_end(vintage: Vintage, selection: Selection) -> Selection:
    if selection.end is None or selection.end != last_day(vintage, selection):
        return selection
    return selection.replace(end=month_end(selection.end))


def growing_since(last: date) -> date:
    """Return from which day on a database that covers days to ``last`` is taken as still being added to (T2, R11)."""
    since: date = pl.Series([last]).dt.month_start().dt.offset_by(f"-{GROWING_MONTHS - 1}mo")[0]
    return since


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    end: date = pl.Series([day]).dt.month_end()[0]
    return end


def unread(vintage: Vintage) -> Vintage:
    """Return the same vintage with no table in memory: what is read of it is let go with it."""
    return replace(vintage)
