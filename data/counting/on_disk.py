"""Sources with too many rows to keep: every count is a query over the store's Parquet, and nothing per row is held.

Beside the incidents of such a source the store keeps two files with the columns that are counted: the records that
are alone in their event, and those that share one. The first, nearly all, are counted without grouping by event. Of a
source that is held in sums the first are cubes (``data.store.cubes``): each row then stands for several records.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import polars as pl

from data.counting.incident_arrays import (
    COUNTS,
    NULLABLE,
    UNKNOWN,
    CellSet,
    CellTable,
    Integers,
    cell_table,
    people_counted,
)
from data.counting.measures import check_held, is_chosen, is_placed, people, shown_cell
from data.model.caches import kept_numbers
from data.model.units import PEOPLE
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.counted_files import ALONE, COUNTED, TOGETHER
from data.store.cubes import BESIDE_CUBES, CUBES
from data.store.vintage import Vintage
from geo.cells import stored_range

MOST_RANGES: Final = 32  # of cells in one view: more would cost more than the rows they leave out


def counted_rows(vintage: Vintage, source: str, name: str) -> pl.LazyFrame:
    """Return the records of one file; a vintage that has none gives all as ones that may share an event.

    So does one from before a measure was added, whose files lack its column. Beside COUNTED each row has records,
    events (0 where it is cumulative, RULES E4) and largest_incident; of cubes alone, and not what they cannot tell.
    """
    if vintage.is_summed(source):
        return vintage.scan(CUBES if name == ALONE else BESIDE_CUBES).filter(pl.col("source") == source)
    if f"{name}.parquet" in vintage.manifest["files"] and _has_columns(vintage, name):
        rows = vintage.scan(name)
    else:
        rows = vintage.scan("incidents").select(COUNTED)
        rows = rows.limit(0) if name == ALONE else rows
    return as_counted(rows.filter(pl.col("source") == source))


def as_counted(incidents: pl.LazyFrame) -> pl.LazyFrame:
    """Return single incidents with what a row of cubes has: records, events (0 if cumulative), largest_incident."""
    return incidents.with_columns(
        pl.lit(1, pl.Int64).alias("records"),
        (~pl.col("is_cumulative")).cast(pl.Int64).alias("events"),
        pl.col("dead_or_missing").alias("largest_incident"),
    )


@kept_numbers
def _has_columns(vintage: Vintage, name: str) -> bool:
    held = vintage.scan(name).collect_schema().names()
    return all(column in held for column in COUNTED if column != "event_id" or name == TOGETHER)


@kept_numbers
def cell_set(vintage: Vintage, source: str | None, resolution: int) -> CellSet:
    """Return the cells of one source at one resolution; with its rows, where they are few enough to keep."""
    if not vintage.is_large(source):
        return cell_table(vintage, source, resolution)
    rows = pl.concat([counted_rows(vintage, source or "", name).select("cell", "finest_resolution") for name in FILES])
    here = rows.filter(is_placed()).select(shown_cell(resolution).alias("cell").unique())
    return CellSet.of(here.unique().collect(engine="streaming").to_series())


def kept_table(vintage: Vintage, source: str | None, resolution: int) -> CellTable | None:
    """Return the rows of a source by cell; None where there are too many to keep."""
    return None if vintage.is_large(source) else cell_table(vintage, source, resolution)


def large_counts(
    vintage: Vintage, source: str, selection: Selection, *, measures: Iterable[str] = PEOPLE,
    shown: Integers | None = None,
) -> dict[str, Integers]:  # fmt: skip
    """Return what ``CellTable.counts`` does for a selection; of the cells in ``shown`` alone, where it is given."""
    check_held(vintage, selection)
    every = cell_set(vintage, source, selection.resolution).cells
    names = people_counted(measures)
    chosen = is_chosen(selection) & is_placed()
    if shown is not None:
        chosen = chosen & _in_ranges(every, shown)
    cell = shown_cell(selection.resolution).alias("cell")
    alone, together = (counted_rows(vintage, source, name).filter(chosen).with_columns(cell) for name in FILES)
    made = pl.concat([_by_cell(alone, names), _by_cell_and_event(together, names)]).collect(engine="streaming")
    return _arrays(_added_up(made, names), every, names)


def large_cells(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return what ``measures.incidents_by_cell`` does for a selection of a large source."""
    source = str(incident_source(vintage, selection))
    found = large_counts(vintage, source, selection)
    frame = cell_set(vintage, source, selection.resolution).frame(found)
    return frame.select(pl.exclude("area_km2", "per_1000_km2"), "area_km2", "per_1000_km2")


FILES: Final = (ALONE, TOGETHER)


def _by_cell(rows: pl.LazyFrame, names: list[str]) -> pl.LazyFrame:
    records, largest = pl.col("records").sum(), pl.col("largest_incident").max()
    return rows.group_by("cell").agg(
        records.alias("incidents"), records.alias("events"), *(people(name) for name in names),
        largest.alias("largest_incident"), largest.alias("largest_event"),
    )  # fmt: skip


def _by_cell_and_event(rows: pl.LazyFrame, names: list[str]) -> pl.LazyFrame:
    events = rows.group_by("cell", "event_id").agg(
        pl.len().alias("records"), *(people(name) for name in names),
        pl.col("dead_or_missing").max().alias("largest_incident"),
    )  # fmt: skip
    return events.group_by("cell").agg(
        pl.col("records").sum().cast(pl.Int64).alias("incidents"), pl.len().cast(pl.Int64).alias("events"),
        *(people(name) for name in names), pl.col("largest_incident").max(),
        pl.col("dead_or_missing").max().alias("largest_event"),
    )  # fmt: skip


def _added_up(made: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Return one row per cell: an event lies in one of the two files, so that its counts may be added."""
    sums, most = ("incidents", "events"), ("largest_incident", "largest_event")
    return made.group_by("cell").agg(
        pl.col(*sums).sum(), *(people(name) for name in names), pl.col(*most).max()
    )  # fmt: skip


def _arrays(made: pl.DataFrame, cells: Integers, names: list[str]) -> dict[str, Integers]:
    here = np.searchsorted(cells, made["cell"].to_numpy())
    found = {}
    for name in COUNTS:
        if name in PEOPLE and name not in names:
            continue
        found[name] = np.full(cells.size, UNKNOWN if name in NULLABLE else 0)
        found[name][here] = made[name].cast(pl.Int64).fill_null(UNKNOWN).to_numpy()
    return found


def _in_ranges(cells: Integers, shown: Integers) -> pl.Expr:
    """Return whether a stored cell lies within the shown ones' ranges, so that other row groups are not read.

    The ranges may hold cells between the shown ones: the widest gaps alone are left out.
    """
    if shown.size == 0:
        return pl.lit(value=False)
    first, last = stored_range(cells[shown])
    order = np.argsort(first)  # a wider cell's range may hold those of finer ones
    first, last = first[order], np.maximum.accumulate(last[order])
    gaps = first[1:] - last[:-1]
    cuts = np.sort(np.argsort(gaps)[::-1][: MOST_RANGES - 1])
    starts, ends = first[np.append(0, cuts + 1)], last[np.append(cuts, last.size - 1)]
    within = [pl.col("cell").is_between(int(low), int(high)) for low, high in zip(starts, ends, strict=True)]
    return pl.any_horizontal(within)
