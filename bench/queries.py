"""``python -m bench.queries``: five queries side by side, each engine and query in a process of its own."""

import argparse
import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from geo.cells import ALL_BUT_RESOLUTION, RESOLUTION_SHIFT, cell_at, cell_of_point, parent

RUNS = 5
CHUNK_ROWS = 5_000_000
ROW_GROUP_ROWS = 65_536
IN_MEMORY_ROWS = 10_000_000  # beyond it, only what reads the file as a stream is measured
MONTHS = 144
RESOLUTION = 4
UNUSED = (1 << 3 * (15 - RESOLUTION)) - 1  # the digits below the resolution, all 7
BELOW_RESOLUTION = (1 << RESOLUTION_SHIFT) - 1  # base cell and digits
CELL_MODE = 1 << 59  # the index is of a cell, not an edge
ROUTES = (  # latitude and longitude of the stops of each
    "32.9 13.2 35.5 12.6; 36.9 10.3 37.8 12.4; 36.8 27.2 38.4 24.0; 35.2 -3.0 36.7 -4.4; 35.8 0.5 37.6 -0.9;"
    "31.2 29.9 34.9 24.9 37.9 16.1; 14.7 -17.4 20.9 -17.1 28.1 -15.4; 36.2 35.9 34.9 33.6;"
    "12.6 8.0 19.0 8.0 27.0 14.4 32.9 13.2"
).split(";")
WINDOW_SQL = "latitude between 30 and 40 and longitude between 5 and 25 and month between 96 and 119"
CELL_SQL = f"(k & {ALL_BUT_RESOLUTION}::bigint) | {RESOLUTION << RESOLUTION_SHIFT}"
CELL_CHDB = f"bitOr(bitAnd(k, {ALL_BUT_RESOLUTION}), {RESOLUTION << RESOLUTION_SHIFT})"

Answer = list[np.ndarray]
Work = Callable[[], Answer]


def points(rows: int, *, seed: int) -> pl.DataFrame:
    """Return synthetic points scattered along the routes, each with its cell and month."""
    random = np.random.default_rng(seed)
    route = random.integers(0, len(ROUTES), rows).astype(np.uint8)
    latitude, longitude = np.empty(rows, np.float32), np.empty(rows, np.float32)
    for number, text in enumerate(ROUTES):
        stops, here = np.array(text.split(), float).reshape(-1, 2), np.flatnonzero(route == number)
        along = random.random(here.size) * (len(stops) - 1)
        for column, ends in zip((latitude, longitude), stops.T, strict=True):
            column[here] = np.interp(along, np.arange(ends.size), ends) + random.normal(0, 0.6, here.size)
    month = random.integers(0, MONTHS, rows).astype(np.int16)
    day = 16_071 + month.astype(np.int32) * 30 + random.integers(0, 30, rows, dtype=np.int32)
    people = random.geometric(0.3, rows).astype(np.int32)
    columns = {"latitude": latitude, "longitude": longitude, "day": day, "month": month, "route": route}
    place = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
    return pl.DataFrame({**columns, "people": people}).select(place.alias("cell"), pl.all())


