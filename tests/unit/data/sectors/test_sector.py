"""A sector as it is stated: one form for each, and a sentence for whatever is none."""

import json
import re

import pytest

from data.model.errors import QueryError
from data.sectors.sector import Sector, area_names
from data.sectors.watch_list import read_watch_list, write_watch_list


@pytest.mark.parametrize(
    ("stated", "canonical"),
    [
        ("area=turkiye", "area=Turkey"), ("area=Türkiye", "area=Turkey"), ("?area=italy", "area=Italy"),
        ("place=lampedusa&radius_km=100.0", "place=Lampedusa&radius_km=100"),
        ("place=Lampedusa, Italy&radius_km=100.0", "place=Lampedusa&radius_km=100"),
        ("radius_km=33.33&place=Tripoli, Lebanon", "place=Tripoli,%20Lebanon&radius_km=33.3"),
        ("at=12.600004,-0.00001&radius_km=1", "at=12.6,0&radius_km=1"),
        ("polygon=13,36;12,36;12,35;13,35;13,36;", "polygon=12,35;13,35;13,36;12,36"),
        ("polygon=170,-10;-170,-10;-170,10;170,10", "polygon=-170,-10;-170,10;170,10;170,-10"),
    ],
)  # fmt: skip
def test_a_sector_has_one_form_and_survives_its_address(stated: str, canonical: str) -> None:
    sector = Sector.from_query(stated)
    assert sector.to_query() == canonical
    assert Sector.from_query(canonical) == sector


def test_of_several_towns_the_largest_is_meant_and_the_others_are_named() -> None:
    sector = Sector.from_query("place=Tripoli&radius_km=50")
    assert str(sector.words) == "within 50 km of Tripoli, Libya"
    assert "Tripoli, Lebanon" in sector.others


@pytest.mark.parametrize(
    "name", ["Sabratha", "Zawia", "Las Palmas", "Rome", "San José", "صبراتة", "N’Djamena", "Malta"]
)
def test_a_town_by_any_of_its_names_keeps_its_place_in_its_own_address(name: str) -> None:
    sector = Sector.from_query(f"place={name}&radius_km=1")
    again = Sector.from_query(sector.to_query())
    assert (again, again.points) == (sector, sector.points)


def test_a_town_whose_other_name_it_is_is_named_among_the_others() -> None:
    assert "Derna, Romania" in Sector.from_query("place=Derna&radius_km=100").others
    two = Sector.from_query("place=Las Palmas, Mexico&radius_km=9").others
    assert [one for one in two if one.startswith("Las Palmas, Mexico at 2")]


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("", "none is stated"), ("area=", "empty"), ("area=Itly", "Did you mean 'Italy'"), ("area=%00", "no country"),
        ("place=Lampedussa&radius_km=9", "Did you mean 'Lampedusa'"), ("place=Lampedusa", "needs a radius"),
        ("place=qqqqqq&radius_km=9", "Give a point"), ("place=Lampedusa&radius_km=0.9", "from 1 to 500"),
        ("place=Lampedusa&radius_km=501", "from 1 to 500"), ("at=1,2&radius_km=nan", "from 1 to 500"),
        ("at=1,2&radius_km=inf", "from 1 to 500"), ("at=1,95&radius_km=9", "a point"), ("at=1&radius_km=9", "a point"),
        ("at=1,2&at=1,3&radius_km=9", "2 times"), ("area=Italy&radius_km=9", "goes with a place"),
        ("area=Italy&place=Rome&radius_km=9", "area and place"), ("polygon=0,0;1,1;1,0;0,1", "cross"),
        ("polygon=0,0;1,1;x,0", "longitude,latitude"), ("polygon=" + "0,0;" * 2000, "3 to 1,000"),
        ("polygon=" + "0" * 25_000, "24,000"), ("layer=x", "no parameter"), ("place=" + "x" * 200 + "&radius_km=9", "100 c"),
    ],
)  # fmt: skip
def test_what_is_no_sector_is_refused_with_a_sentence(stated: str, why: str) -> None:
    with pytest.raises(QueryError, match=why) as error:
        Sector.from_query(stated)
    assert len(str(error.value)) < 400


def test_a_watch_list_is_read_back_as_it_was_written_and_each_sector_once() -> None:
    sectors = [Sector.from_query("area=Italy"), Sector.from_query("place=Lampedusa&radius_km=100")]
    assert read_watch_list(write_watch_list([*sectors, sectors[0]])) == sectors


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "[" * 100_000, "null", '{"format": "crossings-watch-list"}', "x" * 600_000,
        json.dumps({"format": "crossings-watch-list", "version": 2, "sectors": []}),
        json.dumps({"format": "crossings-watch-list", "version": True, "sectors": []}),
        json.dumps({"format": "crossings-watch-list", "version": 1, "sectors": ["area=Italy"]}),
        json.dumps({"format": "crossings-watch-list", "version": 1, "sectors": [{"query": "area=Itly"}]}),
        json.dumps({"format": "crossings-watch-list", "version": 1, "sectors": [{"query": "area=Italy", "x": 1}]}),
        json.dumps({"format": "crossings-watch-list", "version": 1, "sectors": [{"query": "area=Italy"}] * 101}),
    ],
)  # fmt: skip
def test_a_file_that_is_no_watch_list_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(QueryError) as error:
        read_watch_list(text)
    assert str(error.value).endswith((".", "?"))


def test_countries_to_choose_are_written_out_and_belong_to_one() -> None:
    names = area_names()
    assert "Siachen Glacier" not in names
    assert [name for name in names.values() if re.search(r"\b(Is|Rep|Geo|Ter|Fr|Br)\.", name)] == []
    assert len(set(names.values())) == len(names)
