"""Tables of other publishers, copies of IOM's and people's own: told by their headings, ids from their content."""

import csv
from pathlib import Path

import polars as pl
import pytest

from data.model.errors import DataError
from data.readers.content_ids import START
from data.readers.incident_points import table_of_points
from data.readers.incident_tables import copy_layout_of, incident_layout_of, read_incidents
from data.readers.result import ReadResult
from data.readers.united import spans_of
from tests.harness.reading import read_one

UNITED = [
    "found dead",
    "number",
    "name, gender, age",
    "region of origin",
    "cause of death",
    "source",
    "country of incident",
]
EXAMINER = [
    "ML Number", "Name", "Sex", "Age", "Reporting Date", "Surface Management", "Location", "Cause of Death", "Latitude",
    "Longitude", "County", "State",
]  # fmt: skip
COPY = [
    "date",
    "Number Dead",
    "Minimum Estimated Number of Missing",
    "Location Description",
    "Lat",
    "Lon",
    "Cause of Death",
]


def read(folder: Path, header: list[str], *rows: list[str], name: str = "table.csv") -> ReadResult:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([header, *rows])
    return read_one(path)


def stored(result: ReadResult) -> str:
    return "\n".join([*(f.write_json() for f in (result.frame, result.quarantine, result.log)), *result.notes])


def test_names_in_the_list_of_united_never_come_in(tmp_path: Path) -> None:
    rows = [
        [
            "05/05/18",
            "4",
            "Amadou Diallo (man, 25)",
            "Africa",
            "Amadou Diallo and 3 others drowned off Tripoli",
            "AFP",
            "Libya",
        ],
        ["30/04/18", "many", "Mariam Keita (woman)", "Mali", "drowned", "AFP", "Libya"],
        ["29/04/18", "1", "Samba Traore (man)", "Mali", "drowned", "AFP", "Libya", "too many fields"],
    ]
    result = read(tmp_path, UNITED, *rows)
    assert (result.source, result.rows_read, result.accepted, result.quarantined) == ("united", 3, 1, 2)
    assert result.frame["dead_or_missing"].to_list() == [4]
    assert not any(name in stored(result) for name in ("Diallo", "Keita", "Traore", "Amadou", "Mariam", "Samba"))
    assert "'name, gender, age'" in result.notes[0]


@pytest.mark.rule("Q2", "Q8")
def test_the_dates_of_united_have_the_precision_that_they_state(tmp_path: Path) -> None:
    texts = ["05/05/18", "Nov 15", "1994", "Nov 1994", "not known", ""]
    result = read(tmp_path, UNITED, *([text, "1", "N.N.", "", "drowned", "AFP", "Libya"] for text in texts))
    found = result.frame.select("date_from", "date_to", "date_precision").cast(pl.String).rows()
    assert found == [
        ("2018-05-05", "2018-05-05", "day"), ("2015-11-01", "2015-11-30", "month"), ("1994-01-01", "1994-12-31", "year"),
        ("1994-11-01", "1994-11-30", "month"), (None, None, None),
    ]  # fmt: skip
    assert result.quarantine["value"].to_list() == ["not known"]


def test_a_day_of_united_that_has_two_readings_is_told_by_its_place_in_the_list() -> None:
    days = [
        one and str(one[0]) for one in spans_of(["03/12/00", "12/1/2000", "Dec 00", "02/11/00", "3010/00", "26/10/00"])
    ]
    assert days == ["2000-12-03", "2000-12-01", "2000-12-01", "2000-11-02", "2000-10-30", "2000-10-26"]
    assert spans_of(["12/1/2000"]) == [None]


