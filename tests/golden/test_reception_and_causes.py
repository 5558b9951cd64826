"""Reception, causes and family on publishers' files: the figures that the files' own descriptions state."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.pillars.drivers import SERIES, series_of
from data.pillars.figures import figures_of
from data.pillars.models import Asked, View, ViewRow
from data.pillars.request import rows_of_view
from data.pillars.views import VIEWS, view_of
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.shared import once_per_run

pytestmark = pytest.mark.real
FILES = (
    "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx",
    "flows/italy-nazionalita.csv",
    "flows/italy-accoglienza.csv",
    "context/unhcr/unhcr_asylum_applications_2020-2025.csv",
    "context/detention/us_ice_FY24_detentionStats.xlsx",
    "context/detention/uk_detention_summary_flow.csv",
    "context/detention/uk_people_in_detention_by_region_and_length_2018-2023.csv",
    "context/detention/uk_asylum_support_by_region_2014-2024.csv",
    "context/drivers/idmc_gidd_internal_displacements_IDPs.csv",
    "context/drivers/idmc_new_displacements_by_cause.csv",
    "context/drivers/idmc_gidd_disaster_events_AFG.csv",
    "context/drivers/inform_risk_index_trends.csv",
    "context/drivers/ipc/ipc_afg_national_long.csv",
    "context/drivers/ipc/ipc_ago_national_long.csv",
    "context/drivers/wdi_selected_2000-2023.csv",
    "context/eurostat/migr_resfirst_employment_by_citizenship_2026-08.json",
    "context/eurostat/migr_resvalid_FR_by_reason_2015-2019.csv",
    "context/visa/uk_family_reunion_visas.csv",
    "context/trafficking/uk_small_boat_NRM_referrals.csv",
)
ROUTE = "central-mediterranean"


@pytest.fixture(scope="module")
def held(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """Return a store of the files that these views are made of."""
    files = [real_data / name for name in FILES]
    return Store(once_per_run(tmp_path_factory, "causes", lambda folder: ingest(files, Store(folder)))).current()


def view(held: Vintage, name: str, route: str | None, year: int) -> View:
    return view_of(held, VIEWS[name], Asked(route, date(year, 1, 1), date(year, 12, 31)))


def row(found: View, part: str) -> ViewRow:
    return next(one for one in found.rows if one.part == part)


def test_alternatives_to_detention_are_a_share_of_them_and_the_detained(held: Vintage) -> None:
    found = view(held, "reception", None, 2024)
    share = row(found, "USA-alternatives")
    assert (share.numerator, share.denominator) == (179_071, 179_071 + 37_684)
    assert found.value == share.value == pytest.approx(179_071 / 216_755)
    assert share.note == "alternatives on 30 September 2024, detained on 3 October 2024"
    assert row(found, "GBR-support").value == 109_024


def test_a_stock_and_a_flow_stand_apart_and_no_share_is_made_of_them(held: Vintage) -> None:
    found = view(held, "reception", None, 2022)
    detained, entered = row(found, "GBR-detained"), row(found, "GBR-entered")
    assert (detained.value, detained.date_from, detained.date_to) == (1_159, date(2022, 12, 31), date(2022, 12, 31))
    assert (entered.value, entered.date_from) == (20_873, date(2022, 1, 1))
    assert found.value is None
    assert {one.unit for one in found.rows} == {"persons"}
    assert row(view(held, "reception", None, 2018), "GBR-detained").value is not None


@pytest.mark.rule("R11")
def test_what_no_file_states_of_reception_is_said_with_why(held: Vintage) -> None:
    found = view(held, "reception", ROUTE, 2024)
    assert "Occupancy is not computable, because no file states how many places there are." in found.notes
    assert any("Arrivals against registrations are not computable" in note for note in found.notes)
    assert found.words.startswith("Italy ")
    assert (row(found, "ITA-arrived").value, row(found, "ITA-applied").value) == (66_317, 151_110)
    centres = row(found, "ITA-persons_in_reception_centres")
    assert (centres.value, centres.date_from) == (101_002, date(2024, 12, 31))


def test_five_series_of_each_origin_of_the_route_stand_side_by_side(held: Vintage) -> None:
    found = view(held, "drivers", ROUTE, 2023)
    assert found.value is None
    origins = list(dict.fromkeys(one.part.split("-")[0] for one in found.rows))
    assert len(origins) == 5
    assert [one.part for one in found.rows if one.part.startswith("TUN")] == [
        f"TUN-{name}" for name in ("conflict", "disasters", "hunger", "work", "risk")
    ]
    assert row(found, "TUN-work").value == pytest.approx(15.106)
    assert found.notes[0] == "Association, not cause."
    assert "association, not cause" in found.words


@pytest.mark.rule("R11")
def test_a_year_without_a_figure_is_a_gap_and_a_share_of_hunger_is_of_those_analysed(held: Vintage) -> None:
    found = view_of(held, VIEWS["drivers"], Asked(None, date(2020, 1, 1), date(2024, 12, 31)))
    gaps = [one for one in found.rows if one.value is None]
    assert gaps
    assert {one.status for one in gaps} == {"not_collected"}
    figures = figures_of(held, pl.col("indicator").is_in({one.indicator for one in SERIES}))
    series = series_of(figures, next(one for one in SERIES if one.id == "hunger"))
    assert series.filter(area="AFG", year=2023)["value"].to_list() != []
    assert series.filter(area="AGO", year=2021)["value"].to_list() == [0.49]
    conflict = series_of(figures, next(one for one in SERIES if one.id == "conflict"))
    assert conflict.filter(year=2024)["value"].sum() == 20_058_987
    disasters = series_of(figures, next(one for one in SERIES if one.id == "disasters"))
    assert disasters.filter(pl.col("area") != "AFG")["source"].unique().to_list() == ["idmc-by-cause"]


def test_a_series_that_is_known_in_each_year_leaves_without_a_gap(held: Vintage) -> None:
    found = view_of(held, VIEWS["drivers"], Asked())
    rows = rows_of_view(found).filter("series", pl.col("part") == "COD-conflict").sort("date_from")
    assert rows["date_from"].dt.year().to_list() == list(range(2015, 2025))
    assert rows["value"].to_list() == [
        621_000, 922_100, 2_165_767, 1_839_616, 1_671_769, 2_208_890, 2_711_783, 4_004_370, 3_772_340, 5_333_075,
    ]  # fmt: skip


def test_family_reunion_is_for_each_1000_people_of_the_same_nationality_and_year(held: Vintage) -> None:
    found = view(held, "family", None, 2022)
    iran = row(found, "IRN-reunion")
    assert (iran.numerator, iran.denominator) == (631, 5_841)
    assert iran.value == pytest.approx(631 / 5_841 * 1000)
    on_route = row(view(held, "family", ROUTE, 2023), "SYR-reunion")
    assert (on_route.numerator, on_route.denominator) == (2_490, 9_547)


@pytest.mark.rule("R11")
def test_in_other_is_not_0_and_a_year_that_no_file_holds_is_a_gap(held: Vintage) -> None:
    found = view(held, "family", None, 2022)
    afghan = row(found, "AFG-employment")
    assert (afghan.value, afghan.status, afghan.note) == (None, "unknown", "named by no state")
    assert (row(found, "IRN-employment").value or 0) > 0
    years = view_of(held, VIEWS["family"], Asked(ROUTE, date(2022, 1, 1), date(2024, 12, 31)))
    last = [one for one in years.rows if one.part == "SYR-reunion"][-1]
    assert (last.value, last.status) == (None, "not_collected")
    assert "No whole year of family reunion visas, United Kingdom is held in 2024." in years.notes


def test_without_days_the_last_year_is_taken_of_which_both_are_held(held: Vintage) -> None:
    found = view_of(held, VIEWS["family"], Asked(ROUTE))
    assert (found.date_from, found.date_to) == (date(2023, 1, 1), date(2023, 12, 31))
    boats = view_of(held, VIEWS["family"], Asked("english-channel"))
    assert (boats.date_from, row(boats, "IRN-reunion").denominator) == (date(2022, 1, 1), 5_841)


def test_valid_permits_are_a_stock_and_divided_by_nothing(held: Vintage) -> None:
    found = view(held, "family", ROUTE, 2019)
    valid = row(found, "TUN-valid-FRA")
    assert (valid.unit, valid.numerator, valid.denominator) == ("permits", None, None)
    assert (valid.value or 0) > 0
    assert valid.date_from == date(2019, 12, 31)
