"""The routes of a map: cased, units side by side, ends faded; rings for the short, dots for other courses."""

from collections.abc import Sequence
from typing import Final, Protocol

import shapely
from shapely.ops import substring

from layouts.figures import theme
from layouts.figures.route_widths import RING, RING_INK
from layouts.pictures.description import Numbers, Route
from layouts.pictures.sheet import Sheet, disc

COURSE: Final = "#6f7780"
COLOURS: Final = {True: theme.ARRIVED, False: theme.INTERCEPTED}
FADED: Final = ((0.0, 0.025, 0.12), (0.025, 0.05, 0.37), (0.05, 0.075, 0.62), (0.075, 0.1, 0.87), (0.1, 0.94, 1.0),
                (0.94, 0.96, 0.8), (0.96, 0.98, 0.55), (0.98, 1.0, 0.35))  # fmt: skip
CASED: Final = 0.92


class Ground(Protocol):
    """What turns degrees into places on a sheet."""

    def copies(self, degrees: Numbers) -> list[Numbers]:
        """Return a line on the sheet, once for each time that it is seen."""


def draw_courses(sheet: Sheet, ground: Ground, courses: Sequence[Numbers], weight: float) -> None:
    """Draw courses that carry no figure, as dots without a width."""
    for course in courses:
        for at in ground.copies(course):
            sheet.line(at, stroke=COURSE, width=1.6 * weight, dash=(0.01, 3.4 * weight))


def draw_routes(sheet: Sheet, ground: Ground, routes: Sequence[Route], scale: float) -> None:
    """Draw routes, the widest first; ``scale`` is the picture's to the page."""
    for route in sorted(routes, key=lambda one: -one.casing):
        if route.casing and not route.is_short:
            _faded(sheet, ground, route.points, 0.0, route.casing * scale, theme.PAPER, CASED)
    for route in sorted(routes, key=lambda one: -one.width):
        colour = COLOURS[route.is_arrival]
        if route.is_short:
            _ring(sheet, ground, route.points, colour, scale)
        else:
            _faded(sheet, ground, route.points, route.aside * scale, route.width * scale, colour, 1.0)


def _faded(
    sheet: Sheet, ground: Ground, points: Numbers, aside: float, width: float, colour: str, opacity: float
) -> None:  # fmt: skip
    for at in ground.copies(points):
        line = shapely.simplify(shapely.LineString(at), 0.2)
        # y points down, so what lies to the right of the direction of travel is at a positive distance
        beside = shapely.offset_curve(line, aside, join_style="round") if aside else line
        for part in shapely.get_parts(beside):
            for start, end, share in FADED if len(part.coords) > 1 else ():
                piece = substring(part, start, end, normalized=True)
                sheet.line(shapely.get_coordinates(piece), stroke=colour, width=width, opacity=share * opacity,
                           ends="butt")  # fmt: skip


def _ring(sheet: Sheet, ground: Ground, points: Numbers, colour: str, scale: float) -> None:
    for at in ground.copies(points):
        x, y = at[len(at) // 2]
        ring = disc(float(x), float(y), 2 * RING * scale)
        sheet.path(ring, stroke=theme.PAPER, width=RING_INK * scale)
        sheet.path(ring, stroke=colour, width=RING_INK * 0.6 * scale)
