"""The cells of a sector: never listed without how firmly they hold their place, hot only by a stated study area."""

from pathlib import Path

import numpy as np
import pytest

from data.query.selection import Selection
from data.sectors import cells as sector_cells
from data.sectors.cells import highest_cells, hot_cells, study_area_of
from data.sectors.sector import Sector
from data.sectors.sheet import sector_sheet
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cells_of_points
from tests.harness.small_store import NEAR, publish

LAMPEDUSA = Sector.from_query("at=12.6,35.5&radius_km=100")
SEA = Sector.from_query("at=17,33&radius_km=300")


def row(longitude: float, latitude: float, people: int | None, precision: str = "exact", finest: int = 6,
        ) -> dict[str, object]:  # fmt: skip
    cell = int(cells_of_points(latitude=np.array([latitude]), longitude=np.array([longitude]), resolution=7)[0])
    return NEAR | {"longitude": longitude, "latitude": latitude, "dead_or_missing": people, "cell": cell,
                   "location_precision": precision, "finest_resolution": finest}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_the_list_is_ordered_by_people_and_cells_known_exactly_hold_their_place(store: Store) -> None:
    vintage = publish(store, row(12.6, 35.5, 9), row(13.3, 35.9, 5), row(11.9, 35.1, None), row(16.0, 35.5, 90))
    cells, about = highest_cells(vintage, Selection(), LAMPEDUSA)
    assert [cell.dead_or_missing for cell in cells] == [9, 5, None]
    assert [cell.stability for cell in cells] == [1.0, 1.0, 1.0]
    assert (about.top, about.draws, about.records, about.not_computable) == (3, 200, 3, None)
    assert "200 draws" in str(about.words)
    assert "the 3 highest" in str(about.words)


def test_a_record_outside_that_may_lie_inside_can_push_a_cell_from_the_list(store: Store) -> None:
    inside = [row(12.6 + 0.6 * east, 35.5 + 0.35 * north, 5) for east in (-1, 0, 1) for north in (-2, -1, 0, 1, 2)]
    near = [row(13.9, 35.5, 400, "place", 4)]  # 118 km away, 25 km known: inside in some draws
    vintage = publish(store, *inside, *near)
    with_it, about = highest_cells(vintage, Selection(resolution_chosen=4), LAMPEDUSA)
    without, _ = highest_cells(publish(store, *inside), Selection(resolution_chosen=4), LAMPEDUSA)
    assert about.records == len(inside) + 1
    assert [cell.cell for cell in with_it] == [cell.cell for cell in without]  # it is counted as outside
    assert sum(cell.stability for cell in with_it) < sum(cell.stability for cell in without)


def test_what_cannot_be_drawn_is_not_listed_and_says_why(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sector_cells, "MOST_RECORDS", 1)
    cells, about = highest_cells(publish(store, row(12.6, 35.5, 9), row(13.3, 35.9, 5)), Selection(), LAMPEDUSA)
    assert cells == []
    assert "not listed: with more than 1 records" in str(about.not_computable)


@pytest.mark.parametrize(
    ("query", "area"),
    [("at=12.6,35.5&radius_km=100", "central-mediterranean"), ("area=Libya", "sahara"), ("area=Japan", None),
     ("polygon=-5,35;36,35;36,40;-5,40", "mediterranean"), ("place=Dover&radius_km=30", "english-channel"),
     ("polygon=170,-5;-170,-5;-170,5;170,5", None)],
)  # fmt: skip
def test_a_sector_lies_in_the_smallest_study_area_that_holds_most_of_it(query: str, area: str | None) -> None:
    assert study_area_of(Sector.from_query(query)) == area


def test_a_cell_with_many_incidents_is_hot_and_others_of_its_study_area_are_not(store: Store) -> None:
    vintage = publish(store, *[row(17.0, 33.0, 1) for _ in range(30)], row(15.2, 34.4, 1))
    found = hot_cells(vintage, Selection(), SEA)
    classes = found.classes.values()
    assert sorted(classes) == ["hot 99%", "not significant"]
    assert len(found.cells) >= 1
    assert str(found.cells[0].words) == "More incidents were recorded here than around."
    assert "statistically hot" in str(found.words)
    assert found.study_area.id == "central-mediterranean"
    assert str(hot_cells(vintage, Selection(), LAMPEDUSA).words).startswith(
        "No cell of the sector is statistically hot"
    )
    assert "none of the study areas" in str(hot_cells(vintage, Selection(), Sector.from_query("area=Japan")).words)


def test_where_nothing_was_recorded_or_cells_are_too_fine_no_class_is_told(store: Store) -> None:
    empty = hot_cells(publish(store), Selection(), LAMPEDUSA)
    assert "same value" in str(empty.not_computable)
    assert empty.cells == []
    assert "this size" in str(
        hot_cells(publish(store, row(12.6, 35.5, 9)), Selection(resolution_chosen=0), LAMPEDUSA).words
    )


@pytest.mark.rule("X6")
@pytest.mark.real
@pytest.mark.parametrize("query", ["place=Lampedusa&radius_km=100", "area=Libya", "polygon=-10,30;40,30;40,45;-10,45"])
def test_every_listed_cell_of_the_published_file_has_its_stability(real: Vintage, query: str) -> None:
    sheet = sector_sheet(real, Selection(), Sector.from_query(query))
    people = [cell.dead_or_missing for cell in sheet.cells]
    assert people == sorted(people, reverse=True)
    assert all(0 <= cell.stability <= 1 for cell in sheet.cells)
    assert max(cell.stability for cell in sheet.cells) > 0.9
    untested = {cell.cell for cell in sheet.cells} - set(sheet.hot_spots.classes)
    assert bool(untested) <= ("nothing is said of" in str(sheet.hot_spots.words))
