"""Great-circle arithmetic on the sphere that H3 uses: unit vectors, legs, points along them.

A leg is the shorter great-circle arc between two points. Pairs are (longitude, latitude) in degrees; angles
are radians at the centre of the sphere.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM: Final = 6371.007180918475  # the sphere of H3: the authalic radius of WGS 84
ANTIPODAL: Final = 1e-9  # radians short of half the globe (6 mm); the arc between such points is undefined

Floats = NDArray[np.float64]
Point = tuple[float, float]


class Legs(NamedTuple):
    """Great-circle legs as columns: where each starts, where it heads, its normal and its angle."""

    start: Floats  # (n, 3) unit vectors
    ahead: Floats  # (n, 3) unit vectors 90° further along the great circle
    normal: Floats  # (n, 3) start × ahead
    angle: Floats  # (n,) radians, 0 to π

    def take(self, index: NDArray[np.intp]) -> Self:
        """Return the legs at ``index``, repeated as it repeats."""
        return type(self)(*(column[index] for column in self))


def checked_points(points: Sequence[Sequence[float]]) -> Floats:
    """Return points as an (n, 2) array of longitude and latitude; raise ValueError if one is off the globe."""
    if len(points) == 0:
        raise ValueError("a line needs at least one point; found none")
    table = np.asarray(points, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != 2:
        raise ValueError(f"points need a longitude and a latitude each; found {points[0]}")
    wrong = ~((np.abs(table[:, 0]) <= 180) & (np.abs(table[:, 1]) <= 90))  # also true of a coordinate that is NaN
    if wrong.any():
        longitude, latitude = table[wrong][0]
        raise ValueError(f"longitude {longitude}, latitude {latitude} is not on the globe")
    return table


def unit_vectors(points: Floats) -> Floats:
    """Return the unit vector of each (longitude, latitude)."""
    longitude, latitude = np.radians(points[:, 0]), np.radians(points[:, 1])
    across = np.cos(latitude)
    return np.column_stack((across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)))


def degrees_of(vectors: Floats) -> Floats:
    """Return the (longitude, latitude) of each vector, whatever its length."""
    x, y, z = vectors.T
    pairs: Floats = np.degrees(np.column_stack((np.arctan2(y, x), np.arctan2(z, np.hypot(x, y)))))
    return pairs


def angles(starts: Floats, ends: Floats) -> Floats:
    """Return the angle between unit vectors in pairs, exact for near and for opposite points."""
    across = np.linalg.norm(np.cross(starts, ends), axis=1)
    between: Floats = np.arctan2(across, np.einsum("ij,ij->i", starts, ends))
    return between


def legs(starts: Floats, ends: Floats) -> Legs:
    """Return the legs between (longitude, latitude) in pairs; one of no length gets an arbitrary direction.

    Raises
    ------
    ValueError
        The ends of a leg are opposite points of the globe, which every great circle through one also joins.
    """
    first, last = unit_vectors(starts), unit_vectors(ends)
    angle = angles(first, last)
    if (angle > np.pi - ANTIPODAL).any():
        at = int(np.argmax(angle))
        raise ValueError(
            f"the leg from {_written(starts[at])} to {_written(ends[at])} joins opposite points of the globe, "
            "so its path is undefined. Add a point between them."
        )
    normal = np.cross(first, last)
    flat = np.linalg.norm(normal, axis=1) == 0
    normal[flat] = np.cross(first[flat], np.eye(3)[np.argmin(np.abs(first[flat]), axis=1)])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    return Legs(first, np.cross(normal, first), normal, angle)


def vectors_along(some: Legs, angle: Floats) -> Floats:
    """Return the unit vector at ``angle`` from the start of each leg."""
    return np.cos(angle)[:, None] * some.start + np.sin(angle)[:, None] * some.ahead


def length_km(points: Sequence[Sequence[float]]) -> float:
    """Return the length of a line along its great-circle legs, in km; 0 for a single point."""
    vectors = unit_vectors(checked_points(points))
    return float(angles(vectors[:-1], vectors[1:]).sum() * EARTH_RADIUS_KM)


def lengths_km(lines: Sequence[Floats]) -> list[float]:
    """Return the length of each line, as ``length_km``; NaN where two of its points in a row are opposite points.

    The lines are (n, 2) arrays of longitude and latitude on the globe, n > 0.
    """
    if not lines:
        return []
    vectors = unit_vectors(np.concatenate(lines))
    angle = angles(vectors[:-1], vectors[1:])
    angle[angle > np.pi - ANTIPODAL] = np.nan
    ends = np.cumsum([len(line) for line in lines])
    return [
        float(angle[end - len(line) : end - 1].sum() * EARTH_RADIUS_KM) for line, end in zip(lines, ends, strict=True)
    ]


def _written(point: Floats) -> str:
    return f"({point[0]:g}, {point[1]:g})"
