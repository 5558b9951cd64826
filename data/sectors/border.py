"""The border section of a sector's sheet: what is counted on the routes that pass through it.

All figures are of whole routes. A sector has no denominator of its own, as nobody counts attempts by area (RULES R7).
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from msgspec.structs import replace

from data.counting.coverage import last_day
from data.model.caches import kept, kept_numbers
from data.model.days import ONE_DAY, Span, length
from data.query.selection import Selection
from data.readers.sources import source_of
from data.risk.formulas import VARIANT_OF, Figures, Variant, spread_of_deaths, variant_answer, why_not
from data.risk.inputs import MEASURES, Inputs, inputs
from data.risk.route_counts import RouteCount, count_of_source, counts_by_source
from data.sectors.border_model import BorderRoute, InterceptedThen, Load, LoadYear, MonthLoad, Per1000
from data.sectors.sector import Sector
from data.sectors.thresholds import Thresholds, routes_of
from data.store.vintage import Vintage

MOST_BACK: Final = 10  # years that are looked at, for one with deaths per attempt, and for those of a month
FEWEST_BASE: Final = 30  # people from which a change is told in percent, as of deaths (RULES T3)
LONGEST_YEAR: Final = 366
PER: Final = 1000


def border_routes(
    vintage: Vintage, selection: Selection, sector: Sector, *, thresholds: Thresholds, today: date
) -> list[BorderRoute]:
    """Return the routes of a sector on which people are counted, those that the selection names alone where it does.

    Parameters
    ----------
    thresholds : the reader's planning numbers; those of arrivals and interceptions are read as of the month of
        ``today``, where one route alone counts such people: a number planned for one place is not that of several
    """
    through = {*selection.routes} & routes_of(vintage, sector) if selection.routes else routes_of(vintage, sector)
    counted = [one for one in sorted(through) if any(counts_by_source(vintage, one, each) for each in MEASURES)]
    loads = {route: month_loads(vintage, route, today.month, today.year) for route in counted}
    alone = {
        measure: limit for measure, limit in thresholds.items()
        if sum(one.measure == measure for every in loads.values() for one in every) == 1
    }  # fmt: skip
    return [
        _border_route(vintage, selection, route, [_planned(one, alone) for one in loads[route]]) for route in counted
    ]


def _border_route(
    vintage: Vintage, selection: Selection, route: str, loads: list[MonthLoad]
) -> BorderRoute:  # fmt: skip
    window = window_of_route(vintage, selection, route)
    name = vintage.name_of("route", route)
    if window is None:
        return BorderRoute(route=route, route_name=name, first=None, last=None, risk=[], interceptions=None,
                           loads=loads, sources=_titles(one.source for one in loads), notes=[])  # fmt: skip
    found = inputs(vintage, _asked(selection, route, window))
    risk = risks(found)
    taken = intercepted_then(vintage, route, found.interceptions, window)
    used = (found.deaths.source, found.arrivals.source, found.interceptions.source, *(one.source for one in loads))
    return BorderRoute(route=route, route_name=name, first=window[0], last=window[1], risk=risk, interceptions=taken,
                       loads=loads, sources=_titles(used),
                       notes=[*found.deaths.notes, *found.arrivals.notes, *found.interceptions.notes])  # fmt: skip


def _titles(sources: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(source_of(one).title for one in sources if one))


def _asked(selection: Selection, route: str, window: Span) -> Selection:
    """Return what a risk is asked of: one route and a window; other filters of incidents would change its deaths."""
    return Selection(routes=(route,), start=window[0], end=window[1], source=selection.source)


def window_of_route(vintage: Vintage, selection: Selection, route: str) -> Span | None:
    """Return the days that a route's figures are of: those stated, else the latest year that has deaths per attempt.

    Where an end is open: the twelve months up to the last one that deaths, arrivals and interceptions all reach, or
    the last whole year before them for which deaths per attempt are computable; else, per arrival or death. None
    where nothing is counted in the days that are meant.
    """
    if selection.start and selection.end:
        return selection.start, selection.end
    end = _end_of(vintage, selection, route)
    if end is None or (selection.start and selection.start > end):
        return None
    if selection.start:
        return selection.start, end
    return _latest_year(vintage, selection.source, route, end)


def _end_of(vintage: Vintage, selection: Selection, route: str) -> date | None:
    """Return the last day of the last month that every count of the route reaches, and the selection means."""
    ends = [selection.end, last_day(vintage, Selection(routes=(route,), source=selection.source))]
    for measure in MEASURES:
        days = [_last(rows) for _, rows in counts_by_source(vintage, route, measure)]
        ends.append(max(days, default=None))
    known = [one for one in ends if one is not None]
    return month_end(min(known)) if known else None


def month_end(day: date) -> date:
    """Return the last day of the last month that is over on a day."""
    return day if (day + ONE_DAY).day == 1 else day.replace(day=1) - ONE_DAY


@kept_numbers
def _latest_year(vintage: Vintage, source: str | None, route: str, end: date) -> Span:
    latest = ((end + ONE_DAY).replace(year=(end + ONE_DAY).year - 1), end)
    whole = end.year if (end.month, end.day) == (12, 31) else end.year - 1
    years = [latest, *((date(year, 1, 1), date(year, 12, 31)) for year in range(whole, whole - MOST_BACK, -1))]
    routes = Selection(source=source), route
    figures: dict[Span, Figures] = {}
    for name in ("rho", "rho_arr") if counts_by_source(vintage, route, "interceptions") else ("rho_arr",):
        for year in dict.fromkeys(years):
            if year not in figures:
                figures[year] = inputs(vintage, _asked(*routes, year), is_brief=True).figures
            if not why_not(VARIANT_OF[name], figures[year]):
                return year
    return latest


def risks(found: Inputs) -> list[Per1000]:
    """Return deaths per 1,000 attempts with numerator and denominator, or why not, and then per arrival or death."""
    first = _per_1000(VARIANT_OF["rho"], found)
    return [first] if first.value is not None else [first, _per_1000(VARIANT_OF["rho_arr"], found)]


def _per_1000(variant: Variant, found: Inputs) -> Per1000:
    figures = found.figures
    spread = None if why_not(variant, figures) else spread_of_deaths(figures)
    one = variant_answer(variant, figures, spread)
    parts = {"deaths": figures.deaths, "arrivals": figures.arrivals,
             "interceptions": figures.interceptions if variant.name == "rho" else None}  # fmt: skip
    if (made := one.computed) is None:
        return Per1000(variant=variant.name, value=None, low=None, high=None, denominator=None, why=one.why_not,
                       **parts)  # fmt: skip
    low, high = (None, None) if made.spread is None else (PER * end for end in made.spread)
    return Per1000(variant=variant.name, value=PER * made.value, low=low, high=high, denominator=made.denominator,
                   why=None, **parts)  # fmt: skip


def intercepted_then(vintage: Vintage, route: str, now: RouteCount, window: Span) -> InterceptedThen | None:
    """Return people intercepted in a window beside the same days before it; None where no source counts any."""
    if now.source is None:
        return None
    rows = dict(counts_by_source(vintage, route, "interceptions"))[now.source]
    earlier = _before(window)
    then = count_of_source(rows, earlier, "interceptions")
    both = {*now.keys} & {*then.keys}
    if now.value is not None and then.value is not None and both != {*now.keys} | {*then.keys}:
        now, then = (count_of_source(rows, one, "interceptions", places=both) for one in (window, earlier))
    base = then.value if now.value is not None and _is_as_long(window, earlier) else None
    difference = None if base is None else (now.value or 0) - base
    percent = 100 * difference / base if difference is not None and base is not None and base >= FEWEST_BASE else None
    return InterceptedThen(
        people=now.value, first=window[0], last=window[1], before=base,
        before_first=earlier[0], before_last=earlier[1], difference=difference,
        percent=None if percent is None else round(percent, 1), source=now.source, places=now.places,
        why=now.gap or then.gap,
    )  # fmt: skip


def _is_as_long(window: Span, earlier: Span) -> bool:
    """Return whether two windows differ by no more than a leap day."""
    return abs(length(*window) - length(*earlier)) <= 1


def _before(window: Span) -> Span:
    """Return the same days of the year before, or of as many years before as the window is long."""
    years = -(-length(*window) // LONGEST_YEAR)
    first, after = (_years_back(day, years) for day in (window[0], window[1] + ONE_DAY))
    return first, after - ONE_DAY


def _years_back(day: date, years: int) -> date:
    last = calendar.monthrange(day.year - years, day.month)[1]
    return day.replace(year=day.year - years, day=min(day.day, last))


@kept
def month_loads(vintage: Vintage, route: str, month: int, before: int) -> tuple[MonthLoad, ...]:
    """Return what a route brought in a calendar month of the years before ``before``: arrivals, and interceptions.

    Of each the years that one source counts whole, in the same places as the latest such year; others are left out
    (RULES R10). The source is the one that reaches furthest, then the one with most years.
    """
    found = (_load_of(vintage, route, measure, month, before) for measure in MEASURES)
    return tuple(one for one in found if one is not None)


def _load_of(vintage: Vintage, route: str, measure: Load, month: int, before: int) -> MonthLoad | None:
    best: tuple[str, list[tuple[int, RouteCount]]] | None = None
    held = [(_last(rows), source, rows) for source, rows in counts_by_source(vintage, route, measure)]
    for last, source, rows in sorted(held, key=lambda one: (-one[0].toordinal(), one[1])):
        if best is not None and best[1][-1][0] > last.year:
            break
        years = _months(rows, measure, month, before)
        if years and (best is None or (years[-1][0], len(years)) > (best[1][-1][0], len(best[1]))):
            best = source, years
    return None if best is None else _load(measure, month, *best)


def _last(rows: pl.DataFrame) -> date:
    """Return the last day of a source's counts on a route: there is one, as each row has its days."""
    days: list[date] = rows["date_to"].to_list()
    return max(days)


