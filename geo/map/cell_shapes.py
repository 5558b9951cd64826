"""Cells as integers on the Web Mercator square, ready for a graphics card.

The square's side is 2³² units (9 mm on the equator), so that positions wrap over ±180° as 32-bit integers do, and a
difference of two of them is the short way round.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.cells import cell_centres, cell_corners, resolutions_of

SIDE: Final = 2.0**32
HIGHEST: Final = 85.051129  # where the square ends
STEPS: Final = 1023  # a corner is stated in this many steps from the centre: 1/1023 of the largest cell's reach


@dataclass(frozen=True, eq=False)
class CellShapes:
    """Centres and corners of cells.

    ``centres`` is (n, 2) int32, x east and y south, in units of 1/2³² of the square's side, 0 at its middle;
    ``corners`` is (n, k, 2) int16, each corner's way from its centre in steps of ``step`` units; a cell with fewer
    than k corners repeats its last one.
    """

    centres: npt.NDArray[np.int32]
    corners: npt.NDArray[np.int16]
    step: float


def cell_shapes(cells: npt.NDArray[np.int64]) -> CellShapes:
    """Return the shapes of ``cells`` (Int64 H3 indices of one resolution), in their order."""
    if cells.size == 0:
        return CellShapes(np.empty((0, 2), np.int32), np.empty((0, 6, 2), np.int16), 1.0)
    centres = on_square(cell_centres(cells))
    counts, degrees = cell_corners(cells)
    ends = np.cumsum(counts, dtype=np.int64)
    most = int(counts.max())
    places = np.minimum((ends - counts)[:, None] + np.arange(most), (ends - 1)[:, None])
    ways = wrapped(on_square(degrees)[places] - centres[:, None, :])
    step = max(float(np.abs(ways).max()) / STEPS, 1.0)
    return CellShapes(centres.astype(np.int32), np.round(ways / step).astype(np.int16), step)


Sizes = list[tuple[int, int, float]]


def shapes_by_size(
    cells: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int16], Sizes]:
    """Return centres and corners of sorted cells of several resolutions; and (resolution, cells, step) of each run.

    Corners are in steps of their own run: in those of a wide cell the corners of a small one would be coarse. Each
    cell has as many corners as the one with most, an even number, so that every other one can be told apart.
    """
    if cells.size == 0:
        nothing = cell_shapes(cells)
        return nothing.centres, nothing.corners, []
    sizes, counts = np.unique(resolutions_of(cells), return_counts=True)
    runs = [cell_shapes(run) for run in np.split(cells, np.cumsum(counts)[:-1])]
    most = max(run.corners.shape[1] for run in runs)
    corners = [_padded(run.corners, most + most % 2) for run in runs]
    steps = [(int(size), int(count), run.step) for size, count, run in zip(sizes, counts, runs, strict=True)]
    return np.vstack([run.centres for run in runs]), np.vstack(corners), steps


def _padded(corners: npt.NDArray[np.int16], most: int) -> npt.NDArray[np.int16]:
    """Return corners with the last one of each cell repeated up to ``most``."""
    return np.pad(corners, ((0, 0), (0, most - corners.shape[1]), (0, 0)), mode="edge")


def on_square(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return (n, 2) longitudes and latitudes as x and y on the square, whole units."""
    latitude = np.radians(np.clip(degrees[:, 1], -HIGHEST, HIGHEST))
    across = degrees[:, 0] / 360
    down = -np.log(np.tan(np.pi / 4 + latitude / 2)) / (2 * np.pi)
    return wrapped(np.round(np.column_stack((across, down)) * SIDE))


def wrapped(ways: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return each difference the short way round: from −2³¹ up to 2³¹."""
    return (ways + SIDE / 2) % SIDE - SIDE / 2


def in_box(cells: npt.NDArray[np.int64], west: float, south: float, east: float, north: float) -> npt.NDArray[np.bool_]:
    """Return which cells have their centre in a box of degrees; ``east`` may pass 180, ``west`` −180."""
    return points_in_box(cell_centres(cells), west, south, east, north)


def points_in_box(
    degrees: npt.NDArray[np.float64], west: float, south: float, east: float, north: float
) -> npt.NDArray[np.bool_]:
    """Return which of (n, 2) longitudes and latitudes lie in a box, its edges included."""
    longitude, latitude = degrees.T
    is_here = ((longitude - west) % 360 <= east - west) & (south <= latitude) & (latitude <= north)
    return np.asarray(is_here, dtype=np.bool_)
