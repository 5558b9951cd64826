"""Towns by name: read entry by entry, kept in a small file of the package's edition, and made anew where it is spoilt."""

import json
from pathlib import Path

import polars as pl
import pytest

from geo.map import gazetteer as towns
from geo.map.gazetteer import COLUMNS, entries, read_towns, towns_named


def test_entries_are_read_one_by_one_wherever_a_chunk_ends(tmp_path: Path) -> None:
    given = {str(i): {"name": f'Żółć {{{i}}} "}}', "more": {"a": [i]}} for i in range(40)}
    path = tmp_path / "towns.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    for chunk in (1, 7, 64, 10_000):
        assert list(entries(path, chunk=chunk)) == list(given.values())


@pytest.fixture(scope="module")
def cut() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return all towns as they are cut from the package, once for this file: it takes seconds."""
    return towns._cut()


@pytest.fixture
def _cut_once(cut: tuple[pl.DataFrame, pl.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(towns, "_cut", lambda: cut)


@pytest.mark.usefixtures("_cut_once")
def test_the_small_file_is_made_once_and_again_where_it_is_spoilt(tmp_path: Path) -> None:
    made = read_towns(tmp_path)
    other, path = sorted(tmp_path.iterdir())
    assert made.schema == COLUMNS
    assert made.filter(folded="lampedusa")["people"].item() > 1_000
    whole = path.read_bytes()
    path.write_bytes(whole[:1_000])
    assert read_towns(tmp_path).equals(made)
    assert path.read_bytes() == whole
    other.unlink()
    assert read_towns(tmp_path).equals(made)
    assert other.is_file()


@pytest.mark.usefixtures("_cut_once")
def test_a_folder_that_cannot_be_written_gives_the_same_towns(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert read_towns(blocked).height > 100_000


def test_towns_of_a_name_come_largest_first_and_a_country_chooses_among_them() -> None:
    found = towns_named("tripoli")
    assert [place.country for place in found[:2]] == ["Libya", "Lebanon"]
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


@pytest.mark.parametrize(
    ("asked", "first", "among"),
    [("Derna", "Derna, Libya", "Derna, Romania"), ("Las Palmas", "Las Palmas, Mexico", "Las Palmas de Gran Canaria, Spain"),
     ("Roma", "Roma, Lesotho", "Rome, Italy"), ("Rhodes", "Rhodes, Australia", "Ródos, Greece"),
     ("Moria", "Mória, Greece", "Jerusalem, Israel"), ("Van, Turkey", "Van, Türkiye", "Van, Türkiye"),
     ("Springfield, USA", "Springfield, United States", "Springfield, United States"),
     ("Valencia", "Valencia, Venezuela", "Valencia, Spain")],
)  # fmt: skip
def test_every_town_that_may_be_meant_is_found(asked: str, first: str, among: str) -> None:
    found = [f"{place.name}, {place.country}" for place in towns_named(asked)]
    assert found[0] == first
    assert among in found
