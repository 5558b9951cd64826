"""Gi* by the formula, over real neighbours; false discoveries; and study areas that lose no cell."""

import math

import h3
import numpy as np
import pytest
import shapely
from scipy.stats import false_discovery_control, norm

from geo.areas.countries import whole_land
from geo.areas.study_areas import area_cells, cells_in_boxes, study_areas
from geo.cells import cell_from_text, children, coarsest_cells, first_rings
from geo.sphere.neighbours import neighbours_of
from geo.statistics.hotspots import false_discovery, gi_star, hot_spots, levels_of, two_sided

PENTAGON = cell_from_text(h3.get_pentagons(3)[0])


def patch(centre: str, rings: int) -> np.ndarray:
    return np.sort(np.array([h3.str_to_int(text) for text in h3.grid_disk(centre, rings)], dtype=np.int64))


def by_the_formula(x: np.ndarray, weights: np.ndarray, i: int) -> float:
    """RULES G3, term by term."""
    n = x.size
    w, mean = weights[i], x.mean()
    spread = math.sqrt((x**2).sum() / n - mean**2)
    room = math.sqrt((n * (w**2).sum() - w.sum() ** 2) / (n - 1))
    return float((w @ x - mean * w.sum()) / (spread * room))


@pytest.mark.parametrize("centre", [h3.get_pentagons(3)[0], h3.latlng_to_cell(36, 14, 3), h3.latlng_to_cell(0, 180, 3)])
def test_neighbours_are_those_of_h3_within_the_area(centre: str) -> None:
    cells = patch(centre, 3)
    weights = neighbours_of(cells).toarray()
    for row, cell in zip(weights, cells.tolist(), strict=True):
        around = {h3.str_to_int(text) for text in h3.grid_disk(h3.int_to_str(cell), 1)}
        assert set(cells[row == 1].tolist()) == around & set(cells.tolist())
    assert set(np.unique(weights)) == {0, 1}


def test_a_pentagon_has_its_real_five_neighbours_and_an_edge_cell_fewer() -> None:
    cells = patch(h3.get_pentagons(3)[0], 2)
    weight = neighbours_of(cells).sum(axis=1)
    assert weight[np.searchsorted(cells, PENTAGON)] == 6
    assert weight.min() < 6
    assert weight.max() == 7


def test_cells_out_of_order_or_twice_are_refused() -> None:
    cells = patch(h3.get_pentagons(3)[0], 1)
    for wrong in (cells[::-1], np.repeat(cells, 2)):
        with pytest.raises(ValueError, match="sorted"):
            neighbours_of(wrong)


@pytest.mark.rule("G3")
def test_gi_star_is_the_formula_at_a_pentagon_in_the_middle_and_at_the_edge() -> None:
    cells = patch(h3.get_pentagons(3)[0], 4)
    x = np.random.default_rng(1).poisson(2.0, cells.size).astype(float)
    neighbours = neighbours_of(cells)
    z, weights = gi_star(x, neighbours), neighbours.toarray()
    assert z == pytest.approx([by_the_formula(x, weights, i) for i in range(cells.size)], abs=1e-12)


def test_many_frames_at_once_equal_each_by_itself_and_a_constant_one_has_no_z() -> None:
    cells = patch(h3.latlng_to_cell(36, 14, 4), 5)
    frames = np.random.default_rng(2).poisson(1.0, (cells.size, 4)).astype(float)
    frames[:, 2] = 0.1  # its mean is not exactly 0.1
    neighbours = neighbours_of(cells)
    together = gi_star(frames, neighbours)
    for number in (0, 1, 3):
        assert together[:, number] == pytest.approx(gi_star(frames[:, number], neighbours), abs=1e-12)
    assert np.isnan(together[:, 2]).all()


def test_a_cell_whose_neighbours_are_the_whole_area_has_no_z() -> None:
    cells = patch(h3.latlng_to_cell(36, 14, 4), 1)
    z = gi_star(np.arange(7.0), neighbours_of(cells))
    assert np.isnan(z).sum() == 1


@pytest.mark.parametrize("wrong", [np.array([1.0, 2.0]), np.full(7, np.nan), np.full(7, np.inf), np.zeros((7, 1, 1))])
def test_values_that_do_not_fit_the_cells_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"values are|not finite"):
        gi_star(wrong, neighbours_of(patch(h3.latlng_to_cell(36, 14, 4), 1)))


@pytest.mark.rule("G4")
def test_fewer_than_thirty_cells_or_equal_values_are_not_computable_and_say_why() -> None:
    small, large = patch(h3.latlng_to_cell(36, 14, 4), 2), patch(h3.latlng_to_cell(36, 14, 4), 3)
    few = hot_spots(np.arange(small.size), neighbours_of(small))
    assert few.not_computable == "few_cells"
    same = hot_spots(np.full(large.size, 3), neighbours_of(large))
    assert same.not_computable == "same_values"
    for spots in (few, same):
        assert np.isnan(spots.z).all()
        assert np.isnan(spots.q).all()
        assert not spots.level.any()
    thirty = large[:30]
    assert hot_spots(np.arange(30), neighbours_of(thirty)).not_computable is None
    none = np.empty(0, np.int64)
    assert hot_spots(none, neighbours_of(none)).not_computable is not None


def test_p_is_two_sided_normal() -> None:
    z = np.array([-3.0, -1.0, 0.0, 1.96, 40.0])
    assert two_sided(z) == pytest.approx(2 * norm.sf(np.abs(z)), rel=1e-12, abs=1e-300)


@pytest.mark.rule("G4")
@pytest.mark.parametrize("seed", range(5))
def test_false_discovery_equals_scipy(seed: int) -> None:
    random = np.random.default_rng(seed)
    p = np.round(random.random(1000) ** 3, 3)  # with ties
    assert np.abs(false_discovery(p) - false_discovery_control(p)).max() < 1e-12
    assert np.abs(false_discovery(p.reshape(50, 20)).ravel() - false_discovery_control(p)).max() < 1e-12


