"""The view of given points: all of them within the room of the page, also where they lie on both sides of ±180°."""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from data.counting.engine import BY_ZOOM
from geo.map.fit_view import CLOSEST, ROOM, TILE, fitted, resolution_at
from geo.map.projection import on_unit_square

ADDRESS: Final = Path(__file__).parents[4] / "layouts" / "assets" / "page" / "address.mjs"


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


@pytest.mark.rule("X3")
def test_the_zoom_chooses_the_cells_as_the_page_does() -> None:
    stated = re.search(r"zoom < ([\d.]+) \? 2 : zoom < ([\d.]+) \? 3 : 4", ADDRESS.read_text(encoding="utf-8"))
    assert stated, "the page's module states the sizes of cells otherwise"
    for bound, size in zip(map(float, stated.groups()), (2, 3), strict=True):
        assert (resolution_at(bound - 0.01), resolution_at(bound)) == (size, size + 1)
    assert (resolution_at(-2), resolution_at(12)) == (BY_ZOOM[0], BY_ZOOM[-1])
