"""Hostile incidents in partitioned files, and the engines that must all make the same of them."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import h3
import narwhals as nw
import numpy as np
import polars as pl

from data.scale.incident_files import CELL, IncidentFiles
from data.scale.spark import LOCAL, SparkEngine, work_with_this_python
from data.scale.sums import Frame
from geo.cells import cell_at
from tests.harness.serving import free_port

EDGES = ((90.0, 0.0), (90.0, 180.0), (-90.0, -180.0), (-90.0, 12.5), (0.0, 180.0), (0.0, -180.0), (-0.0, -0.0),
         (64.2, 179.9999999), (64.2, -179.9999999), (-16.5, 180.0), (35.5, 12.6), (35.500001, 12.600001))  # fmt: skip
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+IgnoreUnrecognizedVMOptions"
ROUTES = ("central-mediterranean", "us-mexico", "a b=c%/ü", "007", None)
CAUSES = ("drowning", "unknown", None)


def hostile_incidents(rows: int = 4000) -> pl.DataFrame:
    """Return incidents at pentagons, poles, both sides of ±180° and anywhere, with everything null that may be."""
    random = np.random.default_rng(8)
    pentagons = [h3.cell_to_latlng(text) for resolution in (0, 7) for text in h3.get_pentagons(resolution)]
    known = np.array([*EDGES, *pentagons])
    points = np.column_stack([np.degrees(np.arcsin(random.uniform(-1, 1, rows))), random.uniform(-180, 180, rows)])
    points[: rows // 2] = known[random.integers(0, len(known), rows // 2)]
    first = random.integers(16_000, 16_400, rows)
    length = random.choice([0, 0, 0, 27, 30, 45, 364], rows)
    dead, missing = random.integers(0, 9, rows), random.integers(-3, 30, rows)
    number = np.arange(rows)
    event = np.where(random.random(rows) < 0.2, random.integers(0, rows // 9, rows), number + rows)

    def some(values: Sequence[Any] | np.ndarray, null: float, dtype: Any) -> pl.Series:
        lost = random.random(rows) < null
        return pl.Series([None if gone else value for gone, value in zip(lost, values, strict=True)], dtype=dtype)

    frame = pl.DataFrame(
        {
            "source": pl.Series(random.choice(["mmp", "mmp-selection"], rows)),
            "record_id": [f"r{n}" for n in number],
            "event_id": [f"e{n}" for n in event],
            "is_cumulative": random.random(rows) < 0.05,
            "date_from": pl.Series(first, dtype=pl.Int32),
            "date_to": pl.Series(first + length, dtype=pl.Int32),
            "dead": some(dead, 0.3, pl.Int16),
            "missing": some(missing, 0.3, pl.Int64),
            "cause": some([CAUSES[n % 3] for n in number], 0, pl.String),
            "route": some([ROUTES[n % 5] for n in random.integers(0, 5, rows)], 0, pl.String),
            "finest_resolution": some(random.integers(0, 8, rows), 0.1, pl.UInt8),
            "latitude": points[:, 0],
            "longitude": points[:, 1],
            "is_undated": random.random(rows) < 0.1,
            "is_unplaced": random.random(rows) < 0.1,
            "quality": pl.Series(random.integers(1, 6, rows), dtype=pl.UInt8),
        }
    )
    stated = pl.col("dead").is_not_null() | pl.col("missing").is_not_null()
    total = pl.col("dead").fill_null(0).cast(pl.Int64) + pl.col("missing").fill_null(0)
    dated = [pl.when(~pl.col("is_undated")).then(pl.col(c).cast(pl.Date)).alias(c) for c in ("date_from", "date_to")]
    placed = [pl.when(~pl.col("is_unplaced")).then(c).alias(c) for c in ("latitude", "longitude")]
    made = frame.with_columns(pl.when(stated).then(total).alias("dead_or_missing"), *dated, *placed)
    return made.drop("is_undated", "is_unplaced")


def write_partitions(rows: pl.DataFrame, folder: Path) -> None:
    """Write the rows by route, which stands in the path alone, and by source, which also stands inside; some empty."""
    for (route, source), part in rows.group_by("route", "source", maintain_order=True):
        path = folder / f"route={_in_path(route)}" / f"source={source}"
        path.mkdir(parents=True)
        inside = part.drop("route")
        inside.head(100).write_parquet(path / "part-0.parquet", row_group_size=37)
        inside[100:].write_parquet(path / "part-1.parquet")
        inside.clear().write_parquet(path / "part-2.parquet")
    (folder / "route=nowhere" / "source=mmp").mkdir(parents=True)
    (folder / "_SUCCESS").touch()
    (folder / "_metadata.parquet").write_bytes(b"no parquet")


def _in_path(value: str | None) -> str:
    """Return a value as Spark writes it into a path."""
    if value is None:
        return "__HIVE_DEFAULT_PARTITION__"
    return "".join(f"%{ord(c):02X}" if c in "\"#%'*/:=?\\\x7f{[]^" else c for c in value)


def write_cells(rows: pl.DataFrame, folder: Path) -> None:
    """Write the rows with cells in place of points, as the unsigned numbers that H3 itself gives, in one flat folder."""
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")).cast(pl.UInt64)
    folder.mkdir()
    placed = rows.with_columns(cell.alias(CELL)).drop("latitude", "longitude")
    for number, part in enumerate(placed.iter_slices(1700)):
        part.write_parquet(folder / f"{number}.parquet")


class DuckEngine:
    """The portable functions on DuckDB."""

    name = "duckdb"

    def __init__(self, *, threads: int = 2) -> None:
        self.connection = duckdb.connect(config={"threads": threads})
        self.connection.execute("set timezone = 'UTC'")
        self.connection.create_function(
            "crossings_cell", _cells_of, ["DOUBLE", "DOUBLE"], "BIGINT", type="arrow", null_handling="special"
        )

    def read(self, files: IncidentFiles) -> Frame:
        types = "{" + ", ".join(f"'{name}': VARCHAR" for name in files.of_paths) + "}"
        hive = f"hive_partitioning = true, hive_types = {types}" if files.of_paths else "hive_partitioning = false"
        names = [str(path) for path in files.files]
        relation = self.connection.sql(f"from read_parquet($names, {hive})", params={"names": names})
        return nw.from_native(relation)

    def with_cells(self, incidents: Frame) -> Frame:
        relation = incidents.to_native()
        return nw.from_native(relation.project(f"*, crossings_cell(latitude, longitude) as {CELL}"))

    def write(self, rows: Frame, folder: Path, *, order: Sequence[str]) -> None:
        folder.mkdir()
        ordered = rows.to_native().order(", ".join(f"{name} asc nulls last" for name in order))
        ordered.write_parquet(str(folder / "part-0.parquet"), compression="zstd", row_group_size=65_536)


def _cells_of(latitude: Any, longitude: Any) -> Any:
    points = pl.DataFrame({"latitude": pl.from_arrow(latitude), "longitude": pl.from_arrow(longitude)})
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
    return points.select(cell.alias(CELL)).to_series().to_arrow()


@contextmanager
def spark_engines(*, cores: int = 2, memory: str = "1g", connect: bool = True) -> Iterator[dict[str, SparkEngine]]:
    """Start one Java process with a classic session and a Connect server on loopback, and stop both at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySpark's own, of pandas, which is not used
        from pyspark.sql import SparkSession  # noqa: PLC0415 — warns when it is imported

        work_with_this_python()
        port = free_port()
        builder = SparkSession.builder.master(f"local[{cores}]").config("spark.driver.memory", memory)
        own = LOCAL | {
            "spark.sql.shuffle.partitions": str(cores),
            "spark.driver.extraJavaOptions": QUICK_START,
            "spark.sql.execution.arrow.maxRecordsPerBatch": "97",
        }
        if connect:
            own |= {"spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
                    "spark.connect.grpc.binding.address": "127.0.0.1", "spark.connect.grpc.binding.port": str(port)}  # fmt: skip
        for key, value in own.items():
            builder = builder.config(key, value)
        classic = builder.getOrCreate()
        classic.sparkContext.setLogLevel("ERROR")
        engines = {"spark": SparkEngine(classic)}
        try:
            if connect:
                from pyspark.sql.connect.session import SparkSession as ConnectSession  # noqa: PLC0415

                remote = ConnectSession.builder.remote(f"sc://127.0.0.1:{port}").create()
                engines["spark-connect"] = SparkEngine(remote)
            yield engines
        finally:
            if connect and "spark-connect" in engines:
                engines["spark-connect"].session.client.close()
            classic.stop()