def write_points(path: Path, *, rows: int) -> None:
    """Write the points sorted by cell: chunks are drawn first, then gathered one range of cells at a time."""
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        for number, start in enumerate(range(0, rows, CHUNK_ROWS)):
            chunk = points(min(CHUNK_ROWS, rows - start), seed=number).sort("cell")
            chunk.write_parquet(folder / f"chunk{number:03}", row_group_size=ROW_GROUP_ROWS, compression="lz4")
            if number == 0:
                share = np.linspace(0, 1, -(-rows // CHUNK_ROWS) + 1)[1:-1]
                edges = [0, *np.quantile(chunk["cell"].to_numpy(), share, method="nearest").tolist(), 1 << 62]
        for number, (first, end) in enumerate(zip(edges, edges[1:], strict=False)):
            part = pl.scan_parquet(folder / "chunk*").filter(pl.col("cell").is_between(first, end, closed="left"))
            part.collect().sort("cell").write_parquet(folder / f"part{number:03}", compression="lz4")
        whole = pl.scan_parquet(folder / "part*")
        whole.sink_parquet(path, row_group_size=ROW_GROUP_ROWS, compression="zstd", maintain_order=True)


def arrays(frame: pl.DataFrame) -> Answer:
    """Return a frame's columns as arrays."""
    return [column.to_numpy() for column in frame]


def streamed(query: pl.LazyFrame) -> Work:
    """Return the work of collecting a query with the streaming engine."""
    return lambda: arrays(query.collect(engine="streaming"))


def places(path: Path) -> Work:
    """Return the work of placing every point, after checking a thousand of them against h3 itself."""
    some = pl.read_parquet(path, columns=["cell", "latitude", "longitude"]).sample(1000, seed=1)
    for cell, latitude, longitude in some.iter_rows():
        assert cell == cell_of_point(latitude=latitude, longitude=longitude, resolution=7)
    place = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
    return streamed(pl.scan_parquet(path).select((place == pl.col("cell")).sum().cast(pl.Int64)))


def column_work(path: Path, work: Callable[[pl.DataFrame], object]) -> Work:
    """Return work on the column of cells in memory; it has no answer to compare."""
    cells = pl.read_parquet(path, columns=["cell"], rechunk=True)

    def run() -> Answer:
        work(cells)
        return []

    return run


def two_keys(points_table: pl.LazyFrame) -> Work:
    """Return the (cell, month) group-by with the full parent and the month as two keys."""
    sums = pl.col("people").sum(), pl.len().alias("records")
    return streamed(points_table.group_by(parent(pl.col("cell"), resolution=RESOLUTION), "month").agg(sums))


def packed_key(points_table: pl.LazyFrame) -> Work:
    """Return the (cell, month) group-by on one Int64: the month in the cell's unused low bits."""
    key = ((pl.col("cell") | UNUSED) ^ pl.col("month")).alias("key")
    groups = points_table.group_by(key).agg(pl.col("people").sum(), pl.len().alias("records"))
    cell, month = parent(pl.col("key"), resolution=RESOLUTION).alias("cell"), 255 - (pl.col("key") & 255)
    return streamed(groups.select(cell, month.cast(pl.Int16).alias("month"), "people", "records"))


def window(path: Path) -> Work:
    """Return the sum of people per cell within a box of 20° × 10° and 24 months."""
    box = pl.col("latitude").is_between(30, 40), pl.col("longitude").is_between(5, 25)
    inside = pl.scan_parquet(path).filter(*box, pl.col("month").is_between(96, 119))
    groups = inside.group_by((pl.col("cell") | UNUSED).alias("key")).agg(pl.col("people").sum())
    return streamed(groups.select(parent(pl.col("key"), resolution=RESOLUTION), "people"))


def by_month_and_cell(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return one sorted Int64 per row (the month above base cell and digits) and its people."""
    key = ((pl.col("month").cast(pl.Int64) << RESOLUTION_SHIFT) | (pl.col("cell") & BELOW_RESOLUTION)).alias("key")
    table = pl.read_parquet(path, columns=["cell", "month", "people"]).sort("month", maintain_order=True)
    kept = table.select(key, "people").rechunk()
    return kept["key"].to_numpy(), kept["people"].to_numpy()


def cell_and_month(key: np.ndarray) -> Answer:
    """Return the cell and month of the first key of each run."""
    cell = (key & BELOW_RESOLUTION) | (CELL_MODE | RESOLUTION << RESOLUTION_SHIFT | UNUSED)
    return [cell, (key >> RESOLUTION_SHIFT).astype(np.int16)]


def neighbour_runs(path: Path) -> Work:
    """Return the group-by over sorted keys: a run begins where neighbours differ above the unused digits."""
    key, people = by_month_and_cell(path)

    def run() -> Answer:
        heads = [np.zeros(1, np.int64)]
        for start in range(1, key.size, ROW_GROUP_ROWS):  # blocks stay in the processor's cache
            block = key[start - 1 : start + ROW_GROUP_ROWS]
            heads.append(np.flatnonzero((block[1:] ^ block[:-1]) > UNUSED) + start)
        head = np.concatenate(heads)
        return [*cell_and_month(key[head]), np.add.reduceat(people, head), np.diff(head, append=key.size)]

    return run


def kept_runs(path: Path) -> Work:
    """Return the same with two more columns kept: the coarsest resolution a row opens a run at, running sums."""
    key, people = by_month_and_cell(path)
    opens, change = np.zeros(key.size, np.uint8), key[1:] ^ key[:-1]
    for resolution in range(8):
        opens[1:] += change <= (1 << 3 * (15 - resolution)) - 1
    before = np.concatenate([[0], np.cumsum(people, dtype=np.int64)])

    def run() -> Answer:
        head = np.flatnonzero(opens <= RESOLUTION)
        ends = np.append(head, key.size)
        return [*cell_and_month(key[head]), np.diff(before[ends]), np.diff(ends)]

    return run


def duckdb_work(query: str, *, prepare: str = "select 1") -> Work:
    """Return the work of a query in DuckDB with two threads."""
    peer = importlib.import_module("duckdb").connect(config={"threads": 2})
    peer.execute(prepare)
    return lambda: list(peer.execute(query).fetchnumpy().values())


def chdb_work(query: str) -> Work:
    """Return the work of a query in chDB."""
    peer = importlib.import_module("chdb")
    return lambda: arrays(pl.read_ipc(peer.query(query, "Arrow").bytes()))


def group_sql(source: object, *, packed: bool) -> str:
    """Return the (cell, month) group-by in DuckDB's SQL."""
    sums = "sum(people)::bigint as people, count(*) as records"
    if packed:
        inner = f"select xor(cell | {UNUSED}, month::bigint) as k, {sums} from '{source}' group by k"
        return f"select (({CELL_SQL}) | 255), 255 - (k & 255), people, records from ({inner})"
    return f"select ({CELL_SQL}) | {UNUSED}, month, people, records from " + (
        f"(select cell | {UNUSED} as k, month, {sums} from '{source}' group by k, month)"
    )


def window_sql(path: Path) -> str:
    """Return the view and window in DuckDB's SQL."""
    inner = f"select cell | {UNUSED} as k, sum(people)::bigint as people from '{path}' where {WINDOW_SQL} group by k"
    return f"select ({CELL_SQL}) | {UNUSED}, people from ({inner})"


def chdb_sql(path: Path, query: str) -> str:
    """Return a query in chDB's SQL."""
    table = f"file('{path}', Parquet)"
    key, sums = f"bitOr(cell, {UNUSED})", "sum(people) as people, count() as records"
    if query == "points to cells":
        point = "toFloat64(latitude), toFloat64(longitude), 7::UInt8"  # older versions: longitude first
        return f"select toInt64(countIf(geoToH3({point}) = cell)) from {table} settings geotoh3_argument_order='lat_lon'"
    if query == "view and window":
        inner = f"select {key} as k, sum(people) as people from {table} where {WINDOW_SQL} group by k"
        return f"select {CELL_CHDB}, people from ({inner})"
    inner = f"select bitXor({key}, month) as k, {sums} from {table} group by k"
    return f"select bitOr({CELL_CHDB}, 255), 255 - bitAnd(k, 255), people, records from ({inner})"


CASES: dict[str, dict[str, Callable[[Path], Work]]] = {
    "points to cells": {"ours": places, "chdb": lambda path: chdb_work(chdb_sql(path, "points to cells"))},
    "roll-up": {
        "ours: numpy copy": lambda path: column_work(path, lambda cells: cells["cell"].to_numpy().copy()),
        "ours: polars + 0": lambda path: column_work(path, lambda cells: cells.select(pl.col("cell") + 0)),
        "ours: cell | unused": lambda path: column_work(path, lambda cells: cells.select(pl.col("cell") | UNUSED)),
        "ours: parent": lambda path: column_work(path, lambda cells: cells.select(parent(pl.col("cell"), resolution=4))),
    },
    "(cell, month)": {
        "duckdb: two keys": lambda path: duckdb_work(group_sql(path, packed=False)),
        "duckdb: packed key": lambda path: duckdb_work(group_sql(path, packed=True)),
        "ours: two keys": lambda path: two_keys(pl.scan_parquet(path)),
        "ours: packed key": lambda path: packed_key(pl.scan_parquet(path)),
        "chdb: packed key": lambda path: chdb_work(chdb_sql(path, "(cell, month)")),
    },
    "view and window": {
        "duckdb": lambda path: duckdb_work(window_sql(path)),
        "ours": window,
        "chdb": lambda path: chdb_work(chdb_sql(path, "view and window")),
    },
    "(cell, month), frame in memory": {
        "duckdb: packed key, from Parquet": lambda path: duckdb_work(group_sql(path, packed=True)),
        "ours: packed key, sorted by cell": lambda path: packed_key(
            pl.read_parquet(path, columns=["cell", "month", "people"]).lazy()
        ),
        "ours: sorted by month and cell, runs": neighbour_runs,
        "ours: the same, with levels and running sums kept": kept_runs,
    },
}
STREAMED = ("(cell, month)", "view and window")


def measure(query: str, name: str, path: Path) -> dict[str, object]:
    """Return one case's median seconds, this process's peak memory and a digest of its sorted answer."""
    work = CASES[query][name](path)
    answer, taken = work(), []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    columns = [np.asarray(column).astype(np.int64) for column in answer]
    rows = np.stack(columns)[:, np.lexsort(columns[::-1])].tobytes() if columns else b""
    return {"seconds": statistics.median(taken), "peak": peak, "digest": hashlib.sha256(rows).hexdigest()}


def in_a_process(*arguments: object) -> str:
    """Run this module in a process of its own and return what it printed."""
    command = [sys.executable, "-m", "bench.queries", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def print_table(path: Path, *, rows: int, engines: list[str]) -> None:
    """Print one table for a file, and stop if two engines disagree."""
    print(f"\n## {rows:,} rows\n\n| query | engine | seconds | ratio | peak MiB |\n| --- | --- | --- | --- | --- |")
    for query, cases in CASES.items():
        if rows > IN_MEMORY_ROWS and query not in STREAMED:
            continue
        names = [name for name in cases if name.split(":")[0] in engines]
        results = {name: json.loads(in_a_process("--case", query, name, path)) for name in names}
        assert len({result["digest"] for result in results.values()}) <= 1, f"the engines disagree on {query}"
        peers = [name for name in names if name.startswith("duckdb")] or names[:1]
        fastest = min((results[name]["seconds"] for name in peers), default=0)
        for name, result in results.items():
            seconds, peak = result["seconds"], result["peak"]
            print(f"| {query} | {name} | {seconds:.4f} | {seconds / fastest:.2f} | {peak:.0f} |", flush=True)


def main() -> None:
    """Measure the sizes and engines asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000, 100_000_000])
    parser.add_argument("--engines", nargs="*", default=["ours", "duckdb", "chdb"])
    parser.add_argument("--case", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.case:
        print(json.dumps(measure(asked.case[0], asked.case[1], Path(asked.case[2]))))
        return
    if asked.write:
        write_points(Path(asked.write[1]), rows=int(asked.write[0]))
        return
    engines = [engine for engine in asked.engines if engine == "ours" or importlib.util.find_spec(engine)]
    versions = [importlib.metadata.version(engine) for engine in engines if engine != "ours"]
    print(f"# Queries\n\n{platform.platform()}, {os.cpu_count()} processors; medians of {RUNS}; polars {pl.__version__}", end="")
    print("".join(f", {engine} {version}" for engine, version in zip(engines[1:], versions, strict=True)))
    for missing in set(asked.engines) - set(engines):
        print(f"\n{missing} is not installed")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nRatios are to the faster DuckDB, else to the first of the query; {own:.0f} MiB of each peak are imports.")
    print("DuckDB has no cells without its h3 extension, which it downloads: n/a for points to cells.")
    with tempfile.TemporaryDirectory() as folder:
        for rows in asked.rows:
            path = Path(folder) / f"{rows}.parquet"
            in_a_process("--write", rows, path)
            print_table(path, rows=rows, engines=engines)
            path.unlink()


if __name__ == "__main__":
    main()
