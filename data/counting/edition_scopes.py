"""What each edition of an incident database can speak of: its days, and the regions or routes that it was cut to.

Publishers' downloads are filtered by region, route and year (RULES E7), and no file says how it was filtered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.counting.windows import Window, outside
from data.model.caches import kept_numbers
from data.model.regions import renamed
from data.store.cubes import summed_rows
from data.store.vintage import Vintage

LONG: Final = 14  # days
LONGER: Final = 20  # times: by chance a gap of the kind comes once in 10⁸
LEFT_OUT: Final = 0.05  # of the other editions' records; what a whole edition may lack by chance is less


@dataclass(frozen=True)
class EditionScope:
    """The days of one edition, and the only regions or routes that it covers; None: all."""

    days: Window
    regions: frozenset[str] | None = None
    routes: frozenset[str] | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether it covers every region and route."""
        return self.regions is None and self.routes is None


@kept_numbers
def edition_scopes(vintage: Vintage, source: str | None) -> tuple[EditionScope, ...]:
    """Return the scope of every edition of a source that has a dated record, in order of its days.

    An edition is taken to be cut to its regions where the source's other editions have a twentieth of their records or
    more in regions that it lacks, under any name that they had; and to its routes, where it has no record on no route
    besides. A vintage that states no days of its editions is taken to cover those of its records. An edition that
    leaves out years or months has a scope for each stretch of days between.
    """
    rows = vintage.sources.filter((pl.col("source") == pl.lit(source)) & pl.col("last_date").is_not_null())
    ends = [(row["edition"], _days(row["first_date"], row["last_date"])) for row in rows.iter_rows(named=True)]
    if not ends:
        found = vintage.summary.get(source or "")
        is_dated = found is not None and found.first is not None and found.last is not None
        return (EditionScope(_days(found.first, found.last)),) if found and is_dated else ()
    held = _held(vintage, source) if len(ends) > 1 else {}
    left_out = _left_out(vintage, source)
    days = [(edition, span) for edition, whole in ends for span in outside(left_out.get(edition, ()), whole)]
    return tuple(_scope(edition, span, held) for edition, span in sorted(days, key=lambda one: one[1]))


def _left_out(vintage: Vintage, source: str | None) -> dict[str, tuple[Window, ...]]:
    """Return for each edition the days that its file leaves out, though it has earlier and later ones.

    A download of two years has nothing of the years between, which is not that nobody died. A stretch without a record
    is left out where it is LONG days or more, and LONGER times what lies between two days of records elsewhere in the
    file. It begins with a month and ends with one.
    """
    columns = ("edition", "date_from", "date_to")
    table = _all_rows(vintage, source, columns).drop_nulls().unique().sort(columns).collect(engine="streaming")
    reached = pl.col("date_to").cum_max().shift(1).over("edition")
    gaps = table.with_columns(since=reached).filter(pl.col("date_from") > pl.col("since")).with_columns(
        days=(pl.col("date_from") - pl.col("since")).dt.total_days()
    )  # fmt: skip
    number, total = pl.len().over("edition"), pl.col("days").sum().over("edition")
    usual = pl.when(number > 1).then((total - pl.col("days")) / (number - 1)).otherwise(0)
    first = pl.col("since").dt.month_end().dt.offset_by("1d")
    last = pl.col("date_from").dt.month_start().dt.offset_by("-1d")
    is_long = (pl.col("days") > LONG) & (pl.col("days") > LONGER * usual) & (first <= last)
    long = gaps.filter(is_long).select("edition", first=first, last=last)
    found: dict[str, tuple[Window, ...]] = {}
    for edition, first, last in long.sort("edition", "first").iter_rows():
        found[edition] = (*found.get(edition, ()), Window(first, last))
    return found


def _days(first: date | None, last: date | None) -> Window:
    end = last or date.max
    return Window((first or end).replace(day=1), end)


Held = dict[str, dict[str, dict[str | None, int]]]


def _held(vintage: Vintage, source: str | None) -> Held:
    """Return for each column and edition the records by region or route, whether or not they still count."""
    columns = ("edition", "region", "route")
    table = _all_rows(vintage, source, columns).group_by(columns).agg(pl.len()).collect(engine="streaming")
    found: Held = {"region": {}, "route": {}}
    for edition, region, route, number in table.iter_rows():
        for column, value in (("region", region), ("route", route)):
            of_edition = found[column].setdefault(edition, {})
            of_edition[value] = of_edition.get(value, 0) + number
    return found


def _all_rows(vintage: Vintage, source: str | None, columns: Sequence[str]) -> pl.LazyFrame:
    """Return columns of every record of a source, whether or not it still counts; of sums, those that they have."""
    if vintage.is_summed(source):
        edition = vintage.sources.filter(pl.col("source") == pl.lit(source))["edition"].first()
        return (
            summed_rows(vintage, str(source)).with_columns(pl.lit(edition, pl.String).alias("edition")).select(columns)
        )
    now = vintage.incidents_of(source).select(columns)
    before = vintage.read_stored("replaced_incidents").lazy().filter(pl.col("source") == source).select(columns)
    return pl.concat([now, before])


def _scope(edition: str, days: Window, held: Held) -> EditionScope:
    if not held or edition not in held["region"]:
        return EditionScope(days)
    regions, routes = (_cut_to(edition, held[name]) for name in ("region", "route"))
    has_none = None in held["route"][edition]
    return EditionScope(days, regions, None if has_none else routes)


def _cut_to(edition: str, held: dict[str, dict[str | None, int]]) -> frozenset[str] | None:
    own = held[edition].keys()
    others = [(value, number) for one, values in held.items() if one != edition for value, number in values.items()]
    whole = sum(number for _, number in others)
    strange = (number for value, number in others if value and own.isdisjoint({value, *renamed(value)}))
    lacking = sum(strange)
    if not whole or lacking < LEFT_OUT * whole:
        return None
    return frozenset(value for value in own if value is not None)
