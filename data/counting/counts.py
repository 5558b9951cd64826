"""One way to count an incident database, with three implementations that give the same to the person.

``QueryCounts`` is the reference: one Polars query over the rows for each question. ``ArrayCounts`` keeps the rows as
arrays sorted by cell and event, for what fits in memory. ``DiskCounts`` keeps nothing per row, for what does not. The
browser counts a window by itself from the same arrays (``layouts/assets/time/count.mjs``). A test holds all four to
``tests/harness/naive_counts.py``, which says in plain Python what counting means.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import polars as pl

from data.counting.incident_arrays import (
    COUNTS,
    NULLABLE,
    UNKNOWN,
    CellSet,
    Integers,
    cell_table,
    people_counted,
    source_table,
)
from data.counting.measures import (
    dropped_parts,
    incidents_by_cell,
    incidents_by_period,
    select_incidents,
)
from data.counting.on_disk import cell_set, large_counts
from data.counting.on_disk_periods import large_parts, large_people_parts, large_periods
from data.counting.row_masks import chosen_rows, days_of, is_so, tolls_of
from data.counting.totals import stated_parts
from data.model.units import PEOPLE
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

UNIT_PARTS: Final = ("total", "not_located", "wider_area", "not_dated", "no_route", "hidden_by_quality",
                     "undated_outside_window")  # fmt: skip


class Counts(Protocol):
    """One incident database of a vintage, counted for any selection of it."""

    def cells(self, resolution: int) -> CellSet:
        """Return every cell of the source at a resolution, sorted, whatever is chosen (RULES X1, X2)."""

    def by_cell(
        self, selection: Selection, *, people: Iterable[str] = PEOPLE, shown: Integers | None = None
    ) -> dict[str, Integers]:
        """Return COUNTS for every one of ``cells``: 0 incidents and UNKNOWN people where nothing chosen lies.

        Of PEOPLE those alone are counted that are asked for, and dead_or_missing. Where the places of the cells that
        are ``shown`` are given, the counts of others need not be right.
        """

    def by_period(self, selection: Selection) -> pl.DataFrame:
        """Return period (first day), dead, missing, dead_or_missing (people or null), incidents; gaps are absent."""

    def people_parts(self, selection: Selection) -> dict[str, int]:
        """Return the total, the records, and what each picture leaves out, in people dead or missing (RULES C5, Q1)."""

    def unit_parts(self, selection: Selection) -> dict[str, int | None]:
        """Return the total and what each picture leaves out, in the unit of the selection's measure."""


def counts_of(vintage: Vintage, source: str | None) -> Counts:
    """Return the way in which a source is counted here: on disk where it has too many rows to keep."""
    return DiskCounts(vintage, source) if vintage.is_large(source) else ArrayCounts(vintage, source)


def counts_for(vintage: Vintage, selection: Selection) -> Counts:
    """Return the counts of the one incident database that a selection speaks of (RULES E6)."""
    return counts_of(vintage, incident_source(vintage, selection))


@dataclass(frozen=True)
class QueryCounts:
    """The reference: one query over the rows for each question; see ``Counts``."""

    vintage: Vintage
    source: str | None

    def cells(self, resolution: int) -> CellSet:
        """Return every cell of the source."""
        return CellSet.of(incidents_by_cell(self.vintage.incidents_of(self.source), resolution=resolution)["cell"])

    def by_cell(
        self, selection: Selection, *, people: Iterable[str] = PEOPLE, shown: Integers | None = None
    ) -> dict[str, Integers]:
        """Return the counts of every cell."""
        del shown  # all are right
        cells = self.cells(selection.resolution).cells
        found = incidents_by_cell(select_incidents(self.vintage, selection), resolution=selection.resolution)
        here = np.searchsorted(cells, found["cell"].to_numpy())
        counts = {}
        for name in (name for name in COUNTS if name not in PEOPLE or name in people_counted(people)):
            counts[name] = np.full(cells.size, UNKNOWN if name in NULLABLE else 0)
            counts[name][here] = found[name].cast(pl.Int64).fill_null(UNKNOWN).to_numpy()
        return counts

    def by_period(self, selection: Selection) -> pl.DataFrame:
        """Return the periods."""
        return incidents_by_period(select_incidents(self.vintage, selection), step=selection.step)

    def people_parts(self, selection: Selection) -> dict[str, int]:
        """Return the parts in people."""
        return dropped_parts(self.vintage, selection)

    def unit_parts(self, selection: Selection) -> dict[str, int | None]:
        """Return the parts in the measure's unit."""
        return _unit_parts(self.vintage, selection)


