"""Who is outside a picture's map: it shows all cells where no view is stated and they fit, else it says how many."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from geo.geojson import unwrapped
from geo.map.projection import Numbers, on_unit_square

KEPT_FREE: Final = 0.04  # of the box, on each side of the outermost cells


def middles(rings: Sequence[Numbers]) -> Numbers:
    """Return the middle of each ring (longitude, latitude in degrees) on the unit square, as (n, 2)."""
    found = [np.column_stack((unwrapped(ring[:, 0]), ring[:, 1])).mean(axis=0) for ring in rings]
    return on_unit_square(np.array(found)) if found else np.empty((0, 2))


def around(middle: float, places: Numbers) -> Numbers:
    """Return places turned about the globe so that each is within half a turn of a middle."""
    return np.column_stack(((places[:, 0] - middle + 0.5) % 1 - 0.5 + middle, places[:, 1]))


def fit(places: Numbers, *, wide: float, high: float, world: float) -> tuple[float, float, float]:
    """Return (x, y, world) that shows all places in a box; the world is no larger than given, and fills the box."""
    low, above = places.min(axis=0), places.max(axis=0)
    room = 1 - 2 * KEPT_FREE
    fits = min(room * side / max(span, 1e-9) for side, span in zip((wide, high), above - low, strict=True))
    x, y = (low + above) / 2
    return float(x), float(y), max(min(world, fits), wide, high)


def people_outside(places: Numbers, values: np.ndarray, corners: tuple[float, float, float, float]) -> int:
    """Return how much of the values lies at places outside the corners (west, north, east, south)."""
    west, north, east, south = corners
    turned = around((west + east) / 2, places)
    inside = (turned[:, 0] >= west) & (turned[:, 0] <= east) & (turned[:, 1] >= north) & (turned[:, 1] <= south)
    return int(values[~inside].sum())
