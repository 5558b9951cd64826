"""Cells on the square: corners where H3 has them, whatever the resolution, over ±180° and at pentagons."""

import h3
import numpy as np
import pytest

from geo.cells import cell_corners
from geo.map.cell_shapes import SIDE, cell_shapes, on_square, wrapped


@pytest.mark.parametrize("resolution", range(7))
def test_every_corner_lies_where_h3_has_it(resolution: int) -> None:
    random = np.random.default_rng(resolution)
    texts = {h3.latlng_to_cell(lat, lon, resolution)
             for lat, lon in zip(random.uniform(-70, 70, 300), random.uniform(-180, 180, 300), strict=True)}  # fmt: skip
    cells = np.array(sorted(h3.str_to_int(text) for text in texts), dtype=np.int64)
    shapes = cell_shapes(cells)
    counts, degrees = cell_corners(cells)
    found = shapes.centres[:, None, :] + shapes.corners * shapes.step
    start = 0
    for number, count in enumerate(counts):
        expected = on_square(degrees[start : start + count])
        away = np.abs(wrapped(found[number, :count] - expected))
        assert away.max() <= shapes.step / 2 + 1
        assert (shapes.corners[number, count:] == shapes.corners[number, count - 1]).all()
        start += count


def test_a_cell_over_the_antimeridian_is_not_stretched_over_the_world() -> None:
    cells = np.array([h3.str_to_int(h3.latlng_to_cell(-16.9, 179.99, 3))], dtype=np.int64)
    shapes = cell_shapes(cells)
    assert np.abs(shapes.corners * shapes.step).max() < SIDE / 100


def test_a_pentagon_has_its_own_corners() -> None:
    cells = np.array(sorted(map(h3.str_to_int, h3.get_pentagons(3))), dtype=np.int64)
    assert cell_shapes(cells).corners.shape[1] == 10  # H3 adds a corner at each edge of the icosahedron


def test_no_cell_is_no_shape() -> None:
    shapes = cell_shapes(np.empty(0, np.int64))
    assert shapes.centres.shape == (0, 2)
    assert shapes.corners.size == 0
