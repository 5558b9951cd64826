"""The cells of a sheet fit its sector whatever a map's zoom; their distances are from the sector's own place."""

import math

import pytest

from data.query.selection import Selection
from data.sectors.fitting import fitted, place_of, stated
from data.sectors.sector import Sector
from geo.cells import cell_area_km2, cell_of_point
from geo.map.basemap import EARTH_RADIUS_KM, way_from

SECTORS = ["place=Lampedusa&radius_km=100", "at=12.6,35.5&radius_km=300", "area=Libya", "area=Brazil",
           "polygon=9,34;14,34;14,38;9,38"]  # fmt: skip


@pytest.mark.parametrize("query", SECTORS)
@pytest.mark.parametrize("zoomed", [2, 3, 4])
def test_a_sector_has_enough_cells_to_compare_at_every_zoom_of_the_map(query: str, zoomed: int) -> None:
    sector = Sector.from_query(query)
    size = fitted(Selection(resolution_by_zoom=zoomed), sector).resolution
    longitude, latitude = sector.area.outline.representative_point().coords[0]
    cell = cell_of_point(latitude=latitude, longitude=(longitude + 180) % 360 - 180, resolution=size)
    assert sector.area.area_km2 / cell_area_km2(cell) > 15
    assert size == fitted(Selection(), sector).resolution


def test_a_size_that_is_chosen_stays_and_a_zoom_is_not_in_the_address_of_a_sheet() -> None:
    sector = Sector.from_query(SECTORS[0])
    assert fitted(Selection(resolution_chosen=2), sector).resolution == 2
    assert stated(fitted(Selection(resolution_by_zoom=2), sector)).to_query() == ""


@pytest.mark.parametrize(
    ("query", "longitude", "latitude", "words"),
    [("place=Lampedusa&radius_km=100", 12.6, 35.16, " km south of Lampedusa"),
     ("place=Lampedusa&radius_km=100", 12.61, 35.5, "12 km north-west of Lampedusa"),
     ("at=12.6,34.5&radius_km=100", 13.4, 34.5, " km east of the middle"), ("area=Italy", 12.6, 35.5, ", Italy"),
     ("polygon=-30,0;-25,0;-25,5;-30,5", -28.0, 2.0, " of ")],
)  # fmt: skip
def test_a_cell_lies_as_seen_from_the_sectors_own_place(
    query: str, longitude: float, latitude: float, words: str
) -> None:
    said = place_of(cell_of_point(latitude=latitude, longitude=longitude, resolution=4), Sector.from_query(query))
    assert words in said


@pytest.mark.parametrize(("east", "north", "side"), [(0, 1, "north"), (1, 0, "east"), (-1, -1, "south-west")])
def test_a_way_has_its_length_and_its_side(east: int, north: int, side: str) -> None:
    km, told = way_from((0.0, 0.0), longitude=0.5 * east, latitude=0.5 * north)
    assert told == side
    assert km == pytest.approx(EARTH_RADIUS_KM * math.radians(0.5) * math.hypot(east, north), rel=1e-4)
