"""What of a sheet follows from its sector alone: the size of its cells, and from where their distances are told."""

from typing import Final

import numpy as np

from data.counting.engine import BY_ZOOM
from data.model.caches import kept_numbers
from data.model.notices import say
from data.query.selection import Selection
from data.sectors.sector import Sector
from geo.cells import cell_centre, mean_edge_km
from geo.map.basemap import NEAR_KM, Place, nearest_place, places, way_from

FEWEST: Final = 30  # cells that a sector is to have, so that they tell its parts apart
HEXAGON: Final = 3 * 3**0.5 / 2  # the area of one whose edge is 1


def fitted(selection: Selection, sector: Sector) -> Selection:
    """Return a selection whose cells fit a sector: of the size that is chosen, else by the sector, never by a zoom.

    That is the standard size (RULES X3), and the finest of the map where a sector has too few cells of that.
    """
    standard = Selection().resolution
    is_large = sector.area.area_km2 >= FEWEST * HEXAGON * mean_edge_km(standard) ** 2
    return selection.replace(resolution_by_zoom=standard if is_large else BY_ZOOM[-1])


def stated(selection: Selection) -> Selection:
    """Return a selection as the address of a sheet states it: without a zoom."""
    return selection.replace(resolution_by_zoom=Selection().resolution_by_zoom)


def place_of(cell: int, sector: Sector) -> str:
    """Return where the middle of a cell lies, as seen from the sector's own place: ``38 km south of Lampedusa``.

    That is the town or the point in the middle of a circle; of another sector the nearest of its larger towns, else of
    all.
    """
    longitude, latitude = cell_centre(cell)
    if sector.kind in ("place", "at"):
        return _way(sector.points[0], sector.name or None, longitude, latitude)
    towns = _towns_of(sector)
    if not towns:
        return nearest_place(longitude=longitude, latitude=latitude)
    ways = [(way_from((one.longitude, one.latitude), longitude=longitude, latitude=latitude)[0], one) for one in towns]
    nearest = min(ways)[1]
    return _way((nearest.longitude, nearest.latitude), f"{nearest.name}, {nearest.country}", longitude, latitude)


def _way(start: tuple[float, float], name: str | None, longitude: float, latitude: float) -> str:
    km, side = way_from(start, longitude=longitude, latitude=latitude)
    if km < NEAR_KM:
        return say("sectors.cells.near", place=name)
    return say("sectors.cells.away", km=round(km), side=side, place=name)


@kept_numbers
def _towns_of(sector: Sector) -> tuple[Place, ...]:
    every = places()
    degrees = np.array([(one.longitude, one.latitude) for one in every])
    inside = sector.area.contains(degrees[:, 0], degrees[:, 1])
    return tuple(every[at] for at in np.flatnonzero(inside).tolist())
