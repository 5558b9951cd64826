"""How wide a route is drawn: by its values and the zoom, a twelfth of its length at most, and no cover for a cell.

Two units lie side by side about one line, on a casing of paper. This is the only home of the rule: the page gets the
widths at whole zooms (``STOPS``), pictures those of their own zoom.
"""

from itertools import pairwise
from math import cos, pi, radians, sqrt
from typing import Final, NamedTuple

from geo.cells import mean_edge_km
from geo.map.basemap import EARTH_RADIUS_KM
from geo.map.main_lines import TILE

LEAST, GROWTH, FULL = 1.1, 4.4, 1_500_000  # pixels, pixels more at the full value, people or cases
BY_ZOOM: Final = ((1.5, 0.62), (3.0, 0.80), (5.0, 1.15), (7.0, 1.50), (9.0, 1.80))
FLOOR, CEILING, GAP = 1.1, 9.0, 0.8
ASPECT: Final = 12  # a line is at least so many times as long as both units are wide
SHORTEST: Final = 26  # pixels; below, a ring stands for the line
RING: Final = 4  # its radius in pixels
RING_INK: Final = 1.8  # pixels of its stroke with the paper on both sides
CASING: Final = ((3.0, 2.5), (3.0, 3.0))  # pixels of paper on both sides together: below this zoom, and from it on
STOPS: Final = tuple(range(11))
CELLS: Final = ((2.6, 2), (4.0, 3), (99.0, 4))  # below this zoom: the resolution of the cells
HIDDEN: Final = 0.2  # of a cell's width, so that a line across its corners hides less than a third of it


class Band(NamedTuple):
    """Pixels of both units (0: no figure), of what lies between them, and of the paper on both sides together."""

    left: float
    right: float
    gap: float
    casing: float

    @property
    def units(self) -> float:
        """Return how wide both units are with what lies between them."""
        return self.left + self.gap + self.right


def unit_width(value: int, zoom: float) -> float:
    """Return the width of one unit in pixels, before any limit but its own: ink grows as the value does."""
    wide = (LEAST + GROWTH * sqrt(value / FULL)) * _factor(zoom)
    return min(max(wide, FLOOR), CEILING)


def band(left: int | None, right: int | None, *, length: float, latitude: float, zoom: float) -> Band:
    """Return how a route is drawn at a zoom.

    ``left`` and ``right`` are the values on the left and on the right of the direction of travel, None where there is
    no figure; ``length`` is the line's in pixels at zoom 0, ``latitude`` that of its point nearest to the equator,
    where the cells are smallest on the screen.
    """
    wide = [0.0 if value is None else unit_width(value, zoom) for value in (left, right)]
    gap = GAP if all(wide) else 0.0
    casing = CASING[0][1] if zoom < CASING[0][0] else CASING[1][1]
    whole = sum(wide) + gap
    if not whole:
        return Band(0, 0, 0, 0)
    room = HIDDEN * cell_width(zoom, latitude)
    if whole + casing > room:
        casing = min(casing, max(room / 4, room - whole))
    share = min(1.0, length * 2**zoom / ASPECT / whole, (room - casing) / whole)
    return Band(wide[0] * share, wide[1] * share, gap * share, casing)


def cell_width(zoom: float, latitude: float) -> float:
    """Return how many pixels wide a cell is on the map at a zoom and a latitude."""
    resolution = next(resolution for below, resolution in CELLS if zoom < below)
    world_km = 2 * pi * EARTH_RADIUS_KM * cos(radians(latitude))
    return sqrt(3) * mean_edge_km(resolution) / world_km * TILE * 2**zoom


def is_ring(length: float, zoom: float) -> bool:
    """Return whether a line, so many pixels long at zoom 0, is too short to be drawn as one."""
    return length * 2**zoom < SHORTEST


def _factor(zoom: float) -> float:
    if zoom <= BY_ZOOM[0][0]:
        return BY_ZOOM[0][1]
    for (low, start), (high, end) in pairwise(BY_ZOOM):
        if zoom <= high:
            return start + (end - start) * (zoom - low) / (high - low)
    return BY_ZOOM[-1][1]
