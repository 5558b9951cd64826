"""What each edition of an incident database can speak of: its days, and the regions or routes that it was cut to.

Publishers' downloads are filtered by region, route and year (RULES E7), and no file says how it was filtered.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.counting.windows import Window
from data.model.caches import kept_numbers
from data.store.vintage import Vintage

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

    An edition is taken to be cut to its regions where the source's other editions have a twentieth of their records
    or more in regions that it lacks; and to its routes, where it has no record on no route besides. A vintage that
    states no days of its editions is taken to cover those of its records.
    """
    rows = vintage.sources.filter((pl.col("source") == pl.lit(source)) & pl.col("last_date").is_not_null())
    days = [(row["edition"], _days(row["first_date"], row["last_date"])) for row in rows.iter_rows(named=True)]
    if not days:
        found = vintage.summary.get(source or "")
        is_dated = found is not None and found.first is not None and found.last is not None
        return (EditionScope(_days(found.first, found.last)),) if found and is_dated else ()
    held = _held(vintage, source) if len(days) > 1 else {}
    return tuple(_scope(edition, span, held) for edition, span in sorted(days, key=lambda one: one[1]))


def _days(first: date | None, last: date | None) -> Window:
    end = last or date.max
    return Window((first or end).replace(day=1), end)


Held = dict[str, dict[str, dict[str | None, int]]]


def _held(vintage: Vintage, source: str | None) -> Held:
    """Return for each column and edition the records by region or route, whether or not they still count."""
    columns = ("edition", "region", "route")
    now = vintage.incidents_of(source).select(columns)
    before = vintage.read_stored("replaced_incidents").lazy().filter(pl.col("source") == source).select(columns)
    table = pl.concat([now, before]).group_by(columns).agg(pl.len()).collect(engine="streaming")
    found: Held = {"region": {}, "route": {}}
    for edition, region, route, number in table.iter_rows():
        for column, value in (("region", region), ("route", route)):
            of_edition = found[column].setdefault(edition, {})
            of_edition[value] = of_edition.get(value, 0) + number
    return found


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
    lacking = sum(number for value, number in others if value is not None and value not in own)
    if not whole or lacking < LEFT_OUT * whole:
        return None
    return frozenset(value for value in own if value is not None)
