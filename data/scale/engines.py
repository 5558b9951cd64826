"""What an engine must do that the portable functions cannot: read partitioned files, make cells, write in an order."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import narwhals as nw
import polars as pl

from data.scale.incident_files import CELL, IncidentFiles
from data.scale.sums import Frame
from geo.cells import cell_at

ROW_GROUP: Final = 65_536


class Engine(Protocol):
    """Runs the portable functions; ``name`` is what a person calls it."""

    name: str

    def read(self, files: IncidentFiles) -> Frame:
        """Return the rows of all files, with the columns that stand in their paths."""

    def with_cells(self, incidents: Frame) -> Frame:
        """Return the incidents with ``cell``, made of their points by ``geo.cells``; null where there is no point."""

    def write(self, rows: Frame, folder: Path, *, order: Sequence[str]) -> None:
        """Write rows in an order, nulls last, as Parquet files of a new folder whose names are in that order."""


class PolarsEngine:
    """One machine, all of its cores, more than its memory holds; what the page itself runs on."""

    name = "polars"

    def read(self, files: IncidentFiles) -> Frame:
        """Return the rows of all files."""
        paths = {name: files.columns.get(name, pl.String()) for name in files.of_paths}
        rows = pl.scan_parquet(list(files.files), hive_partitioning=bool(paths), hive_schema=paths or None, glob=False)
        return nw.from_native(rows)

    def with_cells(self, incidents: Frame) -> Frame:
        """Return the incidents with their cells."""
        rows: pl.LazyFrame = incidents.to_native()
        cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
        return nw.from_native(rows.with_columns(cell.alias(CELL)))

    def write(self, rows: Frame, folder: Path, *, order: Sequence[str]) -> None:
        """Write one file."""
        folder.mkdir()
        table: pl.LazyFrame = rows.to_native()
        ordered = table.sort(*order, nulls_last=True)
        ordered.sink_parquet(folder / "part-0.parquet", compression="zstd", row_group_size=ROW_GROUP)


def collected(rows: Any) -> pl.DataFrame:
    """Return the rows of any engine as a Polars table, to be compared or shown."""
    found: pl.DataFrame = rows.collect(backend="polars").to_native()
    return found
