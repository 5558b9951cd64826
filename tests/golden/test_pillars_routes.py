"""Views of a route's deaths on publishers' files, beside what the raw files give without any reader of the program."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.counting.totals import totals
from data.pillars.models import Asked
from data.pillars.views import VIEWS, view_of
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.conftest import MMP_2025
from tests.harness.shared import once_per_run

pytestmark = pytest.mark.real
ROUTE = "central-mediterranean"
TOTAL, CAUSE = "Total Number of Dead and Missing", "Cause of Death"


def year(number: int) -> Asked:
    return Asked(ROUTE, date(number, 1, 1), date(number, 12, 31))


@pytest.fixture(scope="module")
def raw(real_data: Path) -> pl.DataFrame:
    """Return the publisher's rows as they stand in the workbook."""
    rows = pl.read_excel(real_data / MMP_2025, infer_schema_length=0)
    return rows.with_columns(pl.col(TOTAL).cast(pl.Int64, strict=False))


@pytest.mark.rule("C5", "C6")
@pytest.mark.parametrize(("number", "people"), [(2017, 2_853), (2018, 1_314)])
def test_each_partition_of_a_year_adds_up_to_the_published_total(real: Vintage, number: int, people: int) -> None:
    view = view_of(real, VIEWS["how_they_die"], year(number))
    sums = {}
    for row in view.rows:
        sums[row.what] = sums.get(row.what, 0) + (row.value or 0)
    assert [total for what, total in sums.items() if "at least" in what] == [people] * 3
    assert view.value == people
    whole = totals(real, Selection(routes=(ROUTE,), start=date(number, 1, 1), end=date(number, 12, 31)),
                   measure="dead_or_missing")  # fmt: skip
    assert whole.total == people


@pytest.mark.parametrize("number", [2017, 2018, 2023])
def test_the_drowned_are_those_of_the_workbook(real: Vintage, raw: pl.DataFrame, number: int) -> None:
    drowned = raw.filter(pl.col("Migration Route") == "Central Mediterranean",
                         pl.col("Incident Year").cast(pl.Int64, strict=False) == number,
                         pl.col(CAUSE).is_in(["Drowning", "Drowning,Mixed or unknown"]))  # fmt: skip
    view = view_of(real, VIEWS["how_they_die"], year(number))
    assert next(row.value for row in view.rows if row.part == "drowning") == drowned[TOTAL].sum()


def test_the_groups_of_a_profile_are_those_of_the_workbook(real: Vintage, raw: pl.DataFrame) -> None:
    own = raw.filter(pl.col("Migration Route") == "Central Mediterranean", pl.col("Incident Year") == "2018")
    stated = {name: own[name].cast(pl.Int64, strict=False).sum()
              for name in ("Number of Females", "Number of Males", "Number of Children")}  # fmt: skip
    view = view_of(real, VIEWS["route_risk_profile"], year(2018))
    people = {row.part: row.numerator for row in view.rows}
    assert [people[one] for one in ("sex/female", "sex/male", "age/children")] == list(stated.values())
    assert (people["sex/sex_unknown"], people["mode/sea"]) == (1_314 - 96 - 258, 1_314)
    assert all(row.numerator is None or row.numerator >= 10 for row in view.rows if row.unit == "share")


@pytest.fixture(scope="module")
def plural(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """Return a store of several publishers' counts of the same people."""
    names = (MMP_2025, "incidents-other/the-migrants-files-events_2016-06-24.csv", "flows/italy-sbarchi-per-giorno.csv",
             "context/unhcr/unhcr_daily_arrivals_italy.csv",
             "context/interceptions/iom_mediterranean_crossings_monthly_2014-2025.csv")  # fmt: skip
    files = [real_data / one for one in names]
    return Store(once_per_run(tmp_path_factory, "plural", lambda folder: ingest(files, Store(folder)))).current()


@pytest.mark.rule("E6")
def test_arrivals_in_italy_in_2023_by_three_publishers(plural: Vintage, real_data: Path) -> None:
    """157,444 of UNHCR is the plain sum of the days of the raw file."""
    rows = {row.part: row.value for row in view_of(plural, VIEWS["other_counts"], year(2023)).rows}
    assert [rows[f"arrivals/ITA/{one}"] for one in ("unhcr-daily-italy", "italy-landings", "iom-mediterranean")] == [
        157_444, 155_515, 157_652,
    ]  # fmt: skip
    days = pl.read_csv(real_data / "context/unhcr/unhcr_daily_arrivals_italy.csv")
    assert days.filter(pl.col("data_date").str.starts_with("2023"))["individuals"].sum() == 157_444


@pytest.mark.rule("E6")
def test_deaths_of_2015_by_two_databases_and_never_their_sum(plural: Vintage, raw: pl.DataFrame) -> None:
    view = view_of(plural, VIEWS["other_counts"], year(2015))
    rows = {row.part: row.value for row in view.rows if row.part.startswith("deaths")}
    own = raw.filter(pl.col("Migration Route") == "Central Mediterranean", pl.col("Incident Year") == "2015")
    assert rows[f"deaths/{ROUTE}/mmp"] == own[TOTAL].sum() == 3_149
    assert rows[f"deaths/{ROUTE}/the-migrants-files"] == 3_037
    assert view.value is None
    assert f"{3_149 + 3_037:,}" not in view.words
