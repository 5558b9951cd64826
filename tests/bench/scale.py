"""``python -m tests.bench.scale``: very many incidents in partitioned files, added up by each engine, each by itself.

The same portable functions on Polars, Spark (one machine) and DuckDB: wall time, CPU time and peak memory of all the
processes that an engine uses. Then the page's own answers from the sums. Files are made by a seed and removed.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from callbacks.map_data.cells import values_answer
from callbacks.map_data.request import of_cells
from data.counting.engine import reading
from data.counting.series import series
from data.query.selection import Selection
from data.scale.engines import Engine, PolarsEngine, collected
from data.scale.incident_files import find_files
from data.scale.incidents import check_incidents, conformed, on_map
from data.scale.publish_cubes import publish_cubes
from data.scale.spark import SparkEngine, session_at
from data.scale.sums import alone, as_sums, by_cell_and_period, cubes, in_box
from data.store.store import Store
from tests.bench.queries import points
from tests.harness.scale import DuckEngine

CHUNK: Final = 2_500_000
SPOTS: Final = 3000
FIRST_DAY, DAYS = 16_071, 4383  # 2014 to 2025
SPLIT: Final = 50  # one event in so many has two records
RUNS: Final = 5
ROUTES: Final = ("central-mediterranean", "eastern-mediterranean", "us-mexico", "western-africa", "sahara")
CAUSES: Final = ("drowning", "vehicle", "violence", "harsh-conditions", "unknown")
TICKS: Final = os.sysconf("SC_CLK_TCK")
PAGE: Final = os.sysconf("SC_PAGE_SIZE")
EARLIEST, LATEST = date(2018, 1, 1), date(2019, 12, 31)
VIEW: Final = (5.0, 30.0, 25.0, 40.0)
SELECTIONS: Final = ("", "from=2018-02-01&zoomed=3", "from=2019-01-01&to=2019-12-31&zoomed=4",
                     "route=us-mexico&zoomed=3", "cause=drowning&from=2016-05-01&zoomed=4")  # fmt: skip


def drawn_incidents(rows: int, seed: int) -> pl.DataFrame:
    """Return points around SPOTS places along routes, few of them with most, on days of twelve years: as people die."""
    spots = points(SPOTS, seed=0).select("latitude", "longitude", "route")
    random = np.random.default_rng(seed)
    weight = 1 / np.arange(1, SPOTS + 1)
    places = spots[random.choice(SPOTS, rows, p=weight / weight.sum())]
    moved = [
        pl.col(name).cast(pl.Float64) + pl.Series(random.normal(0, 0.05, rows)) for name in ("latitude", "longitude")
    ]
    day = FIRST_DAY + (random.beta(1.5, 1.2, rows) * DAYS).astype(np.int32)
    return places.with_columns(*moved, pl.Series("day", day), pl.Series("people", random.geometric(0.3, rows)))


def write_incidents(folder: Path, rows: int) -> None:
    """Write seeded incidents in files of CHUNK rows, eight to a folder."""
    for number, start in enumerate(range(0, rows, CHUNK)):
        count = min(CHUNK, rows - start)
        random = np.random.default_rng(1000 + number)
        drawn = drawn_incidents(count, seed=number)
        row = np.arange(start, start + count)
        dead = pl.Series(random.integers(0, 4, count))
        missing = drawn["people"].cast(pl.Int64)
        table = pl.DataFrame(
            {
                "source": pl.repeat("mmp", count, eager=True),
                "record_id": pl.Series(row).cast(pl.String),
                "event_id": pl.Series(row - (row % SPLIT == 1)).cast(pl.String),
                "is_cumulative": pl.repeat(value=False, n=count, eager=True),
                "date_from": drawn["day"].cast(pl.Date),
                "date_to": drawn["day"].cast(pl.Date),
                "dead": dead,
                "missing": missing,
                "dead_or_missing": dead + missing,
                "route": pl.Series(np.array(ROUTES)[drawn["route"].to_numpy()]),
                "cause": pl.Series(np.array(CAUSES)[random.integers(0, len(CAUSES), count)]),
                "finest_resolution": pl.Series(random.choice(np.array([2, 4, 4, 4, 6], np.int8), count)),
                "latitude": drawn["latitude"],
                "longitude": drawn["longitude"],
            }
        )
        place = folder / f"part={number // 8}"
        place.mkdir(parents=True, exist_ok=True)
        table.write_parquet(place / f"{number:05}.parquet", row_group_size=250_000)


def engine_named(name: str, memory: str) -> Engine:
    """Return an engine on both cores."""
    if name == "spark":
        return SparkEngine(session_at("local[2]", memory=memory))
    return DuckEngine() if name == "duckdb" else PolarsEngine()


def work(name: str, what: str, folder: Path, out: Path, memory: str) -> None:
    """Do one piece of work in this process and print how many rows it gave."""
    engine, files = engine_named(name, memory), find_files(folder)
    incidents = conformed(engine.read(files), files)
    if what == "publish":
        report = publish_cubes(folder, Store(out), engine)
        print(f"{report['cubes']:,} cubes, {report['beside_cubes']:,} beside them")
    elif what == "cubes":
        check_incidents(incidents, files)
        engine.write(cubes(as_sums(on_map(engine.with_cells(alone(incidents))))), out / "cubes", order=("cell",))
        print(f"{pl.scan_parquet(out / 'cubes' / '*.parquet').select(pl.len()).collect().item():,} cubes")
    else:
        kept = in_box(incidents, VIEW) if what == "view" else incidents
        asked = Selection().replace(resolution_chosen=4)
        asked = asked.replace(start=EARLIEST, end=LATEST) if what == "view" else asked
        found = collected(by_cell_and_period(as_sums(on_map(engine.with_cells(kept))), asked))
        print(f"{found.height:,} groups, {int(found['dead_or_missing'].sum()):,} people")


def tree(root: int) -> list[int]:
    """Return a process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, left = [], [root]
    while left:
        found.append(left.pop())
        left += parents.get(found[-1], [])
    return found


