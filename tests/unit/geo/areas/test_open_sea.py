"""What is open sea: off the land, more than 12 nautical miles from every coast."""

import numpy as np
import pytest
import shapely

from geo.areas.countries import land_outlines, whole_land
from geo.areas.open_sea import TERRITORIAL_SEA_KM, is_open_sea
from geo.map.gazetteer import town_points
from geo.sphere.great_circle import EARTH_RADIUS_KM, unit_vectors


def judged(*points: tuple[float, float]) -> list[bool]:
    longitudes, latitudes = np.array(points, dtype=np.float64).T
    return list(is_open_sea(longitudes=longitudes, latitudes=latitudes))


@pytest.mark.parametrize(
    ("longitude", "latitude", "is_open"),
    [
        (18.0, 35.0, True),  # between Malta and Crete
        (13.0, 34.0, True),  # 100 km off Tripoli
        (12.6, 35.6, False),  # off Lampedusa
        (1.5, 51.0, False),  # Dover Strait, 33 km wide
        (26.3, 39.3, False),  # between Lesvos and Türkiye
        (20.0, 22.0, False),  # the Sahara
        (-157.0, 0.0, True),
        (0.0, 90.0, True),
        (-179.999, 0.0, True),
        (179.999, 0.0, True),
    ],
)
def test_a_point_is_at_open_sea(longitude: float, latitude: float, is_open: bool) -> None:
    assert judged((longitude, latitude)) == [is_open]


def test_the_edge_lies_at_twelve_nautical_miles_of_the_nearest_coast() -> None:
    """Against the distance to every leg of the outlines, without any band of latitudes."""
    random = np.random.default_rng(7)
    points = np.column_stack((random.uniform(-10, 36, 300), random.uniform(30, 46, 300)))
    outline = np.vstack((shapely.get_coordinates(shapely.segmentize(land_outlines(), 0.02)), town_points()))
    outline = outline[np.all((outline > (-12, 29)) & (outline < (38, 47)), axis=1)]
    nearest = (unit_vectors(points) @ unit_vectors(outline).T).max(axis=1)
    away = EARTH_RADIUS_KM * np.arccos(np.clip(nearest, -1, 1))
    told = np.array(judged(*map(tuple, points)))
    assert not told[away < TERRITORIAL_SEA_KM].any()
    at_sea = told | (away < TERRITORIAL_SEA_KM)
    assert told.sum() > 50
    is_land = shapely.contains_xy(whole_land(), points[:, 0], points[:, 1])
    assert (at_sea | is_land).all()


def test_no_points_are_no_answer() -> None:
    assert is_open_sea(longitudes=np.array([]), latitudes=np.array([])).tolist() == []
