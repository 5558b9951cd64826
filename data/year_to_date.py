"""The year so far against the same days of earlier years, as known at the same lag where that is kept (RULES T1)."""

from calendar import isleap
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from data.change import Count, change, count
from data.coverage import Window, clipped, covered, unread
from data.measures import in_window, incident_source, is_chosen, of_source
from data.selection import Selection
from data.vintage import Vintage
from data.words import day, sentence

SAME_LAG_DAYS: Final = 15  # a state of the data this near to a year earlier is "the same lag"
LAG: Final = (
    f"The same lag: from the last day compared to the last day that a state of the data covers, within {SAME_LAG_DAYS} "
    "days; on which day it was published is not known."
)
FULLER: Final = "Later additions make older years look fuller."
WINDOW_COLUMNS: Final = ("date_from", "date_to", "event_id", "is_cumulative", "dead", "missing", "dead_or_missing")


def same_days(as_of: date, year: int) -> Window:
    """Return 1 January to the same calendar day of ``year``; for 29 February, to the 28th where there is none."""
    is_lost = (as_of.month, as_of.day) == (2, 29) and not isleap(year)
    return Window(date(year, 1, 1), date(year, as_of.month, 28 if is_lost else as_of.day))


def known_then(states: Sequence[Vintage], source: str | None, *, target: date, days: Window) -> Vintage | None:
    """Return the state that covers ``days`` and ends nearest to ``target``, within 15 days; None: none is kept."""
    spans = [(state, covered(state, source)) for state in states]
    near = [(abs((found[-1].last - target).days), one.name, one) for one, found in spans if days.within(found)]
    best = min(near, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] <= SAME_LAG_DAYS else None


def year_to_date(
    vintage: Vintage, selection: Selection, *, as_of: date, states: Sequence[Vintage] = ()
) -> dict[str, Any]:
    """Return the days so far of the year of ``as_of`` and the same days of every earlier year.

    Returns
    -------
    dict
        as_of, ``years`` (newest first: year, first, last, days, is_covered, value as known now, events, overlapping
        (value of records that begin in these days and end after them), vintage_then and value_then (as known at the
        same lag; null where no such state is kept), and ``change`` to the newest year: difference, percent, words,
        is_same_lag), undated (value of records without a date: in no year) and sentences.
        A year outside the source's coverage or the selection's window has is_covered false and null values.
    """
    source = incident_source(vintage, selection)
    spans = clipped(covered(vintage, source), selection.start, None)
    rows = _rows(vintage, selection)
    lag = covered(vintage, source)[-1].last - as_of
    now = _year(rows, selection.measure, same_days(as_of, as_of.year), spans)
    years = [now]
    first = min((span.first.year for span in spans), default=as_of.year)
    for number_of_year in range(as_of.year - 1, first - 1, -1):
        days = same_days(as_of, number_of_year)
        row = _year(rows, selection.measure, days, spans)
        then = known_then(states, source, target=days.last + lag, days=days) if row["is_covered"] else None
        years.append(_compared(row, now, _count_then(then, selection, days), then, selection.measure))
    undated = count(rows.filter(pl.col("date_from").is_null()), selection.measure).value
    return {
        "as_of": as_of,
        "years": [{name: value for name, value in row.items() if name != "count"} for row in years],
        "undated": undated,
        "sentences": _sentences(years, as_of),
    }


def _rows(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    chosen = of_source(vintage, selection).filter(is_chosen(selection, window=False))
    return chosen.select(WINDOW_COLUMNS).collect()


def _year(rows: pl.DataFrame, measure: str, days: Window, spans: Sequence[Window]) -> dict[str, Any]:
    inside = count(rows.filter(in_window(*days)), measure)
    begins = pl.col("date_from").is_between(*days) & (pl.col("date_to") > days.last)
    overlapping = count(rows.filter(begins), measure)
    row = {"year": days.first.year, "first": days.first, "last": days.last, "days": days.days}
    if not days.within(spans):
        return {**row, "is_covered": False, "value": None, "events": None, "overlapping": None, "count": None}
    return {**row, "is_covered": True, "value": inside.value, "events": inside.events,
            "overlapping": overlapping.value, "count": inside}  # fmt: skip


def _count_then(then: Vintage | None, selection: Selection, days: Window) -> Count | None:
    if then is None:
        return None
    return count(_rows(unread(then), selection).filter(in_window(*days)), selection.measure)


def _compared(
    row: dict[str, Any], now: dict[str, Any], past: Count | None, then: Vintage | None, measure: str
) -> dict[str, Any]:
    same_lag = {"vintage_then": then.name if then and past else None, "value_then": past.value if past else None}
    base = past or row["count"]
    if base is None or now["count"] is None:
        return {**row, **same_lag, "change": None}
    made = change(base, now["count"], measure=measure)
    return {**row, **same_lag, "change": {**made, "is_same_lag": past is not None}}


def _sentences(years: Sequence[dict[str, Any]], as_of: date) -> list[str]:
    now = years[0]
    found = []
    if not now["is_covered"]:
        found.append(f"1 January to {day(as_of)} is not wholly covered, so this year is not compared.")
    for row in years[1:]:
        if row["change"]:
            until = f"1 January to {day(now['last'])} against 1 January to {day(row['last'])}"
            known = ", as known at the same lag" if row["change"]["is_same_lag"] else ""
            found.append(sentence(f"{until}{known}: {row['change']['words']}"))
    return found


def cautions_of(answer: dict[str, Any]) -> list[str]:
    """Return what a reader must know of the comparison: lag, length of the years, years left out (RULES T1)."""
    compared = [row for row in answer["years"][1:] if row["change"]]
    found = []
    if any(row["change"]["is_same_lag"] for row in compared):
        found.append(LAG)
    if any(not row["change"]["is_same_lag"] for row in compared):
        found.append(FULLER)
    longer = [row["year"] for row in compared if row["days"] > answer["years"][0]["days"]]
    if longer:
        found.append(f"29 February makes {', '.join(map(str, longer))} one day longer.")
    if (answer["as_of"].month, answer["as_of"].day) == (2, 29) and compared:
        found.append("Years without a 29 February are compared up to 28 February.")
    left_out = [str(row["year"]) for row in answer["years"] if not row["is_covered"]]
    if left_out:
        found.append(f"Not wholly covered, so not compared: {', '.join(left_out)}.")
    return found
