"""``python -m tests.bench.cache_budget [STORE]``: what a worker holds after 5,000 different selections, by budget.

The peer is the same worker with a budget of 1 MB, which keeps next to nothing: what is above it is what the budget
costs. Memory is that which is the worker's alone, after all that a worker reads beside.
"""

import statistics
import subprocess
import sys
import tempfile
import timeit
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from callbacks.build import create_app, warm
from data.demonstration.generate import write_demonstration
from data.model.caches import CACHES, kept_numbers
from data.model.settings import CACHE_BYTES
from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store
from tests.bench.large import private_mib

SELECTIONS: Final = {1_000_000: 500, CACHE_BYTES: 5000}  # by budget
RUNS: Final = 5
CALLS: Final = 100_000
MEASURES: Final = ("dead_or_missing", "dead", "missing", "incidents")
OFTEN: Final = ("/cells/values?{}", "/incidents/points?{}")
SOMETIMES: Final = ("/api/v1/totals?{}", "/api/v1/series?{}", "/?{}", "/api/v1/exports/map.svg?{}",
                    "/api/v1/risk?route=central-mediterranean&from={year}&to={end}")  # fmt: skip


def address(number: int) -> str:
    """Return the address of a selection that no other number asks for; one in twenty is of a slower kind."""
    day = date(2014, 1, 1) + timedelta(days=number % 4000)
    query = f"from={day}&measure={MEASURES[number % 4]}&resolution={1 + number % 5}"
    kinds = SOMETIMES if number % 20 == 0 else OFTEN
    return kinds[number // 20 % len(kinds)].format(query, year=f"{day.year}-01-01", end=f"{day.year}-12-31")


def one_worker(folder: Path, count: int) -> None:
    """Print what the worker holds in MiB at first, at most, at last; values and bytes that are kept."""
    client = create_app(folder).server.test_client()
    client.get("/readyz")
    warm()
    first = most = private_mib()
    for number in range(count):
        client.get(address(number))
        if number % 100 == 0:
            most = max(most, private_mib())
    used = CACHES.usage()
    print(f"{first:.0f} {most:.0f} {private_mib():.0f} {used.values} {used.bytes / 1e6:.1f}")


def hit_ns(keep: Callable[[Callable[[int, int], int]], Callable[[int, int], int]]) -> float:
    """Return the nanoseconds that a kept answer costs, median of RUNS."""
    answered = keep(lambda number, other: number + other)
    answered(1, 2)
    taken = [timeit.timeit(lambda: answered(1, 2), number=CALLS) / CALLS for _ in range(RUNS)]
    return 1e9 * statistics.median(taken)


def main() -> None:
    """Measure a worker with the default budget beside one that keeps next to nothing, and a hit beside lru_cache's."""
    ours, theirs = hit_ns(kept_numbers), hit_ns(lru_cache(maxsize=8))
    print(f"a kept answer {ours:,.0f} ns; functools.lru_cache {theirs:,.0f} ns in the same run")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "store"
        if len(sys.argv) == 1:
            files = Path(temporary) / "files"
            files.mkdir()
            write_demonstration(files)
            ingest([*sorted(files.iterdir()), FILES / "routes.geojson"], Store(folder))
        for budget, count in SELECTIONS.items():
            command = [
                sys.executable,
                "-c",
                f"from tests.bench.cache_budget import *; one_worker(Path({str(folder)!r}), {count})",
            ]
            found = subprocess.run(command, check=True, capture_output=True, text=True,
                                   env={"CROSSINGS_CACHE_BYTES": str(budget), "PATH": ""}).stdout.split()  # fmt: skip
            first, most, last, values, kept = found
            print(f"budget {budget / 1e6:.0f} MB, {count:,} selections: {first} MiB at first, {most} at most, {last} at last; "
                  f"{values} values, {kept} MB kept")  # fmt: skip


if __name__ == "__main__":
    main()