def test_what_has_no_p_has_no_q_and_does_not_count() -> None:
    q = false_discovery(np.array([0.01, np.nan, 0.04]))
    assert q[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(q[1])


def test_classes_begin_at_their_rates() -> None:
    q = np.array([0.0, 0.01, 0.0100001, 0.05, 0.0500001, 0.1, 0.1000001, 1.0, np.nan])
    up = levels_of(np.ones(9), q)
    assert up.tolist() == [99, 99, 95, 95, 90, 90, 0, 0, 0]
    assert levels_of(-np.ones(9), q).tolist() == (-up).tolist()


def test_a_cluster_is_hot_and_a_hole_is_cold() -> None:
    cells = patch(h3.latlng_to_cell(36, 14, 4), 12)
    x = np.full(cells.size, 5.0)
    x[::2] = 6
    warm, chill = patch(h3.latlng_to_cell(36, 14, 4), 1), patch(h3.latlng_to_cell(37.5, 17, 4), 1)
    x[np.isin(cells, warm)], x[np.isin(cells, chill)] = 9, 2
    spots = hot_spots(x, neighbours_of(cells))
    assert spots.level[np.searchsorted(cells, cell_from_text(h3.latlng_to_cell(36, 14, 4)))] == 99
    assert spots.level[np.searchsorted(cells, cell_from_text(h3.latlng_to_cell(37.5, 17, 4)))] == -99


@pytest.mark.parametrize("resolution", [0, 1, 2, 3])
@pytest.mark.parametrize("box", [(-5.7, 30, 36.5, 46), (170, -20, 190, 20), (-180, 60, 180, 90), (5, 50, 5.5, 50.3)])
def test_the_cells_of_a_box_are_all_those_with_their_centre_in_it(
    box: tuple[float, float, float, float], resolution: int
) -> None:
    west, south, east, north = box
    every = [h3.str_to_int(text) for base in h3.get_res0_cells() for text in h3.cell_to_children(base, resolution)]
    inside = []
    for cell in every:
        latitude, longitude = h3.cell_to_latlng(h3.int_to_str(cell))
        if (longitude - west) % 360 <= east - west and south <= latitude <= north:
            inside.append(cell)
    assert cells_in_boxes((box,), resolution).tolist() == sorted(inside)


def test_children_and_rings_are_those_of_h3() -> None:
    base = coarsest_cells()
    assert children(base).size == 842
    counts, flat = first_rings(children(base))
    assert flat.size == counts.sum() == 842 * 7 - 12
    assert children(np.empty(0, np.int64)).size == 0


def test_every_area_lies_on_the_globe_and_has_cells() -> None:
    for area in study_areas().values():
        assert area.surface in ("sea", "land", "both")
        for west, south, east, north in area.boxes:
            assert -180 <= west < east <= 180
            assert -90 <= south < north <= 90
        cells = area_cells(area.id, 3).cells
        assert cells.size > 5
        assert (np.diff(cells) > 0).all()
    assert area_cells("world", 3).cells.size == 41_162


@pytest.mark.parametrize(
    ("area", "longitude", "latitude", "is_in"),
    [
        ("mediterranean", 18.0, 35.0, True),  # the open sea
        ("mediterranean", 32.0, 43.0, False),  # the Black Sea
        ("mediterranean", -3.0, 44.2, False),  # the Bay of Biscay
        ("mediterranean", 14.0, 37.5, False),  # Sicily
        ("sahara", 10.0, 22.0, True),
        ("sahara", 14.0, 33.5, False),
        ("us-mexico-border", -112.0, 32.0, True),
        ("english-channel", 1.2, 50.7, True),
        ("atlantic-west-africa", -20.0, 20.0, True),
        ("atlantic-west-africa", -8.0, 20.0, False),
    ],
)
def test_a_place_is_in_its_area_by_land_or_sea(area: str, longitude: float, latitude: float, *, is_in: bool) -> None:
    cell = cell_from_text(h3.latlng_to_cell(latitude, longitude, 4))
    assert (cell in area_cells(area, 4).cells) == is_in


def test_the_three_parts_of_the_mediterranean_are_the_whole() -> None:
    parts = [area_cells(f"{part}-mediterranean", 4).cells for part in ("western", "central", "eastern")]
    assert np.array_equal(np.unique(np.concatenate(parts)), area_cells("mediterranean", 4).cells)


@pytest.mark.parametrize("area", ["mediterranean", "europe-by-land", "horn-of-africa-yemen"])
def test_the_cells_of_an_area_are_all_that_it_touches(area: str) -> None:
    """Against every cell whose polygon, made by h3 itself, has a part in a box and on the surface (RULES G2)."""
    about = study_areas()[area]
    found = area_cells(area, 3)
    boxes = shapely.union_all([shapely.box(*box) for box in about.boxes])
    own = {"sea": boxes.difference(whole_land()), "land": boxes.intersection(whole_land()), "both": boxes}[
        about.surface
    ]
    touched = []
    for cell in cells_in_boxes(((-30.0, -20.0, 80.0, 75.0),), 3).tolist():
        ring = shapely.Polygon([(x, y) for y, x in h3.cell_to_boundary(h3.int_to_str(cell))])
        if own.intersection(ring).area > 0:
            touched.append(cell)
    assert found.cells.tolist() == touched


def test_neighbours_are_made_once() -> None:
    found = area_cells("sahara", 3)
    assert found.neighbours is found.neighbours
    assert area_cells("sahara", 3) is found


def test_an_area_with_too_many_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        area_cells("world", 5)
