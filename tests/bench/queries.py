"""``python -m tests.bench.queries``: five queries side by side, each engine and query in a process of its own."""

import argparse
import hashlib
import importlib.metadata
import importlib.util
import itertools
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from geo.cells import RESOLUTION_SHIFT, cell_at, cell_of_point, parent

RUNS, CHUNK_ROWS, ROW_GROUP_ROWS = 5, 5_000_000, 65_536
IN_MEMORY_ROWS, STREAMED = 10_000_000, {"(cell, month)", "view and window"}  # beyond, only what reads as a stream
RESOLUTION = 4
UNUSED = (1 << 3 * (15 - RESOLUTION)) - 1  # the digits below the resolution, all 7
DIGITS = (1 << RESOLUTION_SHIFT) - 1  # base cell and digits
PARENT_BITS = 1 << 59 | RESOLUTION << RESOLUTION_SHIFT | UNUSED  # what is the same in every parent
ROUTES = (  # latitude and longitude of the stops of each
    "32.9 13.2 35.5 12.6",
    "36.8 27.2 38.4 24.0",
    "31.2 29.9 34.9 24.9 37.9 16.1",
    "14.7 -17.4 20.9 -17.1 28.1 -15.4",
    "12.6 8.0 19.0 8.0 27.0 14.4 32.9 13.2",
)
PLACE = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
CELL = pl.col("cell") | UNUSED  # groups as the parent does; its resolution is set on the few groups
PARENT = parent(pl.col("cell"), resolution=RESOLUTION)
PACKED = CELL ^ pl.col("month")  # the month in the low bits that are unused: one key instead of two
SQL = {  # the same two keys in each dialect
    "duckdb": (f"cell | {UNUSED}", f"xor(cell | {UNUSED}, month::bigint)"),
    "chdb": (f"bitOr(cell, {UNUSED})", f"bitXor(bitOr(cell, {UNUSED}), month)"),
}
BOX = {"latitude": (30, 40), "longitude": (5, 25), "month": (96, 119)}
WINDOW = " and ".join(f"{name} between {first} and {last}" for name, (first, last) in BOX.items())
IN_WINDOW = [pl.col(name).is_between(first, last) for name, (first, last) in BOX.items()]  # 1.5 × as fast as >= and <=
Answer = list[np.ndarray]
Work = Callable[[], object]  # returns an Answer where there is one to compare


def points(rows: int, *, seed: int) -> pl.DataFrame:
    """Return synthetic points scattered along the routes, each with its cell and month."""
    random = np.random.default_rng(seed)
    route = random.integers(0, len(ROUTES), rows).astype(np.uint8)
    latitude, longitude = np.empty((2, rows), np.float32)
    for number, text in enumerate(ROUTES):
        stops, here = np.array(text.split(), float).reshape(-1, 2), np.flatnonzero(route == number)
        along = random.random(here.size) * (len(stops) - 1)
        for column, ends in zip((latitude, longitude), stops.T, strict=True):
            column[here] = np.interp(along, np.arange(ends.size), ends) + random.normal(0, 0.6, here.size)
    month = random.integers(0, 144, rows, dtype=np.int16)
    day = 16_071 + month.astype(np.int32) * 30 + random.integers(0, 30, rows, dtype=np.int32)
    people = random.geometric(0.3, rows).astype(np.int32)
    columns = {"latitude": latitude, "longitude": longitude, "day": day, "month": month, "route": route}
    return pl.DataFrame(columns | {"people": people}).select(PLACE.alias("cell"), pl.all())


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
        for number, (first, end) in enumerate(itertools.pairwise(edges)):
            part = pl.scan_parquet(folder / "chunk*").filter(pl.col("cell").is_between(first, end, closed="left"))
            part.collect().sort("cell").write_parquet(folder / f"part{number:03}", compression="lz4")
        pl.scan_parquet(folder / "part*").sink_parquet(path, row_group_size=ROW_GROUP_ROWS, compression="zstd")


def with_parents(answer: Answer, *, packed: bool) -> Answer:
    """Return the answer with its first column as true parents, and the month next to it where it was packed in."""
    key, *others = answer
    return [(key & DIGITS) | PARENT_BITS, *([255 - (key & 255)] if packed else []), *others]


