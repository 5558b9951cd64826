"""Who is outside a picture's map: everyone is in it where the shape allows it, else their number is in it."""

import numpy as np
import pytest

from callbacks.sheets.picture_data import map_of
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.pictures.description import QUIET
from layouts.pictures.extent import around, fit, middles, people_outside
from layouts.pictures.frame import framed
from layouts.pictures.map import Ground

RINGS = [
    np.array([(x, y), (x + 1, y), (x + 1, y + 1), (x, y)]) for x, y in ((-117.0, 32.0), (13.0, 35.0), (127.0, 37.0))
]
PEOPLE = np.array([6, 20, 3])


@pytest.mark.rule("X10")
def test_a_map_of_the_world_holds_all_cells_and_a_closer_one_says_how_many_it_leaves_out() -> None:
    places = middles(RINGS)
    x, y, world = fit(places, wide=868, high=335, world=4_000)
    half_wide, half_high = 868 / 2 / world, 335 / 2 / world
    assert people_outside(places, PEOPLE, (x - half_wide, y - half_high, x + half_wide, y + half_high)) == 0
    middle = places[1]
    near = (middle[0] - 0.05, middle[1] - 0.05, middle[0] + 0.05, middle[1] + 0.05)
    assert people_outside(places, PEOPLE, near) == 9


def test_places_on_both_sides_of_the_date_line_are_beside_one_another() -> None:
    turned = around(0.99, np.array([[0.98, 0.4], [0.01, 0.4]]))
    assert turned[:, 0].tolist() == pytest.approx([0.98, 1.01])
    assert people_outside(turned, np.array([1, 1]), (0.95, 0.3, 1.05, 0.5)) == 0


def test_the_world_fills_the_box_and_is_no_larger_than_the_view() -> None:
    places = middles(RINGS[1:2])
    assert fit(places, wide=900, high=1_400, world=2_000)[2] == 2_000
    assert fit(middles(RINGS), wide=900, high=1_400, world=2_000)[2] == 1_400


@pytest.mark.parametrize("size", ["narrow-map", "middle-map", "wide-map"])
def test_in_a_frame_the_world_fills_its_map(real: Vintage, size: str) -> None:
    picture = map_of(real, Selection())
    frame = framed(QUIET[size], picture.words, picture.blocks)
    box, places = frame.box, middles(picture.cells)
    ground = Ground(box, picture.view, frame.factor_of_page)
    ground.show(places)
    seen = around(ground.x, places)
    wide, high = (seen.max(axis=0) - seen.min(axis=0)) * ground.world / (box.wide, box.high)
    assert max(wide, high) <= 1
    assert wide > 0.75
    assert high > 0.75
