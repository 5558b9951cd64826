"""The shape of published rings: all that an outline encloses, without what any hole encloses."""

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.areas.regions import crossing_of, region_of_rings

Floats = NDArray[np.float64]


def box(west: float, south: float, east: float, north: float) -> Floats:
    return np.array([(west, south), (east, south), (east, north), (west, north), (west, south)], dtype=np.float64)


def holds(rings: list[Floats], x: float, y: float) -> bool:
    return bool(region_of_rings([rings]).contains(np.array([x]), np.array([y]))[0])


def star() -> Floats:
    turns = np.radians(90 + 144 * np.arange(6))
    return np.column_stack((12.5 + 2 * np.cos(turns), 34.9 + 2 * np.sin(turns)))


def test_what_an_outline_goes_round_twice_belongs_to_its_region() -> None:
    assert holds([star()], 12.5, 34.9)
    loop = np.array([(0, 0), (10, 0), (10, 10), (4, 10), (4, 4), (14, 4), (14, 14), (0, 14), (0, 0)], dtype=np.float64)
    assert holds([loop], 7, 7)
    assert crossing_of([star()]) is not None


@pytest.mark.parametrize(
    ("holes", "x", "y"),
    [
        ([box(30, 2, 40, 10)], 35, 5),  # outside the outline
        ([box(15, 2, 30, 10)], 25, 5),  # partly outside
        ([box(15, 2, 30, 10)], 17, 5),
        ([box(2, 2, 10, 10), box(8, 8, 16, 16)], 9, 9),  # in two holes
    ],
)
def test_no_hole_adds_to_a_region(holes: list[Floats], x: float, y: float) -> None:
    rings = [box(0, 0, 20, 20), *holes]
    assert not holds(rings, x, y)
    assert holds(rings, 1, 1)
    assert crossing_of(rings) is None  # the outline crosses nothing