def ours(points_table: pl.LazyFrame, *keys: pl.Expr, packed: bool = False) -> Work:
    """Return the work of summing people by keys with the streaming engine."""
    groups = points_table.group_by(keys).agg(pl.col("people").sum(), pl.len().alias("records"))
    return lambda: with_parents([column.to_numpy() for column in groups.collect(engine="streaming")], packed=packed)


def answered(engine: str, query: str) -> Callable[[], Answer]:
    """Return the work of a query in DuckDB or chDB."""
    peer = importlib.import_module(engine)
    if engine == "chdb":
        return lambda: [column.to_numpy() for column in pl.read_ipc(peer.query(query, "Arrow").bytes())]
    connection = peer.connect(config={"threads": 2})
    return lambda: list(connection.execute(query).fetchnumpy().values())


def theirs(engine: str, path: Path, *, packed: bool = False, keys: str = "k", box: str = "true") -> Work:
    """Return the work of summing people by keys in DuckDB or chDB."""
    source = f"'{path}'" if engine == "duckdb" else f"file('{path}', Parquet)"
    selected = keys.replace("k", f"{SQL[engine][packed]} as k")
    query = f"select {selected}, sum(people)::bigint, count(*) from {source} where {box} group by {keys}"
    answer = answered(engine, query)
    return lambda: with_parents(answer(), packed=packed)


def places(path: Path) -> Work:
    """Return the work of placing every point, after checking a thousand of them against h3 itself."""
    for cell, latitude, longitude in points(1000, seed=1).select("cell", "latitude", "longitude").iter_rows():
        assert cell == cell_of_point(latitude=latitude, longitude=longitude, resolution=7)
    agreeing = pl.scan_parquet(path).select((pl.col("cell") == PLACE).sum())
    return lambda: [agreeing.collect(engine="streaming").to_series().to_numpy()]


def places_in_chdb(path: Path) -> Work:
    """Return the same in chDB; versions without the setting take the longitude first."""
    counted = "select countIf(geoToH3(toFloat64(latitude), toFloat64(longitude), 7::UInt8) = cell)"
    return answered("chdb", f"{counted} from file('{path}', Parquet) settings geotoh3_argument_order='lat_lon'")


def in_memory(path: Path) -> pl.DataFrame:
    """Return the three columns of the group-by, each in one piece."""
    return pl.read_parquet(path, columns=["cell", "month", "people"]).rechunk()


def runs(path: Path, *, kept: bool) -> Work:
    """Return the group-by over sorted rows: runs begin where neighbours differ, or where ``kept`` from before."""
    table = in_memory(path).sort("month", maintain_order=True)
    cells, months, people = (column.to_numpy() for column in table)
    key = (months.astype(np.int64) << RESOLUTION_SHIFT) | (cells & DIGITS)  # sorts as month, cell
    before = np.append(0, np.cumsum(people, dtype=np.int64)) if kept else None
    begins = np.zeros(key.size, np.uint8)  # the coarsest resolution at which a row begins a run
    for resolution in range(8 if kept else 0):
        begins[1:] += (key[1:] ^ key[:-1]) <= (1 << 3 * (15 - resolution)) - 1

    def run() -> Answer:
        if before is not None:
            sums = np.diff(before[np.append(head := np.flatnonzero(begins <= RESOLUTION), key.size)])
        else:
            heads = [np.zeros(1, np.int64)]
            for start in range(1, key.size, ROW_GROUP_ROWS):  # blocks stay in the processor's cache
                block = key[start - 1 : start + ROW_GROUP_ROWS]
                heads.append(np.flatnonzero((block[1:] ^ block[:-1]) > UNUSED) + start)
            sums = np.add.reduceat(people, head := np.concatenate(heads))
        place = key[head]
        return [(place & DIGITS) | PARENT_BITS, place >> RESOLUTION_SHIFT, sums, np.diff(head, append=key.size)]

    return run


