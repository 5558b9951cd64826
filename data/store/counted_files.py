"""The two files of counted columns that a vintage keeps beside the incidents of a source with very many rows."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from data.model.units import PEOPLE
from data.store.summary import IDS, SourceSummary

ALONE = "counted_alone"
TOGETHER = "counted_together"
EVENT: Final = ("source", "event_id")
COUNTED: Final = ("source", "cell", "event_id", "date_from", "date_to", *PEOPLE, "quality", "finest_resolution",
                  "is_cumulative", "origin", *IDS)  # fmt: skip


def counted_files(incidents: pl.DataFrame, found: Mapping[str, SourceSummary]) -> dict[str, pl.DataFrame]:
    """Return the two files of a vintage's large sources, in the order of its incidents; nothing where none is large.

    ``event_id`` of the second is a number, the same for the records of one event: distinct numbers are counted in a
    third of the time of distinct texts, and nothing of the file but their number is told to a reader.
    """
    large = [source for source, one in found.items() if one.is_large]
    if not large:
        return {}
    rows = incidents.filter(pl.col("source").is_in(large)).select(COUNTED)
    shared = rows.select(pl.struct(EVENT).is_duplicated()).to_series()
    return {ALONE: rows.filter(~shared).drop("event_id"), TOGETHER: _with_numbers(rows.filter(shared))}


def _with_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    events = rows.select(EVENT).unique(maintain_order=True).with_row_index("number")
    numbered = rows.join(events, on=EVENT, how="left", nulls_equal=True, maintain_order="left")
    return numbered.with_columns(pl.col("number").alias("event_id")).drop("number")
