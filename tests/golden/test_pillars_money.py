"""Prices of passage and a survey's costs, on publishers' files, beside plain statistics of the raw files."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

import polars as pl
import pytest

from data.indicators.sums import word_of
from data.pillars.figures import figures_of
from data.pillars.models import Asked
from data.pillars.views import VIEWS, view_of
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.shared import once_per_run

pytestmark = pytest.mark.real
FEES = "context/money/the-migrants-files-money-trail_fees.csv"
SURVEY = "context/survey/wfp-mpi-mit_central-america_2021_{}.csv"
SEAT = "Seat on a boat from Mauritania"


@pytest.fixture(scope="module")
def held(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """Return a store of the files of prices and of the survey."""
    names = (FEES, SURVEY.format("cost_by_channel"), SURVEY.format("motives"))
    return Store(
        once_per_run(tmp_path_factory, "money", lambda to: ingest([real_data / one for one in names], Store(to)))
    ).current()


def raw_prices(real_data: Path, route: str, year: int | None = None) -> Iterator[tuple[float, str]]:
    """Yield the prices above 0 of a route with their service, as the file has them."""
    with (real_data / FEES).open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            text = row["Price EUR 2014"].replace(",", "")
            is_asked = row["route"] == route and year in (None, int(row["Year"] or 0))
            if is_asked and text.replace(".", "").isdigit() and float(text) > 0:
                yield float(text), row["Service"]


@pytest.mark.parametrize(
    ("route", "name", "number", "middle"),
    [("central-mediterranean", "Central Med", 124, 1_500), ("western-africa-atlantic", "West African", 1_741, 693)],
)
def test_the_prices_of_a_route_are_those_of_the_readme(
    held: Vintage, real_data: Path, route: str, name: str, number: int, middle: float
) -> None:
    raw = [value for value, _ in raw_prices(real_data, name)]
    assert (len(raw), median(raw)) == (number, middle)
    view = view_of(held, VIEWS["fees"], Asked(route))
    assert sum(row.denominator or 0 for row in view.rows if row.part.endswith("/median")) == number


@pytest.mark.parametrize("year", [2013, 2014, 2015])
def test_the_range_of_a_year_is_what_the_raw_file_gives(held: Vintage, real_data: Path, year: int) -> None:
    raw = [value for value, _ in raw_prices(real_data, "Central Med", year)]
    view = view_of(held, VIEWS["fees"], Asked("central-mediterranean", date(year, 1, 1), date(year, 12, 31)))
    found = {row.part.rsplit("/", 1)[1]: row.value for row in view.rows}
    assert found == {"lowest": min(raw), "median": median(raw), "highest": max(raw)}


def test_one_service_of_2007_stands_by_itself(held: Vintage, real_data: Path) -> None:
    raw = [value for value, service in raw_prices(real_data, "West African", 2007) if service == SEAT]
    view = view_of(held, VIEWS["fees"], Asked("western-africa-atlantic", date(2007, 1, 1), date(2007, 12, 31)))
    batch = next(row for row in view.rows if row.part.endswith(f"{SEAT}/median"))
    assert (batch.value, batch.denominator) == (median(raw), len(raw))
    assert len({row.part.rsplit("/", 1)[0] for row in view.rows}) == 2


def test_the_survey_gives_the_figures_of_the_readme(held: Vintage) -> None:
    view = view_of(held, VIEWS["fees"], Asked("central-america-to-us"))
    rows = {row.part: row for row in view.rows}
    smuggler = rows["survey/all/smuggler/median"]
    assert (smuggler.value, smuggler.denominator, smuggler.unit) == (6_500, 558, "US dollars")
    assert rows["survey/all/on_own_or_caravan/median"].value == 1_040
    assert rows["survey/all/smuggler/all_by_loans"].value == pytest.approx(624 / 912)
    every = figures_of(held, word_of("channel") == "smuggler")
    mean = every.filter(word_of("statistic") == "mean", pl.col("area").is_null())
    assert mean["value"].to_list() == [7_509.1]
    motive = figures_of(held, (word_of("motive") == "econ-1") & (pl.col("area") == "GTM"))
    assert motive.select("value", "denominator").rows() == [(424, 524)]


@pytest.mark.rule("R11")
def test_what_the_survey_hides_is_told_by_no_share_and_no_sum(held: Vintage) -> None:
    """Of 47 people from Guatemala on their own, 31 and 11 paid with and without loans: 5 would be told by difference."""
    rows = {row.part: row for row in view_of(held, VIEWS["fees"], Asked("central-america-to-us")).rows}
    own = [rows[f"survey/GTM/on_own_or_caravan/{one}"] for one in ("all_by_loans", "partly_by_loans", "without_loans")]
    assert [(row.value, row.numerator, row.status) for row in own] == [
        (None, None, "withheld"), (None, None, "below_threshold"), (None, None, "withheld"),
    ]  # fmt: skip
    assert all(row.numerator is None or row.numerator >= 10 for row in rows.values() if row.unit == "share")


def test_the_motives_are_those_of_the_readme(held: Vintage, real_data: Path) -> None:
    view = view_of(held, VIEWS["motives"], Asked("central-america-to-us"))
    rows = {row.part: row for row in view.rows}
    with (real_data / SURVEY.format("motives")).open(encoding="utf-8", newline="") as handle:
        raw = list(csv.DictReader(handle))
    assert len(rows) == len(raw) == 24
    guatemala = rows["GTM/econ-1"]
    assert (guatemala.numerator, guatemala.denominator) == (424, 524)
    assert sum(row.numerator or 0 for row in view.rows) == sum(int(row["n"]) for row in raw)
