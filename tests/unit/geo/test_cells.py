"""Parents by bit arithmetic equal h3's own, and a point off the globe is in no cell."""

import h3
import numpy as np
import polars as pl
import polars_h3
import pytest

from geo.cells import (
    cell_at,
    cell_centre,
    cell_from_text,
    cell_ring,
    cell_text,
    centre,
    first_within,
    is_stored_cell,
    parent,
    parent_by_remainders,
    stored_range,
)


def random_cells(count: int, resolution: int) -> pl.Series:
    random = np.random.default_rng(resolution)
    latitude = np.degrees(np.arcsin(random.uniform(-1, 1, count)))
    frame = pl.DataFrame({"latitude": latitude, "longitude": random.uniform(-180, 180, count)})
    return frame.select(
        cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"), resolution=resolution).alias("cell")
    )["cell"]


@pytest.mark.rule("X1")
@pytest.mark.parametrize("resolution", range(8))
def test_parents_equal_those_of_h3_on_millions_of_cells(resolution: int) -> None:
    cells = random_cells(500_000, 7).to_frame()
    reference = polars_h3.cell_to_parent(pl.col("cell").cast(pl.UInt64), resolution).cast(pl.Int64)
    ours = cells.select(parent(pl.col("cell"), resolution=resolution))["cell"]
    assert ours.equals(cells.select(reference.alias("cell"))["cell"])


def test_parents_of_every_pentagon_equal_those_of_h3() -> None:
    for fine in range(8):
        texts = list(h3.get_pentagons(fine))
        cells = pl.DataFrame({"cell": [cell_from_text(text) for text in texts]})
        for coarse in range(fine + 1):
            ours = cells.select(parent(pl.col("cell"), resolution=coarse))["cell"].to_list()
            assert [cell_text(cell) for cell in ours] == [h3.cell_to_parent(text, coarse) for text in texts]


def test_points_are_in_the_cells_that_h3_says() -> None:
    frame = pl.DataFrame({"latitude": [36.1, 90.0, -90.0, 0.0], "longitude": [14.2, 0.0, 180.0, -180.0]})
    cells = frame.select(cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")).alias("cell"))["cell"]
    for (latitude, longitude), cell in zip(frame.iter_rows(), cells, strict=True):
        assert cell_text(cell) == h3.latlng_to_cell(latitude, longitude, 7)


@pytest.mark.parametrize(("latitude", "longitude"), [(95.0, 0.0), (0.0, 400.0), (None, 1.0), (float("nan"), 1.0)])
def test_a_point_off_the_globe_is_in_no_cell(latitude: float | None, longitude: float) -> None:
    frame = pl.DataFrame(
        {"latitude": [latitude], "longitude": [longitude]}, schema={"latitude": pl.Float64, "longitude": pl.Float64}
    )
    assert frame.select(cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))).item() is None


@pytest.mark.parametrize("resolution", [-1, 8, 15])
def test_a_resolution_that_is_not_stored_is_an_error(resolution: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        parent(pl.col("cell"), resolution=resolution)


def test_a_ring_over_the_antimeridian_is_unwrapped() -> None:
    ring = cell_ring(cell_from_text(h3.latlng_to_cell(0.0, 180.0, 2)))
    longitudes = [longitude for longitude, _ in ring]
    assert max(longitudes) - min(longitudes) < 10
    assert ring[0] == ring[-1]


@pytest.mark.parametrize("resolution", [2, 4, 6])
def test_what_is_left_of_a_cell_is_its_ancestors_first_and_the_ancestors_centre(resolution: int) -> None:
    points = pl.DataFrame({"latitude": [35.5, -89.9, 64.7, 0.0], "longitude": [12.6, 179.99, 10.5, -180.0]})
    cells = points.select(cell=cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")))
    latitude, longitude = centre(pl.col("cell"), resolution=resolution)
    ancestors = cells.select(parent(pl.col("cell"), resolution=resolution)).to_series()
    found = cells.select(
        first_within(pl.col("cell"), resolution=resolution).alias("first"),
        latitude.alias("latitude"), longitude.alias("longitude"),
    )  # fmt: skip
    lowest, _ = stored_range(ancestors.to_numpy())
    assert found["first"].to_list() == lowest.tolist()
    middle = [cell_centre(cell) for cell in ancestors]
    assert np.allclose(found.select("longitude", "latitude").to_numpy(), middle)


@pytest.mark.rule("X1")
@pytest.mark.parametrize("resolution", range(8))
def test_parents_by_remainders_are_those_by_bits(resolution: int) -> None:
    pentagons = [h3.str_to_int(text) for text in h3.get_pentagons(7)]
    cells = pl.concat([random_cells(100_000, 7), pl.Series("cell", [*pentagons, None], dtype=pl.Int64)]).to_frame()
    column = pl.col("cell")
    found = cells.select(
        bits=parent(column, resolution=resolution), remainders=parent_by_remainders(column, resolution=resolution)
    )
    assert found["bits"].equals(found["remainders"])


def test_a_stored_cell_is_told_from_other_numbers() -> None:
    pentagons = [h3.str_to_int(text) for text in h3.get_pentagons(7)]
    good = [*random_cells(10_000, 7).to_list(), *pentagons]
    others = [h3.str_to_int(h3.latlng_to_cell(35, 15, resolution)) for resolution in (0, 6, 8, 15)]
    edges = [h3.str_to_int(h3.cell_to_vertexes(h3.latlng_to_cell(35, 15, 7))[0]), 122 << 45 | good[0] & ~(127 << 45)]
    bad = [-1, 0, 2**63 - 1, -good[0], good[0] - 1, good[0] | 1 << 56, good[0] | 1 << 60, *others, *edges]
    assert all(map(is_stored_cell, good))
    assert not any(map(is_stored_cell, bad))
    assert pl.Series([*good, *bad]).to_frame("cell").select(is_stored_cell(pl.col("cell"))).to_series().sum() == len(
        good
    )
