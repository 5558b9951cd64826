"""Which points lie at open sea: off the land, beyond the territorial sea.

Coasts are Natural Earth's shapes (public domain); islands that these leave out, as Lampedusa, are there with their
towns (GeoNames, CC BY 4.0).
"""

from functools import lru_cache
from typing import Final

import numpy as np
import shapely

from geo.areas.countries import is_on_land, land_outlines
from geo.map.gazetteer import town_points
from geo.sphere.great_circle import EARTH_RADIUS_KM, Floats, unit_vectors

TERRITORIAL_SEA_KM: Final = 22.224  # 12 nautical miles (United Nations Convention on the Law of the Sea, article 3)
EVERY_DEGREES: Final = 0.05  # of the outline: too long by at most 0.2 km at the territorial sea's edge


def is_open_sea(*, longitudes: Floats, latitudes: Floats) -> np.ndarray:
    """Return which points (degrees) are at sea and more than 12 nautical miles from every coast and town.

    Lakes are land, as they are drawn; the Caspian Sea is sea.
    """
    found = np.zeros(longitudes.size, dtype=bool)
    at_sea = np.flatnonzero(~is_on_land(longitudes=longitudes, latitudes=latitudes))
    heights, outline = _outline()
    points = unit_vectors(np.column_stack((longitudes[at_sea], latitudes[at_sea])))
    reach = TERRITORIAL_SEA_KM / EARTH_RADIUS_KM
    near = np.cos(reach)
    band = np.degrees(reach)
    starts, ends = (np.searchsorted(heights, latitudes[at_sea] + side * band) for side in (-1, 1))
    for place, point, start, end in zip(at_sea, points, starts, ends, strict=True):
        found[place] = start == end or bool((outline[start:end] @ point).max() < near)
    return found


@lru_cache(maxsize=1)
def _outline() -> tuple[Floats, Floats]:
    """Return the latitudes of all coasts, borders and towns, from south to north, and their unit vectors."""
    degrees = np.vstack((shapely.get_coordinates(shapely.segmentize(land_outlines(), EVERY_DEGREES)), town_points()))
    ordered = degrees[np.argsort(degrees[:, 1], kind="stable")]
    return ordered[:, 1], unit_vectors(ordered)
