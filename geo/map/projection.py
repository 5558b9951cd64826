"""The basemap on the Web Mercator square, cut to a box: what pictures draw without a browser.

The square's side is 1, its corner at ±180° and 85.05° north, x east and y south. A box may pass the square's edges:
the world goes on there, so that what crosses ±180° is on both sides.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from math import floor
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.geojson import unwrapped
from geo.map.basemap import FILES, content
from geo.map.cell_shapes import HIGHEST

Box = tuple[float, float, float, float]
Numbers = npt.NDArray[np.float64]
Shapes = npt.NDArray[Any]
PAST: Final = 0.1  # how far a country that crosses ±180° may pass the square's edge
LINES: Final = ("borders", "disputed")


def on_unit_square(degrees: Numbers) -> Numbers:
    """Return (n, 2) longitudes and latitudes as x and y on the square; longitudes past ±180 pass its edges."""
    latitude = np.radians(np.clip(degrees[:, 1], -HIGHEST, HIGHEST))
    down = 0.5 - np.log(np.tan(np.pi / 4 + latitude / 2)) / (2 * np.pi)
    return np.column_stack((degrees[:, 0] / 360 + 0.5, down))


def latitude_at(y: float) -> float:
    """Return the latitude in degrees of a height on the square."""
    return float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y)))))


def turns(west: float, east: float, box: Box) -> range:
    """Return by how many worlds something from x ``west`` to ``east`` is moved to lie within a box, each time."""
    return range(floor(box[0] - east) + 1, floor(box[2] - west) + 1)


def land_in(box: Box, *, tolerance: float) -> list[shapely.Geometry]:
    """Return the polygons of the land within a box, without points that change less than ``tolerance``."""
    found = shapely.union_all(_cut(_land(), box))
    return _parts(shapely.simplify(found, tolerance))


def lines_in(name: str, box: Box, *, tolerance: float) -> list[shapely.Geometry]:
    """Return the lines of ``borders`` or ``disputed`` within a box; raise KeyError for another name."""
    if name not in LINES:
        raise KeyError(name)
    return _parts(shapely.simplify(shapely.line_merge(shapely.union_all(_cut(_lines(name), box))), tolerance))


@lru_cache(maxsize=1)
def labels() -> tuple[tuple[str, str, int, float, float], ...]:
    """Return name, kind (country or town), rank and x, y of every name on the map, most important first."""
    features = json.loads(content("places"))["features"]
    at = on_unit_square(np.array([one["geometry"]["coordinates"] for one in features], dtype=np.float64))
    found = [
        (one["properties"]["name"], one["properties"]["kind"], int(one["properties"]["rank"]), float(x), float(y))
        for one, (x, y) in zip(features, at, strict=True)
    ]
    return tuple(sorted(found, key=lambda label: (label[2], label[1])))


def _cut(shapes: Shapes, box: Box) -> Shapes:
    west, north, east, south = box
    pieces = []
    for turn in turns(-PAST, 1 + PAST, box):
        cut = shapely.clip_by_rect(shapes, west - turn, north, east - turn, south)
        kept = cut[~shapely.is_empty(cut)]
        pieces.append(shapely.transform(kept, lambda at, turn=turn: at + np.array((turn, 0.0))) if turn else kept)
    return np.concatenate(pieces)


def _parts(found: shapely.Geometry) -> list[shapely.Geometry]:
    return [part for part in shapely.get_parts(found) if not part.is_empty]


@lru_cache(maxsize=1)
def _land() -> Shapes:
    whole = shapely.union_all([_polygon(polygon) for one in _read("land") for polygon in one["coordinates"]])
    return np.array(shapely.get_parts(whole))


def _on_square(ring: list[list[float]]) -> Numbers:
    degrees = np.array(ring, dtype=np.float64)
    return on_unit_square(np.column_stack((unwrapped(degrees[:, 0]), degrees[:, 1])))


def _polygon(rings: list[Any]) -> shapely.Geometry:
    outer, *holes = (_on_square(ring) for ring in rings)
    found = shapely.Polygon(outer, holes)
    return found if found.is_valid else shapely.make_valid(found)


@lru_cache(maxsize=2)
def _lines(name: str) -> Shapes:
    return np.array([shapely.LineString(_on_square(one["coordinates"])) for one in _read(name)])


def _read(name: str) -> Iterable[dict[str, Any]]:
    collection = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    return [feature["geometry"] for feature in collection["features"]]
