"""The one line that stands for a route on a map: few points, the landing end last, smoothed.

A source counts whole routes, so a route's figure belongs to one line, not to each course that people take. The line
is drawn by hand where ``files/main_lines.csv`` of data has it; else it is the major course with what joins it end to
end. All other courses are drawn beside it without a width. A line like this is a sketch, never a track.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from geo.geojson import drawn_line
from geo.map.projection import Numbers, on_unit_square
from geo.sphere.great_circle import length_km

MOST_POINTS: Final = 6
POINTS_A_LEG: Final = 24
TILE: Final = 512  # pixels of the world's side at zoom 0
CENTRIPETAL: Final = 0.5
SAME_END: Final = 2  # decimals of a degree: courses join where they end and begin within about a kilometre

Points = Sequence[Sequence[float]]


class Course(NamedTuple):
    """One course of a route: its points in degrees in the direction of travel."""

    points: Points
    is_major: bool


def main_course(courses: Sequence[Course]) -> tuple[list[list[float]], list[int]]:
    """Return the points of the major course and of what joins it end to end, and the numbers of those courses.

    Of two courses that go on from one place the longer one is taken; without a major course the longest stands for it.
    At most ``MOST_POINTS`` points are kept: those without which the line would change least are left out.
    """
    lengths = [length_km(one.points) for one in courses]
    longest_first = sorted(range(len(courses)), key=lambda at: -lengths[at])
    used = [next((at for at in longest_first if courses[at].is_major), longest_first[0])]
    found = [list(point) for point in courses[used[0]].points]
    while (at := _next(courses, longest_first, used, start=found[-1])) is not None:
        used.append(at)
        found += [list(point) for point in courses[at].points[1:]]
    while (at := _next(courses, longest_first, used, end=found[0])) is not None:
        used.append(at)
        found = [*(list(point) for point in courses[at].points[:-1]), *found]
    return thinned(found), sorted(used)


def _next(
    courses: Sequence[Course], order: Sequence[int], used: Sequence[int], *,
    start: Sequence[float] | None = None, end: Sequence[float] | None = None,
) -> int | None:  # fmt: skip
    """Return the longest course not used that begins at ``start`` or ends at ``end``; a circle is not closed."""
    place = _place(start if start is not None else end or ())
    met = {_place(courses[at].points[side]) for at in used for side in (0, -1)} - {place}
    near, far = (0, -1) if start is not None else (-1, 0)
    fits = (
        at for at in order
        if at not in used and _place(courses[at].points[near]) == place and _place(courses[at].points[far]) not in met
    )  # fmt: skip
    return next(fits, None)


def _place(point: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(part, SAME_END) for part in point)


def thinned(points: Points) -> list[list[float]]:
    """Return at most ``MOST_POINTS`` of a line's points, both ends among them."""
    kept = [list(point) for point in points]
    while len(kept) > MOST_POINTS:
        corner = np.array(kept)
        one, other = corner[1:-1] - corner[:-2], corner[2:] - corner[:-2]
        area = np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0])
        del kept[1 + int(np.argmin(area))]
    return kept


def smoothed(points: Points) -> Numbers:
    """Return (n, 2) longitudes and latitudes of a line as it is drawn: centripetal Catmull-Rom through its points.

    ``POINTS_A_LEG`` a leg; longitudes go on over ±180°. The curve is made on the Web Mercator square, where it is seen.
    """
    degrees = drawn_line(points)
    square = on_unit_square(degrees)
    apart = np.append(True, np.any(np.diff(square, axis=0) != 0, axis=1))
    square = square[apart]
    if len(square) < 3:
        return degrees
    ends = np.vstack((2 * square[0] - square[1], square, 2 * square[-1] - square[-2]))
    legs = [_leg(*ends[at : at + 4]) for at in range(len(square) - 1)]
    return _degrees(np.vstack((*legs, square[-1:])))


def _leg(before: Numbers, start: Numbers, end: Numbers, after: Numbers) -> Numbers:
    """Return the points of one leg from its start on, without its end (Barry and Goldman's pyramid)."""
    corners = (before, start, end, after)
    lengths = [float(np.hypot(*(end - start))) for start, end in pairwise(corners)]
    first, second, third, fourth = np.cumsum([0.0, *(length**CENTRIPETAL for length in lengths)]).tolist()
    at = np.linspace(second, third, POINTS_A_LEG, endpoint=False)[:, None]

    def between(one: Numbers, other: Numbers, near: float, far: float) -> Numbers:
        return np.asarray(((far - at) * one + (at - near) * other) / (far - near))

    left = between(before, start, first, second)
    middle = between(start, end, second, third)
    right = between(end, after, third, fourth)
    return between(between(left, middle, first, third), between(middle, right, second, fourth), second, third)


def _degrees(square: Numbers) -> Numbers:
    latitude = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * square[:, 1]))))
    return np.column_stack(((square[:, 0] - 0.5) * 360, latitude))


def length_on_screen(degrees: Numbers, zoom: float) -> float:
    """Return how many pixels long a line is on the map at a zoom."""
    steps = np.diff(on_unit_square(degrees), axis=0)
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum() * TILE * 2**zoom)