CASES: dict[str, dict[str, Callable[[Path], Work]]] = {
    "points to cells": {"ours": places, "chdb": places_in_chdb},
    "roll-up": {
        "ours: numpy copy": lambda path: in_memory(path)["cell"].to_numpy().copy,
        "ours: cell with unused digits": lambda path: partial(in_memory(path).select, CELL),
        "ours: parent": lambda path: partial(in_memory(path).select, PARENT),
    },
    "(cell, month)": {
        "duckdb: two keys": lambda path: theirs("duckdb", path, keys="k, month"),
        "duckdb: packed key": lambda path: theirs("duckdb", path, packed=True),
        "ours: parent, two keys": lambda path: ours(pl.scan_parquet(path), PARENT, pl.col("month")),
        "ours: cell with unused digits, two keys": lambda path: ours(pl.scan_parquet(path), CELL, pl.col("month")),
        "ours: packed key": lambda path: ours(pl.scan_parquet(path), PACKED, packed=True),
        "chdb: packed key": lambda path: theirs("chdb", path, packed=True),
        "ours: in memory, packed key": lambda path: ours(in_memory(path).lazy(), PACKED, packed=True),
        "ours: in memory, sorted by month and cell, runs": lambda path: runs(path, kept=False),
        "ours: in memory, the same, levels and running sums kept": lambda path: runs(path, kept=True),
    },
    "view and window": {
        "duckdb": lambda path: theirs("duckdb", path, box=WINDOW),
        "ours": lambda path: ours(pl.scan_parquet(path).filter(*IN_WINDOW), CELL),
        "chdb": lambda path: theirs("chdb", path, box=WINDOW),
    },
}


def measure(query: str, name: str, path: Path) -> dict[str, object]:
    """Return one case's median seconds, this process's peak memory and a digest of its sorted answer."""
    work = CASES[query][name](path)
    answer, taken = work(), []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    columns = [np.asarray(column).astype(np.int64) for column in answer] if isinstance(answer, list) else []
    rows = np.stack(columns)[:, np.lexsort(columns[::-1])].tobytes() if columns else b""
    return {"seconds": statistics.median(taken), "peak": peak, "digest": hashlib.sha256(rows).hexdigest()}


def in_a_process(*arguments: object) -> dict[str, object]:
    """Run this module in a process of its own and return what it printed."""
    command = [sys.executable, "-m", "tests.bench.queries", "--alone", *map(str, arguments)]
    return json.loads(subprocess.check_output(command))


def print_table(path: Path, *, rows: int, engines: list[str]) -> None:
    """Print one table for a file, and stop if two engines disagree."""
    print(f"\n## {rows:,} rows\n\n| query | engine | seconds | ratio | peak MiB |\n| --- | --- | --- | --- | --- |")
    for query, cases in CASES.items():
        names = [name for name in cases if name.split(":")[0] in engines]
        if rows > IN_MEMORY_ROWS:
            names = [name for name in names if query in STREAMED and "memory" not in name]
        results = {name: in_a_process(query, name, path) for name in names}
        assert len({result["digest"] for result in results.values()}) <= 1, f"the engines disagree on {query}"
        peers = [name for name in names if name.startswith("duckdb")] or names[:1]
        fastest = min([results[name]["seconds"] for name in peers], default=0)
        for name, result in results.items():
            seconds = result["seconds"]
            print(f"| {query} | {name} | {seconds:.4f} | {seconds / fastest:.2f} | {result['peak']:.0f} |", flush=True)


def main() -> None:
    """Measure the sizes and engines asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000, 100_000_000])
    parser.add_argument("--engines", nargs="*", default=["ours", "duckdb", "chdb"])
    parser.add_argument("--alone", nargs="*", help=argparse.SUPPRESS)  # what in_a_process asks for
    asked = parser.parse_args()
    if asked.alone:
        *what, path = asked.alone
        print(json.dumps(measure(*what, Path(path)) if len(what) == 2 else write_points(Path(path), rows=int(what[0]))))
        return
    engines = [engine for engine in asked.engines if engine == "ours" or importlib.util.find_spec(engine)]
    packages = ["polars" if engine == "ours" else engine for engine in engines]
    versions = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in packages)
    print(f"# Queries\n\n{platform.platform()}; {versions}; medians of {RUNS}. DuckDB has no points to cells: n/a.")
    print("".join(f"\n{missing} is not installed" for missing in set(asked.engines) - set(engines)))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Ratios are to the faster DuckDB, else to the query's first line; {own:.0f} MiB of each peak are imports.")
    with tempfile.TemporaryDirectory() as folder:
        for rows in asked.rows:
            path = Path(folder) / f"{rows}.parquet"
            in_a_process(rows, path)
            print_table(path, rows=rows, engines=engines)
            path.unlink()


if __name__ == "__main__":
    main()
