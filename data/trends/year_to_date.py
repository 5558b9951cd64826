"""The year so far against the same days of earlier years, as known at the same lag where that is kept (RULES T1)."""

from calendar import isleap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl
from msgspec.structs import asdict, replace

from data.compare.change import Count, change
from data.counting.coverage import covered, database, growing_since, unread
from data.counting.measures import in_window
from data.counting.sums import sums_of_days
from data.counting.windows import Window, clipped
from data.model.notices import Notice
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import ChangeThen, YearSoFar, YearToDate

SAME_LAG_DAYS: Final = 15  # a state of the data this near to a year earlier is "the same lag"
BASE: Final = ("dead_or_missing", "events")  # beside the measure: what decides whether it can be a base (RULES T3)
NOTHING: Final = Count(0, 0, 0)


def same_days(as_of: date, year: int) -> Window:
    """Return 1 January to the same calendar day of ``year``; for 29 February, to the 28th where there is none."""
    is_lost = (as_of.month, as_of.day) == (2, 29) and not isleap(year)
    return Window(date(year, 1, 1), date(year, as_of.month, 28 if is_lost else as_of.day))


def known_then(states: Sequence[Vintage], selection: Selection, *, target: date, days: Window) -> Vintage | None:
    """Return the state that covers ``days`` and ends nearest to ``target``, within 15 days; None: none is kept.

    ``selection`` names its source: a state that lacks it says nothing.
    """
    spans = [(state, covered(state, selection)) for state in states if database(state, selection) == selection.source]
    near = [(abs((found[-1].last - target).days), one.name, one) for one, found in spans if days.within(found)]
    best = min(near, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] <= SAME_LAG_DAYS else None


def year_to_date(vintage: Vintage, selection: Selection, *, as_of: date, states: Sequence[Vintage] = ()) -> YearToDate:
    """Return the days so far of the year of ``as_of`` and the same days of every earlier year.

    ``change`` is to the newest year. A year outside the source's coverage or the selection's window has is_covered
    false and null values.
    """
    known = covered(vintage, selection)
    spans = clipped(known, selection.start, None)
    lag = known[-1].last - as_of
    chosen = selection.replace(source=incident_source(vintage, selection))
    first = min((span.first.year for span in spans), default=as_of.year)
    windows = [same_days(as_of, year) for year in range(as_of.year, min(first, as_of.year) - 1, -1)]
    counts, over = _counts(vintage, selection, windows), _begun(vintage, selection, windows)
    now = _year(counts, over, windows[0], spans)
    years = [now.row]
    for days in windows[1:]:
        year = _year(counts, over, days, spans)
        then = known_then(states, chosen, target=days.last + lag, days=days) if year.row.is_covered else None
        years.append(_compared(year, now, _count_then(then, selection, days), then, selection.measure))
    undated, since = _undated(vintage, selection), max(growing_since(known[-1].last), windows[0].first)
    growing = since if since <= as_of else None
    return YearToDate(as_of=as_of, growing_since=growing, years=years, undated=undated,
                      sentences=_sentences(years, as_of, growing))  # fmt: skip


class _Year(NamedTuple):
    """The days of one year, and their count where they are covered."""

    row: YearSoFar
    counted: Count | None


def _counts(vintage: Vintage, selection: Selection, windows: Sequence[Window]) -> dict[int, Count]:
    """Return what lies within one of the windows, each of a year of its own, by that year."""
    days = pl.any_horizontal(in_window(*window) for window in windows)
    found = _by_year(vintage, selection, days, BASE)
    return {year: Count(value, deaths, events or 0) for year, (value, deaths, events) in found.items()}


def _begun(vintage: Vintage, selection: Selection, windows: Sequence[Window]) -> dict[int, int | None]:
    """Return the measure of what begins within one of the windows and ends after it, by its year."""
    begins = (pl.col("date_from").is_between(*window) & (pl.col("date_to") > window.last) for window in windows)
    return {year: found[0] for year, found in _by_year(vintage, selection, pl.any_horizontal(begins), ()).items()}


