"""Rows of incident files: what is accepted, withheld, quarantined, declared duplicate, and what is logged."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from data.model.errors import DataError
from data.readers.result import ReadResult
from tests.harness.reading import read_one

HEADER_2025 = [
    "Main ID",
    "Incident ID",
    "Incident Type",
    "Region of Incident",
    "Incident Date",
    "Incident Year",
    "Month",
    "Number of Dead",
    "Minimum Estimated Number of Missing",
    "Total Number of Dead and Missing",
    "Number of Survivors",
    "Number of Females",
    "Number of Males",
    "Number of Children",
    "Country of Origin",
    "Region of Origin",
    "Cause of Death",
    "Country of Incident",
    "Migration Route",
    "Location of Incident",
    "Coordinates",
    "UNSD Geographical Grouping",
    "Information Source",
    "URL",
    "Source Quality",
]
PLAIN = {
    "Main ID": "2020.MMP1", "Incident ID": "2020.MMP1", "Incident Type": "Incident", "Region of Incident": "Mediterranean",
    "Incident Date": "2020-03-05", "Incident Year": "2020", "Month": "March", "Number of Dead": "2",
    "Minimum Estimated Number of Missing": "3", "Total Number of Dead and Missing": "5", "Cause of Death": "Drowning",
    "Country of Incident": "Libya", "Migration Route": "Central Mediterranean", "Location of Incident": "Off Sabratha",
    "Coordinates": "33.2, 12.45", "Information Source": "IOM Libya", "Source Quality": "4",
}  # fmt: skip


def read_rows(folder: Path, *changes: dict[str, str], header: list[str] = HEADER_2025) -> ReadResult:
    path = folder / "incidents.csv"
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, header)
        writer.writeheader()
        for index, change in enumerate(changes):
            unique = {"Main ID": f"2020.MMP{index}", "Incident ID": f"2020.MMP{index}"}
            row = PLAIN | unique | change
            writer.writerow({name: row.get(name, "") for name in header})
    return read_one(path)


def only(folder: Path, **change: str) -> dict[str, object]:
    result = read_rows(folder, {name.replace("_", " "): value for name, value in change.items()})
    assert result.accepted == 1, result.quarantine["reason"].to_list()
    return result.frame.to_dicts()[0]


@pytest.mark.rule("Q2")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-09-08", date(2025, 9, 8)),
        ("January 05, 2020", date(2020, 1, 5)),
        ("Mon, 10/27/2014 - 12:00", date(2014, 10, 27)),
        ("Thu, 01/02/2026 - 12:00", date(2026, 1, 2)),
        ("2016-03-19T23:00:00.000Z", date(2016, 3, 20)),
        ("2016-06-19T22:00:00.000Z", date(2016, 6, 20)),
        ("2016-03-19T00:00:00.000Z", date(2016, 3, 19)),
        ("2020-03-05 00:00:00", date(2020, 3, 5)),
    ],
)
def test_a_date_is_read_in_every_form_publishers_use(tmp_path: Path, text: str, day: date) -> None:
    row = only(tmp_path, Incident_Date=text)
    assert (row["date_from"], row["date_to"], row["date_precision"]) == (day, day, "day")


@pytest.mark.rule("Q2")
def test_a_month_alone_is_a_month(tmp_path: Path) -> None:
    row = only(tmp_path, Incident_Date="", Incident_Year="2020", Month="February")
    assert (row["date_from"], row["date_to"], row["date_precision"]) == (date(2020, 2, 1), date(2020, 2, 29), "month")


def test_a_row_without_any_date_stays_in_the_count(tmp_path: Path) -> None:
    row = only(tmp_path, Incident_Date="", Incident_Year="", Month="")
    assert (row["date_from"], row["dead_or_missing"]) == (None, 5)
    assert "Q2" in row["flags"]


@pytest.mark.parametrize("text", ["31.02.2020", "2020-02-30", "03/04/2024", "Feb-24", "2099-01-01", "1899-12-31"])
def test_an_impossible_or_ambiguous_date_is_quarantined_with_its_value(tmp_path: Path, text: str) -> None:
    result = read_rows(tmp_path, {"Incident Date": text})
    assert (result.accepted, result.quarantined) == (0, 1)
    assert result.quarantine.select("file", "row", "column", "value").rows() == [("incidents.csv", 2, "date", text)]


@pytest.mark.rule("Q7")
@pytest.mark.parametrize("text", ["abc", "2.5", "NaN", "inf", "1e309", "99999999999999999999", ">10", "several"])
def test_a_toll_that_is_no_number_of_people_is_quarantined(tmp_path: Path, text: str) -> None:
    result = read_rows(tmp_path, {"Number of Dead": text}, {})
    assert (result.rows_read, result.accepted, result.quarantined) == (2, 1, 1)
    line = result.quarantine.to_dicts()[0]
    assert (line["row"], line["column"], line["value"]) == (2, "dead", text)
    assert "33.2, 12.45" in line["raw"]


@pytest.mark.rule("Q9")
@pytest.mark.parametrize(
    "text", ["95, 12", "351.2, 12", "33, 361", "NaN, 12", "abc", "POINT (12.4)", "1e3, 4", "33,51"]
)
def test_a_place_off_the_globe_or_not_certain_is_withheld_and_the_death_counted(tmp_path: Path, text: str) -> None:
    result = read_rows(tmp_path, {"Coordinates": text})
    row = result.frame.row(0, named=True)
    assert (row["dead_or_missing"], row["latitude"], row["longitude"], row["cell"]) == (5, None, None, None)
    assert "Q9" in row["flags"]
    assert (2, "coordinates", text) in result.log.select("row", "column", "found").rows()


@pytest.mark.rule("C2", "Q7")
def test_a_thousands_comma_is_read_and_logged(tmp_path: Path) -> None:
    result = read_rows(tmp_path, {"Number of Dead": "22", "Minimum Estimated Number of Missing": "1,000",
                                  "Total Number of Dead and Missing": "1,022"})  # fmt: skip
    assert result.frame["dead_or_missing"].to_list() == [1022]  # RULES C2
    assert ("total", "1,022", "1022") in result.log.select("column", "found", "kept").rows()


@pytest.mark.rule("C1", "C2")
def test_a_published_total_wins_over_its_parts_and_is_flagged(tmp_path: Path) -> None:
    row = only(tmp_path, Total_Number_of_Dead_and_Missing="7")
    assert (row["dead"], row["missing"], row["dead_or_missing"]) == (2, 3, 7)
    assert "C2" in row["flags"]


@pytest.mark.rule("C1")
def test_without_a_total_column_the_total_is_dead_plus_missing(tmp_path: Path) -> None:
    header = [name for name in HEADER_2025 if not name.startswith("Total")]
    row = read_rows(tmp_path, {"Number of Dead": ""}, header=header).frame.to_dicts()[0]
    assert (row["dead"], row["missing"], row["dead_or_missing"]) == (None, 3, 3)


@pytest.mark.rule("C1")
def test_an_unknown_toll_is_null_not_zero(tmp_path: Path) -> None:
    blank = {"Number of Dead": "", "Minimum Estimated Number of Missing": "", "Total Number of Dead and Missing": ""}
    row = read_rows(tmp_path, blank).frame.to_dicts()[0]
    assert (row["dead"], row["missing"], row["dead_or_missing"]) == (None, None, None)


@pytest.mark.rule("C3")
def test_a_negative_missing_is_kept_and_flagged(tmp_path: Path) -> None:
    row = only(
        tmp_path, Number_of_Dead="56", Minimum_Estimated_Number_of_Missing="-13", Total_Number_of_Dead_and_Missing="43"
    )
    assert (row["missing"], row["dead_or_missing"]) == (-13, 43)
    assert "C3" in row["flags"]


@pytest.mark.rule("Q6")
def test_a_split_larger_than_the_toll_is_blanked_and_the_toll_kept(tmp_path: Path) -> None:
    row = only(tmp_path, Number_of_Females="4", Number_of_Males="4", Number_of_Children="1")
    assert (row["female"], row["male"], row["children"], row["dead_or_missing"]) == (None, None, None, 5)
    assert "Q6" in row["flags"]


def test_minus_one_survivors_means_unknown_and_is_logged(tmp_path: Path) -> None:
    result = read_rows(tmp_path, {"Number of Survivors": "-1"})
    assert result.frame["survivors"].to_list() == [None]
    assert "survivors" in result.log["column"].to_list()


@pytest.mark.rule("Q3", "X2")
@pytest.mark.parametrize(
    ("place", "coordinates", "reporter", "precision", "finest"),
    [
        ("Off Sabratha", "33.2, 12.45", "IOM", "place", 4),
        ("Unspecified location off Libya", "33.2, 12.45", "IOM", "area", 2),
        ("Between Libya and Malta", "33.2, 12.45", "IOM", "area", 2),
        ("Off Sabratha", "33, 12", "IOM", "area", 2),
        ("Off Sabratha", "", "IOM", "unknown", None),
        ("Off Sabratha", "0, 0", "IOM", "unknown", None),
        ("Pima County", "31.65, -110.36", "Pima County Office of the Medical Examiner (PCOME)", "exact", 6),
        ("Off Chios", "POINT (26.17 38.36)", "Hellenic Coast Guard", "exact", 6),
    ],
)
def test_the_precision_of_a_place_limits_its_cells(
    tmp_path: Path, place: str, coordinates: str, reporter: str, precision: str, finest: int | None
) -> None:
    country = {"Country of Incident": "", "Region of Incident": ""}
    changed = {"Location of Incident": place, "Coordinates": coordinates, "Information Source": reporter}
    row = read_rows(tmp_path, country | changed).frame.to_dicts()[0]
    assert (row["location_precision"], row["finest_resolution"]) == (precision, finest)  # RULES Q3, X2
    assert (row["cell"] is None) == (finest is None)


@pytest.mark.rule("Q3")
def test_ten_records_on_one_point_are_an_area(tmp_path: Path) -> None:
    assert read_rows(tmp_path, *[{}] * 10).frame["location_precision"].unique().to_list() == ["area"]
    assert read_rows(tmp_path, *[{}] * 9).frame["location_precision"].unique().to_list() == ["place"]


@pytest.mark.rule("Q4")
@pytest.mark.parametrize(
    ("coordinates", "kept"),
    [("-8.0, 12.6", None), ("12.6, -8.0", (12.6, -8.0)), ("56.286, 56.286", None)],
)
def test_a_point_far_from_its_country_is_withheld_and_the_death_counted(
    tmp_path: Path, coordinates: str, kept: tuple[float, float] | None
) -> None:
    result = read_rows(tmp_path, {"Coordinates": coordinates, "Country of Incident": "Mali"})
    row = result.frame.to_dicts()[0]
    assert row["dead_or_missing"] == 5
    assert (row["latitude"], row["longitude"]) == (kept or (None, None))
    assert ("coordinates" in result.log["column"].to_list()) == (kept is None)  # RULES Q3, Q4: never silently


@pytest.mark.rule("Q3")
def test_equal_latitude_and_longitude_inside_the_country_are_real(tmp_path: Path) -> None:
    row = only(tmp_path, Coordinates="37.0, 37.0", Country_of_Incident="Türkiye")
    assert row["latitude"] == 37.0


@pytest.mark.rule("E4", "E5")
def test_cumulative_and_zero_rows_are_counted_and_in_no_cell(tmp_path: Path) -> None:
    nobody = {"Number of Dead": "0", "Minimum Estimated Number of Missing": "", "Total Number of Dead and Missing": "0"}
    result = read_rows(tmp_path, {"Incident Type": "Cumulative Incident"}, nobody)
    assert result.frame["cell"].to_list() == [None, None]  # RULES E4, E5
    assert result.frame["dead_or_missing"].to_list() == [5, 0]


@pytest.mark.rule("E3")
def test_a_repeated_record_id_with_equal_content_is_a_declared_duplicate(tmp_path: Path) -> None:
    result = read_rows(tmp_path, {"Main ID": "a", "Incident ID": "a"}, {"Main ID": "a", "Incident ID": "a"})
    assert (result.rows_read, result.accepted, result.duplicates, result.quarantined) == (2, 1, 1, 0)


def test_a_repeated_record_id_with_other_content_puts_both_in_quarantine(tmp_path: Path) -> None:
    changed = {"Incident ID": "a", "Main ID": "a", "Number of Dead": "4", "Total Number of Dead and Missing": "7"}
    result = read_rows(tmp_path, {"Main ID": "a", "Incident ID": "a"}, changed, {})
    assert (result.accepted, result.quarantined) == (1, 2)


@pytest.mark.rule("E3")
def test_equal_rows_without_a_record_id_stand_as_published(tmp_path: Path) -> None:
    record = {"web_id": "2019.MMP1", "region": "Europe", "reported_date": "2019-05-01", "number_dead": "1",
              "number_missing": "", "total_dead_and_missing": "1", "cause_death": "Drowning",
              "location_description": "Evros\n", "location_coodinates": "41.1, 26.2", "migration_route": ""}  # fmt: skip
    path = tmp_path / "2019.json"
    path.write_text(json.dumps([record, record]))
    result = read_one(path)
    assert (result.layout, result.accepted, result.frame["dead_or_missing"].sum()) == ("mmp-json", 2, 2)
    assert all("E3" in flags for flags in result.frame["flags"])


@pytest.mark.rule("Q1")
def test_joined_qualities_keep_the_lowest(tmp_path: Path) -> None:
    row = only(tmp_path, Source_Quality="4,5")
    assert (row["quality"], "Q1" in row["flags"]) == (4, True)


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Turkey-Europe land route", "turkiye-europe-land-route"), ("Mainland Europe to the UK", "english-channel"),
        ("central mediterranean", "central-mediterranean"), ("", None), ("A new route", "a-new-route"),
        ("Central Mediterranean,US-Mexico border crossing", "several-routes"),
    ],
)  # fmt: skip
def test_route_names_go_through_one_table(tmp_path: Path, text: str, route: str | None) -> None:
    assert only(tmp_path, Migration_Route=text)["route"] == route


def test_a_route_that_no_table_knows_is_logged(tmp_path: Path) -> None:
    result = read_rows(tmp_path, {"Migration Route": "A new route"})
    assert "A new route" in result.log["found"].to_list()


def test_entities_and_white_space_in_a_place_are_cleaned_and_logged(tmp_path: Path) -> None:
    result = read_rows(tmp_path, {"Location of Incident": "Sa&amp;#039;dah,&nbsp;Yemen\n"})
    assert result.frame["place"].to_list() == ["Sa'dah, Yemen"]
    assert "place" in result.log["column"].to_list()


def test_columns_in_another_order_with_one_more_column_read_the_same(tmp_path: Path) -> None:
    header = [*reversed(HEADER_2025), "Reviewed"]
    assert read_rows(tmp_path, {}, header=header).frame["dead_or_missing"].to_list() == [5]


def test_a_renamed_count_column_is_refused_with_its_name(tmp_path: Path) -> None:
    header = ["Bodies" if name == "Number of Dead" else name for name in HEADER_2025]
    with pytest.raises(DataError, match="it lacks dead"):
        read_rows(tmp_path, {}, header=header)


def test_a_personal_column_refuses_the_whole_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Passport number"):
        read_rows(tmp_path, {}, header=[*HEADER_2025, "Passport number"])


@pytest.mark.parametrize(
    ("column", "text"),
    [("Location of Incident", "Near Sabha, call +218 91 234 5678"), ("Information Source", "A. B. (a.b@example.org)"),
     ("Cause of Death", "Drowning, passport no. AB1234567")],
)  # fmt: skip
def test_personal_data_in_a_text_quarantines_the_row_and_is_not_kept(tmp_path: Path, column: str, text: str) -> None:
    result = read_rows(tmp_path, {}, {column: text})
    assert (result.frame.height, result.quarantine.height) == (1, 1)
    line = result.quarantine.row(0, named=True)
    assert "PERSONAL_DATA" in line["reason"]
    assert text not in str(line)


@pytest.mark.rule("E2")
def test_records_of_one_place_and_day_with_other_ids_are_two_events(tmp_path: Path) -> None:
    frame = read_rows(tmp_path, {}, {}).frame
    assert frame.select("date_from", "latitude", "longitude").n_unique() == 1
    assert frame["event_id"].n_unique() == 2


@pytest.mark.rule("Q5")
def test_a_presumed_origin_keeps_its_mark(tmp_path: Path) -> None:
    assert only(tmp_path, Region_of_Origin="Western Africa (P)")["origin"] == "Western Africa (P)"


def test_an_origin_is_clean_text_and_a_blank_country_leaves_it_to_the_region(tmp_path: Path) -> None:
    assert only(tmp_path, Country_of_Origin="C&ocirc;te d&#039;Ivoire, Mali\n")["origin"] == "Côte d'Ivoire, Mali"
    assert only(tmp_path, Country_of_Origin=" ", Region_of_Origin="Western Africa")["origin"] == "Western Africa"
