"""What counting means, in plain Python over plain rows: the specification that every engine is held to.

A row is one published record (``data/model/schema.py``): days, people (None: nobody states a number), an H3 cell and
the finest resolution that it may enter, a route, an event. Slow on purpose: each line is one rule of data/RULES.md.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from data.query.selection import Selection
from geo.cells import ancestor

Row = dict[str, Any]
Counts = dict[str, int | None]
ORIGIN_IDS = {"": "not-stated", "Côte d'Ivoire": "cote-d-ivoire"}  # the others are their names, joined by hyphens


def in_window(row: Row, s: Selection) -> bool:
    """Return whether a record lies wholly within the window, both days included; one without a day lies in none."""
    starts = s.start is None or (row["date_from"] is not None and row["date_from"] >= s.start)
    ends = s.end is None or (row["date_to"] is not None and row["date_to"] <= s.end)
    return starts and ends


def in_lists(row: Row, s: Selection) -> bool:
    lists = ((s.routes, "route"), (s.regions, "region"), (s.causes, "cause"), (s.countries, "country"))
    return all(not ids or row[name] in ids for ids, name in lists) and is_of_origin(row, s)


def is_of_origin(row: Row, s: Selection) -> bool:
    """Return whether one of a record's origins is chosen; it may have several, stated or presumed (Q5)."""
    names = [one.replace("(P)", "").strip() for one in (row["origin"] or "").split(",")]
    ids = {ORIGIN_IDS.get(name, name.casefold().replace(" ", "-")) for name in names}
    return not s.origins or not ids.isdisjoint(s.origins)


def is_good(row: Row, s: Selection) -> bool:
    return s.min_quality is None or (row["quality"] is not None and row["quality"] >= s.min_quality)  # Q1


def is_chosen(row: Row, s: Selection) -> bool:
    return in_window(row, s) and in_lists(row, s) and is_good(row, s)


def period_of(day: date, step: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}[step]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def is_dated(row: Row, step: str) -> bool:
    days = row["date_from"], row["date_to"]
    return None not in days and period_of(days[0], step) == period_of(days[1], step)  # Q2: known to one period


def is_located(row: Row, resolution: int) -> bool:
    return row["cell"] is not None and (row["finest_resolution"] or 0) >= resolution  # X2


def is_placed(row: Row) -> bool:
    return is_located(row, 0)  # X9: in a cell of some size


def shown_in(row: Row, resolution: int) -> int:
    """Return the cell in which a placed record is shown: the finest that is honest for it, no finer than asked (X9)."""
    return ancestor(row["cell"], resolution=min(resolution, row["finest_resolution"] or 0))


