"""A value of a category that nothing here knows is told with its column, and its row counts (nothing unread)."""

from pathlib import Path

import pytest

from data.readers.result import UnreadValue
from data.store.ingest import ingest
from data.store.report import words
from data.store.store import Store
from tests.harness.reading import read_one, written
from tests.unit.data.readers.test_incident_rows import HEADER_2025, read_rows

OWN = "unit,route,place,country,nationality,date_from,date_to,value\n"
OWN_ROW = "persons_arrived,{route},Lampedusa,{country},{nationality},2024-0{n}-01,2024-0{n}-28,10\n"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Incident Type", "Rehearsal"),
        ("Region of Incident", "Atlantis"),
        ("Country of Incident", "Ruritania"),
        ("Migration Route", "Over the rainbow"),
        ("Cause of Death", "Qwertz"),
        ("Source Quality", "Verified"),
        ("Month", "13th"),
    ],
)
def test_an_incidents_category_that_is_not_known_is_told(tmp_path: Path, column: str, value: str) -> None:
    result = read_rows(tmp_path, {column: value}, {column: value}, {})
    assert result.unread_values == (UnreadValue(column, value, 2),)
    assert (result.accepted, result.frame["dead_or_missing"].sum()) == (3, 15)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Incident Type", "Incident,Split Incident"),
        ("Incident Type", "Cumulative Incident"),
        ("Region of Incident", "Mediterranean,North America"),
        ("Migration Route", "Unknown"),
        ("Source Quality", "4,5"),
        ("Country of Incident", "unknown"),
    ],
)
def test_what_is_known_or_says_that_nothing_is_known_is_not_told(tmp_path: Path, column: str, value: str) -> None:
    assert read_rows(tmp_path, {column: value}).unread_values == ()


@pytest.mark.rule("C5")
def test_a_route_that_is_said_to_be_unknown_is_no_route(tmp_path: Path) -> None:
    frame = read_rows(tmp_path, {"Migration Route": "Unknown"}, {"Migration Route": "Over the rainbow"}).frame
    assert sorted(frame["route"].to_list(), key=str) == [None, "over-the-rainbow"]


def test_the_names_in_a_table_of_counts_that_no_table_knows_are_told(tmp_path: Path) -> None:
    rows = [
        OWN_ROW.format(route="Over the rainbow", country="ITA", nationality="Syria", n=1),
        OWN_ROW.format(route="Central Mediterranean", country="Ruritania", nationality="Syria", n=2),
        OWN_ROW.format(route="unknown", country="ITA", nationality="Klingon", n=3),
    ]
    result = read_one(written(tmp_path, (OWN + "".join(rows)).encode()))
    assert {(one.column, one.value, one.rows) for one in result.unread_values} == {
        ("route", "Over the rainbow", 1), ("country", "Ruritania", 1), ("nationality", "Klingon", 1),
    }  # fmt: skip
    assert (result.accepted, result.frame["value"].sum(), result.frame["route"].null_count()) == (3, 30, 1)


def test_all_words_that_a_declaration_does_not_name_are_told_and_not_the_first_alone(tmp_path: Path) -> None:
    header = "t,t_fy,component,area,authority,type,demog,nat,n\n"
    rows = [f"2024-01,2024-01,U.S. Border Patrol,El Paso,Title 8,New kind {n},Single Adults,MEX,5\n" for n in range(8)]
    result = read_one(written(tmp_path, (header + "".join(rows)).encode()))
    assert sorted(one.value for one in result.unread_values if one.column == "type") == [
        f"New kind {n}" for n in range(8)
    ]


def test_the_report_prints_columns_and_values_that_are_not_read(tmp_path: Path) -> None:
    changes = [{"Cause of Death": f"Qwertz {n}", "Main ID": f"2020.MMP{n}", "Incident ID": f"2020.MMP{n}", "remark": "x"}
               for n in range(12)]  # fmt: skip
    read_rows(tmp_path, *changes, header=[*HEADER_2025, "remark"])
    report = ingest([tmp_path / "incidents.csv"], Store(tmp_path / "store"))
    assert len(report["files"][0]["unread_values"]) == 12
    said = words(report)
    assert "columns that are not read: remark" in said
    assert "in column 'Cause of Death' (their rows count): 'Qwertz 0' (1 row)" in said
    assert "and 2 values more" in said
