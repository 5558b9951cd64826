"""What every small map is drawn with: land, borders and shapes as SVG paths, from the bundled shapes.

Equirectangular, with degrees of longitude as wide as they are at the map's middle. Every coordinate is a number that
is made here, so nothing of it needs escaping.
"""

import json
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.basemap import BORDER, FILES, LAND, SEA
from geo.sectors import Box, land_shapes

TURNS: Final = (0, 360, -360)
COARSE: Final = 700  # steps across the picture
COAST: Final = "#c3c8c8"


class Drawing:
    """Turns degrees in a frame into SVG paths."""

    def __init__(self, frame: Box, width: int, height: int) -> None:
        """Fit the frame to the picture."""
        self.frame, self.width, self.height = frame, width, height
        west, south, east, north = frame
        self.across, self.down = width / (east - west), height / (north - south)

    def ground(self) -> list[str]:
        """Return sea, land, borders and the lines that are disputed, dashed (RULES P7)."""
        dashed = f'stroke="{BORDER}" stroke-width="0.9" stroke-dasharray="3 2.5"'
        return [
            f'<rect width="{self.width}" height="{self.height}" fill="{SEA}"/>',
            *self.areas(_land(self.frame), f'fill="{LAND}" stroke="{COAST}" stroke-width="0.5"'),
            *self.lines(_lines("borders", self.frame), f'stroke="{BORDER}" stroke-width="0.7"'),
            *self.lines(_lines("disputed", self.frame), dashed),
        ]

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
        path = "".join(self.path(shapely.get_coordinates(ring), closed=True) for ring in rings)
        return [f'<path d="{path}" {attributes} fill-rule="evenodd"/>'] if path else []

    def lines(self, lines: BaseGeometry, attributes: str) -> list[str]:
        """Return one path of all lines."""
        parts = [part for part in shapely.get_parts(lines) if part.geom_type == "LineString"]
        path = "".join(self.path(shapely.get_coordinates(part), closed=False) for part in parts)
        return [f'<path d="{path}" fill="none" {attributes}/>'] if path else []

    def path(self, points: np.ndarray, *, closed: bool) -> str:
        """Return the path of a line of points; blank for one point."""
        west, _, _, north = self.frame
        x, y = (points[:, 0] - west) * self.across, (north - points[:, 1]) * self.down
        pairs = [f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True)]
        return f"M{'L'.join(pairs)}{'Z' if closed else ''}" if len(pairs) > 1 else ""


def fitted(frame: Box, width: int, height: int) -> Box:
    """Return a frame grown to the picture's shape, degrees of longitude shrunk as at its middle."""
    west, south, east, north = frame
    middle = np.radians(min(abs(south + north) / 2, 80))
    across, up = (east - west) * np.cos(middle), north - south
    wanted = width / height
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
