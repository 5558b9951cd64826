"""The card of a cell: digits that count, one largest event, and what decides a colour only where it is hatched."""

from datetime import date
from typing import Any

import pytest

from callbacks.page.drawer import people_by_year
from data.counting.measures import select_incidents
from data.counting.models import IncidentCell
from data.query.selection import Selection
from data.store.store import Store
from layouts.page.drawer import ChosenCell, cell_summary, small_series

CELL = IncidentCell(
    cell="833f06fffffffff", resolution=3, value=1, incidents=1, events=1, dead=1, missing=0, dead_or_missing=1,
    largest_incident=1, largest_event=1, dominance=1.0, area_km2=12_393.0, per_1000_km2=0.0807,
)  # fmt: skip


def facts(**changes: Any) -> dict[str, str]:
    values = {name: getattr(CELL, name) for name in CELL.__struct_fields__}
    place = ChosenCell(place="off Tripoli", resolution=3, is_wider=False, beside=0)
    *_, listed = cell_summary(place, IncidentCell(**(values | changes)), [(2020, 1)])
    parts = [part.children for part in listed.children]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.rule("X4")
def test_a_density_has_digits_that_count() -> None:
    said = [facts(per_1000_km2=value)["Per 1,000 km²"] for value in (0.0807, 0.5, 12.34, 1_234.5, 0.0, None)]
    assert said == ["0.081 people", "0.5 people", "12 people", "1,200 people", "0 people", "–"]


@pytest.mark.rule("X5")
def test_one_event_decides_a_colour_only_from_twenty_people_on() -> None:
    assert facts()["Largest event"] == "1 person, 100% of the cell"
    large = {"dead_or_missing": 20, "largest_event": 11, "dominance": 0.55}
    assert facts(**large)["Largest event"] == "11 people, 55% of the cell: one event decides this colour"
    assert "colour" not in facts(**large | {"dominance": 0.5})["Largest event"]


@pytest.mark.rule("E1")
def test_a_record_is_told_apart_only_where_an_event_is_recorded_in_parts() -> None:
    assert not [name for name in facts() if "record" in name]
    split = facts(dead_or_missing=30, largest_event=30, largest_incident=20)
    assert split["Largest single record of an event"] == "20 people"


@pytest.mark.rule("P6", "R11")
def test_a_year_outside_the_dates_chosen_is_no_zero() -> None:
    bars, ends, caption = small_series([(2021, None), (2022, 0), (2023, 1486), (2024, 12), (2025, None)]).children
    assert [one.className for one in bars.children] == ["outside", "", "", "", "outside"]
    assert [one.title for one in bars.children[:2]] == ["2021: outside the dates chosen", "2022: 0 people"]
    assert "outside the dates chosen" in caption.children
    assert [one.children for one in ends.children] == ["2021", "2025"]
    numbers = [[part.children for part in one.children if part.className == "bar-number"] for one in bars.children]
    assert numbers == [[], [], ["1,486"], [], []]


def test_a_series_of_all_years_says_nothing_of_dates_and_one_without_people_has_no_number() -> None:
    bars, _, caption = small_series([(2022, 0), (2023, 0)]).children
    assert "outside" not in caption.children
    assert all(len(one.children) == 2 for one in bars.children)
    assert small_series([]).children.children == "Not dated"


def test_dead_and_missing_stand_in_one_bar_and_what_is_not_split_leaves_a_rest() -> None:
    place = ChosenCell(place="off Tripoli", resolution=3, is_wider=False, beside=0)
    values = {name: getattr(CELL, name) for name in CELL.__struct_fields__}
    cell = IncidentCell(**values | {"dead_or_missing": 40, "dead": 10, "missing": 20})
    (bar,) = [part for part in cell_summary(place, cell, []) if getattr(part, "className", "") == "split-bar"]
    assert [one.style["width"] for one in bar.children] == ["25.0%", "50.0%"]


@pytest.mark.rule("P6", "R11")
def test_the_years_of_a_cell_follow_the_dates_chosen(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    whole = Selection()
    rows = select_incidents(vintage, whole).collect()
    every = people_by_year(vintage, whole, rows)
    assert all(count is not None for _, count in every)
    chosen = Selection(start=date(2022, 6, 1), end=date(2023, 12, 31))
    cut = people_by_year(vintage, chosen, rows)
    assert [year for year, count in cut if count is not None] == [2022, 2023]
    assert [year for year, _ in cut] == [year for year, _ in every]