def _by_year(
    vintage: Vintage, selection: Selection, days: pl.Expr, others: Sequence[str]
) -> dict[int, tuple[int | None, ...]]:
    year, measures = pl.col("date_from").dt.year(), (selection.measure, *others)
    found = {one: dict(sums_of_days(vintage, selection, one, days, year).iter_rows()) for one in {*measures}}
    return {number: tuple(found[one].get(number) for one in measures) for number in found[selection.measure]}


def _undated(vintage: Vintage, selection: Selection) -> int | None:
    """Return the measure of what has no day; null: nobody states a number."""
    none, every = pl.col("date_from").is_null(), pl.lit(value=1)
    found = sums_of_days(vintage, selection, selection.measure, none, every)
    return found["value"].item() if found.height else 0


def _year(counts: Mapping[int, Count], over: Mapping[int, int | None], days: Window, spans: Sequence[Window]) -> _Year:
    is_covered, year = days.within(spans), days.first.year
    inside = counts.get(year, NOTHING) if is_covered else None
    row = YearSoFar(
        year=year, first=days.first, last=days.last, days=days.days, is_covered=is_covered,
        value=inside.value if inside else None, events=inside.events if inside else None,
        overlapping=over.get(year, 0) if inside else None,
    )  # fmt: skip
    return _Year(row, inside)


def _count_then(then: Vintage | None, selection: Selection, days: Window) -> Count | None:
    if then is None:
        return None
    return _counts(unread(then), selection, [days]).get(days.first.year, NOTHING)


def _compared(year: _Year, now: _Year, past: Count | None, then: Vintage | None, measure: str) -> YearSoFar:
    base = past or year.counted
    change_then = None
    if base is not None and now.counted is not None:
        change_then = ChangeThen(**asdict(change(base, now.counted, measure=measure)), is_same_lag=past is not None)
    return replace(year.row, vintage_then=then.name if then and past else None, value_then=past.value if past else None,
                   change=change_then)  # fmt: skip


def _sentences(years: Sequence[YearSoFar], as_of: date, growing: date | None) -> list[Notice]:
    now, *past = years
    found = [] if now.is_covered else [Notice("trends.year.not_covered", day=as_of)]
    return found + [
        Notice(
            "trends.year.against",
            now=now.last,
            then=row.last,
            is_same_lag=made.is_same_lag,
            words=made.words,
            growing=None if growing is None or made.is_same_lag else span_of_growing(growing, as_of),
        )
        for row in past
        if (made := row.change_then)
    ]


def span_of_growing(since: date, as_of: date) -> Notice:
    """Return the months that are still being added to, in words."""
    kind = "one" if (since.year, since.month) == (as_of.year, as_of.month) else "several"
    return Notice("trends.year.growing", kind=kind, first=since, last=as_of)


def cautions_of(answer: YearToDate) -> list[Notice]:
    """Return what a reader must know of the comparison: lag, length of the years, years left out (RULES T1)."""
    now, *past = answer.years
    made = [(row, row.change_then) for row in past if row.change_then]
    found = []
    if any(change_then.is_same_lag for _, change_then in made):
        found.append(Notice("trends.year.lag", days=SAME_LAG_DAYS))
    if any(not change_then.is_same_lag for _, change_then in made):
        found.append(Notice("trends.year.fuller"))
    if longer := [str(row.year) for row, _ in made if row.days > now.days]:
        found.append(Notice("trends.year.leap_day", years=longer))
    if (answer.as_of.month, answer.as_of.day) == (2, 29) and made:
        found.append(Notice("trends.year.no_leap_day"))
    if left_out := [str(row.year) for row in answer.years if not row.is_covered]:
        found.append(Notice("trends.year.left_out", years=left_out))
    return found
