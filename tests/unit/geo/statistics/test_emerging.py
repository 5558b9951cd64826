"""Patterns of cells over time: every class and its near miss (RULES G5), and the test behind the trend."""

import h3
import numpy as np
import pymannkendall
import pytest

from geo.sphere.neighbours import neighbours_of
from geo.statistics.emerging import levels_by_step, mann_kendall, patterns, space_time_gi_star, trends

STEPS = 20
SERIES = {  # oldest step first; + hot, - cold, . neither; and the trend
    "new": ("...................+", 0),
    "new, though cold before": ("..-................+", 0),
    "new, though rising": ("...................+", 1),
    "consecutive": ("..................++", 0),
    "consecutive, just under 90%": ("...+++++++++++++++++", 0),
    "consecutive, though cold before": ("-.................++", 0),
    "intensifying": ("++++++++++++++++++++", 1),
    "intensifying at exactly 90%": ("..++++++++++++++++++", 1),
    "persistent": ("++++++++++++++++++++", 0),
    "persistent at exactly 90%": ("+.+++++.++++++++++++", 0),
    "persistent, though cold once": ("+-++++++++++++++++++", 0),
    "diminishing": ("++++++++++++++++++++", -1),
    "historical": ("+++++++++++++++++++.", 0),
    "historical, though falling": ("+++++++++++++++++.+.", -1),
    "historical, though cold last": ("+++++++++++++++++++-", 0),
    "sporadic": (".+.+..++....+......+", 0),
    "sporadic, just under 90%": ("+.+.+++.++++++++++++", 0),
    "oscillating": (".+.-..++....+......+", 0),
    "oscillating, cold at the start": ("-+.................+", 0),
    "no pattern: never hot": ("....................", 0),
    "no pattern: always cold": ("--------------------", -1),
    "no pattern: last not hot, under 90% before": ("++.++.++++++++++++..", 0),
    "no pattern: hot once, long ago": (".+..................", 0),
}


def told(line: str, trend: int) -> str:
    steps = np.array([list(line)])
    return patterns(hot=steps == "+", cold=steps == "-", trend=np.array([trend], dtype=np.int8))[0]


@pytest.mark.rule("G5")
@pytest.mark.parametrize("name", SERIES)
def test_a_series_has_its_pattern_and_its_near_miss_another(name: str) -> None:
    line, trend = SERIES[name]
    assert len(line) == STEPS
    assert told(line, trend) == name.split(",", maxsplit=1)[0].split(":", maxsplit=1)[0].removesuffix(" at exactly 90%")


def test_historical_counts_the_steps_before_the_last() -> None:
    assert told("++++++++++.+.", 0) == "historical"  # 11 of 12 before the last, though 11 of 13 are under 90%
    assert told("+++++++++..+.", 0) == "no pattern"


def test_many_cells_at_once_equal_each_by_itself() -> None:
    lines = np.array([list(line) for line, _ in SERIES.values()])
    trend = np.array([trend for _, trend in SERIES.values()], dtype=np.int8)
    found = patterns(hot=lines == "+", cold=lines == "-", trend=trend)
    assert found == [told(line, trend) for line, trend in SERIES.values()]


def test_one_step_has_no_before() -> None:
    with pytest.raises(ValueError, match="two steps"):
        patterns(hot=np.ones((3, 1), bool), cold=np.zeros((3, 1), bool), trend=np.zeros(3, np.int8))


@pytest.mark.parametrize("steps", [3, 10, 41, 136])
def test_mann_kendall_equals_the_reference_with_and_without_ties(steps: int) -> None:
    random = np.random.default_rng(steps)
    rows = np.vstack(
        [
            random.normal(size=(20, steps)),
            random.normal(size=(20, steps)) + np.linspace(0, 2, steps),
            random.poisson(1.0, (20, steps)).astype(float),
            np.zeros((1, steps)),
            np.arange(steps)[None, :].astype(float),
        ]
    )
    z, p = mann_kendall(rows)
    for i, row in enumerate(rows):
        reference = pymannkendall.original_test(row)
        assert z[i] == pytest.approx(reference.z, abs=1e-9)
        assert p[i] == pytest.approx(reference.p, abs=1e-9)


def test_a_trend_is_told_only_where_it_is_sure() -> None:
    up = np.arange(20.0)
    assert trends(np.vstack([up, -up, np.zeros(20), np.tile([0.0, 1.0], 10)])).tolist() == [1, -1, 0, 0]


def test_gi_star_in_space_and_time_is_the_formula_with_one_step_back() -> None:
    """RULES G3 over cells and steps, with the weights written out."""
    cells = np.unique([h3.str_to_int(text) for text in h3.grid_disk(h3.get_pentagons(3)[0], 3)])
    steps, n = 5, cells.size
    neighbours = neighbours_of(cells)
    x = np.random.default_rng(3).poisson(1.0, (n, steps)).astype(float)
    space, step = neighbours.toarray(), np.eye(steps) + np.eye(steps, k=-1)
    weights = np.kron(space, step)  # of (cell, step) pairs, the cell first
    flat = x.ravel()
    total = weights.sum(axis=1)
    room = np.sqrt((flat.size * (weights**2).sum(axis=1) - total**2) / (flat.size - 1))
    expected = (weights @ flat - flat.mean() * total) / (flat.std() * room)
    assert space_time_gi_star(x, neighbours).ravel() == pytest.approx(expected, abs=1e-12)


def test_a_burst_is_hot_in_its_month_and_the_next_and_not_before() -> None:
    cells = np.unique([h3.str_to_int(text) for text in h3.grid_disk(h3.latlng_to_cell(36, 14, 4), 6)])
    middle = np.searchsorted(cells, h3.str_to_int(h3.latlng_to_cell(36, 14, 4)))
    x = np.zeros((cells.size, 12))
    x[middle, 6] = 9
    hot = levels_by_step(space_time_gi_star(x, neighbours_of(cells)))[middle] > 0
    assert np.flatnonzero(hot).tolist() == [6, 7]


def test_equal_values_have_no_z_and_wrong_shapes_are_refused() -> None:
    cells = np.unique([h3.str_to_int(text) for text in h3.grid_disk(h3.latlng_to_cell(36, 14, 4), 2)])
    neighbours = neighbours_of(cells)
    assert np.isnan(space_time_gi_star(np.ones((19, 4)), neighbours)).all()
    for wrong in (np.ones(19), np.ones((18, 4)), np.full((19, 4), np.nan)):
        with pytest.raises(ValueError, match="cells by steps"):
            space_time_gi_star(wrong, neighbours)
