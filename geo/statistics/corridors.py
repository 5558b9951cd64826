"""Corridors: how far a point is from a line along the globe, and which line is nearest within its reach.

Distances are great-circle distances to great-circle legs, so nothing changes at ±180° or at a pole. Legs that
cannot be within reach of a point are left out by one matrix product before anything exact is computed.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.sphere.great_circle import EARTH_RADIUS_KM, Floats, Legs, checked_points, legs, unit_vectors, vectors_along

SAME_KM: Final = 1.0  # no place is known better than this (RULES Q3), so neither is which of two lines is nearer
POINTS_AT_ONCE: Final = 2_000_000  # entries of the matrix of points and legs held at once
SLACK: Final = 1e-9  # radians (6 mm), so that rounding leaves no leg out
SHORT: Final = 1e-7  # radians (0.6 m): a shorter leg has no direction worth the name, its ends are the leg

Index = NDArray[np.intp]


class Near(NamedTuple):
    """Pairs of a point and a line within its reach, sorted by point, then line."""

    point: Index
    line: Index
    km: Floats


def distances_km(points: Floats, lines: Sequence[Sequence[Sequence[float]]]) -> Floats:
    """Return the distance in km of each (longitude, latitude) from each line, as points × lines."""
    found = np.full((len(points), len(lines)), np.inf)
    near = lines_within(points, lines, reach_km=np.full(len(points), np.pi * EARTH_RADIUS_KM))
    found[near.point, near.line] = near.km
    return found


def lines_within(points: Floats, lines: Sequence[Sequence[Sequence[float]]], *, reach_km: Floats) -> Near:
    """Return every line within each point's reach.

    Parameters
    ----------
    points : array (n, 2)
        longitude and latitude in degrees, WGS 84.
    lines : sequence of lines
        each a sequence of (longitude, latitude); a line of one point is that point.
    reach_km : array (n,)
        how far to look from each point, in km.

    Returns
    -------
    Near
        point and line (places in the inputs) and km, the shortest distance to any leg of the line; one entry per
        pair within reach (the bound included).

    Raises
    ------
    ValueError
        A point is off the globe, a line has no point, or a leg joins opposite points of the globe.
    """
    if len(points) == 0 or len(lines) == 0:
        return Near(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0))
    places = unit_vectors(checked_points(points.tolist()))
    owner, every = _legs_of(lines)
    reach = np.minimum(np.asarray(reach_km, dtype=np.float64) / EARTH_RADIUS_KM, np.pi)
    step = max(1, POINTS_AT_ONCE // len(owner))
    parts = [
        _within(places[first : first + step], reach[first : first + step], owner, every, first)
        for first in range(0, len(places), step)
    ]
    points_of, lines_of, km = zip(*parts, strict=True)
    return Near(np.concatenate(points_of), np.concatenate(lines_of), np.concatenate(km))


def nearest(near: Near, *, is_preferred: NDArray[np.bool_]) -> Near:
    """Return one line per point: the nearest; of those as near to 1 km a preferred one, then the nearest.

    Of those as near to the metre it is the first.

    ``is_preferred`` has one entry per pair of ``near``, such as whether the line is of the record's own route.
    """
    if len(near.point) == 0:
        return near
    starts = np.flatnonzero(np.r_[True, np.diff(near.point) != 0])
    closest = np.repeat(np.minimum.reduceat(near.km, starts), np.diff(np.r_[starts, len(near.point)]))
    tied = near.km <= closest + SAME_KM
    order = np.lexsort((near.line, np.round(near.km, 3), ~(is_preferred & tied), ~tied, near.point))
    first = order[np.r_[True, np.diff(near.point[order]) != 0]]
    return Near(near.point[first], near.line[first], near.km[first])


def _legs_of(lines: Sequence[Sequence[Sequence[float]]]) -> tuple[Index, Legs]:
    """Return every leg with the place of its line; a line of one point is one leg of no length."""
    starts, ends, owner = [], [], []
    for place, line in enumerate(lines):
        points = checked_points(line)
        starts.append(points[:-1] if len(points) > 1 else points)
        ends.append(points[1:] if len(points) > 1 else points)
        owner.append(np.full(len(starts[-1]), place))
    return np.concatenate(owner).astype(np.intp), legs(np.concatenate(starts), np.concatenate(ends))


def _within(places: Floats, reach: Floats, owner: Index, every: Legs, first: int) -> Near:
    """Return the pairs of a run of points, whose first is number ``first``."""
    middle = vectors_along(every, every.angle / 2)
    farthest = np.minimum(reach[:, None] + every.angle[None, :] / 2 + SLACK, np.pi)
    point, leg = np.nonzero(places @ middle.T >= np.cos(farthest) - SLACK**2)
    angle = _angle_to_leg(places[point], every.take(leg))
    inside = angle <= reach[point] + SLACK
    return _shortest(point[inside] + first, owner[leg[inside]], angle[inside] * EARTH_RADIUS_KM)


def _angle_to_leg(place: Floats, some: Legs) -> Floats:
    """Return the angle between points and legs in pairs: to the great circle beside the leg, else to its nearer end."""
    along = np.arctan2(np.einsum("ij,ij->i", place, some.ahead), np.einsum("ij,ij->i", place, some.start))
    height = np.einsum("ij,ij->i", place, some.normal)
    beside = np.abs(np.arctan2(height, np.sqrt(np.clip(1 - height**2, 0, None))))
    is_beside = (along >= 0) & (along <= some.angle) & (some.angle > SHORT)
    ends = np.minimum(_between(place, some.start), _between(place, vectors_along(some, some.angle)))
    nearest_angle: Floats = np.where(is_beside, beside, ends)
    return nearest_angle


def _between(one: Floats, other: Floats) -> Floats:
    """Return the angle between unit vectors in pairs, from the chord: exact for near points, quick for many."""
    half = np.linalg.norm(one - other, axis=1) / 2
    angle: Floats = 2 * np.arcsin(np.clip(half, 0, 1))
    return angle


def _shortest(point: Index, line: Index, km: Floats) -> Near:
    """Return the shortest distance of every pair of point and line."""
    order = np.lexsort((km, line, point))
    point, line, km = point[order], line[order], km[order]
    if len(point) == 0:
        return Near(point, line, km)
    first = np.r_[True, (np.diff(point) != 0) | (np.diff(line) != 0)]
    return Near(point[first], line[first], km[first])
