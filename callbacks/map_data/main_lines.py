"""The lines of a vintage's routes as page and pictures draw them: one that carries the figure, the rest beside it."""

from dataclasses import dataclass

import numpy as np

from data.model.caches import kept_numbers
from data.model.main_lines import lines_by_hand
from data.store.vintage import Vintage
from geo.geojson import drawn_line
from geo.map.main_lines import Course, length_on_screen, main_course, smoothed
from geo.map.projection import Numbers


@dataclass(frozen=True, eq=False)
class RouteLine:
    """A route's main line in degrees, and its other courses, which carry no figure.

    ``length`` is in pixels at zoom 0, ``latitude`` that of the line's point nearest to the equator.
    """

    route: str
    points: Numbers
    length: float
    latitude: float
    courses: tuple[Numbers, ...]


@kept_numbers
def route_lines(vintage: Vintage) -> tuple[RouteLine, ...]:
    """Return the lines of every route that has one, by route."""
    found: dict[str, list[Course]] = {}
    for route, points, is_major in vintage.segments.select("route", "points", "is_major").iter_rows():
        if route is not None:
            found.setdefault(route, []).append(Course(points, bool(is_major)))
    return tuple(_route_line(route, found[route]) for route in sorted(found))


def _route_line(route: str, courses: list[Course]) -> RouteLine:
    by_hand = lines_by_hand().get(route)
    points, used = (by_hand, []) if by_hand else main_course(courses)
    line = smoothed(points)
    rest = tuple(drawn_line(one.points) for at, one in enumerate(courses) if at not in used)
    nearest = float(np.abs(line[:, 1]).min()) if (line[:, 1] > 0).all() or (line[:, 1] < 0).all() else 0.0
    return RouteLine(route, line, length_on_screen(line, 0), nearest, rest)
