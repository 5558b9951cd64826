"""``python -m tests.bench.brief``: time, memory and size of the brief and of the kept file, with drawings of some 500 kB."""

import json
import math
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from callbacks.sheets.brief import brief_contents
from callbacks.sheets.single_file import view_file
from data.demonstration.generate import write_demonstration
from data.model.vocabulary import FILES
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.brief import brief_pdf, brief_png
from layouts.standalone.single_file import view_page

RUNS = 5
BYTES = {"map": 500_000, "series": 120_000}
WIDTH, HEIGHT = 1200, 800
COLOURS = ("#efe0ea", "#d9b3cb", "#bf86a9", "#9b5885", "#703263", "#3f183d")


def drawing(figure: str) -> bytes:
    """Return an SVG of as many cells as its bytes hold, with labels as text: the weight of a real map."""
    chance = random.Random(figure)  # noqa: S311 — a drawing, no secret
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
    ]
    size = 0
    while size < BYTES[figure]:
        x, y = chance.random() * WIDTH, chance.random() * HEIGHT
        turn = [k * math.pi / 3 for k in range(6)]
        corners = " ".join(f"{x + 9 * math.cos(a):.2f},{y + 9 * math.sin(a):.2f}" for a in turn)
        parts.append(
            f'<polygon points="{corners}" fill="{chance.choice(COLOURS)}" stroke="#fcfbf8" stroke-width="0.4"/>'
        )
        if len(parts) % 60 == 0:
            parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-family="DejaVu Sans" font-size="11">Place</text>')
        size += len(parts[-1])
    return "".join([*parts, "</svg>"]).encode()


def picture(vintage: Vintage, selection: Selection, figure: str, kind: str, size: str) -> bytes:
    """Return the drawing of a figure; it is made beforehand, so that it is not in the time."""
    del vintage, selection, kind, size
    return DRAWN[figure]


DRAWN = {figure: drawing(figure) for figure in BYTES}


def measured(folder: Path, work: Callable[[Vintage], bytes]) -> dict[str, float]:
    """Return seconds of the first run and the median of the next, peak memory in MB, and kB made."""
    vintage = Store(folder).current()
    times, content = [], b""
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        content = work(vintage)
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"first": times[0], "median": statistics.median(times[1:]), "MB": peak, "kB": len(content) / 1000}


WORKS: dict[str, Callable[[Vintage], bytes]] = {
    "(store alone)": lambda vintage: str(brief_contents(vintage, Selection(), picture).title).encode(),
    "brief.pdf": lambda vintage: brief_pdf(brief_contents(vintage, Selection(), picture)),
    "brief.png": lambda vintage: brief_png(brief_contents(vintage, Selection(), picture), page=1),
    "view.html": lambda vintage: view_page(view_file(vintage, Selection(), picture)).encode(),
}


def main() -> None:
    """Print one row for each file, each made in a process of its own."""
    if len(sys.argv) == 3:
        print(json.dumps(measured(Path(sys.argv[1]), WORKS[sys.argv[2]])))
        return
    print(f"# Brief and kept file, drawings of {BYTES['map'] // 1000} and {BYTES['series'] // 1000} kB\n")
    print("| file | first, s | median of 5, s | peak memory, MB | kB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name) / "store")
        ingest([*write_demonstration(Path(name)), FILES / "routes.geojson"], store)
        for work in WORKS:
            command = [sys.executable, "-m", "tests.bench.brief", str(store.folder), work]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(f"| {work} | {found['first']:.2f} | {found['median']:.2f} | {found['MB']:.0f} | {found['kB']:,.0f} |")


if __name__ == "__main__":
    main()
