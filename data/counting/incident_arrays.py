"""Located incidents of one source, kept sorted by cell and event: any filter is counted in one pass over arrays.

The same counts as ``measures.incidents_by_cell`` (a test holds the two together), twenty times faster on a table
that fits in memory; and the rows that a browser needs to count a window by itself. Sources with too many rows to
keep are counted by ``data.counting.on_disk``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.counting.measures import is_placed, shown_cell
from data.model.caches import kept_numbers
from data.model.units import PEOPLE
from data.store.vintage import Vintage
from geo.cells import areas_km2, resolutions_of

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
UNKNOWN: Final = np.iinfo(np.int64).min  # a number that nobody reported
COUNTS: Final = ("incidents", "events", *PEOPLE, "largest_incident", "largest_event")


def people_counted(asked: Iterable[str]) -> list[str]:
    """Return the measures of people that are counted where some are asked for: these, and always dead_or_missing."""
    wanted = {*asked, "dead_or_missing"}
    return [name for name in PEOPLE if name in wanted]


@dataclass(frozen=True, eq=False)
class CellSet:
    """The cells of one source at one resolution: distinct, sorted, each with its area.

    Coarser ones, of what is known only to a wider area (RULES X9), come first: an index begins with its resolution.
    """

    cells: Integers
    areas_km2: Floats

    def wider(self, resolution: int) -> int:
        """Return how many cells are coarser than ``resolution``: so many are the first."""
        return int(np.count_nonzero(resolutions_of(self.cells) < resolution))

    @staticmethod
    def of(cells: pl.Series) -> "CellSet":
        """Return the set of distinct cells, in any order."""
        sorted_cells = cells.sort()
        return CellSet(cells=sorted_cells.to_numpy(), areas_km2=areas_km2(sorted_cells).to_numpy())

    def frame(self, found: Mapping[str, Integers]) -> pl.DataFrame:
        """Return the cells that have a counted incident, with the columns of ``measures.incidents_by_cell``."""
        some = found["incidents"] > 0
        columns = {name: pl.Series(name, values[some]) for name, values in found.items()}
        table = pl.DataFrame({"cell": self.cells[some], **columns, "area_km2": self.areas_km2[some]})
        toll = pl.col("dead_or_missing")
        return (
            table.with_columns(pl.when(pl.col(name) != UNKNOWN).then(pl.col(name)).alias(name) for name in NULLABLE)
            .with_columns(pl.when(toll > 0).then((pl.col("largest_event") / toll).clip(0, 1)).alias("dominance"))
            .with_columns((1000 * toll / pl.col("area_km2")).alias("per_1000_km2"))
        )


@dataclass(frozen=True, eq=False)
class CellTable(CellSet):
    """One row per located incident, sorted by cell, then by event.

    ``cells`` and ``areas_km2`` have one entry per cell; the other arrays one per row: ``cell``
    (place in ``cells``), ``event`` (a number per event), ``pair`` (a number per event in a cell), ``row`` (place in
    the source's table), ``first`` and ``last`` (days since 1970; UNKNOWN if not dated) and the people (UNKNOWN if
    not reported).
    """

    cell: Integers
    event: Integers
    pair: Integers
    row: Integers
    first: Integers
    last: Integers
    people: Mapping[str, Integers]

    def counts(self, chosen: Booleans, *, people: Iterable[str] = PEOPLE) -> dict[str, Integers]:
        """Return COUNTS for every cell of ``cells``; ``chosen`` has one entry per row of the source's table.

        Incidents and events are 0, people are UNKNOWN, where no chosen incident is (or none states a number). Of
        PEOPLE those alone are counted that are asked for, and dead_or_missing.
        """
        kept = np.flatnonzero(chosen[self.row])
        names = people_counted(people)
        left_out = set(PEOPLE) - set(names)
        empty = {name: UNKNOWN if name in NULLABLE else 0 for name in COUNTS if name not in left_out}
        found = {name: np.full(self.cells.size, value) for name, value in empty.items()}
        if kept.size == 0:
            return found
        cell, pair = self.cell[kept], self.pair[kept]
        starts, pairs = _starts(cell[1:] != cell[:-1]), _starts(pair[1:] != pair[:-1])
        here = cell[starts]
        starts_of_pairs = np.searchsorted(pairs, starts)
        toll = self.people["dead_or_missing"][kept]
        found["incidents"][here] = np.diff(starts, append=kept.size)
        found["events"][here] = np.diff(starts_of_pairs, append=pairs.size)
        for name in names:
            found[name][here] = _sums(toll if name == "dead_or_missing" else self.people[name][kept], starts)
        found["largest_incident"][here] = np.maximum.reduceat(toll, starts)
        found["largest_event"][here] = np.maximum.reduceat(_sums(toll, pairs), starts_of_pairs)
        return found


NULLABLE: Final = (*PEOPLE, "largest_incident", "largest_event")


def days_since_1970(day: date) -> int:
    """Return a day as the tables hold it."""
    return (day - date(1970, 1, 1)).days


def _starts(changes: Booleans) -> Integers:
    """Return where each run of equal values begins."""
    return np.concatenate(([0], np.flatnonzero(changes) + 1)).astype(np.int64)


def _sums(values: Integers, starts: Integers) -> Integers:
    """Return the sum of every run, UNKNOWN where no value in it is known (RULES C1)."""
    is_known = values != UNKNOWN
    if is_known.all():
        return np.add.reduceat(values, starts)
    sums = np.add.reduceat(np.where(is_known, values, 0), starts)
    known: Integers = np.where(np.maximum.reduceat(is_known, starts), sums, UNKNOWN)
    return known


@kept_numbers
def source_table(vintage: Vintage, source: str | None) -> pl.DataFrame:
    """Return every incident of one source, in the order that ``CellTable.row`` counts.

    The store sorts by source, so this is a slice of its table: nothing is copied. Not for a large source.
    """
    return vintage.incidents_of(source).collect()


@kept_numbers
def cell_table(vintage: Vintage, source: str | None, resolution: int) -> CellTable:
    """Return the placed incidents of one source at one resolution (RULES X1, X2, X9)."""
    rows = source_table(vintage, source).with_row_index("position").filter(is_placed())
    table = rows.select(
        shown_cell(resolution).alias("cell"),
        pl.col("event_id").rank("dense").cast(pl.Int64).alias("event"),
        pl.col("position").cast(pl.Int64),
        *(pl.col(name).cast(pl.Int32).cast(pl.Int64).fill_null(UNKNOWN) for name in ("date_from", "date_to")),
        *(pl.col(name).cast(pl.Int64).fill_null(UNKNOWN) for name in PEOPLE),
    ).sort("cell", "event", "position")
    arrays: dict[str, Any] = {name: table[name].to_numpy() for name in table.columns}
    cells, place = np.unique(arrays["cell"], return_inverse=True)
    is_new = (place[1:] != place[:-1]) | (arrays["event"][1:] != arrays["event"][:-1])
    return CellTable(
        cells=cells,
        areas_km2=areas_km2(pl.Series(cells)).to_numpy(),
        cell=place.astype(np.int64),
        event=arrays["event"],
        pair=np.cumsum(np.concatenate(([False], is_new)))[: place.size],
        row=arrays["position"],
        first=arrays["date_from"],
        last=arrays["date_to"],
        people={name: arrays[name] for name in PEOPLE},
    )
