"""The shape of a sector: right at ±180° and near the poles, whichever way its corners are listed."""

import numpy as np
import pytest

from geo.areas.areas import Circle, checked_corners, countries_touched, country, frame_of, polygon
from geo.areas.no_shape import NoShapeError
from geo.sphere.great_circle import EARTH_RADIUS_KM

KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180
SQUARE = ((12.0, 35.0), (13.0, 35.0), (13.0, 36.0), (12.0, 36.0))
OVER_180 = ((170.0, -10.0), (-170.0, -10.0), (-170.0, 10.0), (170.0, 10.0))


def points(*pairs: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    table = np.array(pairs, dtype=float)
    return table[:, 0], table[:, 1]


def test_a_point_on_the_edge_of_a_circle_lies_inside_and_one_just_beyond_does_not() -> None:
    here = Circle((0.0, 0.0), 100.0)
    edge = 100.0 / KM_PER_DEGREE
    assert here.contains(*points((0, edge), (edge, 0), (0, edge * 1.0001))).tolist() == [True, True, False]


def test_a_circle_at_180_degrees_reaches_over_to_the_other_side() -> None:
    here = Circle((179.9, -17.0), 50.0)
    assert here.contains(*points((-179.9, -17.0), (180.0, -17.0), (-180.0, -17.0), (-179.0, -17.0))).tolist() == [
        True, True, True, False]  # fmt: skip


def test_a_circle_around_a_pole_holds_every_longitude() -> None:
    here = Circle((10.0, 88.0), 400.0)
    assert here.contains(*points((10, 90), (-170, 89), (100, 89.0), (-170, 85))).tolist() == [True, True, True, False]
    assert here.outline.bounds[3] == 90


@pytest.mark.parametrize("centre", [(0.0, 0.0), (179.99, 65.0), (-30.0, -89.5)])
def test_the_drawn_circle_lies_at_its_radius(centre: tuple[float, float]) -> None:
    here = Circle(centre, 250.0)
    ring = np.array(here.outline.exterior.coords)
    ring = ring[np.abs(ring[:, 1]) < 90]
    longitude = (ring[:, 0] + 180) % 360 - 180
    assert here.contains(longitude, ring[:, 1]).all()
    assert not Circle(centre, 249.99).contains(longitude, ring[:, 1]).any()


def test_a_polygon_is_the_same_whichever_way_and_wherever_its_corners_start() -> None:
    expected = checked_corners(SQUARE)
    for turn in range(4):
        turned = SQUARE[turn:] + SQUARE[:turn]
        assert checked_corners(turned) == checked_corners(turned[::-1]) == expected
        assert checked_corners([*turned, turned[0]]) == expected


def test_the_edge_and_the_corners_of_a_polygon_lie_inside() -> None:
    here = polygon(checked_corners(SQUARE))
    assert here.contains(*points((12, 35), (12.5, 35), (12.5, 35.5), (11.999, 35.5), (12.5, 36.001))).tolist() == [
        True, True, True, False, False]  # fmt: skip


def test_a_polygon_over_180_degrees_holds_both_sides_and_not_the_rest_of_the_globe() -> None:
    here = polygon(checked_corners(OVER_180))
    inside = here.contains(*points((180, 0), (-180, 0), (175, 5), (-175, -5), (0, 0), (165, 0), (-165, 0)))
    assert inside.tolist() == [True, True, True, True, False, False, False]
    exact = EARTH_RADIUS_KM**2 * np.radians(20) * 2 * np.sin(np.radians(10))
    assert here.area_km2 == pytest.approx(exact)


def test_the_distance_to_a_polygon_is_that_to_its_nearest_side_also_over_180_degrees() -> None:
    here = polygon(checked_corners(OVER_180))
    away = here.distances_km(*points((-169.5, 0), (175, 0), (0, 0), (-170, 10.5)), within=100)
    assert away[0] == pytest.approx(0.5 * KM_PER_DEGREE, abs=0.01)
    assert away[1] == 0
    assert away[2] == np.inf
    assert away[3] == pytest.approx(0.5 * KM_PER_DEGREE, abs=0.01)


def test_a_polygon_with_corners_at_the_pole_holds_what_lies_beside_it() -> None:
    here = polygon(checked_corners([(0, 80), (60, 80), (60, 90), (0, 90)]))
    assert here.contains(*points((30, 89.9), (-30, 89.9))).tolist() == [True, False]
    assert np.isfinite(here.distances_km(*points((-30, 89.9)), within=20)).all()


@pytest.mark.parametrize(
    ("corners", "why"),
    [
        ([(0, 0), (1, 1)], "corners"), ([(0, 0), (0, 0), (1, 1), (1, 1)], "different"),
        ([(0, 0), (1, 1), (1, 0), (0, 1)], "crossing"), ([(0, 0), (1, 0), (2, 0)], "crossing"),
        ([(0, 0), (2, 0), (2, 2), (1, 0), (0, 2)], "crossing"), ([(0, 91), (1, 0), (1, 1)], "globe"),
        ([(0, 0), (float("nan"), 0), (1, 1)], "globe"), ([(185, 0), (186, 0), (186, 1)], "globe"),
        ([(0, 80), (120, 80), (-120, 80)], "pole"), ([(0, 0), (180, 0), (10, 10)], "half_round"),
        ([(0, 0), (0.001, 0), (0, 0.001)], "area"), ([(i, 0) for i in range(1001)], "corners"),
        ([(i / 10, 60 * (-1) ** i) for i in range(500)] + [(60, 70), (-1, 70)], "outline"),
    ],
)  # fmt: skip
def test_what_is_no_sector_is_refused_and_says_why(corners: list[tuple[float, float]], why: str) -> None:
    with pytest.raises(NoShapeError) as error:
        checked_corners(corners)
    assert error.value.code == why


def test_a_country_over_180_degrees_has_its_own_area_and_no_belt_around_the_globe() -> None:
    fiji, russia = country("Fiji"), country("Russia")
    assert fiji.area_km2 == pytest.approx(18_300, rel=0.03)
    assert russia.area_km2 == pytest.approx(17_000_000, rel=0.03)
    assert fiji.contains(*points((178.0, -17.8), (0, -17.8))).tolist() == [True, False]
    assert russia.contains(*points((-175.0, 66.8), (175.0, 67.5), (0.0, 67.5))).tolist() == [True, True, False]


def test_the_countries_that_a_sector_touches_are_found_on_either_side_of_180_degrees() -> None:
    assert countries_touched(Circle((-179.9, -17.0), 300.0)) == ("Fiji",)
    assert "Tunisia" in countries_touched(polygon(checked_corners(((9, 34), (10, 34), (10, 35), (9, 35)))))


def test_the_frame_of_a_map_holds_its_sector() -> None:
    west, south, east, north = frame_of(polygon(checked_corners(SQUARE)))
    assert (west < 12, east > 13) == (True, True)
    assert (south < 35, north > 36) == (True, True)
