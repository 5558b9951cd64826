"""The still map of the first picture: the page's map as a small SVG, drawn pixel for pixel, its cells as links.

It is as wide as any window that it is shown in, and laid about the middle of the map's place: nothing of it is scaled,
so the live map can take its place without a jump.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

import numpy as np
import shapely

from data.model.caches import kept_numbers
from geo.map.basemap import BORDER, LAND, MUTED
from geo.map.projection import Box as Sides
from geo.map.projection import labels, land_in, lines_in, on_unit_square, turns
from layouts.figures import theme
from layouts.figures.map import CELL_OPACITY
from layouts.pictures.description import MapPicture, Numbers, Route
from layouts.pictures.frame import Box
from layouts.pictures.map import COAST, DOMINATED, TILE, UNREPORTED, Ground
from layouts.pictures.names import FROM_ZOOM
from layouts.pictures.swatches import EDGES, HOVER, NO_FIGURE, ON_DARK, ON_LIGHT

WIDE, HIGH = 2560, 1200  # pixels: the widest place of a map that is wholly filled
TOLERANCE: Final = 0.8  # pixels that a coast may be off
LEAST_LAND: Final = 6.0  # square pixels of an island that is drawn
LETTER: Final = 6.2  # pixels of a letter of a country's name
MOST_NAMES: Final = 40
CASING: Final = 2.5
ROUTE_COLORS: Final = {False: theme.INTERCEPTED, True: theme.ARRIVED}


class Placed(NamedTuple):
    """How a drawing lies in the map's place: its size, and where in it the middle of the view is, in pixels."""

    view: tuple[float, float, float]
    wide: int
    high: int
    x: float
    y: float

    @property
    def x_percent(self) -> float:
        """Return how far from the left the middle is, in percent of the width."""
        return round(100 * self.x / self.wide, 4)

    @property
    def y_percent(self) -> float:
        """Return how far from the top the middle is, in percent of the height."""
        return round(100 * self.y / self.high, 4)


class Linked(NamedTuple):
    """What a cell leads to: an address, and what it says when it is pointed at."""

    address: str
    words: str


def placed(view: tuple[float, float, float]) -> Placed:
    """Return the place of the drawing of a view: never more than one world, never wider than any window."""
    ground = _ground_of(view)
    x, y = ground.at(on_unit_square(np.array([view[:2]])))[0].tolist()
    said = tuple(float(f"{number:.4f}") for number in view)
    return Placed((said[0], said[1], said[2]), int(ground.box.wide), int(ground.box.high), round(x, 1), round(y, 1))


def _ground_of(view: tuple[float, float, float]) -> Ground:
    world = TILE * 2 ** view[2]
    return Ground(Box(0, 0, round(min(WIDE, world)), round(min(HIGH, world))), view, 1.0)


def still_map(picture: MapPicture, links: Sequence[Linked | None], *, label: str, key: str) -> str:
    """Return the map of a picture; ``links`` has one for each of its cells, in their order; ``key`` names it."""
    ground = _ground_of(picture.view)
    box = ground.box
    parts = (
        _ground(ground.corners, box, round(ground.world)),
        *_cells(picture, links, ground),
        *(_route(route, ground) for route in picture.routes),
        *_dots(picture.dots, ground),
        *_ring(picture, ground),
        *_names(ground, picture.view[2]),
    )
    size = f"{box.wide:g} {box.high:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="still-drawing" viewBox="0 0 {size}" role="group" '
        f'aria-label="{escape(label)}" data-key="{key}">{"".join(parts)}</svg>'
    )


@kept_numbers
def _ground(corners: Sides, box: Box, world: int) -> str:
    """Return land, borders, and the borders that are not settled as dashes (RULES P7)."""
    scale = np.array([world, world])
    origin = np.array(corners[:2]) * world + (box.left + 12, box.top + 12)

    def drawn(shapes: Iterable[shapely.Geometry], *, closed: bool) -> str:
        rings = []
        for shape in shapes:
            if closed and (shape.geom_type != "Polygon" or shape.area * world**2 < LEAST_LAND):
                continue
            rings += [shape.exterior, *shape.interiors] if closed else [shape]
        return "".join(path_data(shapely.get_coordinates(ring) * scale - origin, closed=closed) for ring in rings)

    tolerance = TOLERANCE / world
    lines = {name: drawn(lines_in(name, corners, tolerance=tolerance), closed=False)
             for name in ("borders", "disputed")}  # fmt: skip
    land = drawn(land_in(corners, tolerance=tolerance), closed=True)
    return (
        f'<path d="{land}" fill="{LAND}" stroke="{COAST}" stroke-width=".6" fill-rule="evenodd"/>'
        f'<g fill="none" stroke="{BORDER}"><path d="{lines["borders"]}" stroke-width=".75"/>'
        f'<path d="{lines["disputed"]}" stroke-width="1.1" stroke-dasharray="3.3 2.75"/></g>'
    )


def path_data(points: Numbers, *, closed: bool) -> str:
    """Return points as the data of a path: whole pixels, each from the one before; blank where they are one point."""
    whole = np.rint(points[:-1] if closed else points).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < (2 if closed else 1):
        return ""
    said = "".join(f"{dx}{' ' if dy >= 0 else ''}{dy} " for dx, dy in steps.tolist())
    return f"M{whole[0, 0]} {whole[0, 1]}l{said.strip()}{'z' if closed else ''}"


