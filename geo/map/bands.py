"""The band around a line: all that lies within some kilometres of it, as rings to draw.

Each leg is widened on the Web Mercator square, where a kilometre is longer the further from the equator, by the
kilometre of the leg's own middle; legs are short, so that the band's sides are true to a pixel.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.geojson import drawn_line

ROUND_KM: Final = 40_075.017  # around the equator
LONGEST: Final = 0.5  # degrees of a leg
HIGHEST: Final = 84.0  # degrees; the square ends soon after
CORNERS: Final = 8  # of a quarter of a round end
COARSE: Final = 0.02  # degrees to which a ring is simplified
Numbers = npt.NDArray[np.float64]
Rings = list[list[list[float]]]


def bands(lines: Sequence[Sequence[Sequence[float]]], *, within_km: float) -> list[Rings]:
    """Return the polygons, [outer ring, holes …] of longitude and latitude, of all that is near one of the lines."""
    legs = [leg for line in lines for leg in _legs(drawn_line(line), within_km)]
    whole = shapely.union_all(legs).simplify(COARSE)
    return [_rings(part) for part in shapely.get_parts(whole) if not part.is_empty]


def _legs(points: Numbers, within_km: float) -> list[shapely.Polygon]:
    """Return each short leg of a line, widened; a line of one point is a leg by itself."""
    is_point = len(points) == 1
    across = np.vstack([points, points]) if is_point else _short(points)
    across[:, 1] = _down(np.clip(across[:, 1], -HIGHEST, HIGHEST))
    found = []
    for one, other in pairwise(across):
        middle = np.radians(_latitude(np.array((one[1] + other[1]) / 2)))
        reach = 360 * within_km / (ROUND_KM * float(np.cos(middle)))
        found.append(shapely.LineString([one, other]).buffer(reach, quad_segs=CORNERS))
    return found


def _short(points: Numbers) -> Numbers:
    """Return a line with points between its own, so that no leg is long."""
    found: Numbers = shapely.get_coordinates(shapely.segmentize(shapely.LineString(points), LONGEST))
    return found


def _down(latitude: Numbers) -> Numbers:
    """Return latitudes as degrees on the square, where a degree is as long up as across."""
    return np.degrees(np.arctanh(np.sin(np.radians(latitude))))


def _latitude(up: Numbers) -> Numbers:
    return np.degrees(np.arctan(np.sinh(np.radians(up))))


def _rings(part: shapely.Polygon) -> Rings:
    found = []
    for ring in (part.exterior, *part.interiors):
        points = shapely.get_coordinates(ring)
        points[:, 1] = _latitude(points[:, 1])
        found.append(points.round(3).tolist())
    return found
