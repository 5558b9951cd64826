"""Where hot spots are looked for: named boxes, land or sea, and every cell of them, zeros included (RULES G2)."""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Literal, cast

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array

from geo.areas.areas import Area
from geo.areas.countries import EARTH_RADIUS_KM, is_on_land, whole_land
from geo.cells import cell_centres, cell_outlines, children, coarsest_cells, mean_edge_km
from geo.map.cell_shapes import points_in_box
from geo.sphere.neighbours import neighbours_of

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]
TABLE: Final = Path(__file__).parent.parent / "files" / "study_areas.csv"
Surface = Literal["sea", "land", "both"]
MOST_CELLS: Final = 300_000
WORLD, HALF = "world", 0.5


class TooManyCellsError(ValueError):
    """A study area would have more cells of a size than MOST_CELLS: ``cells``, about."""

    def __init__(self, area: str, resolution: int, cells: int) -> None:
        """Keep about how many."""
        super().__init__(f"{area}, resolution {resolution}: about {cells:,} cells; at most {MOST_CELLS:,}")
        self.cells = cells


@dataclass(frozen=True)
class StudyArea:
    """An area without a name: boxes of (west, south, east, north) in degrees, and whether land, sea or both count."""

    id: str
    boxes: tuple[Box, ...]
    surface: Surface


@dataclass(frozen=True, eq=False)
class AreaCells:
    """Every cell that an area touches at one resolution, sorted: whatever is asked, the same ones (RULES G2)."""

    area: StudyArea
    resolution: int
    cells: Integers

    @cached_property
    def neighbours(self) -> csr_array:
        """Return which cells of the area lie in each one's first ring, itself included."""
        return neighbours_of(self.cells)


@lru_cache(maxsize=1)
def study_areas() -> dict[str, StudyArea]:
    """Return every study area by its id, in the order of the table; rows with one id are boxes of one area."""
    found: dict[str, StudyArea] = {}
    with TABLE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            box = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
            before = found[row["id"]].boxes if row["id"] in found else ()
            found[row["id"]] = StudyArea(row["id"], (*before, box), cast("Surface", row["surface"]))
    return found


def is_in_boxes(boxes: Iterable[Box], degrees: np.ndarray) -> Booleans:
    """Return which of (n, 2) longitudes and latitudes lie in one of the boxes, land and sea alike."""
    found = np.zeros(degrees.shape[0], dtype=bool)
    for box in boxes:
        found |= points_in_box(degrees, *box)
    return found


def area_around(shape: Area) -> str | None:
    """Return the id of the area that holds most of a shape on its own surface, of equal ones the smallest.

    Only areas with half of the shape or more in their boxes are meant, the whole world is not; None: there is none.
    """
    degrees = points_inside(shape)
    is_land = is_on_land(longitudes=degrees[:, 0], latitudes=degrees[:, 1])
    found = []
    for name, area in study_areas().items():
        within = is_in_boxes(area.boxes, degrees)
        if name == WORLD or within.mean() < HALF:
            continue
        own = within if area.surface == "both" else within & (is_land == (area.surface == "land"))
        found.append((-round(float(own.mean()), 1), cells_about(area, 3), name))
    return min(found)[2] if found else None


def points_inside(shape: Area, *, steps: int = 24) -> np.ndarray:
    """Return points spread over a shape as (n, 2) longitudes, −180 to 180, and latitudes; never none."""
    west, south, east, north = shape.outline.bounds
    x, y = np.meshgrid(np.linspace(west, east, steps), np.linspace(south, north, steps))
    grid = np.column_stack((x.ravel(), y.ravel()))
    middle = shapely.get_coordinates(shape.outline.representative_point())
    inside = np.vstack((middle, grid[shapely.intersects_xy(shape.outline, *grid.T)]))
    inside[:, 0] = (inside[:, 0] + 180) % 360 - 180
    return inside


def cells_about(area: StudyArea, resolution: int) -> int:
    """Return about how many cells the area's boxes hold, without making them."""
    share: float = sum(
        (math.sin(math.radians(north)) - math.sin(math.radians(south))) / 2 * (east - west) / 360
        for west, south, east, north in area.boxes
    )
    whole_sphere: int = 2 + 120 * 7**resolution
    return round(whole_sphere * share)


@lru_cache(maxsize=32)
def area_cells(area_id: str, resolution: int) -> AreaCells:
    """Return every cell of which a part lies in the area's boxes and on its surface.

    Raises
    ------
    KeyError
        There is no such area.
    TooManyCellsError
        Its boxes hold more than ``MOST_CELLS`` cells of this size.
    """
    area = study_areas()[area_id]
    if (count := cells_about(area, resolution)) > MOST_CELLS:
        raise TooManyCellsError(area_id, resolution, count)
    if area_id == WORLD:
        return AreaCells(area, resolution, cells_in_boxes(area.boxes, resolution))
    margin = np.degrees(2 * mean_edge_km(resolution) / EARTH_RADIUS_KM)  # a corner lies within 1.3 edges of the centre
    cells = cells_in_boxes(tuple(_widened(box, margin) for box in area.boxes), resolution)
    degrees = cell_centres(cells)
    is_in = is_in_boxes(area.boxes, degrees)
    if area.surface != "both":
        is_in &= is_on_land(longitudes=degrees[:, 0], latitudes=degrees[:, 1]) == (area.surface == "land")
    edge = np.flatnonzero(~is_in)
    is_in[edge] = _touch(area, cell_outlines(cells[edge]))
    return AreaCells(area, resolution, cells[is_in])


def _touch(area: StudyArea, outlines: np.ndarray) -> Booleans:
    """Return which outlines have a part in the area's boxes and on its surface."""
    boxes = shapely.union_all([shapely.box(*box) for box in area.boxes])
    shapely.prepare(boxes)
    found: Booleans = shapely.intersects(boxes, outlines)
    near = np.flatnonzero(found)
    if area.surface == "both" or near.size == 0:
        return found
    part = shapely.intersection(boxes, outlines[near])
    land = whole_land()
    found[near] = shapely.intersects(land, part) if area.surface == "land" else ~shapely.covers(land, part)
    return found


def cells_in_boxes(boxes: tuple[Box, ...], resolution: int) -> Integers:
    """Return every cell with its centre in one of the boxes, sorted: coarse cells near them, then their children."""
    cells = coarsest_cells()
    for size in range(resolution):
        margin = np.degrees(2 * mean_edge_km(size) / EARTH_RADIUS_KM)  # descendants lie within 1.3 edges of the centre
        near = is_in_boxes((_widened(box, margin) for box in boxes), cell_centres(cells))
        cells = children(cells[near])
    return np.sort(cells[is_in_boxes(boxes, cell_centres(cells))])


def _widened(box: Box, margin: float) -> Box:
    west, south, east, north = box
    farthest = min(max(abs(south), abs(north)) + margin, 89.9)
    aside = margin / np.cos(np.radians(farthest))
    if east - west + 2 * aside >= 360:
        return -180.0, max(south - margin, -90.0), 180.0, min(north + margin, 90.0)
    return west - aside, max(south - margin, -90.0), east + aside, min(north + margin, 90.0)
