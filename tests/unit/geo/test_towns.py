"""Towns by name: read entry by entry, kept in a small file of the package's edition, and made anew where it is spoilt."""

import json
from pathlib import Path

import pytest

from geo.towns import COLUMNS, entries, folded, towns_named, written


def test_entries_are_read_one_by_one_wherever_a_chunk_ends(tmp_path: Path) -> None:
    given = {str(i): {"name": f'Żółć {{{i}}} "}}', "more": {"a": [i]}} for i in range(40)}
    path = tmp_path / "towns.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    for chunk in (1, 7, 64, 10_000):
        assert list(entries(path, chunk=chunk)) == list(given.values())


def test_the_small_file_is_made_once_and_again_where_it_is_spoilt(tmp_path: Path) -> None:
    made = written(tmp_path)
    other, path = sorted(tmp_path.iterdir())
    assert made.schema == COLUMNS
    assert made.filter(folded="lampedusa")["people"].item() > 1_000
    whole = path.read_bytes()
    path.write_bytes(whole[:1_000])
    assert written(tmp_path).equals(made)
    assert path.read_bytes() == whole
    other.unlink()
    assert written(tmp_path).equals(made)
    assert other.is_file()


def test_a_folder_that_cannot_be_written_gives_the_same_towns(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert written(blocked).height > 100_000


def test_towns_of_a_name_come_largest_first_and_a_country_chooses_among_them() -> None:
    found = towns_named("tripoli")
    assert [place.country for place in found[:2]] == ["Libya", "Lebanon"]
    order = [(place.name != "Tripoli", -place.people) for place in found]
    assert order == sorted(order)
    assert len(found) > 3
    assert [place.country for place in towns_named("Tripoli, Lebanon")] == ["Lebanon"]
    assert towns_named("Nowhere at all") == ()


@pytest.mark.parametrize(
    ("asked", "name", "country"),
    [("Sabratha", "Sabratha", "Libya"), ("Şabrātah", "Sabratha", "Libya"), ("zuwara", "Zuwara", "Libya"),
     ("N’Djamena", "N'Djamena", "Chad"), ("زوارة", "Zuwara", "Libya"), ("Al-Khums", "Khoms", "Libya"),
     ("San José", "San José", "Costa Rica"), ("San Jose", "San Jose", "United States"), ("Zuara, Libya", "Zuwara", "Libya"),
     ("Tripoli", "Tripoli", "Libya")],
)  # fmt: skip
def test_a_town_is_known_by_its_other_names(asked: str, name: str, country: str) -> None:
    first = towns_named(asked)[0]
    assert (first.name, first.country) == (name, country)


def test_a_town_that_no_other_name_hides() -> None:
    """A name of its own comes before the other name of a larger town."""
    assert all(folded(place.name) == "valencia" for place in towns_named("Valencia"))
