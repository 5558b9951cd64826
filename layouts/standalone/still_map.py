"""The still map of the first picture: the page's map as a small SVG in whole pixels, its cells as links.

It lies in the map's place by the same reckoning as the live map (``assets/map/frame.mjs``), written in the stylesheet's
units: so the live map can take its place without a jump, at any width. Colours are the page's tokens.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

import numpy as np
import shapely

from data.model.caches import kept_numbers
from geo.map.projection import Box as Sides
from geo.map.projection import labels, land_in, lines_in, on_unit_square, turns
from layouts.figures import cell_marks as marks
from layouts.figures import theme
from layouts.figures.route_widths import RING, RING_INK
from layouts.pictures.cells import CLASSES, DOMINATED, UNREPORTED, scaled
from layouts.pictures.description import MapPicture, Numbers, Route
from layouts.pictures.frame import Box
from layouts.pictures.map import TILE, Ground
from layouts.pictures.names import FROM_ZOOM
from layouts.standalone.night import at_night

WIDE, HIGH = 2560, 1200  # pixels: the widest place of a map that is wholly filled
TOLERANCE: Final = 0.8  # pixels that a coast may be off
LEAST_LAND: Final = 6.0  # square pixels of an island that is drawn
LETTER: Final = 7.0  # pixels of a letter of a country's name
LETTERS: Final = 12.5
MOST_NAMES: Final = 30
PALE: Final = 0.86
INKED: Final = 1.4 * marks.HATCH_WIDTH  # a drawing is shown somewhat smaller than it is
TOKENS: Final = {True: f"var(--arrived,{theme.ARRIVED})", False: f"var(--detected,{theme.INTERCEPTED})"}
PAPER: Final = f"var(--paper,{theme.PAPER})"


class Fit(NamedTuple):
    """How a drawing follows its room: its width to the room's width and height; its middle in percent."""

    across: float
    tall: float
    x: float
    y: float


class Placed(NamedTuple):
    """How a drawing lies in the map's place: its view, its size and the middle of the view in it, in pixels.

    ``fits`` is of a wide and of a narrow window; without it nothing is scaled. ``is_bounded``: it is never larger.
    """

    view: tuple[float, float, float]
    wide: int
    high: int
    x: float
    y: float
    fits: tuple[Fit, Fit] | None = None
    is_bounded: bool = False


class Linked(NamedTuple):
    """What a cell leads to: an address, and what it says when it is pointed at."""

    address: str
    words: str


def placed(view: tuple[float, float, float]) -> Placed:
    """Return the place of the drawing of a view that an address states, which is in the middle at its own size."""
    ground = _ground_of(view)
    x, y = ground.at(on_unit_square(np.array([view[:2]])))[0].tolist()
    said = tuple(float(f"{number:.4f}") for number in view)
    return Placed((said[0], said[1], said[2]), int(ground.box.wide), int(ground.box.high), round(x, 1), round(y, 1))


def placed_in_room(view: tuple[float, float, float], room: tuple[float, float]) -> Placed:
    """Return the place of a view that was fitted to a room of so many pixels: smaller in a smaller one."""
    one = placed(view)
    fit = Fit(one.wide / room[0], one.wide / room[1], 100 * one.x / one.wide, 100 * one.y / one.high)
    return one._replace(fits=(fit, fit), is_bounded=True)


def placed_box(view: tuple[float, float, float], wide: Sides, narrow: Sides) -> Placed:
    """Return the place of the drawing of a view that shows one box of degrees, and another in a narrow window."""
    one, ground = placed(view), _ground_of(view)
    return one._replace(fits=(_fit(one, ground, wide), _fit(one, ground, narrow)))


def _fit(one: Placed, ground: Ground, degrees: Sides) -> Fit:
    west, south, east, north = degrees
    corners = ground.at(on_unit_square(np.array([[west, north], [east, south]])))
    (left, top), (right, bottom) = corners.tolist()
    return Fit(one.wide / (right - left), one.wide / (bottom - top),
               50 * (left + right) / one.wide, 50 * (top + bottom) / one.high)  # fmt: skip


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
        *_routes(picture, ground),
        *_dots(picture.dots, ground),
        *_ring(picture, ground),
        *_names(ground, picture.view[2]),
    )
    size = f"{box.wide:g} {box.high:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="still-drawing" viewBox="0 0 {size}" role="group" '
        f'aria-label="{escape(label)}" data-key="{key}">{at_night("".join(parts))}{"".join(parts)}</svg>'
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
        f'<path d="{land}" fill="var(--land,#f6f4ee)" stroke="var(--coast,#a9b9c1)" stroke-width=".6" '
        'fill-rule="evenodd"/><g fill="none" stroke="var(--border,#bcbbb4)">'
        f'<path d="{lines["borders"]}" stroke-width=".75"/>'
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
    """Return wider areas, pale and dotted, and over them the cells about their centres, by class (RULES X9, P6)."""
    wider: dict[int, list[str]] = {}
    classes: dict[int, list[str]] = {}
    hatched: dict[str, list[str]] = {}
    for place, (ring, code, link) in enumerate(zip(picture.cells, picture.codes.tolist(), links, strict=True)):
        number, is_wider = code % DOMINATED, place < picture.wider
        share = 1.0 if is_wider else marks.UNREPORTED_SHARE if number == UNREPORTED else marks.SHARES[number]
        data = "".join(path_data(scaled(at, share), closed=True) for at in ground.copies(ring))
        if not data:
            continue
        (wider if is_wider else classes).setdefault(number, []).append(_linked(data, link))
        if not is_wider and (number == UNREPORTED or code >= DOMINATED):
            hatched.setdefault("s" if number == UNREPORTED else "l" if number < marks.LIGHT else "d", []).append(data)
    edge = f"var(--toll-wider-edge,{marks.WIDER_EDGE})"
    areas = [f'<g fill="var(--toll-wider,{marks.WIDER_FILL})" fill-opacity="{marks.WIDER_OPACITY[number]}" '
             f'stroke="{edge}" stroke-width="{marks.DOT_WIDTH}" stroke-linecap="round" '
             f'stroke-dasharray=".01 {marks.DOT_STEP}">{"".join(shapes)}</g>'
             for number, shapes in sorted(wider.items()) if number < len(marks.WIDER_OPACITY)]  # fmt: skip
    found = [f'<g fill="{_fill(number)}" stroke="{_edge(number)}">{"".join(shapes)}</g>'
             for number, shapes in sorted(classes.items())]  # fmt: skip
    hatches = [f'<path d="{"".join(data)}" fill="url(#still-{name})" pointer-events="none"/>'
               for name, data in hatched.items()]  # fmt: skip
    return [*areas, *found, *([_patterns(), *hatches] if hatches else [])]


