"""Every published table of counts at hand, to the unit: where its rows ended, and what they add up to."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.counting.not_covered import not_covered_rows
from data.counting.totals import totals
from data.model.errors import DataError
from data.query.selection import Selection
from data.readers.registry import read_file
from data.readers.result import ReadResult
from data.store.counts_once import is_summed
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.reading import read_one

pytestmark = pytest.mark.real

ITALIAN_LANDINGS = "flows/italy-sbarchi-per-giorno.csv"
ITALIAN_NATIONALITIES = "flows/italy-nazionalita.csv"
ITALIAN_RECEPTION = "flows/italy-accoglienza.csv"
CROSSINGS = "context/interceptions/iom_mediterranean_crossings_monthly_2014-2025.csv"
HOME_OFFICE = "flows/data_small_boats_time_series.ods"
DISPLACED = "flows/unhcr_forced_displacement_flows.csv"
UNHCR_MONTHS = "flows/unhcr_arrivals_12_31.csv"
FILES = [  # file, layout, rows read, quarantined, duplicates, sums by unit: those of the README of the data
    ("interceptions/frontex_detections_2009-01_2025-04.csv", "frontex-monthly", 34_273, 0, 0,
     {"detections": 4_966_869}),
    ("interceptions/cbp-nationwide-encounters-fy20-fy23-state.csv", "cbp-nationwide-state", 42_532, 0, 0,
     {"encounters": 8_571_067}),
    ("interceptions/cbp_southwest_border_encounters_2017-10_2025-05.csv", "cbp-southwest", 36_676, 0, 0,
     {"encounters": 11_086_194}),
    ("interceptions/mexico_irregular_by_nationality.csv", "mexico-irregular", 5_759, 0, 0,
     {"irregular_migration_events": 3_266_581}),
    ("interceptions/mexico_expulsions_by_nationality.csv", "mexico-returns", 5_251, 0, 0,
     {"persons_assisted_return": 1_080_851 - 30_502, "persons_deported": 30_502}),
    ("interceptions/usbp_monthly_encounters_fy2000.csv", "usbp-printed", 25, 4, 0, {"apprehensions": 1_676_438}),
    ("interceptions/usbp_monthly_encounters_fy2010.csv", "usbp-printed", 25, 4, 0, {"apprehensions": 463_382}),
    ("interceptions/usbp_monthly_encounters_fy2019.csv", "usbp-printed", 24, 4, 0, {"apprehensions": 859_501}),
    ("interceptions/usbp_monthly_encounters_fy2020.csv", "usbp-printed", 24, 4, 0, {"encounters": 405_036}),
    ("flows/long_uk_small_boats_daily.csv", "uk-small-boats-daily", 3_154, 0, 0, {"persons_arrived": 208_507}),
    (ITALIAN_LANDINGS, "italy-landings", 4_352, 1_095, 4_352 - 1_095 - 2_207, {"persons_arrived": 474_167}),
    (UNHCR_MONTHS, "unhcr-monthly-wide", 71, 0, 0,
     {"persons_arrived": 658_682 + 1_213_627 + 165_214 + 3_391 + 4_856}),
    ("flows/unhcr-mediterranean-timeseries.json", "unhcr-mediterranean-monthly", 55, 0, 0,
     {"persons_arrived": 1_766_478}),
    ("flows/unhcr-sea-and-land-arrivals-monthly.csv", "unhcr-mediterranean-monthly", 55, 0, 0,
     {"persons_arrived": 1_766_478}),
    ("flows/unhcr-arrivals-by-disembarkation-place.csv", "unhcr-disembarkation", 211, 0, 0,
     {"persons_arrived": 2_331_193}),
    ("flows/darien_transits_by_nationality.csv", "darien-nationality", 2_387, 0, 0, {"transits": 1_322_960}),
    ("flows/darien_transits_by_demographics.csv", "darien-demographics", 160, 0, 0, {"transits": 1_207_202}),
    ("flows/honduras_irregular_arrivals_by_nationality.csv", "honduras-irregular", 4_198, 0, 0,
     {"irregular_entries": 1_191_581}),
    ("flows/australia_boat_arrivals.csv", "australia-boats", 50, 0, 0, {"persons_arrived": 70_840}),
    ("context/unhcr/unhcr_daily_arrivals_italy.csv", "unhcr-daily-italy", 3_601, 0, 0, {"persons_arrived": 856_054}),
]  # fmt: skip
NOT_READ = [
    ("context/interceptions/libya_tunisia_interceptions_daily_modelled_2014-2023.csv", "this is a model"),
    ("context/interceptions/frontex_themis_incidents_monthly_aggregate_2014-2023.csv", "incidents of a Frontex oper"),
]


def sums_of(result: ReadResult) -> dict[str, int]:
    return dict(result.frame.group_by("unit").agg(pl.col("value").sum()).iter_rows())


def by_year(result: ReadResult, *chosen: pl.Expr) -> dict[int, int]:
    """Return the sums by the year in which periods end."""
    rows = result.frame.filter(*chosen).group_by(pl.col("date_to").dt.year()).agg(pl.col("value").sum())
    return dict(rows.drop_nulls().iter_rows())


def lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(("name", "layout", "rows", "quarantined", "duplicates", "sums"), FILES)
def test_every_row_ends_once_and_the_sums_are_the_publishers(
    real_data: Path, name: str, layout: str, rows: int, quarantined: int, duplicates: int, sums: dict[str, int]
) -> None:
    result = read_one(real_data / name)
    assert (result.layout, result.rows_read) == (layout, rows)
    assert (result.quarantined, result.duplicates) == (quarantined, duplicates)
    assert result.accepted == rows - quarantined - duplicates
    assert sums_of(result) == sums
    assert (result.unread_columns, result.far_outside) == ((), ())


@pytest.mark.parametrize(("name", "sentence"), NOT_READ)
def test_what_nobody_counted_is_refused_with_what_it_is(real_data: Path, name: str, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        read_file(real_data / name)


def test_the_newest_report_of_a_day_counts_and_what_was_said_before_is_logged(real_data: Path) -> None:
    result = read_one(real_data / ITALIAN_LANDINGS)
    assert by_year(result)[2023] == 155_515
    assert result.frame["date_from"].n_unique() == result.accepted == 2_207
    assert result.log.filter(pl.col("rule").str.contains("older report"))["row"].n_unique() >= 158
    later = result.quarantine.filter(pl.col("reason").str.contains("after the day of its report"))
    assert later["row"].n_unique() > 1_000


def test_a_years_nationalities_are_those_of_its_newest_report(real_data: Path) -> None:
    path = real_data / ITALIAN_NATIONALITIES
    newest: dict[str, str] = {}
    for line in lines_of(path):
        newest[line["Data_Report"][:4]] = max(newest.get(line["Data_Report"][:4], ""), line["Data_Report"])
    kept = [line for line in lines_of(path) if line["Data_Report"] in newest.values()]
    result = read_one(path)
    assert (result.rows_read, result.accepted, result.duplicates) == (1_619, len(kept), 1_619 - len(kept))
    assert sums_of(result) == {"persons_arrived": sum(int(line["Valore"]) for line in kept)}
    is_of_2023 = pl.col("date_to").dt.year() == 2023
    guinea = result.frame.filter(is_of_2023 & (pl.col("nationality") == "GIN"))
    assert guinea.select("date_from", "date_to", "value").rows() == [(date(2023, 1, 1), date(2023, 12, 31), 18_211)]
    others = result.frame.filter(is_of_2023 & pl.col("nationality").is_null())
    assert others["value"].to_list() == [45_498]


def test_people_in_reception_are_kept_by_day_and_kind_and_are_in_no_flow(real_data: Path, tmp_path: Path) -> None:
    path = real_data / ITALIAN_RECEPTION
    truth: dict[str, int] = defaultdict(int)
    for line in lines_of(path):
        for column, cell in line.items():
            truth[column] += int(cell) if column.startswith("Migranti presenti") and cell else 0
    result = read_one(path)
    assert (result.rows_read, result.accepted) == (2_800, 2_800)
    assert sums_of(result) == {
        "persons_in_hotspots": truth["Migranti presenti negli hot spot"],
        "persons_in_reception_centres": truth["Migranti presenti nei centri di accoglienza"],
        "persons_in_integration_centres": truth["Migranti presenti nei centri SIPROIMI"]
        + truth["Migranti presenti nei centri SAI"],
    }
    report = ingest([path], Store(tmp_path))
    assert totals(Store(tmp_path).current(), Selection(), measure="arrivals").total is None
    assert report["files"][0]["values"] == {}


def test_the_home_offices_sheets_are_read_each_for_what_the_other_lacks(real_data: Path) -> None:
    arrived, prevented = read_file(real_data / HOME_OFFICE)
    assert (arrived.rows_read, arrived.accepted, sums_of(arrived)) == (3_154, 3_154, {"persons_arrived": 208_507})
    assert (prevented.rows_read, prevented.accepted) == (450, 450)
    assert by_year(prevented) == {2024: 21_317, 2025: 22_476, 2026: 8_231} | dict.fromkeys(range(2018, 2024), 0)
    unknown = prevented.frame.filter(pl.col("date_to") < pl.date(2024, 1, 1))["value"]
    assert unknown.null_count() == unknown.len()


def test_crossings_are_told_by_country_and_coast_guard_and_no_total_is_added(real_data: Path) -> None:
    result = read_one(real_data / CROSSINGS)
    assert (result.rows_read, result.accepted) == (144, 144)
    arrived, returned = (pl.col("unit") == unit for unit in ("persons_arrived", "persons_intercepted"))
    central = by_year(result, arrived, pl.col("country").is_in(["ITA", "MLT"]), pl.col("mode") == "sea")
    assert [central[year] for year in (2017, 2018, 2023, 2024)] == [119_390, 24_815, 158_033, 66_855]
    taken_back = by_year(result, returned, pl.col("country").is_in(["LBY", "TUN"]))
    assert [taken_back[year] for year in (2017, 2018, 2023, 2024)] == [22_030, 19_947, 65_766, 42_162]
    assert by_year(result, returned, pl.col("country") == "TUR")[2024] == 55_473
    assert set(result.frame["unit"].unique()) == {"persons_arrived", "persons_intercepted"}  # no deaths: (a)


def test_blank_interceptions_are_unknown_and_empty_months_are_no_zeros(real_data: Path) -> None:
    result = read_one(real_data / CROSSINGS)
    rows = result.frame.filter(pl.col("unit") == "persons_intercepted")
    before = rows.filter((pl.col("country") == "LBY") & (pl.col("date_to") < pl.date(2016, 1, 1)))
    assert (before.height, before["value"].null_count()) == (24, 24)  # (f)
    year = pl.col("date_from").dt.year() == 2025
    assert rows.filter(year & pl.col("country").is_in(["TUN", "DZA"]))["value"].null_count() == 24  # (d)
    last = result.frame.filter(pl.col("date_from") >= pl.date(2025, 11, 1))
    assert last["value"].null_count() == last.height == 26  # (e)


def test_corrections_below_zero_are_withheld_and_said(real_data: Path) -> None:
    result = read_one(real_data / CROSSINGS)
    held = result.log.filter(pl.col("rule").str.contains("withheld")).select("row", "column", "found", "kept").rows()
    assert held == [(25, "wmr_sea_arrivals", "-380", None), (88, "wmr_land_arrivals", "-15", None)]
    assert sum("is withheld" in note for note in result.notes) == 2


def test_displaced_people_are_units_of_their_own_and_blank_is_not_reported(real_data: Path) -> None:
    lines = lines_of(real_data / DISPLACED)
    columns = {"refugees": "refugees", "asylum_seekers": "asylum_seekers", "refugee_like": "refugee_like",
               "oip": "in_need_of_protection"}  # fmt: skip
    result = read_one(real_data / DISPLACED)
    assert (result.rows_read, result.accepted) == (105_868, 105_868)
    assert sums_of(result) == {
        f"newly_displaced_{unit}": sum(int(line[column] or 0) for line in lines) for column, unit in columns.items()
    }
    assert result.frame["value"].null_count() == sum(not any(line[one] for one in columns) for line in lines)
    austria = result.frame.filter(pl.col("nationality") == "AUT")["value"].sum()
    told = sum(int(line[one] or 0) for line in lines if line["coo"] == "AUS" for one in columns)
    assert austria == told > 0  # AUS is Austria in UNHCR's own codes, and Australia in ISO's


def test_yearly_figures_under_january_are_of_the_whole_year(real_data: Path) -> None:
    result = read_one(real_data / "flows/darien_transits_by_nationality.csv")
    assert result.frame.group_by("step").agg(pl.col("date_to").max().dt.year()).sort("step").rows() == [
        ("month", 2025), ("year", 2019),
    ]  # fmt: skip
    yearly = result.frame.filter(pl.col("step") == "year")
    assert (yearly["date_to"].dt.month() == 12).all()


def test_what_is_printed_beside_the_border_patrols_figures_agrees_with_them(real_data: Path) -> None:
    for year in (2000, 2010, 2019, 2020):
        result = read_one(real_data / f"interceptions/usbp_monthly_encounters_fy{year}.csv")
        assert not [note for note in result.notes if "add up" in note]
        assert result.frame.select(pl.col("date_from").min(), pl.col("date_to").max()).row(0) == (
            date(year - 1, 10, 1), date(year, 9, 30),
        )  # fmt: skip
    closed = read_one(real_data / "interceptions/usbp_monthly_encounters_fy2010.csv").frame.filter(place="Livermore")
    assert closed["value"].null_count() == closed.height == 12


@pytest.mark.rule("E6")
def test_people_whom_two_publishers_count_are_counted_once(real_data: Path, tmp_path: Path) -> None:
    landings = real_data / ITALIAN_LANDINGS
    store = Store(tmp_path)
    ingest([real_data / UNHCR_MONTHS, landings, real_data / ITALIAN_NATIONALITIES, real_data / CROSSINGS], store)
    vintage = store.current()
    days = pl.col("date_from").is_between(pl.date(2019, 12, 1), pl.date(2025, 8, 31))  # of September it has a half
    after = sum(by_year(read_one(landings), days).values())
    italy = vintage.counts_marked.filter(
        is_summed(None, None, is_named=False) & (pl.col("unit") == "persons_arrived") & (pl.col("country") == "ITA")
    )
    iom = italy.filter(pl.col("source") == "iom-mediterranean")[
        "value"
    ].sum()  # September 2025 whole, and what is after it
    assert italy["value"].sum() == 658_682 + after + iom
    own = totals(vintage, Selection(source="italy-landings"), measure="arrivals")
    assert own.total == 474_167


@pytest.mark.rule("R10")
def test_days_of_a_place_that_another_publisher_counts_are_covered(real_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([real_data / UNHCR_MONTHS, real_data / ITALIAN_LANDINGS], store)
    winter = Selection(start=date(2019, 8, 1), end=date(2020, 3, 31))
    absent = [
        (place, row.first) for row in not_covered_rows(store.current(), winter, "arrivals") for place in row.places
    ]
    assert {place for place, _ in absent} == {"Greece", "Spain", "Malta", "Cyprus"}, "Italy's ministry counts Italy"


@pytest.mark.rule("E6")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_transits_told_by_nationality_and_by_age_are_counted_once(
    real_data: Path, tmp_path: Path, order: tuple[int, int]
) -> None:
    names = ("flows/darien_transits_by_nationality.csv", "flows/darien_transits_by_demographics.csv")
    store = Store(tmp_path)
    reports = [ingest([real_data / names[place]], store) for place in order]
    told_last = [note for note in reports[-1]["files"][0]["notes"] if "another data set" in note]
    assert len(told_last) == (order[-1] == 1)
    assert totals(store.current(), Selection(), measure="transits").total == 1_322_960
    told = totals(store.current(), Selection(source="darien-demographics"), measure="transits")
    assert told.total == 1_207_202


def test_the_service_and_the_download_of_one_series_are_counted_once(real_data: Path, tmp_path: Path) -> None:
    files = ["flows/unhcr-mediterranean-timeseries.json", "flows/unhcr-sea-and-land-arrivals-monthly.csv"]
    ingest([real_data / name for name in files], Store(tmp_path))
    assert totals(Store(tmp_path).current(), Selection(), measure="arrivals").total == 1_766_478
