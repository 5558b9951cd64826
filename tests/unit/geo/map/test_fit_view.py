"""The view of given points: all of them within the room of the page, also where they lie on both sides of ±180°."""

import numpy as np
import pytest

from geo.map.fit_view import CLOSEST, ROOM, TILE, fitted
from geo.map.projection import on_unit_square


@pytest.mark.parametrize("corners", [[(10, 30), (20, 45)], [(-120, 25), (-95, 35)], [(-20, -35), (60, 60)]])
def test_the_points_fill_the_room_in_one_direction_and_pass_it_in_none(corners: list[tuple[float, float]]) -> None:
    points = np.array(corners * 200, dtype=float)
    longitude, latitude, zoom = fitted(points)
    away = np.abs(on_unit_square(points) - on_unit_square(np.array([[longitude, latitude]]))) * TILE * 2**zoom
    shares = away.max(axis=0) / (np.array(ROOM) / 2)
    assert max(shares) == pytest.approx(1, abs=0.02)


def test_points_on_both_sides_of_180_degrees_are_near_one_another() -> None:
    longitude, latitude, zoom = fitted(np.array([[179.0, -17.0], [-179.0, -17.0]] * 100))
    assert abs(longitude) == pytest.approx(180)
    assert latitude == pytest.approx(-17, abs=0.01)
    assert zoom == CLOSEST


def test_one_point_is_seen_from_no_nearer_than_the_nearest_view() -> None:
    assert fitted(np.array([[12.5, 35.5]])) == (12.5, 35.5, CLOSEST)


def test_one_of_many_points_far_away_moves_nothing() -> None:
    near = np.array([[12.0, 35.0], [14.0, 36.0]] * 200)
    assert fitted(np.vstack([near, [[150.0, -30.0]]])) == pytest.approx(fitted(near))
