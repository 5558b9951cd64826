"""Distances to lines agree with a line of many points; the nearest line is found, also at ±180° and at a pole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sphere.great_circle import EARTH_RADIUS_KM, legs, unit_vectors, vectors_along
from geo.statistics.corridors import Near, distances_km, lines_within, nearest

DEGREE_KM = np.pi / 180 * EARTH_RADIUS_KM
PLACES = st.tuples(st.floats(-180, 180), st.floats(-89.9, 89.9))
# Ends within a third of the globe of each other, so that no leg joins opposite points.
LINES = st.tuples(st.floats(-180, 180), st.floats(-80, 80)).flatmap(
    lambda at: st.tuples(
        st.just(at),
        st.tuples(st.floats(-50, 50), st.floats(-50, 50)).map(
            lambda by: ((at[0] + by[0] + 180) % 360 - 180, float(np.clip(at[1] + by[1], -85, 85)))
        ),
    )
)


def brute_force_km(point: tuple[float, float], line: tuple[tuple[float, float], ...]) -> float:
    """Return the least distance to 20,000 points along the leg."""
    one = legs(np.array([line[0]]), np.array([line[1]]))
    along = np.linspace(0, one.angle[0], 20_000)
    dense = vectors_along(one.take(np.zeros(len(along), dtype=np.intp)), along)
    chord = np.linalg.norm(dense - unit_vectors(np.array([point])), axis=1)
    return float(2 * np.arcsin(np.clip(chord / 2, 0, 1)).min() * EARTH_RADIUS_KM)


@given(point=PLACES, line=LINES)
def test_the_distance_agrees_with_a_line_of_many_points_within_1_km(
    point: tuple[float, float], line: tuple[tuple[float, float], ...]
) -> None:
    found = distances_km(np.array([point]), [line])[0, 0]
    assert found == pytest.approx(brute_force_km(point, line), abs=1)


@given(points=st.lists(PLACES, min_size=1, max_size=20), lines=st.lists(LINES, min_size=1, max_size=5),
       reach=st.floats(1, 3000))  # fmt: skip
def test_nothing_within_reach_is_left_out_and_nothing_beyond_is_in(
    points: list[tuple[float, float]], lines: list[tuple[tuple[float, float], ...]], reach: float
) -> None:
    table = np.array(points)
    every = distances_km(table, lines)
    near = lines_within(table, lines, reach_km=np.full(len(points), reach))
    inside = np.zeros_like(every, dtype=bool)
    inside[near.point, near.line] = True
    sure = np.abs(every - reach) > 0.001
    assert np.array_equal(inside[sure], (every <= reach)[sure])
    assert np.isfinite(every).all()


@pytest.mark.parametrize(
    ("point", "line", "degrees"),
    [
        ((179.5, 1.0), ((179.0, 0.0), (-179.0, 0.0)), 1),  # a line across ±180°
        ((-179.5, -2.0), ((179.0, 0.0), (-179.0, 0.0)), 2),
        ((-178.0, 0.0), ((179.0, 0.0), (-179.0, 0.0)), 1),  # beyond its end
        ((45.0, 90.0), ((0.0, 80.0), (180.0, 80.0)), 0),  # a line over the pole
        ((10.0, 5.0), ((10.0, 5.0),), 0),  # a line of one point
        ((0.0, 0.0), ((0.0, 3.0), (0.0, 3.0)), 3),  # a leg of no length
        ((180.0, 0.0), ((-1.0, 0.0), (1.0, 0.0)), 179),  # the far side of the globe
    ],
)
def test_distances_that_are_known_by_hand(
    point: tuple[float, float], line: tuple[tuple[float, float], ...], degrees: float
) -> None:
    assert distances_km(np.array([point]), [line])[0, 0] == pytest.approx(degrees * DEGREE_KM, abs=0.001)


def test_of_lines_as_near_to_1_km_the_preferred_one_wins_then_the_first() -> None:
    near = Near(np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 0, 2]), np.array([10.4, 10.0, 30.0, 5.0, 7.0]))
    none = np.zeros(5, dtype=bool)
    assert nearest(near, is_preferred=none).line.tolist() == [1, 0]
    own = np.array([True, False, False, False, True])  # 0.4 km farther: a tie; 2 km farther: none
    assert nearest(near, is_preferred=own).line.tolist() == [0, 0]


def test_no_points_or_no_lines_give_no_pairs() -> None:
    line = ((0.0, 0.0), (1.0, 0.0))
    assert len(lines_within(np.empty((0, 2)), [line], reach_km=np.empty(0)).point) == 0
    near = lines_within(np.array([[0.0, 0.0]]), [], reach_km=np.array([10.0]))
    assert len(nearest(near, is_preferred=np.empty(0, dtype=bool)).line) == 0


def test_a_point_off_the_globe_is_refused() -> None:
    with pytest.raises(ValueError, match="not on the globe"):
        distances_km(np.array([[10.0, 95.0]]), [((0.0, 0.0), (1.0, 0.0))])
