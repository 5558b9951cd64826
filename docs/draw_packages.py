"""Draws docs/packages.svg: every package, and an arrow for what imports what, read from the code (``make map``).

Packages stand in the order of the import contracts in pyproject.toml, so an arrow that went up would break one.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

import grimp

ROOT: Final = Path(__file__).parents[1]
PICTURE: Final = ROOT / "docs" / "packages.svg"
MANY: Final = 10
TOPS: Final = ("callbacks", "layouts", "data", "geo")
COLORS: Final = {"callbacks": "#7a3e6d", "layouts": "#2f6690", "data": "#3a6b35", "geo": "#8a5a13"}
WIDE: Final = 700
BAND_LEFT, BAND_WIDE = 150, 520
BOX_LEFT, BOX_WIDE, BOX_HIGH, STEP = 190, 170, 22, 32
TITLE_HIGH, GAP = 34, 30

Arrow = tuple[str, str]


def layers(top: str) -> list[str]:
    """Return the inner packages of ``top`` from the highest down, as the contracts order them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    rows = next(one["layers"] for one in settings["contracts"] if one.get("containers") == [top])
    return [name.strip() for row in rows for name in row.split(":")]


def arrows() -> Counter[Arrow]:
    """Return how many modules of one inner package import modules of another: ``("data.query", "geo.cells")``."""
    graph = grimp.build_graph(*TOPS, cache_dir=None)
    found: Counter[Arrow] = Counter()
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            pair = (_inner(module), _inner(other))
            if pair[0] != pair[1] and all("." in one for one in pair):
                found[pair] += 1
    return found


def _inner(module: str) -> str:
    return ".".join(module.split(".")[:2])


def upward(found: Counter[Arrow]) -> list[Arrow]:
    """Return the arrows that go up, from a lower package to a higher one; there are none."""
    places = {name: at for at, name in enumerate(f"{top}.{inner}" for top in TOPS for inner in layers(top))}
    return sorted(pair for pair in found if places[pair[0]] > places[pair[1]])


def drawing() -> str:
    """Return the picture as SVG."""
    found = arrows()
    middles, tops, high = _places()
    parts = [*_bands(tops), *_outer_arrows(found, tops), *_inner_arrows(found, middles), *_boxes(middles)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" '
        'font-family="DejaVu Sans, sans-serif" font-size="13" role="img">'
    )
    title = "<title>Packages and what imports what: every arrow points down</title>"
    marker = (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="context-stroke"/></marker></defs>'
    )
    ground = f'<rect width="{WIDE}" height="{high}" fill="#ffffff"/>'
    return "\n".join([head, title, marker, ground, *parts, "</svg>"]) + "\n"


def _places() -> tuple[dict[str, int], dict[str, tuple[int, int]], int]:
    """Return the middle of every box, the top and bottom of every band, and the height of the picture."""
    middles, tops, y = {}, {}, 16
    for top in TOPS:
        start = y
        y += TITLE_HIGH
        for inner in layers(top):
            middles[f"{top}.{inner}"] = y + BOX_HIGH // 2
            y += STEP
        tops[top] = (start, y)
        y += GAP
    return middles, tops, y


def _bands(tops: dict[str, tuple[int, int]]) -> Iterator[str]:
    for top, (start, end) in tops.items():
        yield (
            f'<rect x="{BAND_LEFT}" y="{start}" width="{BAND_WIDE}" height="{end - start}" rx="8" '
            f'fill="{COLORS[top]}" fill-opacity="0.08" stroke="{COLORS[top]}"/>'
        )
        yield f'<text x="{BOX_LEFT}" y="{start + 22}" font-weight="bold" fill="{COLORS[top]}">{top}/</text>'


def _boxes(middles: dict[str, int]) -> Iterator[str]:
    for name, middle in middles.items():
        top, inner = name.split(".")
        yield (
            f'<rect x="{BOX_LEFT}" y="{middle - BOX_HIGH // 2}" width="{BOX_WIDE}" height="{BOX_HIGH}" rx="4" '
            f'fill="#ffffff" stroke="{COLORS[top]}"/>'
        )
        yield f'<text x="{BOX_LEFT + 10}" y="{middle + 5}">{escape(inner)}</text>'


def _inner_arrows(found: Counter[Arrow], middles: dict[str, int]) -> Iterator[str]:
    """Arcs at the right of the boxes, the wider the farther they reach; the thicker where many modules import."""
    right = BOX_LEFT + BOX_WIDE
    for (importer, imported), number in sorted(found.items()):
        top = importer.split(".")[0]
        if imported.split(".")[0] != top:
            continue
        start, end = middles[importer] + 4, middles[imported] - 4
        reach = right + 16 + 0.85 * (end - start)
        width = 2.5 if number >= MANY else 1.2  # no finer: each change of the code would be one of the drawing
        yield (
            f'<path d="M{right} {start}C{reach:g} {start} {reach:g} {end} {right + 2} {end}" fill="none" '
            f'stroke="{COLORS[top]}" stroke-opacity="0.65" stroke-width="{width:g}" marker-end="url(#tip)"/>'
        )


def _outer_arrows(found: Counter[Arrow], tops: dict[str, tuple[int, int]]) -> Iterator[str]:
    """Arcs at the left from band to band."""
    pairs = {(importer.split(".")[0], imported.split(".")[0]) for importer, imported in found}
    for importer, imported in sorted(pair for pair in pairs if pair[0] != pair[1]):
        far = TOPS.index(imported) - TOPS.index(importer)
        start = tops[importer][1] - 14 * far
        end = tops[imported][0] + 14 * (4 - far)
        reach = BAND_LEFT - 55 * far
        yield (
            f'<path d="M{BAND_LEFT} {start}C{reach} {start} {reach} {end} {BAND_LEFT - 2} {end}" fill="none" '
            f'stroke="{COLORS[importer]}" stroke-width="2" marker-end="url(#tip)"/>'
        )


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")
