"""People dead or missing by route and year of a whole vintage: what the list of routes shows beside each name."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from data.counting.measures import select_counted
from data.model.caches import kept_numbers
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage


@dataclass(frozen=True)
class RouteYears:
    """Years that the incidents cover, people of each route by year, and people on no named route."""

    kept_bytes: ClassVar[int] = 40_000

    years: tuple[int, ...]
    by_route: dict[str, dict[int, int]]
    without: int


@kept_numbers
def route_years(vintage: Vintage) -> RouteYears:
    """Return the people dead or missing of the first incident database, by route and year of the first day (C1)."""
    if incident_source(vintage, Selection()) is None:
        return RouteYears((), {}, 0)
    found = (
        select_counted(vintage, Selection())
        .group_by("route", pl.col("date_from").dt.year().alias("year"))
        .agg(pl.col("dead_or_missing").sum().alias("people"))
        .collect(engine="streaming")
    )
    known: list[int] = found["year"].drop_nulls().to_list()
    years = tuple(range(min(known), max(known) + 1)) if known else ()
    by_route: dict[str, dict[int, int]] = {}
    for route, year, people in found.drop_nulls("route").iter_rows():
        by_route.setdefault(route, {})[year if year is not None else 0] = int(people)
    without = found.filter(pl.col("route").is_null())["people"].sum()
    return RouteYears(years, by_route, int(without))
