"""The small map of a sector: land, borders, its cells and its outline as one inline SVG, drawn from the bundled shapes.

Equirectangular, with degrees of longitude as wide as they are at the map's middle. Every coordinate is a number that
is made here, so nothing of it needs escaping.
"""

import json
from functools import lru_cache
from html import escape
from typing import Final

import numpy as np
import polars as pl
import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from data.sectors import Sector
from geo.basemap import BORDER, FILES, LAND, SEA
from geo.cells import cell_ring
from geo.sectors import Box, frame_of, land_shapes
from layouts.classes import class_of
from layouts.figures import theme

WIDTH, HEIGHT = 340, 260
TURNS: Final = (0, 360, -360)
MOST_CELLS: Final = 600
COARSE: Final = 700  # steps across the picture
COAST: Final = "#c3c8c8"


def locator(sector: Sector, cells: pl.DataFrame, *, measure: str, floors: tuple[int, ...], label: str) -> str:
    """Return the SVG of a sector; ``cells`` has cell (Int64) and the measure, ``floors`` its classes (RULES H8)."""
    frame = _fitted(frame_of(sector.area))
    drawing = _Drawing(frame)
    outline = _turned_into(sector.area.outline, frame).simplify((frame[2] - frame[0]) / COARSE)
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{SEA}"/>',
        *drawing.areas(_land(frame), f'fill="{LAND}" stroke="{COAST}" stroke-width="0.5"'),
        *drawing.lines(_lines("borders", frame), f'stroke="{BORDER}" stroke-width="0.7"'),
        *drawing.lines(_lines("disputed", frame), f'stroke="{BORDER}" stroke-width="0.9" stroke-dasharray="3 2.5"'),
        *_cells(drawing, cells, frame, measure=measure, floors=floors),
        *drawing.areas(outline, f'fill="none" stroke="{theme.PAPER}" stroke-width="3.4" stroke-opacity="0.8"'),
        *drawing.areas(outline, f'fill="none" stroke="{theme.CHOSEN}" stroke-width="1.5"'),
        *_middle(drawing, sector),
    ]
    return (
        f'<svg class="locator" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _middle(drawing: "_Drawing", sector: Sector) -> list[str]:
    """Return the dot and the name of the town that a sector lies around."""
    if sector.kind != "place":
        return []
    x, y = drawing.point(*sector.points[0])
    name = escape(sector.name.partition(",")[0])
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{theme.INK}" stroke="{theme.PAPER}"/>'
    halo = f'stroke="{theme.PAPER}" stroke-width="2.6" paint-order="stroke"'
    return [dot, f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" font-size="11" fill="{theme.INK}" {halo}>{name}</text>']


def _cells(drawing: "_Drawing", cells: pl.DataFrame, frame: Box, *, measure: str, floors: tuple[int, ...]) -> list[str]:
    shaded = cells.with_columns(class_of(pl.col(measure), floors).alias("class")).drop_nulls("class")
    drawn = []
    for row in shaded.sort(measure, "cell", descending=[True, False]).head(MOST_CELLS).to_dicts():
        area = _turned_into(Polygon(cell_ring(row["cell"])), frame)
        attributes = f'fill="{theme.TOLL[row["class"]]}" fill-opacity="0.88" stroke="{theme.PAPER}" stroke-width="0.4"'
        drawn += drawing.areas(area, attributes)
    return drawn


class _Drawing:
    """Turns degrees in a frame into SVG paths."""

    def __init__(self, frame: Box) -> None:
        """Fit the frame to the picture."""
        self.frame = frame
        west, south, east, north = frame
        self.across, self.down = WIDTH / (east - west), HEIGHT / (north - south)

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies in the picture."""
        west, _, _, north = self.frame
        return ((longitude - west) % 360) * self.across, (north - latitude) * self.down

    def areas(self, area: BaseGeometry, attributes: str) -> list[str]:
        """Return one path of all polygons; none where nothing is in the frame."""
        rings = [
            ring for part in shapely.get_parts(area) if isinstance(part, Polygon)
            for ring in (part.exterior, *part.interiors)
        ]  # fmt: skip
        path = "".join(self._path(shapely.get_coordinates(ring), closed=True) for ring in rings)
        return [f'<path d="{path}" {attributes} fill-rule="evenodd"/>'] if path else []

    def lines(self, lines: BaseGeometry, attributes: str) -> list[str]:
        """Return one path of all lines."""
        parts = [part for part in shapely.get_parts(lines) if part.geom_type == "LineString"]
        path = "".join(self._path(shapely.get_coordinates(part), closed=False) for part in parts)
        return [f'<path d="{path}" fill="none" {attributes}/>'] if path else []

    def _path(self, points: np.ndarray, *, closed: bool) -> str:
        west, _, _, north = self.frame
        x, y = (points[:, 0] - west) * self.across, (north - points[:, 1]) * self.down
        pairs = [f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True)]
        return f"M{'L'.join(pairs)}{'Z' if closed else ''}" if len(pairs) > 1 else ""


def _fitted(frame: Box) -> Box:
    """Return a frame grown to the picture's shape, degrees of longitude shrunk as at its middle."""
    west, south, east, north = frame
    middle = np.radians(min(abs(south + north) / 2, 80))
    across, up = (east - west) * np.cos(middle), north - south
    wanted = WIDTH / HEIGHT
    if across / up < wanted:
        grow = (up * wanted / np.cos(middle) - (east - west)) / 2
        return west - grow, south, east + grow, north
    grow = (across / wanted - up) / 2
    return west, south - grow, east, north + grow


def _turned_into(area: BaseGeometry, frame: Box) -> BaseGeometry:
    """Return what of a shape lies in the frame, whichever turn of the globe it is drawn on."""
    window = box(*frame)
    turned = [shapely.transform(area, lambda p, t=turn: p + np.array([t, 0.0])) for turn in TURNS]
    kept = [shapely.intersection(one, window) for one in turned if one.intersects(window)]
    return shapely.union_all(kept) if kept else MultiPolygon()


def _land(frame: Box) -> BaseGeometry:
    """Return the land in the frame, country by country, made coarser as the frame grows."""
    window, step = box(*frame), (frame[2] - frame[0]) / COARSE
    parts = []
    for land in land_shapes():
        for turn in TURNS:
            turned = shapely.transform(land, lambda p, t=turn: p + np.array([t, 0.0])) if turn else land
            if turned.intersects(window):
                parts.append(shapely.intersection(turned, window).simplify(step))
    flat = [piece for part in parts for piece in shapely.get_parts(part) if isinstance(piece, Polygon)]
    return shapely.geometrycollections(flat)


@lru_cache(maxsize=2)
def _all_lines(name: str) -> BaseGeometry:
    features = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))["features"]
    return shapely.multilinestrings([shapely.linestrings(f["geometry"]["coordinates"]) for f in features])


def _lines(name: str, frame: Box) -> BaseGeometry:
    return shapely.clip_by_rect(_all_lines(name), *frame)
