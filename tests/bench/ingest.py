"""Ingest of a million made-up rows in the form of IOM's edition of 2025, all checks made, against pandas without any.

``python -m tests.bench.ingest [--rows 1000000] [--runs 5]``: each run is a process of its own; medians of CPU (user and
system) and of peak memory. With ``CROSSINGS_REAL_DATA`` also the published workbook, beyond the program's start.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.bench.mmp_like import write_mmp_like

WORKBOOK: Final = "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx"
OURS: Final = """
import sys
from pathlib import Path
from data.store.ingest import How, ingest
from data.store.store import Store
ingest([Path(sys.argv[1])], Store(Path(sys.argv[2])), how=How(approve="made up to be large"))
"""
START: Final = "import data.__main__, data.store.ingest"
PANDAS: Final = """
import sys
import duckdb, h3, pandas as pd
frame = pd.read_csv(sys.argv[1], on_bad_lines="skip")
frame["date"] = pd.to_datetime(frame["Incident Date"], errors="coerce")
parts = frame["Coordinates"].str.split(",", expand=True)
frame["latitude"], frame["longitude"] = (pd.to_numeric(parts[n], errors="coerce") for n in (0, 1))
pairs = zip(frame["latitude"], frame["longitude"])
frame["cell"] = [h3.latlng_to_cell(y, x, 5) if -90 <= y <= 90 and -180 <= x <= 180 else None for y, x in pairs]
total = "Total Number of Dead and Missing"
frame[total] = pd.to_numeric(frame[total], errors="coerce")
sums = frame.groupby(["cell", frame["date"].dt.to_period("M").astype(str)])[total].sum()
duckdb.sql("set enable_progress_bar = false")
duckdb.sql(f"copy frame to '{sys.argv[2]}.parquet' (format parquet, compression zstd)")
"""


def measured(code: str, *arguments: str) -> tuple[float, float]:
    """Return the seconds of CPU and the peak of memory in MiB of a process that runs ``code``."""
    process = subprocess.Popen([sys.executable, "-c", code, *arguments])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median_of(code: str, path: Path, *, runs: int) -> tuple[float, float]:
    """Return the medians of several runs, each into a folder of its own."""
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            found.append(measured(code, str(path), str(Path(folder) / "store")))
    seconds, memory = zip(*found, strict=True)
    return statistics.median(seconds), statistics.median(memory)


def main() -> None:
    """Print the figures of both, and their ratios."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = write_mmp_like(Path(folder) / "mmp.csv", given.rows)
        ours, peer = (median_of(code, path, runs=given.runs) for code in (OURS, PANDAS))
    print(f"# Ingest of {given.rows:,} rows\n\n| | CPU | peak memory |\n| --- | --- | --- |")
    for name, (seconds, memory) in (("ours, all checks made", ours), ("pandas, none", peer)):
        print(f"| {name} | {seconds:.1f} s | {memory:,.0f} MiB |")
    print(f"| ratio | {ours[0] / peer[0]:.2f} | {ours[1] / peer[1]:.2f} |\n")
    workbook = Path(os.environ.get("CROSSINGS_REAL_DATA", "")) / WORKBOOK
    if workbook.is_file():
        start, whole = (median_of(code, workbook, runs=given.runs)[0] for code in (START, OURS))
        print(f"The workbook of 2025: {whole - start:.2f} s of CPU beyond the program's start ({start:.2f} s)")


if __name__ == "__main__":
    main()
