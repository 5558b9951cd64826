"""How firmly a ranking holds: records are moved as far as they may be, and never lost (RULES X6)."""

import h3
import numpy as np
import pytest

from geo.areas.areas import Circle
from geo.cells import ancestors, cell_centres, cell_from_text, cells_of_points
from geo.sphere.great_circle import EARTH_RADIUS_KM, angles, unit_vectors
from geo.statistics.stability import Records, highest, moved, ranking, within_disk

MANY = 20_000


def records(*points: tuple[float, float, float, float]) -> Records:
    longitude, latitude, radius, weight = np.array(points, dtype=float).T
    cell = cells_of_points(latitude=latitude, longitude=longitude, resolution=7)
    return Records(cell, longitude, latitude, radius, weight)


def scattered(count: int, radius: float, seed: int = 0) -> Records:
    random = np.random.default_rng(seed)
    places = zip(
        random.uniform(10, 20, count), random.uniform(32, 38, count), random.integers(1, 9, count), strict=True
    )
    return records(*((x, y, radius, w) for x, y, w in places))


@pytest.mark.rule("X6")
@pytest.mark.parametrize(
    ("longitude", "latitude"), [(14.0, 36.0), (179.99, 0.0), (-179.99, -60.0), (0.0, 89.9), (30.0, -90.0)]
)
def test_a_moved_record_lies_in_its_disk_and_every_part_is_as_likely(longitude: float, latitude: float) -> None:
    one = records(*[(longitude, latitude, 25.0, 1.0)] * 2)
    random = np.random.default_rng(1)
    way = within_disk(random, one.radius_km, (MANY, 2))
    east, north = moved(one, way=way, bearing=random.uniform(0, 2 * np.pi, (MANY, 2)))
    assert np.abs(east).max() <= 180
    assert np.abs(north).max() <= 90
    points = unit_vectors(np.column_stack([east.ravel(), north.ravel()]))
    here = unit_vectors(np.array([[longitude, latitude]]))
    km = angles(np.repeat(here, points.shape[0], axis=0), points) * EARTH_RADIUS_KM
    assert km.max() < 25.001
    for share in (0.1, 0.5, 0.9):  # the area within r grows with r²
        assert (km < 25 * np.sqrt(share)).mean() == pytest.approx(share, abs=0.01)
    sides = points @ np.cross(here[0], [0.3, 0.5, 0.8])
    assert (sides > 0).mean() == pytest.approx(0.5, abs=0.02)


def test_records_that_are_known_exactly_hold_their_ranking() -> None:
    found = ranking(scattered(300, 0.0), resolution=3, draws=20)
    assert found.cells.size == 10
    assert (found.stability == 1).all()
    assert (np.diff(found.values) <= 0).all()


def test_a_record_on_an_edge_leaves_its_cell_in_half_of_the_draws_and_one_in_the_middle_in_none() -> None:
    a, b = h3.latlng_to_cell(36, 14, 3), h3.grid_ring(h3.latlng_to_cell(36, 14, 3), 1)[0]
    ends = np.array([h3.cell_to_latlng(cell) for cell in (a, b)])
    (latitude, longitude), (y, x) = ends.mean(axis=0), ends[0]
    edge = ranking(records((longitude, latitude, 25, 1)), resolution=3, top=1)
    assert 0.3 < edge.stability[0] < 0.7
    assert sum(edge.shares.values()) == pytest.approx(1)  # every draw has one highest cell
    assert ranking(records((x, y, 25, 1)), resolution=3, top=1).stability[0] == 1


def test_every_record_is_in_the_ranking_once() -> None:
    some = scattered(200, 25.0)
    found = ranking(some, resolution=3, top=1000, draws=30)
    assert found.values.sum() == some.weight.sum()
    assert np.unique(found.cells).size == found.cells.size


def test_equal_seeds_give_equal_answers_and_another_seed_another() -> None:
    some = scattered(500, 100.0)
    one, same, other = (ranking(some, resolution=3, draws=50, seed=seed) for seed in (1, 1, 2))
    assert one.shares == same.shares
    assert one.shares != other.shares


def test_a_draw_puts_records_where_the_plain_way_does() -> None:
    """The same draws, one record at a time, through h3 itself: resolution 7 first, then its ancestor (RULES X1)."""
    some = scattered(60, 25.0)
    found = ranking(some, resolution=4, top=5, draws=10, seed=7)
    random = np.random.default_rng([7, 0])
    way = within_disk(random, some.radius_km, (10, 60))
    east, north = moved(some, way=way, bearing=random.uniform(0, 2 * np.pi, (10, 60)))
    times: dict[int, int] = {}
    for xs, ys in zip(east, north, strict=True):
        sums: dict[int, float] = {}
        for x, y, weight in zip(xs, ys, some.weight, strict=True):
            cell = cell_from_text(h3.cell_to_parent(h3.latlng_to_cell(y, x, 7), 4))
            sums[cell] = sums.get(cell, 0) + weight
        for cell in sorted(sums, key=lambda cell: (sums[cell], cell), reverse=True)[:5]:
            times[cell] = times.get(cell, 0) + 1
    assert found.shares == {cell: count / 10 for cell, count in times.items()}


@pytest.mark.parametrize("radius_km", [25.0, 100.0])
@pytest.mark.parametrize("resolution", [1, 2, 3, 4])
def test_the_lattice_and_h3_itself_give_the_same_shares(resolution: int, radius_km: float) -> None:
    some = scattered(2_000, radius_km)
    quick = ranking(some, resolution=resolution, draws=30)
    asked = ranking(some, resolution=resolution, draws=30, spread=within_disk)  # a given spread asks H3 for every point
    assert quick.shares == asked.shares


def test_of_equal_sums_the_higher_index_comes_first_and_nothing_is_no_rank() -> None:
    cells = np.array([5, 7, 7, 6, 9, 8])
    best, sums = highest(cells, np.array([3.0, 1.0, 2.0, 4.0, 0.0, -1.0]), top=10)
    assert best.tolist() == [6, 7, 5]
    assert sums.tolist() == [4, 3, 3]


def test_no_records_rank_nothing() -> None:
    none = np.empty(0)
    found = ranking(Records(np.empty(0, np.int64), none, none, none, none), resolution=3)
    assert found.cells.size == found.stability.size == 0
    assert found.shares == {}


def test_ancestors_of_an_array_are_those_of_h3() -> None:
    cells = scattered(500, 1.0).cell
    for resolution in range(8):
        expected = [h3.str_to_int(h3.cell_to_parent(h3.int_to_str(cell), resolution)) for cell in cells.tolist()]
        assert ancestors(cells, resolution=resolution).tolist() == expected


@pytest.mark.parametrize("radius_km", [1.0, 25.0])
def test_within_an_area_a_draw_counts_only_the_points_that_lie_inside(radius_km: float) -> None:
    area = Circle((15.0, 35.0), 200.0)
    some = scattered(300, radius_km)
    found = ranking(some, resolution=4, draws=30, area=area)
    plain = ranking(some, resolution=4, draws=30, area=area, spread=within_disk)  # H3 is asked for every point
    assert found.shares == plain.shares
    assert area.contains(*cell_centres(found.cells).T).any()
    everywhere = ranking(some, resolution=4, draws=30)
    assert found.values.sum() < everywhere.values.sum()
