"""The day a boat sinks: ``python -m tests.load.spike [STORE] [--apart]``.

200 connections for a minute: 90% one view, 8% other views, 2% exports, page loads mixed in. With ``--apart``, 40
different pictures and 16 workbooks are asked for beside them. Prints what each group waited, the statuses, the memory
of the server new, warm and after the minute, and the server's CPU for each kept answer.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.harness.serving import started
from tests.load.clients import Heard, Reader, reading

CONNECTIONS, SECONDS, WARM_UP, PAUSE = 200, 60.0, 30.0, 0.5
VIEW = ("/cells/values?resolution=3", "/api/v1/totals", "/api/v1/series")
PAGE = ("/", "/_dash-layout", "/_dash-dependencies", "/cells/values?resolution=3", "/api/v1/totals")
DAYS = [f"from=20{year}-{month:02}-01" for year in range(14, 25) for month in range(1, 13)]
OTHERS = [f"/api/v1/{kind}?{day}" for kind in ("totals", "series", "cells") for day in DAYS]
EXPORTS = [f"/api/v1/exports/{name}?{day}" for name in ("cells.csv", "series.csv", "map.svg") for day in DAYS[:40]]
PICTURES = [f"/api/v1/exports/map.png?from=2015-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in range(1, 11)]
WORKBOOKS = [f"/api/v1/exports/cells.xlsx?from=2016-01-{day:02}" for day in range(1, 17)]


def _script(chance: random.Random) -> Sequence[str]:
    """Return what one reader asks next."""
    drawn = chance.random()
    if drawn < 0.1:
        return PAGE
    if drawn < 0.9:
        return VIEW
    return (chance.choice(OTHERS if drawn < 0.98 else EXPORTS),)


async def _crowd(port: int, at: int, heard: dict[str, Heard], end: float) -> None:
    chance, reader = random.Random(at), Reader(port, address=f"127.0.1.{at % 200 + 1}")
    while time.monotonic() < end:
        script = _script(chance)
        name = (
            "view" if script is VIEW else "page" if script is PAGE else "export" if "exports" in script[0] else "other"
        )
        for path in script:
            began = time.perf_counter()
            try:
                status, _ = await asyncio.wait_for(reader.ask(path), 90)
                heard[name].add(status, time.perf_counter() - began)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                heard[name].failed += 1
                reader.close()
        await asyncio.sleep(PAUSE * chance.uniform(0.5, 1.5))
    reader.close()


async def _heavy(port: int, heard: Heard) -> None:
    async def one(at: int, path: str) -> None:
        reader, began = Reader(port, address=f"127.0.2.{at + 1}"), time.perf_counter()
        status, _ = await reader.ask(path)
        heard.add(status, time.perf_counter() - began)
        reader.close()

    await asyncio.gather(*(one(at, path) for at, path in enumerate(PICTURES + WORKBOOKS)), return_exceptions=True)


async def spike(port: int, *, apart: bool, seconds: float = SECONDS) -> dict[str, Heard]:
    """Ask for a minute and return what each group heard."""
    heard = {name: Heard() for name in ("view", "page", "other", "export", "heavy", "health")}
    end = time.monotonic() + seconds
    crowd = [_crowd(port, at, heard, end) for at in range(CONNECTIONS)]
    health = reading(port, ("/healthz",), heard["health"], seconds=seconds, address="127.0.0.1", pause=0.05)
    await asyncio.gather(*crowd, health, *([_heavy(port, heard["heavy"])] if apart else []))
    return heard


def family(process: int) -> list[int]:
    """Return a process and all below it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *(one for child in children for one in family(int(child)))]


def memory(process: int) -> float:
    """Return the memory of a server, in MiB, shared pages once for each process that they are in part of."""
    found = 0
    for one in family(process):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        found += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return found / 1_024


def cpu(process: int) -> float:
    """Return the CPU seconds of a server."""
    ticks = 0
    for one in family(process):
        ticks += sum(int(part) for part in Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_until_still(process: int) -> None:
    """Wait until a server works at nothing: its makers read maps and towns when they start."""
    used = -1.0
    while (now := cpu(process)) - used > 0.02:
        used = now
        time.sleep(1)


async def each(port: int, process: int, path: str, *, times: int = 3_000) -> float:
    """Return the server's CPU for one kept answer, in milliseconds."""
    reader = Reader(port, address="127.0.3.1")
    await reader.ask(path)
    before = cpu(process)
    for _ in range(times):
        await reader.ask(path)
    reader.close()
    return 1_000 * (cpu(process) - before) / times


def main() -> None:
    """Run it against a server of its own."""
    store = Path(next((one for one in sys.argv[1:] if not one.startswith("-")), "var/store"))
    with started(store, {"CROSSINGS_WORKERS": "2"}) as (base, process):
        port = int(base.rsplit(":", 1)[1])
        wait_until_still(process.pid)
        for path in ("/", "/api/v1/totals", "/cells/values?resolution=3"):
            print(f"{path:28} {asyncio.run(each(port, process.pid, path)):.3f} ms of CPU when kept")
        new = memory(process.pid)
        asyncio.run(spike(port, apart=False, seconds=WARM_UP))
        wait_until_still(process.pid)
        before = memory(process.pid)
        heard = asyncio.run(spike(port, apart="--apart" in sys.argv))
        for name, one in heard.items():
            counts = ", ".join(f"{status}: {times}" for status, times in sorted(one.statuses.items()))
            print(
                f"{name:8} p50 {one.percentile(0.5):8.1f} ms  p95 {one.percentile(0.95):8.1f} ms  ({counts};"
                f" {one.failed} failed)"
            )
        wait_until_still(process.pid)
        after = memory(process.pid)
        print(f"memory {new:.0f} MiB new, {before:.0f} MiB when warm, {after:.0f} MiB after a minute")


if __name__ == "__main__":
    main()
