"""A place is tested against what its row states, also where the layout has no country (RULES Q9)."""

from pathlib import Path

import pytest

from data.model.countries import countries
from data.model.regions import regions, shapes_of_region
from data.readers.place_guard import countries_in_words
from geo.areas.countries import shape_names
from tests.unit.data.readers.test_incident_rows import HEADER_2025, read_rows

NO_COUNTRY = [name for name in HEADER_2025 if name != "Country of Incident"]


def placed(folder: Path, coordinates: str, place: str, region: str) -> tuple[float | None, list[str]]:
    row = {"Coordinates": coordinates, "Location of Incident": place, "Region of Incident": region}
    result = read_rows(folder, row, header=NO_COUNTRY)
    assert result.frame["dead_or_missing"].to_list() == [5]  # withheld is the place, never the death
    return result.frame["latitude"][0], result.log.filter(result.log["column"] == "coordinates")["rule"].to_list()


@pytest.mark.rule("Q9")
@pytest.mark.parametrize(
    ("coordinates", "place", "region", "is_kept"),
    [
        ("33.5, 14.12", "Off an invented coast, Libya", "Mediterranean", True),
        ("14.12, 33.5", "Off an invented coast, Libya", "Mediterranean", False),
        ("14.12, 33.5", "Off an invented coast", "Mediterranean", False),
        ("32.1, 20.1", "Benghazi, Libya", "", True),
        ("20.1, 32.1", "Benghazi, Libya", "", False),
        ("34.4, 70.4", "A ring road, Nangarhar Province, Afghanistan", "South America", False),
        ("8.5, 47.1", "Las'anod, Somalia", "Northern Africa", True),
        ("18.3, -67.9", "Mona passage, Puerto Rico, USA", "Caribbean", True),
        ("14.7, -17.4", "A boat on its way from Senegal to Spain", "Western Africa", True),
        ("23.6, -21.1", "607km south of Gran Canaria, Spain", "Northern Africa", True),
        ("1.3, 103.8", "Nairobi airport (boarded in Kenya)", "A region that no table knows", True),
    ],
)
def test_a_place_without_a_country_is_tested_by_its_words_and_region(
    tmp_path: Path, coordinates: str, place: str, region: str, *, is_kept: bool
) -> None:
    latitude, rules = placed(tmp_path, coordinates, place, region)
    assert (latitude is not None) == is_kept
    assert (rules == []) == is_kept  # never in silence


@pytest.mark.rule("Q9")
def test_a_swapped_pair_has_a_hint(tmp_path: Path) -> None:
    _, rules = placed(tmp_path, "14.12, 33.5", "Off an invented coast, Libya", "Mediterranean")
    assert rules[0].endswith("withheld; it would fit with latitude and longitude exchanged")
    assert "Libya" in rules[0]


@pytest.mark.rule("Q9")
def test_a_longitude_beyond_180_is_wrapped_with_a_line_in_the_log(tmp_path: Path) -> None:
    row = {"Coordinates": "31.5, 249", "Location of Incident": "A ranch, USA", "Region of Incident": "North America"}
    result = read_rows(tmp_path, row, header=NO_COUNTRY)
    assert result.frame["longitude"].to_list() == [-111.0]
    assert ("31.5, 249", "31.5, -111.0") in result.log.select("found", "kept").rows()


@pytest.mark.rule("Q9")
def test_metres_are_no_degrees_and_the_log_says_so(tmp_path: Path) -> None:
    latitude, rules = placed(tmp_path, "3651234, 501234", "Off Sabratha", "Mediterranean")
    assert latitude is None
    assert "coordinate system" in rules[0]


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("Shore of Lake Albert, Democratic Republic of the Congo", ("COD",)), ("Off the coast of Tunisia", ("TUN",)),
        ("Rock of Gibraltar, Gibraltar, United Kingdom", ("GBR", "GIB")), ("Off Sabratha", ()), ("Between Libya and Malta", ()),
        ("Arizona, USA (see coordinates)", ("USA",)), ("near Newport, Can", ()),
    ],
)  # fmt: skip
def test_the_countries_that_a_place_ends_with(place: str, codes: tuple[str, ...]) -> None:
    assert countries_in_words(place) == codes


def test_every_country_of_a_region_is_in_the_table_and_every_region_has_a_shape() -> None:
    for name, region in regions().items():
        assert set(region.countries) <= countries().keys(), name
        assert shapes_of_region(name, shape_names()), name
