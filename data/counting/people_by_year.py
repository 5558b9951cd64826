"""People dead or missing by route or region and year of a whole vintage: what a list shows beside each name."""

from dataclasses import dataclass, field
from typing import ClassVar, Final

import polars as pl

from data.counting.measures import select_counted
from data.model.caches import kept_numbers
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage


@dataclass(frozen=True)
class PeopleByYear:
    """Years that the incidents cover, people of each id by year, people of none, and of all by year."""

    kept_bytes: ClassVar[int] = 40_000

    years: tuple[int, ...]
    by_id: dict[str, dict[int, int]]
    without: int
    whole: dict[int, int] = field(default_factory=dict)


NOTHING: Final = PeopleByYear((), {}, 0)


def route_years(vintage: Vintage) -> PeopleByYear:
    """Return the people dead or missing by route; most stores hold these sums."""
    return _by_year(vintage, "route")


def region_years(vintage: Vintage) -> PeopleByYear:
    """Return the people dead or missing by region; nothing of a database that is held in sums, which tell no region."""
    source = incident_source(vintage, Selection())
    return NOTHING if source is None or vintage.is_summed(source) else _by_year(vintage, "region")


@kept_numbers
def _by_year(vintage: Vintage, column: str) -> PeopleByYear:
    """Return the people of the first incident database, by an id and the year of the first day (RULES C1)."""
    if incident_source(vintage, Selection()) is None:
        return NOTHING
    found = (
        select_counted(vintage, Selection())
        .group_by(column, pl.col("date_from").dt.year().alias("year"))
        .agg(pl.col("dead_or_missing").sum().alias("people"))
        .collect(engine="streaming")
    )
    known: list[int] = found["year"].drop_nulls().to_list()
    years = tuple(range(min(known), max(known) + 1)) if known else ()
    by_id: dict[str, dict[int, int]] = {}
    for one, year, people in found.drop_nulls(column).iter_rows():
        by_id.setdefault(one, {})[year if year is not None else 0] = int(people)
    without = found.filter(pl.col(column).is_null())["people"].sum()
    whole = found.drop_nulls("year").group_by("year").agg(pl.col("people").sum()).sort("year")
    return PeopleByYear(years, by_id, int(without), dict(whole.iter_rows()))
