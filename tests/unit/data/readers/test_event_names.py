"""A column ``name`` is judged by what it holds: events and places are read, persons refuse the file (RULES 9)."""

from pathlib import Path

import pytest

from data.model.errors import DataError
from data.readers.event_names import is_event_name
from tests.unit.data.readers.test_incident_rows import HEADER_2025, read_rows

EVENTS = [
    "wreck of May", "Shipwreck off Lampedusa", "Event at Samos on Aug 29, 2007", "Event at Sinai, Egypt on Jul 28, 2010",
    "Libya", "Mediterranean", "Lampedusa shipwreck", "boat accident near Sidi Ifni", "Pylos shipwreck 2023", "Strait of Gibraltar",
    "Coast of Ben Guerdane", "truck accident",
]  # fmt: skip
PERSONS = [
    "Ahmed Hassan", "Hassan", "AHMED HASSAN", "Ahmed Hassan drowned", "drowning of Ahmed Hassan", "body of Ahmed",
    "N.N. (1 man)", "Ahmed, 25", "unknown man", "Ahmed Hassan (m, 25)", "Maria wreck Fatima Diallo", "Jane Doe", "son of Ali",
    "Fatima Diallo shipwreck", "Ahmed body", "migrant Ahmed Hassan", "12", "wreck of Ahmed Hassan", "attack on Ahmed Hassan",
]  # fmt: skip


@pytest.mark.parametrize("text", EVENTS)
def test_names_of_events_and_places_are_told(text: str) -> None:
    assert is_event_name(text)


@pytest.mark.parametrize("text", PERSONS)
def test_what_could_be_a_person_is_no_event(text: str) -> None:
    assert not is_event_name(text)


def test_a_column_of_event_names_is_read_past_and_not_shown(tmp_path: Path) -> None:
    result = read_rows(tmp_path, {"name": "wreck of May"}, {"name": ""}, header=[*HEADER_2025, "name"])
    assert (result.accepted, result.unread_columns) == (2, ("name",))
    assert "wreck of May" not in result.frame.write_json()


@pytest.mark.parametrize("cell", ["Ahmed Hassan", ""])
def test_one_person_or_nothing_at_all_in_the_column_refuses_the_file(tmp_path: Path, cell: str) -> None:
    events = [] if not cell else [{"name": "wreck of May"}]
    with pytest.raises(DataError, match="the column 'name' looks like personal data") as refusal:
        read_rows(tmp_path, *events, {"name": cell}, header=[*HEADER_2025, "name"])
    assert "Ahmed" not in str(refusal.value)
    assert "Remove the column" not in str(refusal.value)
