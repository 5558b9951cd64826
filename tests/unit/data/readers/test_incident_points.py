"""GeoJSON of points: incidents where they state people and a day, never lines; nothing is lost, no place is guessed."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.model.errors import DataError
from data.readers.registry import read_file
from data.readers.result import ReadResult
from tests.harness.lines import collection, crs, feature, line, write
from tests.harness.reading import read_one

TOLL = {"dead": 3, "missing": 4, "date": "2024-03-05", "cause": "Drowning"}
OFF_LIBYA = {"type": "Point", "coordinates": [13.1, 33.2]}
PLACES = ("dead_or_missing", "latitude", "longitude")


def read(folder: Path, *features: Any, **more: Any) -> ReadResult:
    return read_one(write(folder, collection(*features, **more), "points.geojson"))


def place(folder: Path, geometry: Any, **properties: Any) -> tuple[Any, ...]:
    result = read(folder, feature(TOLL | properties, geometry))
    assert (result.accepted, result.quarantined) == (1, 0)
    return result.frame.select(PLACES).row(0)


def test_points_with_tolls_are_incidents_at_their_points(tmp_path: Path) -> None:
    result = read(tmp_path, feature(TOLL, OFF_LIBYA), feature(TOLL | {"dead": None}, OFF_LIBYA))
    assert (result.kind, result.source) == ("incidents", "incidents-own")
    assert result.frame.select(PLACES).rows() == [(7, 33.2, 13.1), (4, 33.2, 13.1)]
    assert result.frame["row"].to_list() == [1, 2]


def test_points_of_ioms_own_headings_are_read_as_its_file(tmp_path: Path) -> None:
    toll = {"Main ID": "2024.A1", "Incident ID": "2024.A1.1", "Region of Incident": "Mediterranean",
            "Incident Date": "2024-03-05", "Number of Dead": 3, "Minimum Estimated Number of Missing": 4,
            "Cause of Death": "Drowning", "Location of Incident": "Off Libya", "Coordinates": "33.2, 13.1"}  # fmt: skip
    result = read(tmp_path, feature(toll, OFF_LIBYA))
    assert result.source == "mmp"
    assert result.frame.select(PLACES).rows() == [(7, 33.2, 13.1)]


def test_an_incident_without_a_geometry_counts_without_a_place(tmp_path: Path) -> None:
    assert place(tmp_path, None) == (7, None, None)


def test_an_incident_without_a_geometry_has_the_place_that_its_properties_state(tmp_path: Path) -> None:
    assert place(tmp_path, None, lat=33.2, lon=13.1) == (7, 33.2, 13.1)


@pytest.mark.parametrize(
    "stated", [{"lat": 52.1, "lon": 4.3}, {"Y": 52.1, "X": 4.3}, {"latlon": "52.1, 4.3"}, {"lat": 13.1, "lon": 33.2}]
)
@pytest.mark.rule("Q4", "Q9")
def test_a_point_that_its_properties_contradict_is_withheld_and_told(tmp_path: Path, stated: Any) -> None:
    result = read(tmp_path, feature(TOLL | stated, OFF_LIBYA))
    assert result.frame.select(PLACES).rows() == [(7, None, None)]
    assert "Q9" in result.frame["flags"][0]
    found = result.log.filter(pl.col("rule").str.starts_with("Q9"))["found"].item()
    assert all(text in found for text in ("33.2 of the point", "13.1 of the point", "of its properties"))
    assert any("More than 25 km" in note and "1 point." in note for note in result.notes)


@pytest.mark.parametrize(
    "stated", [{"lat": 33.2001, "lon": 13.1}, {"x": 1458000, "y": 3920000}, {"lat": "", "lon": None}]
)
def test_a_point_that_its_properties_do_not_contradict_is_used(tmp_path: Path, stated: Any) -> None:
    assert place(tmp_path, OFF_LIBYA, **stated) == (7, 33.2, 13.1)


def test_a_point_a_few_km_from_what_its_properties_round_is_used_and_told(tmp_path: Path) -> None:
    result = read(tmp_path, feature(TOLL | {"lat": 33, "lon": 13}, {"type": "Point", "coordinates": [13.04, 33.04]}))
    assert result.frame.select(PLACES).rows() == [(7, 33.04, 13.04)]
    assert any("More than 1 km" in note for note in result.notes)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[13, 33], [14, 33], [14, 34], [13, 33]]]},
        {"type": "MultiPoint", "coordinates": [[13, 33], [14, 34]]}, {"type": "Point"}, {"type": "Point", "coordinates": [1]},
        {"type": "Point", "coordinates": ["a", "b"]}, {"type": "Point", "coordinates": [10**400, 1]}, "somewhere", 7, {},
        {"type": "Point", "coordinates": [13.1, 95]}, {"type": "Point", "coordinates": [1458000, 3920000]},
        {"type": "GeometryCollection", "geometries": [OFF_LIBYA, OFF_LIBYA]},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_certain_point_is_withheld_and_logged_and_counts(tmp_path: Path, geometry: Any) -> None:
    result = read(tmp_path, feature(TOLL, geometry), feature(TOLL | {"dead": 1}, OFF_LIBYA))
    assert result.frame.select(PLACES).rows() == [(7, None, None), (5, 33.2, 13.1)]
    assert result.log.filter(pl.col("rule").str.contains("withheld"))["row"].to_list() == [1]


def test_one_of_many_points_is_a_point(tmp_path: Path) -> None:
    assert place(tmp_path, {"type": "MultiPoint", "coordinates": [[13.1, 33.2]]}) == (7, 33.2, 13.1)


def test_points_in_metres_are_brought_to_degrees(tmp_path: Path) -> None:
    metres = {"type": "Point", "coordinates": [1458285.3, 3921294.2]}
    result = read(tmp_path, feature(TOLL, metres), crs=crs("EPSG:3857"))
    assert [round(value, 1) for value in result.frame.select("latitude", "longitude").row(0)] == [33.2, 13.1]


def test_a_toll_that_is_a_list_is_quarantined_and_not_taken_for_unknown(tmp_path: Path) -> None:
    result = read(tmp_path, feature(TOLL, OFF_LIBYA), feature(TOLL | {"dead": [3]}, OFF_LIBYA), 7)
    assert result.quarantine.select("row", "column").rows() == [(2, "dead"), (3, "row")]
    assert result.frame["dead_or_missing"].to_list() == [7]


@pytest.mark.parametrize("properties", [{}, {"name": "Lampedusa"}, {"dead": 3}, {"date": "2024-03-05", "height": 3}])
def test_points_that_state_no_people_or_no_day_are_refused_with_what_is_missing(
    tmp_path: Path, properties: Any
) -> None:
    with pytest.raises(DataError) as refused:
        read(tmp_path, feature(properties, OFF_LIBYA), feature(properties, OFF_LIBYA))
    assert refused.value.code == "POINTS"
    for words in ("points.geojson", "2 points", "dead or missing", next(iter(properties), "no properties")):
        assert words in str(refused.value)


def test_points_beside_lines_are_told_and_never_lines(tmp_path: Path) -> None:
    way = feature({"id": "a"}, line((1, 2), (3, 4)))
    result = read(tmp_path, way, feature(TOLL, OFF_LIBYA), feature(TOLL, OFF_LIBYA))
    assert result.kind == "segments"
    assert (result.accepted, result.quarantine["row"].to_list()) == (1, [2, 3])
    assert result.notes[-1].startswith("2 points beside the lines")
    assert "people dead or missing" in result.notes[-1]
    assert "file of their own" in result.notes[-1]


def test_points_beside_lines_that_state_nothing_are_told_too(tmp_path: Path) -> None:
    result = read(tmp_path, feature({}, line((1, 2), (3, 4))), feature({"name": "Tunis"}, OFF_LIBYA))
    assert result.notes[-1] == "1 point beside the lines: no line, and not read."


def test_lines_alone_say_nothing_of_points(tmp_path: Path) -> None:
    assert not any("point" in note for note in read(tmp_path, feature({}, line((1, 2), (3, 4)))).notes)


def test_points_with_names_of_persons_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="victim_name"):
        read_file(write(tmp_path, collection(feature(TOLL | {"victim_name": "Jane Roe"}, OFF_LIBYA))))
