"""Counts and records of a selection, be its source kept in memory or read from its files: a caller need not know.

What is returned is the same either way; only what a large source would need too much for is left out, and says so.
"""

import polars as pl

from data.counting.counts import counts_for
from data.counting.incident_arrays import Integers, source_table
from data.counting.measures import is_chosen
from data.counting.row_masks import chosen_rows
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage


def is_drawable(vintage: Vintage, selection: Selection) -> bool:
    """Return whether a selection's records are kept, so that they can be drawn again and again (RULES X6)."""
    return not vintage.is_large(incident_source(vintage, selection))


def people_by_period(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return what ``data.counting.measures.incidents_by_period`` does of a selection."""
    return counts_for(vintage, selection).by_period(selection)


def chosen_records(vintage: Vintage, selection: Selection, *columns: str) -> pl.LazyFrame:
    """Return the records of a selection with these columns and ``position``: their place in the source's table."""
    source = incident_source(vintage, selection)
    if vintage.is_large(source):
        rows = vintage.incidents_of(source).with_row_index("position")
        return rows.filter(is_chosen(selection)).select("position", *columns)
    kept = source_table(vintage, source).with_row_index("position")
    return kept.filter(pl.Series(chosen_rows(vintage, selection))).lazy().select("position", *columns)


def counts_of_shown(vintage: Vintage, selection: Selection, shown: Integers) -> dict[str, Integers] | None:
    """Return the counts of every cell where only those ``shown`` are sure to be counted; None where all cells may be.

    ``shown`` are places in the set of the source's cells. All of a source that is kept are counted by
    ``data.counting.engine.cell_counts``.
    """
    counts = counts_for(vintage, selection)
    if is_drawable(vintage, selection) or shown.size == counts.cells(selection.resolution).cells.size:
        return None
    return counts.by_cell(selection, people=(selection.measure,), shown=shown)
