"""``python -m tests.bench.bounds [STORE] [--only TEXT]``: what every public address costs at ten million incidents.

Every GET path of ``url_map`` and of the interface's description is asked with the worst that it can be asked, each in
a process of its own: CPU of all threads and the memory beyond what the process held before. The address is asked of a
small store first, so that land, towns and fonts, which a process reads once, are not counted. What exceeds 2 s or 500 MiB is
listed at the end. Without STORE one is made in a temporary folder.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from callbacks.build import build
from data.demonstration.generate import write_demonstration
from data.model.caches import CACHES
from data.store.ingest import ingest
from data.store.store import Store
from tests.bench.bounds_addresses import addresses
from tests.bench.large import multiplied

ROWS: Final = 10_000_000
MOST_SECONDS, MOST_MIB = 2.0, 500.0
STOPPED_AT: Final = {"seconds": 60.0, "MiB": 9_000.0}  # of one address: what is beyond is not waited for


def memory(name: str) -> float:
    """Return VmRSS (held now) or VmHWM (at most) of this process in MiB."""
    status = Path("/proc/self/status").read_text("utf-8")
    found = re.search(rf"{name}:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def ask(folder: Path, small: Path, address: str) -> None:
    """Print status, bytes, CPU seconds and peak extra MiB of one address."""
    few = build(Store(small)).server.test_client()
    few.get(address.replace("MARK", Store(small).current().mark), buffered=False).close()
    CACHES.drop(about=None)
    store = Store(folder)
    client = build(store).server.test_client()
    client.get("/healthz")
    asked = address.replace("MARK", store.current().mark)
    Path("/proc/self/clear_refs").write_text("5", "utf-8")  # the peak is counted from here
    before, cpu, wall = memory("VmRSS"), time.process_time(), time.perf_counter()
    answer = client.get(asked, headers={"Accept-Encoding": "br, gzip"}, buffered=False)
    size = sum(len(part) for part in answer.iter_encoded())
    seconds, waited = time.process_time() - cpu, time.perf_counter() - wall
    print(answer.status_code, size, f"{seconds:.3f} {waited:.3f} {memory('VmHWM') - before:.0f}")


def measured(folder: Path, small: Path, address: str) -> tuple[str, float, float, float]:
    """Return (status and bytes, CPU seconds, wall seconds, MiB) of one address, asked in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bounds", str(folder), "--small", str(small), "--ask", address]
    with tempfile.TemporaryFile("w+") as said, subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT) as one:
        began, most = time.monotonic(), 0.0
        while one.poll() is None:
            time.sleep(0.1)
            most = max(most, _held(one.pid))
            if time.monotonic() - began > STOPPED_AT["seconds"] or most > STOPPED_AT["MiB"]:
                one.kill()
                one.wait()
                return f"stopped at {most:,.0f} MiB", STOPPED_AT["seconds"], STOPPED_AT["seconds"], most
        said.seek(0)
        lines = said.read().splitlines()
    if one.returncode or not lines:
        return f"failed: {lines[-1][:80] if lines else one.returncode}", 0.0, 0.0, 0.0
    status, size, seconds, waited, mib = lines[-1].split()
    return f"{status}, {int(size):,} B", float(seconds), float(waited), float(mib)


def _held(process: int) -> float:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text("utf-8"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def stores(folder: str | None, small: str | None) -> Iterator[tuple[Path, Path]]:
    """Yield the folders of a store of ROWS incidents and of a small one; what is not given is made and removed."""
    with tempfile.TemporaryDirectory() as made:
        few = Store(Path(small or Path(made) / "small"))
        if not few.has_vintage():
            ingest(write_demonstration(Path(made)), few)
        many = Store(Path(folder or Path(made) / "large"))
        if not many.has_vintage():
            many.publish(multiplied(few, ROWS), {"names": few.current().manifest.get("names", {})})
        yield many.folder, few.folder


def main() -> None:
    """Ask every address and list those beyond the bounds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", nargs="?")
    parser.add_argument("--small")
    parser.add_argument("--only", default="")
    parser.add_argument("--ask")
    given = parser.parse_args()
    if given.ask:
        ask(Path(given.store), Path(given.small), given.ask)
        return
    beyond = []
    with stores(given.store, given.small) as (folder, small):
        every = [one for one in addresses(build(Store(small)), Store(small).current()) if given.only in one]
        print(f"# {len(every)} addresses, each in a process of its own\n\n| address | answer | CPU | wall | memory |")
        print("| --- | --- | --- | --- | --- |", flush=True)
        for address in every:
            said, seconds, waited, mib = measured(folder, small, address)
            line = f"| `{address[:150]}` | {said} | {seconds:.2f} s | {waited:.2f} s | {mib:,.0f} MiB |"
            print(line, flush=True)
            if seconds > MOST_SECONDS or mib > MOST_MIB or said.startswith(("failed", "5")):
                beyond.append(line)
    print(f"\n# Beyond {MOST_SECONDS:.0f} s or {MOST_MIB:.0f} MiB: {len(beyond)}\n")
    print("\n".join(beyond))


if __name__ == "__main__":
    main()
