"""The band around a line holds what is near it and nothing else, over the antimeridian and far north as well."""

import numpy as np
import pytest
import shapely

from geo.map.bands import bands
from geo.statistics.corridors import distances_km

LINES = {
    "Libya to Italy": [[13.2, 32.9], [12.6, 35.5], [15.1, 37.5]],
    "over the antimeridian": [[178.0, 64.0], [-178.0, 66.0]],
    "one point": [[-17.4, 14.7]],
    "along a meridian far north": [[25.0, 55.0], [25.0, 70.0]],
}


@pytest.mark.parametrize("name", LINES)
def test_the_band_holds_what_is_near_and_no_more(name: str) -> None:
    line, within = LINES[name], 50.0
    shapes = shapely.union_all([shapely.Polygon(outer, holes) for outer, *holes in bands([line], within_km=within)])
    west, south, east, north = shapes.bounds
    draw = np.random.default_rng(7)
    points = np.column_stack([draw.uniform(west, east, 3000), draw.uniform(south, north, 3000)])
    wrapped = np.column_stack([(points[:, 0] + 180) % 360 - 180, points[:, 1]])
    far = distances_km(wrapped, [line])[:, 0]
    inside = shapely.contains_xy(shapes, points[:, 0], points[:, 1])
    assert inside[far < within * 0.9].all()
    assert not inside[far > within * 1.1].any()
    assert inside.any()


def test_two_lines_that_cross_make_one_band() -> None:
    assert len(bands([[[0, 0], [4, 4]], [[0, 4], [4, 0]]], within_km=20)) == 1
    assert len(bands([[[0, 0], [1, 1]], [[20, 20], [21, 21]]], within_km=20)) == 2