def _linked(data: str, link: Linked | None) -> str:
    if link is None:
        return f'<path d="{data}"/>'
    return f'<a href="{escape(link.address)}"><path d="{data}"><title>{escape(link.words)}</title></path></a>'


def _fill(number: int) -> str:
    return f"var(--toll-{number + 1},{marks.FILLS[number]})" if number < CLASSES else PAPER


def _edge(number: int) -> str:
    is_class = number < CLASSES
    return f"var(--toll-edge-{number + 1},{marks.EDGES[number]})" if is_class else f"var(--muted,{theme.MUTED})"


def _patterns() -> str:
    """Return the hatches of what one event is more than half of, and of what nobody has reported (RULES P6)."""
    inks = (
        ("l", f"var(--toll-hatch,{marks.DARK_HATCH})"),
        ("d", PAPER),
        ("s", f"var(--toll-unreported,{marks.UNREPORTED_HATCH})"),
    )
    step = marks.HATCH_STEP
    return "<defs>" + "".join(
        f'<pattern id="still-{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V{step}" stroke="{ink}" stroke-width="{INKED:g}"/>'
        "</pattern>"
        for name, ink in inks
    ) + "</defs>"  # fmt: skip


def _routes(picture: MapPicture, ground: Ground) -> list[str]:
    """Return courses without figures as dots, then the routes on paper, units side by side; rings for the short."""
    courses = "".join(path_data(at, closed=False) for one in picture.courses for at in ground.copies(one))
    found = [(f'<path d="{courses}" fill="none" stroke="var(--course,#6f7780)" stroke-width="1.6" '
             'stroke-linecap="round" stroke-dasharray=".01 3.4"/>')]  # fmt: skip
    long = [one for one in picture.routes if not one.is_short]
    lines = [(one, 0.0, one.casing, PAPER) for one in sorted(long, key=lambda one: -one.casing) if one.casing]
    lines += [(one, one.aside, one.width, TOKENS[one.is_arrival]) for one in sorted(long, key=lambda one: -one.width)]
    found += [f'<path d="{_beside(one, aside, ground)}" stroke="{ink}" stroke-width="{width:.1f}" fill="none"/>'
              for one, aside, width, ink in lines]  # fmt: skip
    return found + [_short(one, ground) for one in picture.routes if one.is_short]


def _beside(route: Route, aside: float, ground: Ground) -> str:
    data = ""
    for at in ground.copies(route.points):
        line = shapely.simplify(shapely.LineString(at), 0.3)
        beside = shapely.offset_curve(line, aside, join_style="round") if aside else line
        data += "".join(path_data(shapely.get_coordinates(part), closed=False) for part in shapely.get_parts(beside))
    return data


def _short(route: Route, ground: Ground) -> str:
    middles = [at[len(at) // 2].tolist() for at in ground.copies(route.points)]
    return "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{RING:g}" fill="none" stroke="{TOKENS[route.is_arrival]}" '
        f'stroke-width="{RING_INK * 0.6:.1f}"/>'
        for x, y in middles
    )


def _dots(dots: Numbers, ground: Ground) -> list[str]:
    if not len(dots):
        return []
    circles = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size / 2:g}"/>'
        for (x, y), size in zip(ground.at(on_unit_square(dots[:, :2])).tolist(), dots[:, 2].tolist(), strict=True)
        if 0 <= x <= ground.box.wide and 0 <= y <= ground.box.high
    )
    return [f'<g fill="none" stroke="var(--dead,{theme.DEAD})" stroke-width="1.2">{circles}</g>']


def _ring(picture: MapPicture, ground: Ground) -> list[str]:
    """Return the outline of the chosen cell."""
    if picture.ring is None:
        return []
    data = "".join(path_data(at, closed=True) for at in ground.copies(picture.ring))
    return [(f'<path d="{data}" fill="none" stroke="{PAPER}" stroke-width="5"/>'
            f'<path d="{data}" fill="none" stroke="var(--focus,{theme.FOCUS})" stroke-width="2.4"/>')]  # fmt: skip


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
            box = (at_x - half - 16, at_y - 14, at_x + half + 16, at_y + 14)
            if all(box[2] < a or c < box[0] or box[3] < b or d < box[1] for a, b, c, d in taken):
                taken.append(box)
                found.append(f'<text x="{at_x:.0f}" y="{at_y + 4:.0f}">{escape(name)}</text>')
    font = f'font-family="sans-serif" font-size="{LETTERS}" text-anchor="middle" opacity="{PALE}"'
    ink = f"var(--country-name,{theme.MUTED})"
    return [f'<g class="still-names" fill="{ink}" {font} aria-hidden="true">{"".join(found)}</g>']
