"""``python -m bench``: points to cells, parents, and (cell, month) group-by against DuckDB on the same Parquet."""

import argparse
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from geo.cells import cell_at, parent

RUNS = 5


def median(work: Callable[[], object]) -> float:
    """Return the median of five runs in seconds, after one to warm up."""
    work()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def points(rows: int) -> pl.DataFrame:
    """Return synthetic points around the Mediterranean with a month each."""
    random = np.random.default_rng(7)
    return pl.DataFrame(
        {
            "latitude": random.normal(35, 4, rows).clip(-89, 89),
            "longitude": random.normal(14, 12, rows),
            "month": random.integers(0, 144, rows).astype(np.int16),
            "people": random.geometric(0.3, rows),
        }
    )


def measure(rows: int, folder: Path) -> None:
    """Print one table for a number of rows."""
    frame = points(rows)
    place = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")).alias("cell")
    to_cells = median(lambda: frame.select(place))
    path = folder / f"{rows}.parquet"
    frame.with_columns(place).sort("cell").write_parquet(path, row_group_size=65_536)
    cells = pl.read_parquet(path, columns=["cell"])
    copied = median(lambda: cells.select(pl.col("cell") + 0))
    rolled = median(lambda: cells.select(parent(pl.col("cell"), resolution=4)))
    scan = pl.scan_parquet(path).group_by(parent(pl.col("cell"), resolution=4).alias("cell"), "month")
    ours = median(lambda: scan.agg(pl.col("people").sum()).collect(engine="streaming"))
    unused = (1 << 33) - 1
    query = (
        f"select (cell & {~(0xF << 52)}::bigint) | {4 << 52} | {unused} as c, month, sum(people) "
        f"from '{path}' group by c, month"
    )
    with duckdb.connect(config={"threads": 2}) as peer:
        theirs = median(lambda: peer.execute(query).fetchnumpy())
    print(f"\n## {rows:,} rows\n\n| what | seconds | ratio |\n| --- | --- | --- |")
    print(f"| points to cells, resolution 7 | {to_cells:.3f} | {rows / to_cells / 1e6:.1f} M rows/s |")
    print(f"| parents by bit arithmetic | {rolled:.4f} | {rolled / copied:.2f} × one addition on the column |")
    print(f"| (cell, month) group-by from Parquet | {ours:.3f} | {ours / theirs:.2f} × DuckDB ({theirs:.3f} s) |")


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000])
    sizes = parser.parse_args().rows
    print(f"# Bench\n\n{platform.platform()}; polars {pl.__version__}, duckdb {duckdb.__version__}; medians of {RUNS}.")
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            measure(rows, Path(folder))


if __name__ == "__main__":
    main()
