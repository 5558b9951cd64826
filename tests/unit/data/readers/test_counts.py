"""Counts: units, months, blanks that are zero and blanks that are not."""

from datetime import date
from pathlib import Path

import pytest

from data.model.errors import DataError, UnitError
from data.model.units import one_unit
from data.readers.result import ReadResult
from tests.harness.reading import read_one


def read_text(folder: Path, text: str) -> ReadResult:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return read_one(path)


def test_detections_have_a_route_a_month_and_a_unit(tmp_path: Path) -> None:
    result = read_text(tmp_path, "route,type,nat,t,n\nCentral Mediterranean Route,Sea,BGD,2009-02,41\n")
    row = result.frame.to_dicts()[0]
    assert (row["unit"], row["route"], row["mode"], row["nationality"]) == (
        "detections", "central-mediterranean", "sea", "BGD",
    )  # fmt: skip
    assert (row["date_from"], row["date_to"], row["value"]) == (date(2009, 2, 1), date(2009, 2, 28), 41)


def test_columns_in_another_order_read_the_same(tmp_path: Path) -> None:
    result = read_text(tmp_path, 'n,t,nat,type,route\n"1,041",2009-02,BGD,Sea,Central Mediterranean Route\n')
    assert result.frame["value"].to_list() == [1041]
    assert result.log.height == 1


@pytest.mark.parametrize("value", ["-1", "x", "", "2.5", "1e5", "NaN"])
def test_a_count_that_is_none_is_quarantined_with_its_row(tmp_path: Path, value: str) -> None:
    good = "Central Mediterranean Route,Sea,BGD,2009-01,1\n"
    result = read_text(tmp_path, f"route,type,nat,t,n\n{good}Central Mediterranean Route,Sea,BGD,2009-02,{value}\n")
    assert (result.rows_read, result.accepted, result.quarantined) == (2, 1, 1)
    assert result.quarantine["row"].to_list()[0] == 3


@pytest.mark.parametrize("month", ["2009-13", "2009", "Jan 2009", ""])
def test_a_month_that_is_none_is_quarantined(tmp_path: Path, month: str) -> None:
    result = read_text(tmp_path, f"route,type,nat,t,n\nBlack Sea Route,Sea,BGD,{month},4\n")
    assert (result.accepted, result.quarantined) == (0, 1)


def test_encounters_are_filed_under_the_calendar_month(tmp_path: Path) -> None:
    text = (
        "t,t_fy,component,area,authority,type,demog,nat,n\n"
        "2019-10,2020-10,U.S. Border Patrol,Yuma Sector,Title 8,Apprehensions,UAC,MEX,3\n"
    )
    row = read_text(tmp_path, text).frame.to_dicts()[0]
    assert (row["unit"], row["date_from"], row["place"]) == ("encounters", date(2019, 10, 1), "Yuma Sector")


SMALL_BOATS = "full_date,date_label,migrants_arrived,boats_arrived,cumulative_migrants_arrived\n"


def test_a_blank_day_is_zero_only_where_the_running_sum_does_not_move(tmp_path: Path) -> None:
    text = SMALL_BOATS + "2018-01-01,,,,0\n2018-01-02,,7,1,7\n2018-01-03,,,,7\n2018-01-04,,,,9\n"
    result = read_text(tmp_path, text)
    assert result.frame["value"].to_list() == [0, 7, 0, None]
    assert result.log["row"].to_list() == [2, 4]


WIDE = "month,year,month-year,italy_all,greece_all,greece_sea,greece_land,spain_all,spain_land,spain_sea,cyprus_all,malta_all\n"


def test_arrivals_by_sea_and_land_are_never_added_to_the_whole(tmp_path: Path) -> None:
    result = read_text(tmp_path, WIDE + "1,2014,Jan-2014,2171,955,900,55,574,NA,NA,NA,0\n")
    assert result.frame["value"].sum() == 2171 + 955 + 574 + 0
    assert (result.rows_read, result.accepted) == (1, 1)
    sea = result.frame.filter(mode="sea").to_dicts()
    assert [(row["place"], row["route"], row["value"]) for row in sea] == [("Greece", "eastern-mediterranean", 900)]


def test_where_sea_and_land_do_not_make_the_whole_the_whole_is_kept(tmp_path: Path) -> None:
    result = read_text(tmp_path, WIDE + "1,2014,Jan-2014,NA,955,900,50,NA,NA,NA,NA,NA\n")
    assert result.frame.select("value", "mode").rows() == [(955, None)]


def test_a_month_without_any_figure_is_kept_as_unknown(tmp_path: Path) -> None:
    result = read_text(tmp_path, WIDE + "1,2014,Jan-2014,NA,NA,NA,NA,NA,NA,NA,NA,NA\n")
    assert (result.accepted, result.frame["value"].to_list()) == (1, [None])


OWN = "unit,route,place,country,nationality,date_from,date_to,value\n"


def test_own_counts_keep_their_units_apart(tmp_path: Path) -> None:
    text = OWN + "persons_intercepted,Darien,,,,2020-01-01,2020-01-31,5\ntransits,Darien,,,,2020-01-01,2020-01-31,7\n"
    result = read_text(tmp_path, text)
    assert sorted(result.frame.select("unit", "value").rows()) == [("persons_intercepted", 5), ("transits", 7)]


def test_an_unknown_unit_is_quarantined(tmp_path: Path) -> None:
    assert read_text(tmp_path, OWN + "souls,Darien,,,,2020-01-01,2020-01-31,5\n").quarantined == 1


@pytest.mark.rule("R1")
def test_adding_two_units_is_an_error() -> None:
    assert one_unit(["detections", "detections"]) == "detections"
    with pytest.raises(UnitError, match="R1"):
        one_unit(["detections", "persons_arrived"])


def test_an_unknown_header_set_is_refused_with_the_difference(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="it lacks n"):
        read_text(tmp_path, "route,type,nat,t\nx,Sea,BGD,2009-02\n")
