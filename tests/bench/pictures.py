"""``python -m tests.bench.pictures``: time and memory of each kind of picture of published data, beside Kaleido's.

Each kind is drawn in a process of its own: once (with all that a first picture reads), then five times; the median of
the five, and the process's highest memory. Kaleido draws the nearest figure of Plotly in a Chromium of its own; its
memory is that of the largest of its processes, not their sum.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from callbacks.sheets.picture_data import picture_of
from callbacks.view.series import periods_table
from data.counting.engine import cells
from data.model.vocabulary import FILES
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from geo.cells import cell_ring, cell_text
from layouts.figures import theme
from layouts.pictures.write import write

PUBLISHED = "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx"
COUNTS = (
    "interceptions/frontex_detections_2009-01_2025-04.csv",
    "flows/unhcr_arrivals_12_31.csv",
)
FORMS = (("png", "article", 1), ("png", "article", 2), ("png", "square", 1), ("png", "story", 1), ("png", "a4", 1),
         ("svg", "article", 1), ("pdf", "a4", 1))  # fmt: skip
KINDS = [(figure, *form) for figure in ("map", "series") for form in FORMS]
PEERS = ("map", "series")
TIMES = 5
LIMIT = 180


def main() -> None:
    """Print one row for each kind."""
    folder = Path(os.environ.get("CROSSINGS_REAL_DATA", "../shared/data"))
    if not (folder / PUBLISHED).exists():
        print("pictures: no published files; set CROSSINGS_REAL_DATA")
        return
    with tempfile.TemporaryDirectory() as held:
        store = Store(Path(held))
        ingest([*(folder / name for name in (PUBLISHED, *COUNTS)), FILES / "routes.geojson"], store)
        print("| picture | first, s | median of 5, s | highest memory, MB | bytes |\n| --- | --- | --- | --- | --- |")
        for figure, kind, size, scale in KINDS:
            name = f"{figure}.{kind}, {size}{f', scale {scale}' if kind == 'png' else ''}"
            print(_row(name, _child(store, "ours", figure, kind, size, str(scale))), flush=True)
        for figure in PEERS:
            print(_row(f"Kaleido, {figure}.png, 1200 × 675", _child(store, "kaleido", figure)), flush=True)


def _row(name: str, found: dict[str, Any]) -> str:
    if "failed" in found:
        return f"| {name} | could not be drawn: {found['failed']} | | | |"
    return f"| {name} | {found['first']:.2f} | {found['median']:.2f} | {found['memory']:.0f} | {found['bytes']:,} |"


def _child(store: Store, *asked: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.pictures", str(store.folder), *asked]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"not within {LIMIT} s"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["no reason given"])[-1][:120]}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def child(folder: str, who: str, figure: str, *form: str) -> None:
    """Draw one kind and print what it took, as JSON."""
    vintage, selection = Store(Path(folder)).current(), Selection()
    if who == "ours":
        kind, size, scale = form
        draw: Callable[[], bytes] = lambda: write(  # noqa: E731 — one of two makers
            picture_of(vintage, selection, figure), size=size, kind=kind, scale=int(scale)
        )
    else:
        draw = _peer(vintage, selection, figure)
    took, content = [], b""
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        content = draw()
        took.append(time.perf_counter() - start)
    memory = _highest_memory() if who == "ours" else resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"first": took[0], "median": median(took[1:]), "memory": memory, "bytes": len(content)}))


def _highest_memory() -> float:
    """Return this process's highest memory in MB; ``getrusage`` would count that of the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _peer(vintage: Any, selection: Selection, figure: str) -> Callable[[], bytes]:
    import plotly.graph_objects as go  # noqa: PLC0415 — the peer alone needs it

    layout = {"width": 1200, "height": 675, "title": "At least so many people died or went missing"}
    made = go.Figure(_cells_trace(vintage, selection) if figure == "map" else _bars(vintage, selection), layout)
    if figure == "map":
        ground = {"id": "sea", "type": "background", "paint": {"background-color": theme.SEA}}
        made.update_layout(map={"style": {"version": 8, "sources": {}, "layers": [ground]}, "zoom": 2,
                                "center": {"lat": 27, "lon": 8}})  # fmt: skip
    return lambda: bytes(made.to_image(format="png"))


def _cells_trace(vintage: Any, selection: Selection) -> dict[str, Any]:
    table = cells(vintage, selection).filter(pl.col("dead_or_missing") > 0)
    ids = [cell_text(cell) for cell in table["cell"]]
    features = [
        {"type": "Feature", "id": name, "properties": {},
         "geometry": {"type": "Polygon", "coordinates": [cell_ring(cell)]}}
        for name, cell in zip(ids, table["cell"], strict=True)
    ]  # fmt: skip
    return {"type": "choroplethmap", "geojson": {"type": "FeatureCollection", "features": features},
            "locations": ids, "z": table["dead_or_missing"].to_list()}  # fmt: skip


def _bars(vintage: Any, selection: Selection) -> list[dict[str, Any]]:
    table = periods_table(vintage, selection)
    days = [str(day) for day in table["period"]]
    return [{"type": "bar", "x": days, "y": table[name].to_list()} for name in ("dead", "missing", "arrivals")]


if __name__ == "__main__":
    child(*sys.argv[1:]) if len(sys.argv) > 1 else main()
