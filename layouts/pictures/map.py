"""The map: land, cells, borders, flows, incidents, names, a scale; drawn into its box at the view that is shown."""

from math import cos, log2, pi, radians
from typing import Final

import numpy as np
import shapely
from matplotlib.path import Path

from data.model.notices import say
from geo.geojson import unwrapped
from geo.map.basemap import BORDER, EARTH_RADIUS_KM, LAND, SEA
from geo.map.projection import land_in, latitude_at, lines_in, on_unit_square, turns
from layouts.figures import theme
from layouts.pictures import fonts
from layouts.pictures.cells import draw_cells
from layouts.pictures.description import MapPicture, Numbers
from layouts.pictures.extent import around, fit, middles, people_outside
from layouts.pictures.frame import Box, Frame
from layouts.pictures.names import Names
from layouts.pictures.route_names import name_routes
from layouts.pictures.routes import draw_courses, draw_routes
from layouts.pictures.sheet import Sheet
from layouts.pictures.swatches import draw_dots

TILE: Final = 512  # pixels of the page to the world at zoom 0
COAST: Final = "#b4babb"
MARGIN: Final = 12
LETTERS: Final = 0.82  # of the body's size
NICE: Final = (1, 2, 5)
CLOSER: Final = 1.6  # than the page shows the same: what is shown fills the picture, whatever its shape


class Ground:
    """How degrees become units of the sheet: the world is ``world`` units wide."""

    def __init__(self, box: Box, view: tuple[float, float, float], factor: float) -> None:
        """Scale the page's view so that as much ground is in the box as on a page, and never more than one world."""
        longitude, latitude, zoom = view
        self.box = box
        self.world = max(TILE * 2**zoom * factor, box.wide, box.high)
        x, y = on_unit_square(np.array([[longitude, latitude]]))[0]
        half = box.high / 2 / self.world
        self.x, self.y = x, min(max(y, half), 1 - half)

    def show(self, places: Numbers) -> None:
        """Show places of the unit square, all of them where the shape of the box allows it."""
        box = self.box
        x, y, self.world = fit(around(self.x, places), wide=box.wide, high=box.high, world=CLOSER * self.world)
        half = box.high / 2 / self.world
        self.x, self.y = x, min(max(y, half), 1 - half)

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Return west, north, east, south of the box on the unit square."""
        wide, high = self.box.wide / 2 / self.world, self.box.high / 2 / self.world
        return self.x - wide, self.y - high, self.x + wide, self.y + high

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Return west, north, east, south on the unit square, a little more than is seen."""
        wide, high = self.box.wide / 2 + MARGIN, self.box.high / 2 + MARGIN
        return (self.x - wide / self.world, self.y - high / self.world,
                self.x + wide / self.world, self.y + high / self.world)  # fmt: skip

    def at(self, square: Numbers) -> Numbers:
        """Return places on the unit square as places on the sheet."""
        middle = (self.box.left + self.box.wide / 2, self.box.top + self.box.high / 2)
        return np.asarray((square - (self.x, self.y)) * self.world + middle)

    def copies(self, degrees: Numbers) -> list[Numbers]:
        """Return a line or ring on the sheet: once for each time that it is seen, on both sides of ±180°."""
        square = on_unit_square(np.column_stack((unwrapped(degrees[:, 0]), degrees[:, 1])))
        (west, north), (east, south) = square.min(axis=0), square.max(axis=0)
        corners = self.corners
        if south < corners[1] or north > corners[3]:
            return []
        return [self.at(square + np.array((turn, 0.0))) for turn in turns(west, east, corners)]

    def km_to_units(self) -> float:
        """Return how many units a kilometre is at the middle of the map."""
        return self.world / (2 * pi * EARTH_RADIUS_KM * cos(radians(latitude_at(self.y))))


def draw_map(sheet: Sheet, picture: MapPicture, frame: Frame) -> None:
    """Draw the map of a picture into its frame."""
    box, weight, type_size = frame.box, frame.weight, LETTERS * frame.body
    ground, places = Ground(box, picture.view, frame.factor_of_page), middles(picture.cells)
    if picture.is_whole and len(places):
        ground.show(places)
    sheet.within(box.sides)
    _land(sheet, ground)
    draw_cells(sheet, ground.copies, picture, weight)
    _borders(sheet, ground, weight)
    scale = min(weight, frame.factor_of_page)  # lines are as thin for their length and for the cells as on the page
    draw_courses(sheet, ground, picture.courses, scale)
    draw_routes(sheet, ground, picture.routes, scale)
    _dots(sheet, ground, picture.dots, weight)
    _ring(sheet, ground, picture.ring, weight)
    names = Names(box)
    _scale(sheet, ground, names, type_size)
    _said(sheet, picture, names, box, type_size)
    outside = people_outside(places, picture.values, ground.sides) if picture.values.size else 0
    _outside(sheet, outside, picture.unit, names, box, type_size)
    name_routes(sheet, ground, picture, names, frame.body)
    names.draw(sheet, ground.at, ground.corners, zoom=log2(ground.world / TILE * 12 / type_size), size=type_size)
    sheet.within(None)
    sheet.box(*box.sides, stroke=theme.HAIRLINE, width=1)


def path_of(shapes: list[shapely.Geometry], ground: Ground) -> Path:
    """Return polygons and lines of the unit square as one path on the sheet."""
    points, codes = [], []
    for shape in shapes:
        is_closed = shape.geom_type == "Polygon"
        for ring in [shape.exterior, *shape.interiors] if is_closed else [shape]:
            at = ground.at(shapely.get_coordinates(ring))
            points.append(at)
            codes.append(_codes(len(at), is_closed=is_closed))
    return Path(np.concatenate(points), np.concatenate(codes)) if points else Path(np.empty((0, 2)))


