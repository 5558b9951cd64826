"""What was decided, and what rose elsewhere? Dated acts and operations beside the deaths of all routes, on one scale.

No act is told to be a cause: the same twelve months before and after its first day are counted on its routes and on
all others, so that a fall on one is seen beside a rise on another.
"""

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from data.counting.coverage import covered
from data.counting.measures import in_window, select_counted
from data.counting.windows import Window
from data.model.absence import NOT_APPLICABLE
from data.model.days import ONE_DAY, window_words
from data.model.notices import Notice, say
from data.pillars.models import ACT, Asked, Finding, ViewRow, nothing
from data.pillars.windows import whole_years
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.policy_events import NOT_CAUSES, Event, overlapping, read_events

PEOPLE: Final = "dead_or_missing"
YEARS: Final = 12  # that are shown where no day is asked for
MOST_ROUTES: Final = 8  # that are drawn over the years; all are in the rows


class Around(NamedTuple):
    """One act with people dead or missing by route in the twelve months before its first day, and from that day on."""

    act: Event
    before: dict[str, int]
    after: dict[str, int]

    def rose_most(self) -> str | None:
        """Return the route, other than its own, on which most more died or went missing; None where on none."""
        change = {one: self.after.get(one, 0) - self.before.get(one, 0) for one in {*self.before, *self.after}}
        elsewhere = sorted((one for one in change if one not in self.act.routes), key=lambda one: (-change[one], one))
        return elsewhere[0] if elsewhere and change[elsewhere[0]] > 0 else None


def decided(vintage: Vintage, asked: Asked) -> Finding:
    """Return acts and operations with what was recorded around them, and people dead or missing by route and year."""
    source, spans = incident_source(vintage, Selection()), covered(vintage, Selection())
    if source is None or not spans:
        return nothing(Notice("pillars.why.no_deaths"))
    end = asked.end or _last_whole_year(spans)
    first = asked.start or max(date(end.year - YEARS + 1, 1, 1), date(spans[0].first.year, 1, 1))
    window = Window(*whole_years((first, end)))
    acts = overlapping(read_events(), window, (asked.route,) if asked.route else ())
    if not acts:
        return nothing(Notice("pillars.why.no_acts", when=window_words(*window)), sources=(source,))
    by_year = _by_year(vintage, window)
    around = [one for one in (_around(vintage, act, spans) for act in acts) if one is not None]
    latest = around[-1] if around else None
    sentence = Notice(
        "pillars.decided.sentence", acts=len(acts), when=window_words(*window),
        route=vintage.name_of("route", asked.route) if asked.route else None,
        latest=_latest(vintage, latest) if latest else None,
    )  # fmt: skip
    told = {id(one.act): one for one in around}
    rows = [*(row for act in acts for row in _act_rows(vintage, act, told.get(id(act)))),
            *_year_rows(vintage, by_year, window, spans, asked.route)]  # fmt: skip
    return Finding(sentence, window=window, rows=rows, sources=(source,), is_by_year=True, most_lines=MOST_ROUTES,
                   notes=[NOT_CAUSES, Notice("pillars.decided.marks")])  # fmt: skip


def _last_whole_year(spans: Sequence[Window]) -> date:
    last = spans[-1].last
    return last if (last.month, last.day) == (12, 31) else date(last.year - 1, 12, 31)


def _by_year(vintage: Vintage, window: Window) -> pl.DataFrame:
    """Return people by route and year; a record that lies in no one year is in none (RULES Q2)."""
    inside = select_counted(vintage, Selection()).filter(in_window(*window)).drop_nulls("route")
    year = pl.col("date_from").dt.year()
    return (
        inside.filter(year == pl.col("date_to").dt.year())
        .group_by("route", year.alias("year"))
        .agg(pl.col(PEOPLE).sum())
        .collect()
    )


def _year_rows(
    vintage: Vintage, by_year: pl.DataFrame, window: Window, spans: Sequence[Window], chosen: str | None
) -> Iterator[ViewRow]:
    """Yield each route's years, that which is asked for first, then by people; a year that is not covered has none."""
    totals = by_year.group_by("route").agg(pl.col(PEOPLE).sum()).sort(PEOPLE, "route", descending=[True, False])
    people = {(route, year): value for route, year, value in by_year.iter_rows()}
    for route in sorted(totals["route"].to_list(), key=lambda one: one != chosen):
        for year in range(window.first.year, window.last.year + 1):
            days = Window(date(year, 1, 1), date(year, 12, 31))
            is_known = days.within(spans)
            yield ViewRow(
                part=route, name=vintage.name_of("route", route), what=say("pillars.decided.by_year"),
                date_from=days.first, date_to=days.last, unit="people",
                value=float(people.get((route, year), 0)) if is_known else None,
                status="published" if is_known else "unknown",
            )  # fmt: skip


def _around(vintage: Vintage, act: Event, spans: Sequence[Window]) -> Around | None:
    """Return what was recorded around an act; None where either of the twelve months is not covered whole."""
    first = act.date_from
    before = Window(_years_on(first, -1), first - ONE_DAY)
    after = Window(first, _years_on(first, 1) - ONE_DAY)
    if not before.within(spans) or not after.within(spans):
        return None
    return Around(act, *(_by_route(vintage, one) for one in (before, after)))


def _years_on(day: date, years: int) -> date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def _by_route(vintage: Vintage, window: Window) -> dict[str, int]:
    inside = select_counted(vintage, Selection()).filter(in_window(*window)).drop_nulls("route")
    sums = inside.group_by("route").agg(pl.col(PEOPLE).sum()).collect()
    return {route: int(people) for route, people in sums.iter_rows()}


def _act_rows(vintage: Vintage, act: Event, around: Around | None) -> Iterator[ViewRow]:
    """Yield an act for each of its routes: people there in the twelve months from its first day, and before it."""
    elsewhere = around.rose_most() if around else None
    for route in act.routes:
        known = around is not None
        yield ViewRow(
            part=f"{ACT}/{route}/{act.date_from}", name=act.title,
            what=say("pillars.decided.after", route=vintage.name_of("route", route)), date_from=act.date_from,
            date_to=act.date_to, unit="people", value=float(around.after.get(route, 0)) if around else None,
            status="published" if known else NOT_APPLICABLE,
            note=say("pillars.decided.note", day=act.date_from, citation=act.citation,
                     before=around.before.get(route, 0) if around else None,
                     elsewhere=_change(vintage, around, elsewhere) if around and elsewhere else None),
        )  # fmt: skip


def _change(vintage: Vintage, around: Around, route: str) -> Notice:
    return Notice("pillars.decided.change", route=vintage.name_of("route", route),
                  before=around.before.get(route, 0), after=around.after.get(route, 0))  # fmt: skip


def _latest(vintage: Vintage, around: Around) -> Notice:
    """Return the latest act around which both twelve months are covered, with its routes and where most more died."""
    elsewhere = around.rose_most()
    return Notice(
        "pillars.decided.latest", title=around.act.title, day=around.act.date_from,
        routes=[_change(vintage, around, route) for route in around.act.routes],
        elsewhere=_change(vintage, around, elsewhere) if elsewhere else None,
    )  # fmt: skip