@dataclass(frozen=True)
class ArrayCounts:
    """The rows kept as arrays, sorted by cell and event: any filter is one pass; see ``Counts``."""

    vintage: Vintage
    source: str | None

    def cells(self, resolution: int) -> CellSet:
        """Return every cell of the source."""
        return cell_table(self.vintage, self.source, resolution)

    def by_cell(
        self, selection: Selection, *, people: Iterable[str] = PEOPLE, shown: Integers | None = None
    ) -> dict[str, Integers]:
        """Return the counts of every cell."""
        del shown  # counting all is quicker than leaving some out
        table = cell_table(self.vintage, self.source, selection.resolution)
        return table.counts(chosen_rows(self.vintage, selection), people=people)

    def by_period(self, selection: Selection) -> pl.DataFrame:
        """Return the periods."""
        rows = source_table(self.vintage, self.source)
        return incidents_by_period(rows.lazy().filter(chosen_rows(self.vintage, selection)), step=selection.step)

    def people_parts(self, selection: Selection) -> dict[str, int]:
        """Return the parts in people."""
        vintage, source = self.vintage, self.source
        toll, chosen = tolls_of(vintage, source), chosen_rows(vintage, selection)
        undated = chosen_rows(vintage, selection, window=False) & (days_of(vintage, source, "date_from") == UNKNOWN)
        left_out = {
            "not_located": chosen & ~is_so(vintage, source, "placed", None),
            "wider_area": chosen & is_so(vintage, source, "wider", selection.resolution),
            "not_dated": chosen & ~is_so(vintage, source, "dated", selection.step),
            "no_route": chosen & is_so(vintage, source, "unrouted", None),
            "undated_outside_window": undated & ~chosen,
            "hidden_by_quality": chosen_rows(vintage, selection.replace(min_quality=None)) & ~chosen,
        }
        sums = {name: int(toll[rows].sum()) for name, rows in left_out.items()}
        return {"total": int(toll[chosen].sum()), "incidents": int(chosen.sum()), **sums}

    def unit_parts(self, selection: Selection) -> dict[str, int | None]:
        """Return the parts in the measure's unit."""
        return _unit_parts(self.vintage, selection)


@dataclass(frozen=True)
class DiskCounts:
    """Nothing per row is kept: queries over the store's files, and sums by day; see ``Counts``."""

    vintage: Vintage
    source: str | None

    def cells(self, resolution: int) -> CellSet:
        """Return every cell of the source."""
        return cell_set(self.vintage, self.source, resolution)

    def by_cell(
        self, selection: Selection, *, people: Iterable[str] = PEOPLE, shown: Integers | None = None
    ) -> dict[str, Integers]:
        """Return the counts of every cell, or of those in view alone."""
        return large_counts(self.vintage, str(self.source), selection, measures=people, shown=shown)

    def by_period(self, selection: Selection) -> pl.DataFrame:
        """Return the periods."""
        return large_periods(self.vintage, selection)

    def people_parts(self, selection: Selection) -> dict[str, int]:
        """Return the parts in people."""
        return large_people_parts(self.vintage, selection)

    def unit_parts(self, selection: Selection) -> dict[str, int | None]:
        """Return the parts in the measure's unit."""
        return large_parts(self.vintage, selection)


def _unit_parts(vintage: Vintage, selection: Selection) -> dict[str, int | None]:
    chosen = selection if selection.source in vintage.incident_sources else selection.replace(source=None)
    answer = stated_parts(vintage, chosen, measure=selection.measure, by=selection.step)
    return {name: getattr(answer, name) for name in UNIT_PARTS}
