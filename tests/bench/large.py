"""``python -m tests.bench.large``: made-up stores of up to ten million incidents: opening, memory, one filter."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from callbacks.map_data.cells import values_answer
from callbacks.map_data.lines import points_answer
from callbacks.map_data.request import of_cells
from data.counting.engine import reading
from data.demonstration.generate import write_demonstration
from data.model.schema import TABLES
from data.store.ingest import ingest
from data.store.store import Store
from data.store.summary import MOST_KEPT

SIZES: Final = (300_000, 1_000_000, 10_000_000)
RUNS: Final = 5
DAYS: Final = 4000


def multiplied(store: Store, rows: int) -> dict[str, pl.DataFrame]:
    """Return the tables of a store with its incidents drawn again, by a seed, until there are ``rows``."""
    vintage = store.current()
    random = np.random.default_rng(1)
    drawn = vintage.incidents[random.integers(0, vintage.incidents.height, rows)]
    shift = pl.Series(random.integers(-DAYS // 8, DAYS // 8, rows), dtype=pl.Int32)
    number = pl.Series(np.arange(rows)).cast(pl.String)
    event = pl.Series(np.arange(rows) - (np.arange(rows) % 10 == 1)).cast(pl.String)  # one in five shares its event
    days = pl.duration(days=shift)
    made = drawn.with_columns(
        number.alias("record_id"), event.alias("event_id"),
        *((pl.col(name) + days).alias(name) for name in ("date_from", "date_to")),
    )  # fmt: skip
    tables = {name: getattr(vintage, name) for name in TABLES}
    return tables | {"incidents": made.select(vintage.incidents.columns)}


def private_mib() -> float:
    """Return the memory that is this process's alone."""
    lines = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Dirty", "Private_Clean"))) / 1024


def one_worker(folder: Path) -> None:
    """Print what a worker that opens the store pays: seconds to open, then per filter, and its own memory."""
    start = time.perf_counter()
    store = Store(folder)
    rows = sum(one.rows for one in store.current().summary.values())
    opened, taken = time.perf_counter() - start, []
    for run in range(RUNS + 1):
        vintage, selection = reading(store, f"from=20{14 + run}-02-01&zoomed=3")
        start = time.process_time()
        values_answer(vintage, of_cells(selection), None)
        taken.append(time.process_time() - start)
    first, after = taken[0], statistics.median(taken[1:])
    points = len(points_answer(vintage, of_cells(selection))) if rows <= MOST_KEPT else 0
    figures = (
        f"{rows:,}",
        f"{opened:.1f} s",
        f"{first:.2f} s",
        f"{after * 1000:,.0f} ms",
        f"{private_mib():,.0f} MiB",
        f"{points / 1e6:.1f} MB",
    )
    print(f"| {' | '.join(figures)} |")


def main() -> None:
    """Make each store and let a fresh worker tell its figures."""
    if len(sys.argv) > 1:
        return one_worker(Path(sys.argv[1]))
    print("# A worker on a large store\n")
    print("| incidents | open and verify | first filter, CPU | next, CPU | own memory | points |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        small = Store(Path(folder) / "small")
        ingest(write_demonstration(Path(folder)), small)
        for size in SIZES:
            store = Store(Path(folder) / str(size))
            store.publish(multiplied(small, size), {"names": small.current().manifest.get("names", {})})
            subprocess.run([sys.executable, "-m", "tests.bench.large", str(store.folder)], check=True)
    return None


if __name__ == "__main__":
    main()
