"""Small maps as inline SVG: land, borders and whatever lies on them, drawn from the bundled shapes.

Equirectangular, with degrees of longitude as wide as they are at the map's middle. Every coordinate is a number that
is made here, so nothing of it needs escaping.
"""

import json
from collections.abc import Iterable
from html import escape
from typing import Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from data.model.caches import kept
from geo.areas.areas import Box, land_shapes
from geo.map.basemap import BORDER, FILES, LAND, SEA

TURNS: Final = (0, 360, -360)
COARSE: Final = 700  # steps across the picture
COAST: Final = "#c3c8c8"
Size = tuple[int, int]


def svg(drawing: "Drawing", parts: Iterable[str], *, label: str, kind: str = "locator") -> str:
    """Return the picture: the ground, then ``parts``, which are SVG already; ``label`` is what it shows in words."""
    width, height = drawing.size
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join((*_ground(drawing.frame, drawing.size), *parts))}</svg>'
    )


@kept
def _ground(frame: Box, size: Size) -> tuple[str, ...]:
    """Return sea, land, borders, and the borders that are not settled as dashes (RULES P7)."""
    drawing = Drawing(frame, size)
    return (
        f'<rect width="{size[0]}" height="{size[1]}" fill="{SEA}"/>',
        *drawing.areas(land_of(frame), f'fill="{LAND}" stroke="{COAST}" stroke-width="0.5"'),
        *drawing.lines(_lines("borders", frame), f'stroke="{BORDER}" stroke-width="0.7"'),
        *drawing.lines(_lines("disputed", frame), f'stroke="{BORDER}" stroke-width="0.9" stroke-dasharray="3 2.5"'),
    )


class Drawing:
    """Turns degrees in a frame into SVG paths."""

    def __init__(self, frame: Box, size: Size) -> None:
        """Fit the frame to the picture."""
        self.frame, self.size = frame, size
        west, south, east, north = frame
        self.across, self.down = size[0] / (east - west), size[1] / (north - south)

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

    def rings(self, rings: Iterable[list[tuple[float, float]]], attributes: str) -> list[str]:
        """Return one path of small closed rings that are unwrapped, each turned into the frame but not cut to it."""
        path = ""
        for ring in rings:
            points = np.array(ring)
            points[:, 0] += (points[0, 0] - self.frame[0]) % 360 + self.frame[0] - points[0, 0]
            path += self._path(points, closed=True)
        return [f'<path d="{path}" {attributes}/>'] if path else []

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


def fitted(frame: Box, size: Size) -> Box:
    """Return a frame grown to the picture's shape, degrees of longitude shrunk as at its middle."""
    west, south, east, north = frame
    middle = np.radians(min(abs(south + north) / 2, 80))
    across, up = (east - west) * np.cos(middle), north - south
    wanted = size[0] / size[1]
    if across / up < wanted:
        grow = (up * wanted / np.cos(middle) - (east - west)) / 2
        return west - grow, south, east + grow, north
    grow = (across / wanted - up) / 2
    return west, south - grow, east, north + grow


def turned_into(area: BaseGeometry, frame: Box) -> BaseGeometry:
    """Return what of a shape lies in the frame, whichever turn of the globe it is drawn on."""
    window = box(*frame)
    turned = [shapely.transform(area, lambda p, t=turn: p + np.array([t, 0.0])) for turn in TURNS]
    kept = [shapely.intersection(one, window) for one in turned if one.intersects(window)]
    return shapely.union_all(kept) if kept else MultiPolygon()


def land_of(frame: Box) -> BaseGeometry:
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


@kept
def _all_lines(name: str) -> BaseGeometry:
    features = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))["features"]
    return shapely.multilinestrings([shapely.linestrings(f["geometry"]["coordinates"]) for f in features])


def _lines(name: str, frame: Box) -> BaseGeometry:
    return shapely.clip_by_rect(_all_lines(name), *frame)