def _codes(count: int, *, is_closed: bool) -> np.ndarray:
    found = np.full(count, Path.LINETO, dtype=np.uint8)
    found[0] = Path.MOVETO
    if is_closed:
        found[-1] = Path.CLOSEPOLY
    return found


def _land(sheet: Sheet, ground: Ground) -> None:
    sheet.box(*ground.box.sides, fill=SEA)
    shapes = [one for one in land_in(ground.corners, tolerance=0.2 / ground.world) if one.geom_type == "Polygon"]
    sheet.path(path_of(shapes, ground), fill=LAND, stroke=COAST, width=0.6)


def _borders(sheet: Sheet, ground: Ground, weight: float) -> None:
    for name, width, dash in (("borders", 0.75, ()), ("disputed", 1.1, (3.3 * weight, 2.75 * weight))):
        shapes = lines_in(name, ground.corners, tolerance=0.2 / ground.world)
        lines = [one for one in shapes if one.geom_type == "LineString"]
        sheet.path(path_of(lines, ground), stroke=BORDER, width=width * weight, dash=dash)


def _dots(sheet: Sheet, ground: Ground, dots: Numbers, weight: float) -> None:
    square, (west, _, east, _) = on_unit_square(dots[:, :2]), ground.corners
    found = []
    for turn in turns(0.0, 1.0, ground.corners):
        moved = square + np.array((turn, 0.0))
        inside = (moved[:, 0] >= west) & (moved[:, 0] <= east)
        found += [(*place, size * weight, bool(is_area)) for place, (size, is_area) in
                  zip(ground.at(moved[inside]).tolist(), dots[inside, 2:].tolist(), strict=True)]  # fmt: skip
    draw_dots(sheet, sorted(found, key=lambda one: -one[2]))


def _ring(sheet: Sheet, ground: Ground, ring: Numbers | None, weight: float) -> None:
    if ring is None:
        return
    for at in ground.copies(ring):
        path = Path(at, closed=True)
        sheet.path(path, stroke=theme.PAPER, width=5 * weight)
        sheet.path(path, stroke=theme.CHOSEN, width=2.2 * weight)


def scale_km(units_per_km: float, room: float) -> int:
    """Return the longest round distance that is no longer than ``room`` units."""
    lengths = [digit * 10**power for power in range(5) for digit in NICE]
    return max((length for length in lengths if length * units_per_km <= room), default=1)


def _scale(sheet: Sheet, ground: Ground, names: Names, size: float) -> None:
    box, per_km = ground.box, ground.km_to_units()
    length = scale_km(per_km, 0.2 * box.wide)
    latitude = round(abs(latitude_at(ground.y)))
    side = "N" if ground.y <= 0.5 else "S"
    words = say("pictures.scale", length=length, latitude=latitude, side=side)
    wide = max(length * per_km, fonts.width(words, size)) + 1.6 * size
    left, top = box.left + size, box.top + box.high - 3.4 * size
    sheet.box(left, top, wide, 2.4 * size, fill=theme.PAPER, opacity=0.86)
    foot, start = top + 1.95 * size, left + 0.8 * size
    sheet.text(start, top + 1.2 * size, words, size)
    ends = [(start, foot - 0.35 * size), (start, foot), (start + length * per_km, foot)]
    sheet.line([*ends, (start + length * per_km, foot - 0.35 * size)], stroke=theme.INK, width=max(1.2, size / 10))
    names.take(left, top, wide, 2.4 * size)


def _outside(sheet: Sheet, number: int, unit: str, names: Names, box: Box, size: float) -> None:
    """Write how much is at places outside the map (RULES X10)."""
    if number <= 0:
        return
    words = say("pictures.outside", number=number, unit=unit)
    wide = fonts.width(words, size) + 1.2 * size
    left, top = box.left + size, box.top + size
    sheet.box(left, top, wide, 1.9 * size, fill=theme.PAPER, opacity=0.92)
    sheet.text(left + 0.6 * size, top + 1.3 * size, words, size)
    names.take(left, top, wide, 1.9 * size)


def _said(sheet: Sheet, picture: MapPicture, names: Names, box: Box, size: float) -> None:
    """Write the mark of invented data into the map, so that a part of it still says so, and that nothing matches."""
    if picture.words.mark:
        wide = fonts.width(picture.words.mark, size, is_bold=True) + 1.2 * size
        left, top = box.left + box.wide - wide - size, box.top + size
        sheet.box(left, top, wide, 1.9 * size, fill=theme.DEMONSTRATION_PAPER)
        sheet.text(
            left + 0.6 * size, top + 1.3 * size, picture.words.mark, size, color=theme.DEMONSTRATION, is_bold=True
        )
        names.take(left, top, wide, 1.9 * size)
    if picture.notice:
        large = 1.25 * size
        wide = fonts.width(picture.notice, large) + 2 * large
        left, top = box.left + (box.wide - wide) / 2, box.top + (box.high - 2.4 * large) / 2
        sheet.box(left, top, wide, 2.4 * large, fill=theme.PAPER, stroke=theme.HAIRLINE, width=1)
        sheet.text(left + large, top + 1.55 * large, picture.notice, large)
        names.take(left, top, wide, 2.4 * large)
