"""Spark, on one machine or many, by its classic session or over Spark Connect: the same calls to both."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import polars as pl

from data.model.errors import CrossingsError
from data.model.notices import say
from data.scale.incident_files import CELL, POINT, IncidentFiles
from data.scale.sums import Frame
from geo.cells import cell_at

LOCAL: Final = {  # one machine: nothing listens but on loopback, no page of its own, few parts
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
}
READING: Final = {  # of every session, wherever it runs
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # route=007 is text
    "spark.sql.session.timeZone": "UTC",
}
SCHEME: Final = "sc://"


class SparkEngine:
    """The portable functions on a Spark session, classic or Connect."""

    name = "spark"

    def __init__(self, session: Any) -> None:
        """Keep the session; whoever made it stops it."""
        self.session = session
        for key, value in READING.items():
            session.conf.set(key, value)

    def read(self, files: IncidentFiles) -> Frame:
        """Return the rows of all files; Spark leaves out the same names as ``find_files``."""
        reader = self.session.read.option("basePath", str(files.folder)).option("recursiveFileLookup", "false")
        rows: Frame = nw.from_native(reader.parquet(*(str(path) for path in files.files)))
        return rows

    def with_cells(self, incidents: Frame) -> Frame:
        """Return the incidents with their cells, made in Spark's workers by this project's own function."""
        frame = incidents.to_native()
        fields = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in frame.schema.fields)
        rows: Frame = nw.from_native(frame.mapInArrow(with_cells_of_batches, f"{fields}, `{CELL}` bigint"))
        return rows

    def write(self, rows: Frame, folder: Path, *, order: Sequence[str]) -> None:
        """Write one file for each range of the order."""
        frame = rows.to_native()
        ordered = frame.orderBy(*(frame[name].asc_nulls_last() for name in order))
        ordered.write.option("compression", "zstd").parquet(str(folder))


def with_cells_of_batches(batches: Iterator[Any]) -> Iterator[Any]:
    """Yield every Arrow batch with ``cell`` as its last column: as many rows as came in, whatever is null."""
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
    for batch in batches:
        points = pl.DataFrame({name: pl.from_arrow(batch.column(name)) for name in POINT})
        yield batch.append_column(CELL, points.select(cell.alias(CELL)).to_series().to_arrow())


def work_with_this_python() -> None:
    """Let a Spark that starts on this machine run its workers with this interpreter.

    Spark's own default is whatever ``python3`` the path finds, which need not have this project's libraries.
    """
    os.environ["PYSPARK_PYTHON"] = sys.executable


def session_at(place: str, *, memory: str = "4g") -> Any:
    """Return a Spark session: ``local[N]`` makes one on this machine, ``sc://HOST:PORT`` asks a Connect server.

    Raises
    ------
    CrossingsError
        PySpark or Java is not here, or nothing answers at that place.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 — an extra: nothing else of this project needs it

        if place.startswith(SCHEME):
            return SparkSession.builder.remote(place).getOrCreate()
        work_with_this_python()
        builder = SparkSession.builder.master(place).appName("crossings").config("spark.driver.memory", memory)
        for key, value in LOCAL.items():
            builder = builder.config(key, value)
        return builder.getOrCreate()
    except ImportError as error:
        raise CrossingsError(say("scale.no_spark", why=str(error))) from error
    except Exception as error:
        why = str(error).strip().partition("\n")[0]
        raise CrossingsError(say("scale.no_session", place=place, why=why)) from error
