"""Readers beside 500 connections that hold: ``python -m tests.load.slow [STORE]``.

Prints, with and without those who hold, the 95th percentile of what 50 readers wait, and of the health check.
"""

import asyncio
import sys
from pathlib import Path

from tests.harness.serving import serving
from tests.load.clients import Heard, holding, reading

MANY, READERS, SECONDS = 500, 50, 20.0
PATHS = ("/", "/api/v1/totals", "/api/v1/series", "/cells/values", "/_dash-layout")
LARGE = "/api/v1/incidents.csv?limit=1000"


async def measure(port: int) -> tuple[Heard, Heard]:
    """Let readers read and health be asked for a while."""
    readers, health = Heard(), Heard()
    asked = [
        reading(port, PATHS, readers, seconds=SECONDS, address=f"127.0.0.{100 + at % 50}", pause=0.2)
        for at in range(READERS)
    ]
    await asyncio.gather(*asked, reading(port, ("/healthz",), health, seconds=SECONDS, address="127.0.0.1", pause=0.05))
    return readers, health


async def main(port: int) -> None:
    """Measure without, with, and without again."""
    _say("alone", *await measure(port))
    async with holding(port, MANY, large=LARGE):
        await asyncio.sleep(3)
        _say(f"with {MANY} who hold", *await measure(port))
    _say("alone again", *await measure(port))


def _say(name: str, readers: Heard, health: Heard) -> None:
    for who, heard in (("readers", readers), ("health", health)):
        counts = ", ".join(f"{status}: {times}" for status, times in sorted(heard.statuses.items()))
        print(
            f"{name:22} {who:8} p50 {heard.percentile(0.5):7.1f} ms  p95 {heard.percentile(0.95):7.1f} ms"
            f"  ({counts}; {heard.failed} failed)"
        )


if __name__ == "__main__":
    store = Path(sys.argv[1] if len(sys.argv) > 1 else "var/store")
    with serving(store) as base:
        asyncio.run(main(int(base.rsplit(":", 1)[1])))
