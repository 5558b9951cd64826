"""The year so far against the same days of earlier years, as known at the same lag where that is kept (RULES T1)."""

from calendar import isleap
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl
from msgspec.structs import asdict, replace

from data.compare.change import Count, change, count
from data.counting.coverage import covered, database, unread
from data.counting.measures import in_window, is_chosen, of_source
from data.counting.windows import Window, clipped
from data.model.notices import Notice
from data.model.units import PEOPLE
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import ChangeThen, YearSoFar, YearToDate

SAME_LAG_DAYS: Final = 15  # a state of the data this near to a year earlier is "the same lag"
WINDOW_COLUMNS: Final = ("date_from", "date_to", "event_id", "is_cumulative", *PEOPLE)


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
    rows = _rows(vintage, selection)
    lag = known[-1].last - as_of
    now = _year(rows, selection.measure, same_days(as_of, as_of.year), spans)
    years = [now.row]
    chosen = selection.replace(source=incident_source(vintage, selection))
    first = min((span.first.year for span in spans), default=as_of.year)
    for number_of_year in range(as_of.year - 1, first - 1, -1):
        days = same_days(as_of, number_of_year)
        year = _year(rows, selection.measure, days, spans)
        then = known_then(states, chosen, target=days.last + lag, days=days) if year.row.is_covered else None
        years.append(_compared(year, now, _count_then(then, selection, days), then, selection.measure))
    undated = count(rows.filter(pl.col("date_from").is_null()), selection.measure).value
    return YearToDate(as_of=as_of, years=years, undated=undated, sentences=_sentences(years, as_of))


class _Year(NamedTuple):
    """The days of one year, and their count where they are covered."""

    row: YearSoFar
    counted: Count | None


def _rows(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    chosen = of_source(vintage, selection).filter(is_chosen(selection, window=False))
    return chosen.select(WINDOW_COLUMNS).collect()


def _year(rows: pl.DataFrame, measure: str, days: Window, spans: Sequence[Window]) -> _Year:
    is_covered = days.within(spans)
    inside = count(rows.filter(in_window(*days)), measure) if is_covered else None
    begins = pl.col("date_from").is_between(*days) & (pl.col("date_to") > days.last)
    row = YearSoFar(
        year=days.first.year, first=days.first, last=days.last, days=days.days, is_covered=is_covered,
        value=inside.value if inside else None, events=inside.events if inside else None,
        overlapping=count(rows.filter(begins), measure).value if inside else None,
    )  # fmt: skip
    return _Year(row, inside)


def _count_then(then: Vintage | None, selection: Selection, days: Window) -> Count | None:
    if then is None:
        return None
    return count(_rows(unread(then), selection).filter(in_window(*days)), selection.measure)


def _compared(year: _Year, now: _Year, past: Count | None, then: Vintage | None, measure: str) -> YearSoFar:
    base = past or year.counted
    change_then = None
    if base is not None and now.counted is not None:
        change_then = ChangeThen(**asdict(change(base, now.counted, measure=measure)), is_same_lag=past is not None)
    return replace(year.row, vintage_then=then.name if then and past else None, value_then=past.value if past else None,
                   change=change_then)  # fmt: skip


def _sentences(years: Sequence[YearSoFar], as_of: date) -> list[Notice]:
    now, *past = years
    found = [] if now.is_covered else [Notice("trends.year.not_covered", day=as_of)]
    return found + [
        Notice("trends.year.against", now=now.last, then=row.last, is_same_lag=made.is_same_lag, words=made.words)
        for row in past
        if (made := row.change_then)
    ]


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
