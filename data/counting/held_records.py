"""Records that a question has to look at one by one: held in memory, so only so many of them.

What is counted has no such limit (``data.counting.sums``, ``data.counting.on_disk``). A query that has begun cannot be
stopped, so how many records it would hold is asked before.
"""

from typing import Final

import polars as pl

from data.counting.measures import select_incidents
from data.model.errors import LimitError
from data.model.notices import say
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

MOST_HELD: Final = 500_000


def held_records(vintage: Vintage, selection: Selection, *columns: str, most: int = MOST_HELD) -> pl.DataFrame:
    """Return these columns of a selection's incidents, in the order of the store; all columns where none is named.

    Raises
    ------
    LimitError
        There are more than ``most``.
    """
    return hold(vintage, selection, select_incidents(vintage, selection), *columns, most=most)


def hold(
    vintage: Vintage, selection: Selection, rows: pl.LazyFrame, *columns: str, most: int = MOST_HELD
) -> pl.DataFrame:
    """Return ``held_records`` of some rows of the selection's source, chosen otherwise than by its window."""
    source = vintage.summary.get(incident_source(vintage, selection) or "")
    if source is not None and source.rows > most:
        check_few(rows.select(pl.len()).collect(engine="streaming").item(), most=most)
    return (rows.select(columns) if columns else rows).collect(engine="streaming")


def check_few(records: int, *, most: int) -> None:
    """Raise LimitError where a question would hold more records than it may."""
    if records > most:
        raise LimitError(say("query.many_records", records=records, most=most), parameter="from")