def _cells(picture: MapPicture, links: Sequence[Linked | None], ground: Ground) -> list[str]:
    """Return the cells by class; those of one event as hatches over them, as on the page."""
    classes: dict[int, list[str]] = {}
    hatched: dict[str, list[str]] = {}
    for ring, code, link in zip(picture.cells, picture.codes.tolist(), links, strict=True):
        data = "".join(path_data(at, closed=True) for at in ground.copies(ring))
        if not data:
            continue
        shown = f'<path d="{data}"/>'
        if link is not None:
            shown = f'<a href="{escape(link.address)}"><path d="{data}"><title>{escape(link.words)}</title></path></a>'
        number = code % DOMINATED
        classes.setdefault(number, []).append(shown)
        if number == UNREPORTED or code >= DOMINATED:
            hatched.setdefault("s" if number == UNREPORTED else "l" if number < 3 else "d", []).append(data)
    found = [_patterns()] if hatched else []
    for number, shapes in sorted(classes.items()):
        is_silent = number == UNREPORTED
        fill, stroke = (HOVER, NO_FIGURE) if is_silent else (theme.TOLL[number], EDGES[number])
        found.append(f'<g fill="{fill}" stroke="{stroke}" stroke-width=".5" fill-opacity="{CELL_OPACITY}">'
                     f'{"".join(shapes)}</g>')  # fmt: skip
    found += [f'<path d="{"".join(data)}" fill="url(#still-{name})" pointer-events="none"/>'
              for name, data in hatched.items()]  # fmt: skip
    return found


def _patterns() -> str:
    """Return the hatches of what one event is more than half of, and of what nobody has reported (RULES P6)."""
    hatches = (("l", ON_LIGHT.color, 45), ("d", ON_DARK.color, 45), ("s", theme.MUTED, -45))
    return "<defs>" + "".join(
        f'<pattern id="still-{name}" width="3.4" height="3.4" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><path d="M0 0V3.4" stroke="{color}" stroke-width="1.8" '
        'stroke-opacity=".65"/></pattern>'
        for name, color, turn in hatches
    ) + "</defs>"  # fmt: skip


def _route(route: Route, ground: Ground) -> str:
    """Return a flow beside its line on a ground of paper: arrivals to the left of its direction, the rest right."""
    away = (-1 if route.is_arrival else 1) * (0.6 + route.width / 2)
    data = ""
    for at in ground.copies(route.points):
        beside = shapely.offset_curve(shapely.simplify(shapely.LineString(at), 0.5), away, join_style="round")
        data += "".join(path_data(shapely.get_coordinates(part), closed=False) for part in shapely.get_parts(beside))
    return (
        f'<g fill="none" stroke-linejoin="round"><path d="{data}" stroke="{theme.PAPER}" '
        f'stroke-width="{route.width + CASING:.1f}" stroke-opacity=".9"/>'
        f'<path d="{data}" stroke="{ROUTE_COLORS[route.is_arrival]}" stroke-width="{route.width:.1f}"/></g>'
    )  # fmt: skip


def _dots(dots: Numbers, ground: Ground) -> list[str]:
    if not len(dots):
        return []
    circles = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size / 2:g}"/>'
        for (x, y), size in zip(ground.at(on_unit_square(dots[:, :2])).tolist(), dots[:, 2].tolist(), strict=True)
        if 0 <= x <= ground.box.wide and 0 <= y <= ground.box.high
    )
    return [f'<g fill="none" stroke="{theme.DEAD}" stroke-width="1.2">{circles}</g>']


def _ring(picture: MapPicture, ground: Ground) -> list[str]:
    """Return the outline of the chosen cell."""
    if picture.ring is None:
        return []
    data = "".join(path_data(at, closed=True) for at in ground.copies(picture.ring))
    return [(f'<path d="{data}" fill="none" stroke="{theme.PAPER}" stroke-width="5"/>'
            f'<path d="{data}" fill="none" stroke="{theme.CHOSEN}" stroke-width="2.2"/>')]  # fmt: skip


def _names(ground: Ground, zoom: float) -> list[str]:
    """Return the names that a zoom calls for, none over another, the most important first."""
    taken: list[Sides] = []
    found: list[str] = []
    west, north, east, south = ground.corners
    for name, kind, rank, x, y in labels():
        if zoom < FROM_ZOOM[kind][rank] or not north < y < south or len(found) == MOST_NAMES:
            continue
        for turn in turns(x, x, (west, north, east, south)):
            at_x, at_y = ground.at(np.array([[x + turn, y]]))[0].tolist()
            half = LETTER * len(name) / 2
            box = (at_x - half - 8, at_y - 12, at_x + half + 8, at_y + 12)
            if all(box[2] < a or c < box[0] or box[3] < b or d < box[1] for a, b, c, d in taken):
                taken.append(box)
                found.append(f'<text x="{at_x:.0f}" y="{at_y + 4:.0f}">{escape(name)}</text>')
    font = 'font-family="sans-serif" font-size="11.5" text-anchor="middle"'
    return [f'<g class="still-names" fill="{MUTED}" {font} aria-hidden="true">{"".join(found)}</g>']