def _months(rows: pl.DataFrame, measure: str, month: int, before: int) -> list[tuple[int, RouteCount]]:
    """Return the years of which one source counts a month whole, with its count; ``rows`` are the source's."""
    years = [year for year in sorted({*rows["date_from"].dt.year()}) if year < before]
    windows = {year: _month(year, month) for year in years[-MOST_BACK:]}
    counted = {year: count_of_source(rows, window, measure) for year, window in windows.items()}
    whole = [year for year, one in counted.items() if one.value is not None]
    if not whole:
        return []
    keys = counted[whole[-1]].keys
    same = {year: one if {*one.keys} == {*keys} else count_of_source(rows, windows[year], measure, places=keys)
            for year, one in counted.items()}  # fmt: skip
    return [(year, one) for year, one in same.items() if one.value is not None and {*one.keys} == {*keys}]


def _month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _load(measure: Load, month: int, source: str, found: Sequence[tuple[int, RouteCount]]) -> MonthLoad:
    people = [one.value or 0 for _, one in found]
    return MonthLoad(
        measure=measure, month=month, years=[LoadYear(year, one.value or 0) for year, one in found],
        fewest=min(people), median=float(np.median(people)), most=max(people), planned=None, years_above=None,
        source=source, places=found[-1][1].places,
    )  # fmt: skip


def _planned(load: MonthLoad, limits: Mapping[str, int]) -> MonthLoad:
    """Return a load with the number that is planned for, and in how many years it was not enough."""
    if (limit := limits.get(load.measure)) is None:
        return load
    return replace(load, planned=limit, years_above=sum(one.people > limit for one in load.years))
