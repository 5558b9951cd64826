"""The card of a cell: digits that count, one largest event, and what decides a colour only where it is hatched."""

from typing import Any

import pytest

from data.counting.models import IncidentCell
from layouts.page.drawer import ChosenCell, cell_summary

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
