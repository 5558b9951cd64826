"""What is no table of people on routes is refused with what it is, and is never read by chance."""

import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from data.model.errors import DataError
from data.readers.registry import read_file
from tests.harness.reading import read_one, written

COUNTS = "unit,route,place,country,nationality,date_from,date_to,value"
COUNT = "persons_arrived,Central Mediterranean,Lampedusa,ITA,,2024-01-01,2024-01-31,10"
ABOUT = b"""# Data files

Published figures, each with its licence.

- **`deaths.csv`** - 2 rows, 7 dead and missing.
  - columns: `Region of Incident`, `Incident Date`, `Number of Dead`, `Cause of Death`, `Location of death`
- **`more.csv`** - 3 rows, Mediterranean, 2024, 5, drowning, at sea
"""


def refusal(path: Path) -> DataError:
    with pytest.raises(DataError) as refused:
        read_file(path)
    return refused.value


@pytest.mark.parametrize("content", [ABOUT, ABOUT.replace(b"# Data files\n", b"Data files\n=====\n", 1)])
def test_a_description_of_tables_is_no_table(tmp_path: Path, content: bytes) -> None:
    error = refusal(written(tmp_path, content, "README.md"))
    assert (error.code, "not a table" in str(error)) == ("TEXT", True)


def test_a_comment_above_a_table_is_a_title(tmp_path: Path) -> None:
    result = read_one(written(tmp_path, f"# source: invented\n{COUNTS}\n{COUNT}\n".encode()))
    assert (result.accepted, result.frame["value"].sum()) == (1, 10)


def test_shapes_in_other_forms_are_named(tmp_path: Path) -> None:
    gml = b'<?xml version="1.0"?><gml:MultiSurface xmlns:gml="http://www.opengis.net/gml/3.2"></gml:MultiSurface>'
    assert "GML" in str(refusal(written(tmp_path, gml, "area.gml")))
    topology = json.dumps({"type": "Topology", "arcs": [[[0, 0], [1, 1]]], "objects": {}}).encode()
    assert refusal(written(tmp_path, topology, "regions.json")).code == "TOPOJSON"


def test_records_within_records_are_told_by_their_headings(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, b'[{"stateName": "Chad", "acts": [{"date": "2020"}]}]', "laws.json"))
    assert (error.code, "stateName, acts" in str(error)) == ("LAYOUT", True)


def test_below_titles_the_headings_are_told_and_not_the_titles(tmp_path: Path) -> None:
    content = b"Office,someone\n2024,\nCode,Area,Subject,Year,Amount\nX,Y,Z,2020,5\nX,Y,Z,2021,6\n"
    error = refusal(written(tmp_path, content))
    assert "Code, Area, Subject, Year, Amount" in str(error)
    assert "someone" not in str(error)


def test_a_table_with_a_heading_twice_is_told_what_it_looks_like_where_no_layout_fits(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, b"Area,Cost,Page,Source,Page\nX,5,1,Y,2\nZ,6,1,Y,2\n"))
    assert (error.code, "Area, Cost, Page, Source" in str(error)) == ("LAYOUT", True)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("TIME,GEO,SEX,UNIT,Value,Flag and Footnotes", "Eurostat"),
        ("iso2,iso3,m49,name,region", "country codes"),
        ("Passport,Destination,Requirement", "visa"),
        ("operation,admin0Pcode,numPresentIdpInd,roundNumber", "not people who came"),
        ("Country,Month,Year,Events,Fatalities", "died in a conflict"),
    ],
)
def test_what_is_known_and_counts_no_crossings_says_what_it_is(tmp_path: Path, header: str, words: str) -> None:
    row = ",".join("1" for _ in header.split(","))
    error = refusal(written(tmp_path, f"{header}\n{row}\n{row}\n".encode()))
    assert (error.code, words in str(error)) == ("KNOWN_NOT_READ", True)


def test_an_unknown_table_with_a_name_is_told_its_nearest_layouts_too(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, b"route,type,nat,t,FullName\nx,y,z,2024-01,Jane Doe\n"))
    assert error.code == "PERSONAL_DATA"
    assert "'FullName' looks like personal data" in str(error)
    assert "nearest layouts: frontex" in str(error)
    assert "Jane" not in str(error)


def test_a_sheet_that_is_known_and_not_read_leaves_the_others(tmp_path: Path) -> None:
    codes = pl.DataFrame({"iso2": ["IT"], "iso3": ["ITA"], "m49": ["380"], "name": ["Italy"]})
    counts = pl.DataFrame([COUNT.split(",")], schema=COUNTS.split(","), orient="row")
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        codes.write_excel(book, worksheet="Codes")
        counts.write_excel(book, worksheet="Data")
    result = read_one(path)
    assert result.frame["value"].to_list() == [10]
    assert any("Of Codes nothing is read: this is a list of country codes" in note for note in result.notes)


def test_headings_in_another_spelling_are_told_with_the_one_that_is_needed(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, f"{COUNTS.upper()}\n{COUNT}\n".encode()))
    assert "crossings-counts (it has 'country' as 'COUNTRY'" in str(error)
    assert "it lacks the spelling that the layout has" in str(error)
