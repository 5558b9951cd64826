"""Places are found by the beginning of their name, islands that no town is called after among them."""

import csv

import pytest

from geo.map.basemap import FILES
from geo.map.named_places import MOST, places_beginning


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [("lamped", "Lampedusa", "town"), ("Sicily", "Sicily", "island"), ("sicil", "Sicily", "island"),
     ("Sardegna", "Sardinia", "island"), ("zarzís", "Zarzis", "town"), ("darien", "Darién Gap", "region")],
)  # fmt: skip
def test_a_place_is_found_by_the_beginning_of_its_name(text: str, name: str, kind: str) -> None:
    first = places_beginning(text)[0]
    assert (first.name, first.kind) == (name, kind)


def test_the_larger_town_is_first_and_few_are_told() -> None:
    found = places_beginning("san")
    towns = [one for one in found if one.kind == "town"]
    assert len(found) == MOST
    assert towns[0].name.startswith(("San", "Sān"))


@pytest.mark.parametrize("text", ["", " ", "la", "zzzzzz", "\x00", "%", ".*", "x" * 5_000])
def test_what_begins_no_name_finds_nothing(text: str) -> None:
    assert places_beginning(text) == ()


def test_every_island_of_the_table_is_found_where_the_table_says() -> None:
    with (FILES / "islands.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found = {(one.name, one.longitude) for one in places_beginning(row["name"])}
            assert (row["name"], float(row["longitude"])) in found
            assert -180 <= float(row["longitude"]) <= 180
            assert -90 <= float(row["latitude"]) <= 90