def test_a_table_of_a_medical_examiner_counts_people_and_keeps_none_of_them(tmp_path: Path) -> None:
    person = ["Jose Perez Lopez", "male", "31"]
    rows = [
        ["17-00123", *person, "2017-06-01", "Private", "Arivaca", "Exposure", "31.6531", "-111.3312", "Pima", "AZ"],
        ["17-00124", *person, "2017-06-01", "Private", "Arivaca", "Exposure", "31.6531", "-111.3312", "Pima", "AZ"],
        ["17-00125", *person, "2017-13-01", "Private", "Arivaca", "Exposure", "31.6531", "-111.3312", "Pima", "AZ"],
    ]
    result = read(tmp_path, EXAMINER, *rows)
    assert (result.source, result.accepted, result.quarantined) == ("medical-examiner", 2, 1)
    assert result.frame["dead_or_missing"].to_list() == [1, 1]
    assert result.frame["location_precision"].to_list() == ["exact", "exact"]
    assert result.frame["event_id"].n_unique() == 2
    assert not any("E3" in flags for flags in result.frame["flags"])
    assert not any(text in stored(result) for text in ("Perez", "17-0012", '"31"'))


@pytest.mark.rule("E3", "E7")
def test_rows_without_an_id_have_one_of_their_content(tmp_path: Path) -> None:
    row = ["2019-03-05", "2", "1", "Off Sabratha", "33.2", "12.45", "Drowning"]
    other = ["2019-03-06", "1", "", "Off Sabratha", "33.2", "12.45", "Drowning"]
    first = read(tmp_path, COPY, row, row, other)
    second = read(tmp_path, COPY, other, row, row, name="second.csv")
    written = read(
        tmp_path, COPY, ["5 Mar 2019", "2.0", "1", " Off  Sabratha", "33.20", "12.45°", "Drowning"], name="third.csv"
    )
    assert (first.source, first.layout) == ("mmp-copy", "mmp-copy")
    assert first.frame["record_id"].str.starts_with(START).all()
    assert first.frame["record_id"].n_unique() == 3
    assert sorted(first.frame["record_id"]) == sorted(second.frame["record_id"])
    assert written.frame["record_id"][0] in first.frame["record_id"].to_list()
    assert any("7 people with them, 4 without" in note for note in first.notes)


@pytest.mark.parametrize(
    ("columns", "layout"),
    [
        (["date", "Number Dead", "Cause of Death", "Location Description"], "mmp-copy"),
        (["Year", "Total Dead and Missing", "Region of Incident"], "mmp-copy"),
        (["Date", "Lat", "Lon", "dead"], "incidents-own"),
        (["year", "latitude", "longitude", "total_dead"], "incidents-own"),
        (["year", "country", "dead"], None), (["lat", "lon", "dead"], None), (["date", "lat", "lon", "n"], None),
        (["Main ID", "date", "Lat", "Lon", "dead"], None),
        (["year", "unit", "place", "value"], None),
    ],
)  # fmt: skip
def test_a_table_without_ids_is_told_by_people_a_day_and_a_place(columns: list[str], layout: str | None) -> None:
    assert incident_layout_of(columns) is None
    assert copy_layout_of(columns) == layout


def test_a_table_that_says_nothing_of_its_own_is_not_taken_for_iom_s(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no known layout"):
        read(tmp_path, ["year", "country", "dead"], ["2019", "Libya", "4"])


@pytest.mark.rule("Q8")
def test_a_year_alone_has_the_bounds_of_dates(tmp_path: Path) -> None:
    result = read(
        tmp_path, ["Year", "lat", "lon", "dead"], ["1981", "31.6", "-111.3", "1"], ["2019", "31.6", "-111.3", "2"]
    )
    assert result.frame["dead_or_missing"].to_list() == [2]
    assert result.quarantine.select("row", "column", "value").rows() == [(2, "year", "1981")]


def test_points_with_people_are_read_as_a_table() -> None:
    point = {"type": "Point", "coordinates": [12.45, 33.2]}
    features = [
        {"type": "Feature", "properties": {"date": "2019-03-05", "dead": 3}, "geometry": point},
        {"type": "Feature", "properties": {"date": "2019-03-06", "dead": 1}, "geometry": None},
    ]
    table = table_of_points(features, file="points.geojson")
    layout = copy_layout_of(table.columns)
    assert layout == "incidents-own"
    result = read_incidents(table, layout=layout, file="points.geojson").check()
    assert result.frame.select("dead_or_missing", "latitude", "longitude").rows() == [(3, 33.2, 12.45), (1, None, None)]
