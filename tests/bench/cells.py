"""``python -m tests.bench.cells``: cells shown and recoloured in a real Chromium by three layers on the same map.

Ours, Plotly's ``choroplethmap`` and deck.gl's H3HexagonLayer; deck.gl comes from the npm registry into ``var/bench``
and is used for this comparison only.
"""

import argparse
import functools
import http.server
import json
import shutil
import statistics
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import h3
import numpy as np
import plotly

from callbacks.map_data.binary_columns import pack
from geo.map import basemap
from geo.map.cell_shapes import shapes_by_size
from tests.harness.serving import chromium

RUNS = 5
ROOT = Path(__file__).parents[2]
PLACE = ROOT / "var" / "bench"
WAYS = ("ours", "choroplethmap", "deck")
DECK = {
    f"@deck.gl/{part}": "9.4.0" for part in ("core", "layers", "geo-layers", "maplibre", "mesh-layers", "extensions")
}
ENTRY = """import {MapLibreOverlay} from '@deck.gl/maplibre'; import {H3HexagonLayer} from '@deck.gl/geo-layers';
window.deckbench = {MapLibreOverlay, H3HexagonLayer};"""
PAGE = """<!doctype html><meta charset=utf-8><link rel=stylesheet href=tokens.css><link rel=stylesheet href=cells.css>
<div id=map></div>
<script src=plotly.min.js></script><script src=deck.js></script><script type=module src=cells_page.js></script>"""


def deck_bundle() -> Path | None:
    """Return deck.gl's layer as one script, or None where npm cannot fetch it."""
    made = PLACE / "deck.js"
    if made.exists():
        return made
    if shutil.which("npm") is None:
        return None
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / "package.json").write_text(json.dumps({"private": True, "dependencies": DECK | {"esbuild": "0.27.0"}}))
    (PLACE / "entry.js").write_text(ENTRY)
    install = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
    bundle = ["npx", "esbuild", "entry.js", "--bundle", "--minify", "--format=iife", f"--outfile={made}"]
    for command in (install, bundle):
        if subprocess.run(command, cwd=PLACE, check=False).returncode:
            return None
    return made


def feature(text: str) -> dict[str, object]:
    """Return a cell as GeoJSON, rounded to 4 decimals."""
    ring = [[round(longitude, 4), round(latitude, 4)] for latitude, longitude in h3.cell_to_boundary(text)]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "id": text, "properties": {}, "geometry": shape}


def answers(count: int, side: int) -> dict[str, bytes]:
    """Return what each way is sent for ``count`` cells of resolution 5 around the Mediterranean."""
    centre = h3.latlng_to_cell(36.0 + side * 0.7, 14.0, 5)
    ring = next(step for step in range(1, 400) if 3 * step * (step + 1) + 1 >= count)
    texts = sorted(h3.grid_disk(centre, ring))[:count]
    codes = np.random.default_rng(side).integers(0, 6, count)
    cells = np.array([h3.str_to_int(text) for text in texts], dtype=np.int64)
    centres, corners, sizes = shapes_by_size(cells)
    details = {"corners": corners.shape[1], "sizes": sizes}
    columns = {"id": cells.astype("u8"), "centre": centres.ravel(), "corner": corners.ravel(),
               "code": codes.astype("u1")}  # fmt: skip
    features = [feature(text) for text in texts]
    whole = {"geojson": {"type": "FeatureCollection", "features": features}, "locations": texts, "z": codes.tolist()}
    return {
        "ours": pack(details, columns),
        "choroplethmap": json.dumps(whole).encode(),
        "deck": json.dumps({"cells": texts, "z": codes.tolist()}).encode(),
    }


def lay_out(counts: list[int]) -> Path:
    """Write all that the browser asks for into one folder and return it."""
    folder = PLACE / "page"
    folder.mkdir(parents=True, exist_ok=True)
    style = basemap.map_style()
    for name in basemap.NAMES:
        (folder / f"{name}.json").write_bytes(basemap.content(name))
    (folder / "style.json").write_text(json.dumps(style).replace("/basemap/", ""))
    (folder / "index.html").write_text(PAGE)
    plotly_file = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    shutil.copytree(ROOT / "layouts" / "assets" / "map", folder / "map", dirs_exist_ok=True)
    styles = [ROOT / "layouts" / "assets" / f"{name}.css" for name in ("tokens", "cells")]
    for file in (plotly_file, Path(__file__).parent / "cells_page.js", *styles):
        shutil.copy(file, folder / file.name)
    bundle = deck_bundle()
    (folder / "deck.js").write_bytes(bundle.read_bytes() if bundle else b"")
    for count in counts:
        for side in (0, 1):
            for way, content in answers(count, side).items():
                (folder / f"{way}-{count}-{side}.bin").write_bytes(content)
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cells", type=int, nargs="*", default=[1_000, 5_000, 10_000, 25_000, 50_000])
    parser.add_argument("--layers", nargs="*", default=WAYS, choices=WAYS)
    counts = parser.parse_args().cells
    folder = lay_out(counts)
    ways = [way for way in parser.parse_args().layers if way != "deck" or (folder / "deck.js").stat().st_size]
    print(f"# Cells in Chromium, medians of {RUNS}: ms to the finished frame's commands / to its pixels in software\n")
    print("| cells | layer | response → painted | of ours | values → painted | of ours |\n" + "| --- " * 6 + "|")
    with serving(folder) as address, chromium() as browser:
        for count in counts:
            found = {}
            for way in ways:
                page = browser.new_page(viewport={"width": 1200, "height": 700})
                page.set_default_timeout(600_000)
                page.goto(address)
                taken = page.evaluate(f"window.measure('{way}', {count}, {RUNS})")
                found[way] = {
                    name: [statistics.median(column) for column in zip(*pairs, strict=True)]
                    for name, pairs in taken.items()
                }
                page.close()
            for way, one in found.items():
                pairs = [cell(one[name], found[ways[0]][name]) for name in one]
                print(f"| {count:,} | {way} | {' | '.join(pairs)} |", flush=True)


def cell(one: list[float], ours: list[float]) -> str:
    """Return a pair of times and its ratios to ours, as two cells of the table."""
    return f"{one[0]:.0f} / {one[1]:.0f} | {one[0] / ours[0]:.1f} × / {one[1] / ours[1]:.1f} ×"


if __name__ == "__main__":
    main()