def total(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None  # C1: unknown is not zero; C3: a negative adjustment counts


def amount(rows: list[Row], measure: str) -> int | None:
    """Return people, records (E1), or distinct events without cumulative rows (E4)."""
    if measure == "incidents":
        return len(rows)
    if measure == "events":
        return len({row["event_id"] for row in rows if not row["is_cumulative"]})
    return total(row[measure] for row in rows)


def by_cell(rows: list[Row], s: Selection) -> dict[int, Counts]:
    """Return the counts of each cell that has a chosen record."""
    cells: dict[int, list[Row]] = {}
    for row in rows:
        if is_chosen(row, s) and is_placed(row):
            cells.setdefault(shown_in(row, s.resolution), []).append(row)
    return {cell: _cell_counts(here) for cell, here in cells.items()}


def _cell_counts(rows: list[Row]) -> Counts:
    events = {row["event_id"]: [one for one in rows if one["event_id"] == row["event_id"]] for row in rows}
    tolls = [amount(event, "dead_or_missing") for event in events.values()]
    largest = [row["dead_or_missing"] for row in rows if row["dead_or_missing"] is not None]
    return {
        "incidents": len(rows),
        "events": len(events),
        **{name: amount(rows, name) for name in ("dead", "missing", "dead_or_missing")},
        "largest_incident": max(largest, default=None),
        "largest_event": max((toll for toll in tolls if toll is not None), default=None),  # X5
    }


def by_period(rows: list[Row], s: Selection) -> dict[date, Counts]:
    """Return the counts of each period that has a chosen record whose date is known to one period."""
    periods: dict[date, list[Row]] = {}
    for row in rows:
        if is_chosen(row, s) and is_dated(row, s.step):
            periods.setdefault(period_of(row["date_from"], s.step), []).append(row)
    names = ("dead", "missing", "dead_or_missing", "incidents")
    return {period: {name: amount(here, name) for name in names} for period, here in periods.items()}


def parts(rows: list[Row], s: Selection, measure: str) -> Counts:
    """Return the total, and what each picture leaves out of it, in the measure's unit (C5)."""
    chosen = [row for row in rows if is_chosen(row, s)]
    wider = [row for row in rows if in_window(row, s) and in_lists(row, s)]
    undated = [row for row in rows if in_lists(row, s) and is_good(row, s) and row["date_from"] is None]
    left_out = {
        "not_located": [row for row in chosen if not is_placed(row)],
        "wider_area": [row for row in chosen if is_placed(row) and not is_located(row, s.resolution)],
        "not_dated": [row for row in chosen if not is_dated(row, s.step)],
        "no_route": [row for row in chosen if row["route"] is None],
        "undated_outside_window": [row for row in undated if not in_window(row, s)],
    }
    hidden = (amount(wider, measure) or 0) - (amount(chosen, measure) or 0)
    return {"total": amount(chosen, measure), "hidden_by_quality": hidden} | {
        name: amount(some, measure) or 0 for name, some in left_out.items()
    }


Days = set[date]


def days_of(first: date, last: date) -> Days:
    return {first + timedelta(days) for days in range((last - first).days + 1)}


def covered_days(editions: list[Row]) -> Days:
    """Return the days that whole editions cover: from their first record's month to their last record (R10, R11)."""
    return {day for one in editions for day in days_of(one["first_date"].replace(day=1), one["last_date"])}


def days_in(period: date, s: Selection) -> Days:
    """Return the days of a period that lie in the window."""
    end = next(day for n in range(27, 367) if period_of(day := period + timedelta(n), s.step) != period)
    whole = days_of(period, end - timedelta(1))
    return {day for day in whole if (not s.start or day >= s.start) and (not s.end or day <= s.end)}


def status(has_value: bool, is_recorded: bool, meant: Days, looked: Days) -> str:
    """Return what a period's value is worth, or which kind of absence it is (R11)."""
    if has_value:
        return "published" if meant <= looked else "in_part"
    if is_recorded:
        return "unknown"
    return "not_yet_published" if min(meant) > max(looked) else "not_collected"


def tolls(rows: list[Row], editions: list[Row], s: Selection) -> dict[date, tuple[int | None, str]]:
    """Return people and status of each period of a window with both ends: 0 where one looked and nobody is recorded."""
    looked, found = covered_days(editions), by_period(rows, s)
    made = {}
    for period in sorted({period_of(day, s.step) for day in days_of(s.start, s.end)} | set(found)):
        meant = days_in(period, s)
        value = found[period]["dead_or_missing"] if period in found else 0 if meant & looked else None
        made[period] = value, status(value is not None, period in found, meant, looked)
    return made


def flow(rows: list[Row], s: Selection) -> dict[date, tuple[int | None, set[str]]]:
    """Return of the counts of one unit the sum of each period, and the places that it is of (R10)."""
    made = {}
    here = [row for row in rows if in_window(row, s) and is_dated(row, s.step) and row["value"] is not None]
    for period in sorted({period_of(day, s.step) for day in days_of(s.start, s.end)}):
        of_period = [row for row in here if period_of(row["date_from"], s.step) == period]
        made[period] = total(row["value"] for row in of_period), {row["place"] for row in of_period}
    return made
