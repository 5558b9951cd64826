"""What a cell says of its records: counts, and people by its true area."""

from collections.abc import Callable

import h3
import polars as pl
import pytest

from data.counting.measures import incidents_by_cell
from geo.cells import cell_of_point, cell_text


@pytest.mark.rule("X4")
def test_people_per_area_are_divided_by_the_true_area_of_each_cell(
    make_incidents: Callable[..., pl.DataFrame],
) -> None:
    places = [(35.0, 12.0), (60.0, -150.0)]  # cells of one resolution differ in area by up to a factor of two
    cells = [cell_of_point(latitude=latitude, longitude=longitude, resolution=7) for latitude, longitude in places]
    rows = make_incidents(*({"cell": cell, "finest_resolution": 4, "dead": 7, "dead_or_missing": 7} for cell in cells))
    found = incidents_by_cell(rows.lazy(), resolution=3)
    areas = [h3.cell_area(cell_text(cell), unit="km^2") for cell in found["cell"]]
    assert found["per_1000_km2"].to_list() == pytest.approx([1000 * 7 / area for area in areas])
    assert areas[0] != pytest.approx(areas[1], rel=0.01)
