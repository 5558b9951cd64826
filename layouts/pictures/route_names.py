"""The names of routes on a picture's map, placed as on the page (assets/map/route_labels.mjs).

Each has a line to a dot on its route; none is far from it, over other words or over a
cell of the two darkest classes.
"""

from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import Final, NamedTuple

import numpy as np
import shapely

from layouts.figures import theme
from layouts.figures.cell_marks import SHARES
from layouts.pictures import fonts
from layouts.pictures.cells import CLASSES, DOMINATED, scaled
from layouts.pictures.description import MapPicture, Numbers, RouteName
from layouts.pictures.names import Names
from layouts.pictures.routes import Ground
from layouts.pictures.sheet import Sheet, disc

DARK: Final = CLASSES - 2  # the lowest of the two darkest classes
PARTS: Final = (0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95)  # of a route: where its dot may be
WAYS: Final = (0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180)  # degrees around the dot
AWAY: Final = (0.9, 1.8, 3.0, 4.5, 6.2)  # sizes of type
LONGEST: Final = 6.5  # sizes of type; a name further off is not read as that route's
HIGH: Final = 1.3  # of a line of words, in sizes of type
DOT: Final = 0.36


class Place(NamedTuple):
    """Where a name stands: its box (left, top, right, bottom) and its line from the dot."""

    box: tuple[float, float, float, float]
    lead: tuple[float, float, float, float]
    long: float


def name_routes(sheet: Sheet, ground: Ground, picture: MapPicture, names: Names, size: float) -> None:
    """Write the names of routes, those of most people first, each once, where there is room."""
    dark = shapely.STRtree(_dark(ground, picture))
    placed: list[Place] = []
    for one in picture.named:
        tries = (place for at in ground.copies(one.points) for place in _tries(at, _wide(one, size), size))
        found = next((place for place in tries if _is_clear(place, names, placed, dark)), None)
        if found is not None:
            placed.append(found)
            _write(sheet, found, one, size)
            left, top, right, bottom = found.box
            names.take(left, top, right - left, bottom - top)


def _dark(ground: Ground, picture: MapPicture) -> list[shapely.Geometry]:
    """Return the cells of the two darkest classes, as they are drawn."""
    kinds = picture.codes % DOMINATED
    shown = zip(picture.cells, kinds.tolist(), strict=True)
    return [
        shapely.Polygon(scaled(ring, SHARES[kind]))
        for place, (cell, kind) in enumerate(shown) if place >= picture.wider and DARK <= kind < CLASSES
        for ring in ground.copies(cell)
    ]  # fmt: skip


def _wide(one: RouteName, size: float) -> float:
    figure = fonts.width(f" {one.figure}", size, is_bold=True) if one.figure else 0.0
    return fonts.width(one.name, size, is_bold=not one.figure) + figure


def _tries(line: Numbers, wide: float, size: float) -> list[Place]:
    """Return where a name may stand, the shortest line first."""
    return sorted((one for one in _around(line, wide, size) if one.long <= LONGEST * size), key=lambda one: one.long)


def _around(line: Numbers, wide: float, size: float) -> Iterator[Place]:
    high, on = HIGH * size, shapely.LineString(line)
    dots = [shapely.line_interpolate_point(on, part, normalized=True) for part in PARTS]
    for away in AWAY:
        for dot in dots:
            for way in WAYS:
                x = dot.x + cos(radians(way)) * (away * size + wide / 2)
                y = dot.y - sin(radians(way)) * (away * size + high / 2)
                box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
                end = (max(box[0], min(dot.x, box[2])), max(box[1], min(dot.y, box[3])))
                yield Place(box, (dot.x, dot.y, *end), float(np.hypot(end[0] - dot.x, end[1] - dot.y)))


def _is_clear(place: Place, names: Names, placed: Sequence[Place], dark: shapely.STRtree) -> bool:
    left, top, right, bottom = place.box
    box, lead = shapely.box(*place.box), shapely.LineString((place.lead[:2], place.lead[2:]))
    if not names.has_room(left, top, right - left, bottom - top):
        return False
    for other in placed:
        around = shapely.box(*other.box)
        line = shapely.LineString((other.lead[:2], other.lead[2:]))
        if lead.intersects(around) or line.intersects(box) or line.intersects(lead):
            return False
    return not len(dark.query(box, predicate="intersects"))


def _write(sheet: Sheet, place: Place, one: RouteName, size: float) -> None:
    x, y, end_x, end_y = place.lead
    sheet.line([(x, y), (end_x, end_y)], stroke=theme.PAPER, width=0.24 * size)
    sheet.line([(x, y), (end_x, end_y)], stroke=theme.INK, width=0.075 * size)
    sheet.path(disc(x, y, DOT * size), fill=theme.INK, stroke=theme.PAPER, width=0.13 * size)
    left, top = place.box[:2]
    foot = top + size * (HIGH / 2 + 0.36)
    sheet.text(left, foot, one.name, size, is_bold=not one.figure, halo=1.8)
    if one.figure:
        sheet.text(left + fonts.width(f"{one.name} ", size), foot, one.figure, size, is_bold=True, halo=1.8)
