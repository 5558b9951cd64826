"""Real files give the publishers' own figures, to the person."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from data.counting.totals import parse_totals, totals
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.reading import read_one

pytestmark = pytest.mark.real

INCIDENT_FILES = [
    ("mmp/MissingMigrants-Global-2019-03-29T18-36-07.csv", "mmp-2019", 5333, 16_905, 14_647, 31_552),
    ("mmp/Missing_Migrants_Global_Figures_allData_2022-05-20.xlsx", "mmp-2022", 10_606, 26_619, 21_804, 48_423),
    ("mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx", "mmp-2025", 19_255, 43_977, 30_399, 74_376),
    ("mmp/MissingMigrants-Global-2026-05-06--19_42_11.csv", "mmp-2026", 238, 642, 1_258, 1_900),
    ("mmp/IOM-MMP_all_data_2016-12-22.csv", "mmp-2016", 1733, 9_256, 9_227, 18_483),
    ("mmp/iom_europe_2026-05.csv", "mmp-selection", 6802, 22_362, 27_627, 49_989),
    ("mmp/api-json/2014-json.json", "mmp-json", 535, 1_981, 3_567, 5_548),
    ("mmp/api-json/2019-json.json", "mmp-json", 1832, 3_637, 1_783, 5_420),
    ("mmp/api-json/2024-json.json", "mmp-json", 1034, 2_079, 2_028, 4_107),
    ("mmp/api-json/2025-json.json", "mmp-json", 975, 2_502, 1_278, 3_780),
]
COUNT_FILES = [
    ("interceptions/frontex_detections_2009-01_2025-04.csv", "detections", 34_273, 4_966_869),
    ("interceptions/cbp_southwest_border_encounters_2017-10_2025-05.csv", "encounters", 36_676, 11_086_194),
    ("flows/unhcr_arrivals_12_31.csv", "persons_arrived", 71, 2_045_770),
    ("flows/long_uk_small_boats_daily.csv", "persons_arrived", 3_154, 208_507),
]
BY_YEAR = {
    "2014": 5441, "2015": 6961, "2016": 8249, "2017": 6400, "2018": 5016, "2019": 5430,
    "2020": 4314, "2021": 6276, "2022": 7205, "2023": 8747, "2024": 9002, "2025": 1322,
}  # fmt: skip


@pytest.mark.parametrize(("name", "layout", "rows", "dead", "missing", "together"), INCIDENT_FILES)
def test_an_incident_file_sums_to_its_publishers_figures(
    real_data: Path, name: str, layout: str, rows: int, dead: int, missing: int, together: int
) -> None:
    result = read_one(real_data / name)
    assert (result.layout, result.rows_read) == (layout, rows)
    assert result.accepted + result.quarantined + result.duplicates == rows
    sums = [result.frame[column].sum() for column in ("dead", "missing", "dead_or_missing")]
    assert sums == [dead, missing, together]


@pytest.mark.parametrize(("name", "unit", "rows", "value"), COUNT_FILES)
def test_a_count_file_sums_to_its_publishers_figure(
    real_data: Path, name: str, unit: str, rows: int, value: int
) -> None:
    result = read_one(real_data / name)
    assert (result.rows_read, result.accepted) == (rows, rows)
    assert result.frame["unit"].unique().to_list() == [unit]
    assert result.frame["value"].sum() == value


def test_a_file_under_another_name_reads_the_same(real_data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "x.csv"
    shutil.copy(real_data / INCIDENT_FILES[0][0], copy)
    assert read_one(copy).layout == "mmp-2019"


def test_the_years_of_the_2025_edition_are_the_publishers(real: Vintage) -> None:
    answer = totals(real, Selection(), measure="dead_or_missing", by="year")
    assert {group.key: group.value for group in answer.groups} == BY_YEAR
    assert (answer.total, answer.not_dated) == (74_376, 13)


@pytest.mark.rule("C6")
@pytest.mark.parametrize(("year", "people"), [(2017, 2853), (2018, 1314)])
def test_the_central_mediterranean_equals_the_golden_figures(real: Vintage, year: int, people: int) -> None:
    query = {"route": "Central Mediterranean", "from": f"{year}-01-01", "to": f"{year}-12-31"}
    selection, measure, by = parse_totals(query, real)
    assert totals(real, selection, measure=measure, by=by).total == people  # RULES C6


def test_detections_by_route_add_up_to_the_publishers_total(real: Vintage) -> None:
    answer = totals(real, Selection(), measure="detections", by="route")
    groups = {group.key: group.value for group in answer.groups}
    assert groups["Central Mediterranean"] == 1_252_298
    assert sum(groups.values()) + answer.no_route == answer.total == 4_966_869


@pytest.mark.rule("E7")
def test_editions_of_one_data_set_are_never_added(real_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    older, newer, next_year = (real_data / INCIDENT_FILES[i][0] for i in (1, 2, 3))
    report = ingest([older, newer, next_year], store)
    whole = totals(store.current(), Selection(), measure="dead_or_missing")
    assert whole.total == 74_376 + 1_900
    old = report["files"][0]
    assert (old["accepted"], old["duplicates"], old["dead_or_missing"]) == (0, 10_606, 48_423)


@pytest.mark.rule("E7")
def test_an_edition_ingested_later_but_published_earlier_does_not_win(real_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([real_data / INCIDENT_FILES[2][0]], store)
    ingest([real_data / INCIDENT_FILES[0][0]], store)
    assert totals(store.current(), Selection(), measure="dead_or_missing").total == 74_376


def test_a_yearly_edition_replaces_only_the_days_it_covers(real_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([real_data / INCIDENT_FILES[2][0], real_data / INCIDENT_FILES[9][0]], store)
    years = totals(store.current(), Selection(), measure="dead_or_missing", by="year")
    groups = {group.key: group.value for group in years.groups}
    assert groups == BY_YEAR | {"2025": 3780}


@pytest.mark.long
@pytest.mark.rule("E7")
@pytest.mark.parametrize("column", ["Region of Incident", "Migration Route"])
def test_the_workbook_in_parts_is_the_workbook(real_data: Path, tmp_path: Path, column: str) -> None:
    rows = pl.read_excel(real_data / INCIDENT_FILES[2][0], infer_schema_length=0)
    parts = rows.with_columns(pl.col(column).fill_null("none")).partition_by(column, maintain_order=True)
    files = []
    for number, part in enumerate(parts):
        files.append(tmp_path / f"part{number}.csv")
        part.with_columns(pl.col(column).replace("none", None)).write_csv(files[-1])
    ingest(files, Store(tmp_path / "store"))
    assert totals(Store(tmp_path / "store").current(), Selection(), measure="dead_or_missing").total == 74_376
