"""Published estimates of deaths that nobody recorded: a type of their own, shown inside their scope alone (RULES R12).

``files/estimates.csv`` has one row for each, with route, days, interval, author, method, year and licence. It holds
none as long as none is found whose terms and scope are certain; none is invented.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from data.model.days import Span
from data.model.vocabulary import FILES


class Estimate(NamedTuple):
    """One estimate of people who died and were never recorded, on one route in one stretch of days."""

    id: str
    route: str
    first: date
    last: date
    low: float
    central: float | None
    high: float
    author: str
    method: str
    year: int
    licence: str
    url: str


@cache
def estimates() -> tuple[Estimate, ...]:
    """Return every estimate of the table."""
    with (FILES / "estimates.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(parse_estimate(row) for row in csv.DictReader(handle))


def parse_estimate(row: dict[str, str]) -> Estimate:
    """Return the estimate that a row of the table states."""
    return Estimate(
        row["id"], row["route"], date.fromisoformat(row["date_from"]), date.fromisoformat(row["date_to"]),
        float(row["low"]), float(row["central"]) if row["central"] else None, float(row["high"]), row["author"],
        row["method"], int(row["year"]), row["licence"], row["url"],
    )  # fmt: skip


def within_scope(every: Iterable[Estimate], route: str | None, window: Span) -> list[Estimate]:
    """Return the estimates in whose route and days the selection lies whole."""
    return [one for one in every if one.route == route and one.first <= window[0] and window[1] <= one.last]
