"""Rings and lines as GeoJSON has them: unwrapped, then cut at ±180°, led along a pole where they surround it."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geo.cells import Ring, cell_from_text, cell_ring

WORLD: Final = box(-180, -90, 180, 90)
Numbers = npt.NDArray[np.float64]


def unwrapped(longitudes: Sequence[float] | Numbers) -> Numbers:
    """Return a line's or ring's longitudes without the jump at ±180°."""
    return np.asarray(np.unwrap(longitudes, period=360), dtype=np.float64)


def drawn_line(points: Sequence[Sequence[float]]) -> Numbers:
    """Return (n, 2) longitudes and latitudes of a line as page and pictures draw it: the short way over ±180°."""
    degrees = np.array(points, dtype=np.float64)
    return np.column_stack((unwrapped(degrees[:, 0]), degrees[:, 1]))


def cell_geometry(cell: str) -> BaseGeometry:
    """Return a cell's polygon, in two parts where it crosses ±180°, outer rings counterclockwise."""
    whole = Polygon(_ring_in_degrees(cell_ring(cell_from_text(cell))))
    inside = shapely.union_all([part for part in _within_world(whole) if part.area > 0])
    parts = [orient(part) for part in getattr(inside, "geoms", [inside])]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _ring_in_degrees(ring: Ring) -> Ring:
    """Return a ring whose longitudes go on over ±180°; one around a pole is led along the pole."""
    longitudes = unwrapped([longitude for longitude, _ in ring]).tolist()
    turned = [(longitude, latitude) for longitude, (_, latitude) in zip(longitudes, ring, strict=True)]
    if abs(longitudes[-1] - longitudes[0]) < 180:
        return turned
    pole = 90.0 if ring[0][1] > 0 else -90.0
    return [*turned, (longitudes[-1], pole), (longitudes[0], pole), turned[0]]


def line_geometry(points: list[list[float]]) -> BaseGeometry:
    """Return a line of longitudes and latitudes, in parts where a leg crosses ±180°."""
    crossed = [part for part in _within_world(LineString(drawn_line(points))) if part.length > 0]
    parts = [line for part in crossed for line in getattr(part, "geoms", [part])]
    return parts[0] if len(parts) == 1 else MultiLineString(parts)


def _within_world(whole: BaseGeometry) -> list[Any]:
    return [affinity.translate(whole, xoff=turn).intersection(WORLD) for turn in (0, -360, 360)]
