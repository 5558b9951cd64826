"""The cells of a picture's map: their rings, codes and numbers, and those of most in words."""

from typing import Final, NamedTuple

import numpy as np

from callbacks.map_data.cell_codes import DOMINATED, NOT_REPORTED, NOTHING, codes_of, wider_cells
from callbacks.map_data.request import of_cells
from data.counting.on_disk import cell_set
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_centre, cell_corners
from geo.map.basemap import nearest_place
from layouts.pictures.description import Numbers

TOLD: Final = 5
HIGHEST_LATITUDE: Final = 84.0  # a cell further north or south has no shape on this map


class DrawnCells(NamedTuple):
    """Cells with their codes; the ``wider`` first are wider areas (RULES X9). ``highest``: those of most, in words."""

    cells: tuple[Numbers, ...]
    codes: np.ndarray
    wider: int
    highest: list[tuple[str, int]]
    ids: tuple[int, ...] = ()
    values: np.ndarray = np.empty(0, np.int64)


def drawn_cells(vintage: Vintage, selection: Selection) -> DrawnCells:
    """Return the cells that are shown; wider areas are not among the highest."""
    if "cells" not in selection.layers:
        return DrawnCells((), np.empty(0, np.uint8), 0, [])
    codes, values = codes_of(vintage, of_cells(selection))
    ids = cell_set(vintage, incident_source(vintage, selection), selection.resolution).cells
    wider = wider_cells(vintage, selection)
    shown = np.flatnonzero(codes % DOMINATED != NOTHING)
    told = shown[(shown >= wider) & (codes[shown] % DOMINATED < NOT_REPORTED)]
    order = sorted(told, key=lambda at: (-values[at], ids[at]))[:TOLD]
    highest = [(_place(int(ids[at])), int(values[at])) for at in order]
    rings = _rings(ids[shown])
    drawn = [at for at, ring in enumerate(rings) if np.abs(ring[:, 1]).max() < HIGHEST_LATITUDE]
    kept = shown[drawn]
    return DrawnCells(
        tuple(rings[at] for at in drawn),
        codes[kept],
        int((kept < wider).sum()),
        highest,
        tuple(ids[kept].tolist()),
        values[kept].astype(np.int64),
    )


def _rings(cells: np.ndarray) -> list[Numbers]:
    if not cells.size:
        return []
    counts, degrees = cell_corners(cells)
    ends = np.cumsum(counts, dtype=np.int64)
    return [np.vstack((ring, ring[:1])) for ring in np.split(degrees, ends[:-1])]


def _place(cell: int) -> str:
    longitude, latitude = cell_centre(cell)
    return nearest_place(longitude=longitude, latitude=latitude)
