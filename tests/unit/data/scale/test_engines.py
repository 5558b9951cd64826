"""Polars, DuckDB, Spark and Spark Connect make the same of hostile incidents, row for row."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.query.selection import Selection
from data.scale.engines import Engine, PolarsEngine, collected
from data.scale.incident_files import IncidentFiles, find_files
from data.scale.incidents import check_incidents, conformed, on_map
from data.scale.sums import (
    Frame,
    alone,
    as_sums,
    by_cell,
    by_cell_and_period,
    by_period,
    cubes,
    in_box,
    together,
)
from tests.harness.scale import DuckEngine, hostile_incidents, spark_engines, write_cells, write_partitions

OTHERS = ("duckdb", "spark", "spark-connect")
OVER_180 = (170.0, -20.0, 190.0, 70.0)  # west, south, east, north
WINDOW = Selection(resolution_chosen=3, routes=("007", "us-mexico"), causes=("drowning",), start=date(2014, 1, 1))
SMALLEST = Selection(resolution_chosen=5, end=date(2014, 6, 30))

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning", "ignore::UserWarning")


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return hostile_incidents()


@pytest.fixture(scope="module")
def points(rows: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> IncidentFiles:
    folder = tmp_path_factory.mktemp("points")
    write_partitions(rows, folder)
    return find_files(folder)


@pytest.fixture(scope="module")
def cells(rows: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> IncidentFiles:
    folder = tmp_path_factory.mktemp("cells") / "all"
    write_cells(rows, folder)
    return find_files(folder)


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, Engine]]:
    """Start what runs here: without Java Spark is left out, which skips its tests, and fails them where all must run."""
    found: dict[str, Engine] = {"polars": PolarsEngine(), "duckdb": DuckEngine()}
    if shutil.which("java") is None:
        yield found
        return
    with spark_engines() as spark:
        yield found | spark


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest, engines: dict[str, Engine]) -> Engine:
    if request.param in engines:
        return engines[request.param]
    reason = "there is no Java here: Spark needs 17 or newer (apt-get install default-jre-headless)"
    if os.environ.get("CI") or os.environ.get("ALL_ENGINES"):
        pytest.fail(reason)
    pytest.skip(reason)


def placed(engine: Engine, files: IncidentFiles) -> Frame:
    incidents = conformed(engine.read(files), files)
    return on_map(incidents if files.has_cells else engine.with_cells(incidents))


TABLES: dict[str, Callable[[Frame], Frame]] = {
    "cubes": lambda incidents: cubes(as_sums(alone(incidents))),
    "together": together,
    "cells of a window": lambda incidents: by_cell(as_sums(incidents), WINDOW),
    "smallest cells": lambda incidents: by_cell(as_sums(incidents), SMALLEST),
    "years": lambda incidents: by_period(as_sums(incidents), Selection(step="year")),
    "cells and months": lambda incidents: by_cell_and_period(as_sums(incidents), Selection(resolution_chosen=2)),
}


def assert_same_rows(found: pl.DataFrame, expected: pl.DataFrame) -> None:
    assert set(found.columns) == set(expected.columns)
    same = found.select(expected.columns).cast(dict(expected.schema))
    assert_frame_equal(same.sort(same.columns), expected.sort(expected.columns), check_exact=True)


@pytest.mark.rule("C1", "E1", "E4", "E5", "X1", "X2")
def test_every_engine_adds_up_the_same(other: Engine, cells: IncidentFiles) -> None:
    ours, theirs = placed(PolarsEngine(), cells), placed(other, cells)
    for name, make in TABLES.items():
        expected = collected(make(ours))
        assert expected.height > 20 or name == "years", name
        assert_same_rows(collected(make(theirs)), expected)


def test_every_engine_reads_partitions_and_places_points_the_same(
    other: Engine, points: IncidentFiles, rows: pl.DataFrame
) -> None:
    ours = collected(placed(PolarsEngine(), points))
    found = collected(placed(other, points))
    assert found.height == rows.height, "rows in = rows out"
    assert_same_rows(found, ours)
    seen = dict(found.select("record_id", "route").iter_rows())
    assert seen == dict(rows.select("record_id", "route").iter_rows()), "a route is as it was before it stood in a path"


def test_every_engine_sees_the_same_view_over_180_degrees(other: Engine, points: IncidentFiles) -> None:
    ours, theirs = (collected(in_box(conformed(e.read(points), points), OVER_180)) for e in (PolarsEngine(), other))
    assert ours["longitude"].min() < 0 < ours["longitude"].max()
    assert_same_rows(theirs, ours)


@pytest.mark.parametrize("cell", [-1, -(2**62), 0, 2**62, 2**63 - 1, 0x8001FFFFFFFFFFF, 0x87F4FFFFFFFFFFF | 1 << 52])
def test_every_engine_refuses_the_same_cells(
    engines: dict[str, Engine], rows: pl.DataFrame, cell: int, tmp_path: Path
) -> None:
    bad = rows.head(3).with_columns(cell=pl.lit(cell, pl.Int64), finest_resolution=pl.lit(4, pl.Int8))
    bad.write_parquet(tmp_path / "a.parquet")
    files = find_files(tmp_path)
    told = set()
    for name in ("polars", "duckdb"):
        with pytest.raises(Exception, match="no H3 cell of resolution 7") as refused:
            check_incidents(conformed(engines[name].read(files), files), files)
        told.add(str(refused.value))
    assert len(told) == 1