def measured(command: list[str]) -> tuple[str, float, float, float]:
    """Return what a command printed, and wall seconds, CPU seconds and peak MiB of all its processes."""
    begun, cpu, peak = time.perf_counter(), {}, 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            held = 0
            for one in tree(process.pid):
                try:
                    stat = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
                    held += int(Path(f"/proc/{one}/statm").read_text().split()[1])
                except OSError:
                    continue
                cpu[one] = (int(stat[11]) + int(stat[12])) / TICKS
            peak = max(peak, held * PAGE / 2**20)
            time.sleep(0.2)
        wall = time.perf_counter() - begun
        told = process.stdout.read().strip() if process.stdout else ""
        failed = process.stderr.read() if process.stderr and process.returncode else ""
    return (
        told or f"failed: {failed.strip().splitlines()[-1][:200] if failed.strip() else process.returncode}",
        wall,
        sum(cpu.values()),
        peak,
    )


def answers(folder: Path) -> None:
    """Print what the page pays for its answers from the sums, in a process of its own."""
    begun = time.perf_counter()
    store = Store(folder)
    rows = sum(one.rows for one in store.current().summary.values())
    print(f"\nopen and verify a vintage of {rows:,} incidents: {time.perf_counter() - begun:.2f} s")
    print("| selection | map, first | map, again at another month | series |\n| --- | --- | --- | --- |")
    for query in SELECTIONS:
        vintage, selection = reading(store, query)
        first = seconds(partial(values_answer, vintage, of_cells(selection), None))
        months = [of_cells(selection.replace(end=LATEST.replace(day=1, month=month))) for month in range(3, RUNS + 3)]
        again = statistics.median(seconds(partial(values_answer, vintage, one, None)) for one in months)
        by_month = seconds(partial(series, vintage, selection))
        print(f"| {query or 'all'} | {first:.2f} s | {again:.2f} s | {by_month:.2f} s |")


def seconds(make: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begun = time.perf_counter()
    make()
    return time.perf_counter() - begun


def main() -> None:
    """Make the files, let each engine add them up, print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--engines", nargs="*", default=["duckdb", "polars", "spark"])
    parser.add_argument("--work", nargs="*", default=["view", "months", "cubes", "publish"])
    parser.add_argument("--skip", nargs="*", default=["spark:publish", "duckdb:publish"], metavar="ENGINE:WORK")
    parser.add_argument("--memory", default="6g", help="of Spark's process")
    parser.add_argument("--folder", type=Path, help="where the files are made; a temporary folder without it")
    parser.add_argument("--alone", nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        name, what, *paths = asked.alone
        return answers(Path(paths[0])) if name == "page" else work(name, what, *map(Path, paths), asked.memory)
    with tempfile.TemporaryDirectory(dir=asked.folder) as temporary:
        folder = Path(temporary)
        free = shutil.disk_usage(folder).free
        if free < 200 * asked.rows:
            sys.exit(f"{free / 1e9:.0f} GB are free; {asked.rows:,} rows may take {200 * asked.rows / 1e9:.0f} GB")
        write_incidents(folder / "in", asked.rows)
        size = sum(path.stat().st_size for path in (folder / "in").rglob("*.parquet")) / 1e9
        print(f"# {asked.rows:,} incidents in {size:.2f} GB of Parquet, two cores\n")
        print(
            "| work | engine | wall | CPU | peak memory | of DuckDB's wall | gave |\n" + "| --- " * 7 + "|", flush=True
        )
        for what in asked.work:
            peer = 0.0
            for name in (one for one in asked.engines if f"{one}:{what}" not in asked.skip):
                out = folder / f"{what}-{name}"
                out.mkdir()
                alone_in = [sys.executable, "-m", "tests.bench.scale", "--memory", asked.memory, "--alone"]
                told, wall, cpu, peak = measured([*alone_in, name, what, str(folder / "in"), str(out)])
                peer = wall if name == "duckdb" else peer
                ratio = f"{wall / peer:.2f}" if peer else "–"
                gave = told.splitlines()[-1]
                print(
                    f"| {what} | {name} | {wall:.1f} s | {cpu:.1f} s | {peak:,.0f} MiB | {ratio} | {gave} |", flush=True
                )
                if (name, what) != ("polars", "publish"):
                    shutil.rmtree(out)
        if "publish" in asked.work and "polars" in asked.engines:
            subprocess.run([*alone_in, "page", "", str(folder / "publish-polars")], check=True)
    return None


if __name__ == "__main__":
    main()
