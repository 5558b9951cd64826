"""The routes of a small map as SVG: the page's lines with the page's widths, cased, two units side by side."""

from collections.abc import Sequence
from math import log2
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from geo.map.main_lines import TILE
from layouts.figures import theme
from layouts.figures.route_widths import RING, RING_INK, band, is_ring
from layouts.figures.small_map import Drawing, turned_into

FLOWS: Final = (theme.INTERCEPTED, theme.ARRIVED)


class Stroke(NamedTuple):
    """A route's line in degrees with its figures on the left and on the right; lengths as ``RouteLine`` has them."""

    points: npt.NDArray[np.float64]
    left: int | None
    right: int | None
    length: float
    latitude: float


def strokes(drawing: Drawing, routes: Sequence[Stroke]) -> list[str]:
    """Return the routes that pass through a map's frame; those without a figure are left out."""
    zoom = log2(drawing.across * 360 / TILE)
    return [part for one in routes if one.left or one.right for part in _route(drawing, one, zoom)]


def _route(drawing: Drawing, one: Stroke, zoom: float) -> list[str]:
    whole = shapely.LineString(one.points)
    if is_ring(one.length, zoom):
        return _ring(drawing, whole.interpolate(0.5, normalized=True), FLOWS[0 if one.left else 1])
    line = turned_into(whole, drawing.frame)
    on_map = shapely.transform(line, lambda at: np.array([drawing.point(x, y) for x, y in at]))
    drawn = band(one.left, one.right, length=one.length, latitude=one.latitude, zoom=zoom)
    sides = ((drawn.left, drawn.left - drawn.units), (drawn.right, drawn.units - drawn.right))
    found = _stroke(on_map, theme.PAPER, drawn.units + drawn.casing, 0)
    for colour, (width, aside) in zip(FLOWS, sides, strict=True):
        found += _stroke(on_map, colour, width, aside / 2) if width else []
    return found


def _ring(drawing: Drawing, middle: shapely.Point, colour: str) -> list[str]:
    if turned_into(middle, drawing.frame).is_empty:
        return []
    x, y = drawing.point(middle.x, middle.y)
    ring = f'<circle class="route" cx="{x:.1f}" cy="{y:.1f}" r="{RING}" fill="none"'
    return [f'{ring} stroke="{theme.PAPER}" stroke-width="{RING_INK}"/>', f'{ring} stroke="{colour}"/>']


def _stroke(line: shapely.Geometry, colour: str, width: float, aside: float) -> list[str]:
    """Return one unit beside a line; y points down, so what lies to the right is at a positive distance."""
    lines = [part for part in shapely.get_parts(line) if part.geom_type == "LineString"]
    beside = shapely.offset_curve(lines, aside, join_style="round") if aside else lines
    parts = [part for part in shapely.get_parts(beside) if len(part.coords) > 1]
    paths = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in part.coords) for part in parts)
    path = f'<path class="route" d="{paths}" fill="none" stroke="{colour}" stroke-width="{width:.2f}"/>'
    return [path] if paths else []
