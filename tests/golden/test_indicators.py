"""The figures that the folder of context states, found again in what is read of its files."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.indicators.held_back import without_recoverable
from data.indicators.rates import figures_of_rate
from data.indicators.sums import parts_only, word_of
from data.model.indicators import INDICATORS
from data.readers.registry import read_file
from tests.harness.differencing import groups, recovered

pytestmark = pytest.mark.real
FIRST_LEVELS = ("FI", "FA", "NA")
EU = pl.col("area") == "eu-28"
IN_ALL = pl.col("partner").is_null()
Figures = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="module")
def figures(real_data: Path) -> Figures:
    """Return the function that reads a file of the folder once; its figures have the year of their first day."""
    kept: dict[str, pl.DataFrame] = {}

    def read(name: str) -> pl.DataFrame:
        if name not in kept:
            (result,) = read_file(real_data / "context" / name)
            kept[name] = result.frame.with_columns(year=pl.col("date_from").dt.year(), source=pl.lit(result.source))
        return kept[name]

    return read


def total(rows: pl.DataFrame) -> float:
    return round(float(rows["value"].sum()), 3)


def of(indicator: str, year: int) -> tuple[pl.Expr, pl.Expr]:
    return pl.col("indicator") == indicator, pl.col("year") == year


DECISIONS = "unhcr/unhcr_asylum_decisions_2018-2025.csv"
ICE = "detention/us_ice_FY24_detentionStats.xlsx"


@pytest.mark.parametrize(
    ("name", "indicator", "year", "expected"),
    [
        (DECISIONS, "asylum_decisions", 2024, 2_164_386),
        (DECISIONS, "asylum_recognised", 2024, 549_896),
        (DECISIONS, "asylum_other_protection", 2024, 225_947),
        (DECISIONS, "asylum_rejected", 2024, 633_370),
        (DECISIONS, "asylum_closed", 2024, 755_173),
        ("unhcr/unhcr_asylum_applications_2020-2025.csv", "asylum_applications", 2023, 3_848_894),
        ("unhcr/unhcr_asylum_applications_2020-2025.csv", "asylum_applications", 2024, 3_421_776),
        ("unhcr/unhcr_solutions_1959-2025.csv", "resettlement_arrivals", 2022, 114_242),
        ("unhcr/unhcr_solutions_1959-2025.csv", "resettlement_arrivals", 2023, 158_591),
        ("unhcr/unhcr_solutions_1959-2025.csv", "resettlement_arrivals", 2024, 188_759),
        ("unhcr/unhcr_solutions_1959-2025.csv", "resettlement_arrivals", 2025, 81_766),
        ("unhcr/unhcr_population_2021-2025.csv", "refugees", 2024, 30_958_200),
        ("unhcr/unhcr_population_2021-2025.csv", "idps_of_concern", 2024, 68_131_711),
        ("eurostat/migr_resfirst_employment_by_citizenship_2026-08.json", "first_permits", 2023, 1_229_931),
        ("iom/undesa_migrant_stock_2020_2024.csv", "migrant_stock", 2024, 304_021_813),
        ("visa/2024-schengen-visa-statistics-consulates_en.xlsx", "visas_applied", 2024, 11_716_723),
        ("visa/2024-schengen-visa-statistics-consulates_en.xlsx", "visas_issued", 2024, 9_793_634),
        ("visa/2024-schengen-visa-statistics-consulates_en.xlsx", "visas_refused", 2024, 1_706_003),
        ("visa/schengen-visa-consulates_2005-2022.csv", "visas_applied", 2014, 16_725_908),
        ("visa/schengen-visa-consulates_2005-2022.csv", "visas_refused", 2014, 851_010),
        ("visa/uk_family_reunion_visas.csv", "family_reunion_visas", 2019, 7_456),
        ("visa/uk_family_reunion_visas.csv", "family_reunion_visas", 2023, 9_764),
        ("trafficking/uk_small_boat_NRM_referrals.csv", "small_boat_people", 2022, 45_574),
        ("drivers/idmc_gidd_internal_displacements_IDPs.csv", "new_displacements", 2024, 20_058_987),
        ("drivers/idmc_gidd_internal_displacements_IDPs.csv", "internally_displaced", 2024, 73_505_422),
        ("drivers/ucdp_ged191_myanmar.csv", "conflict_deaths", 2017, 2_331),
        ("detention/uk_asylum_outcomes_cohort.csv", "cohort_applications", 2018, 29_504),
        ("detention/uk_returns_by_destination_2018-2023.csv", "returns_enforced", 2023, 6_393),
        ("detention/uk_returns_by_destination_2018-2023.csv", "returns_voluntary", 2023, 19_253),
        ("detention/uk_returns_by_destination_2018-2023.csv", "refused_at_port_departed", 2023, 24_587),
    ],
)
def test_a_publishers_parts_add_up_to_its_published_total(
    figures: Figures, name: str, indicator: str, year: int, expected: int
) -> None:
    rows = parts_only(figures(name)).filter(of(indicator, year))
    assert total(rows) == expected
    assert rows.height > 1


@pytest.mark.parametrize(
    ("name", "where", "expected"),
    [
        ("unhcr/unhcr_solutions_1959-2025.csv", {"indicator": "resettlement_arrivals", "year": 2024, "area": "USA"}, 105_531),
        ("unhcr/unhcr_solutions_1959-2025.csv", {"indicator": "resettlement_arrivals", "year": 2024, "partner": "SYR"}, 25_532),
        ("eurostat/migr_resfirst_employment_by_citizenship_2026-08.json", {"area": "POL", "year": 2023}, 427_144),
        ("eurostat/migr_resfirst_employment_by_citizenship_2026-08.json", {"area": "ITA", "year": 2025}, 57_362),
        ("eurostat/migr_resfirst_employment_by_citizenship_2026-08.json", {"area": "ITA", "year": 2025, "partner": "IND"}, 13_620),
        ("eurostat/migr_resfirst_employment_by_citizenship_2026-08.json", {"area": "ITA", "year": 2025, "partner": "MAR"}, 10_059),
        ("iom/undesa_migrant_stock_2020_2024.csv", {"year": 2024, "area": "ITA"}, 6_553_671),
        ("iom/undesa_migrant_stock_2020_2024.csv", {"year": 2024, "partner": "SYR"}, 8_927_523),
        ("visa/2024-schengen-visa-statistics-consulates_en.xlsx", {"indicator": "visas_refused", "partner": "TUN"}, 38_055),
        ("visa/schengen-visa-consulates_2005-2022.csv", {"indicator": "visas_applied", "partner": "TUN", "year": 2019}, 247_563),
        ("visa/schengen-visa-consulates_2005-2022.csv", {"indicator": "visas_refused", "partner": "TUN", "year": 2019}, 60_044),
        ("drivers/wdi_selected_2000-2023.csv", {"indicator": "unemployment", "area": "TUN", "year": 2023}, 15.106),
        ("drivers/inform_risk_index_trends.csv", {"indicator": "inform_risk", "area": "SOM", "year": 2024}, 8.4),
        ("drivers/idmc_gidd_disaster_events_AFG.csv", {"area": "AFG"}, 2_550_366),
        ("drivers/idmc_new_displacements_by_cause.csv", {"year": 2023, "breakdown": "cause=conflict"}, 20_470_781),
        ("drivers/idmc_new_displacements_by_cause.csv", {"year": 2023, "breakdown": "cause=flood"}, 9_706_315),
        ("drivers/idmc_new_displacements_by_cause.csv", {"year": 2023, "breakdown": "cause=storm"}, 9_505_135),
        ("drivers/idmc_new_displacements_by_cause.csv", {"year": 2023, "breakdown": "cause=earthquake"}, 6_070_989),
        ("drivers/ucdp_ged191_myanmar.csv", {"area": "MMR"}, 19_574),
        ("trafficking/ctdc_k-anonymised_2012-2018_grouped.csv", {"indicator": "trafficking_registered"}, 14_284),
        ("eurostat/demo_pjan_2012-2016.csv", {"area": "eu-28", "year": 2007}, 498_300_775),
        ("eurostat/demo_pjan_2012-2016.csv", {"area": "ITA", "year": 2012}, 59_394_207),
        ("detention/uk_detention_summary_flow.csv", {"indicator": "detention_entered", "year": 2022, "breakdown": None}, 20_873),
        ("detention/uk_detention_summary_flow.csv", {"indicator": "people_in_detention", "year": 2022, "breakdown": None}, 1_159),
        (ICE, {"indicator": "people_in_alternatives", "year": 2024, "totals": "technology"}, 179_071),
        (ICE, {"indicator": "people_in_alternatives", "year": 2024, "totals": None}, 179_071),
        (ICE, {"indicator": "people_in_detention", "totals": "disposition"}, 37_684),
        (ICE, {"indicator": "detained_daily_average"}, 36_277.415),
    ],
)  # fmt: skip
def test_figures_of_one_area_partner_or_part_are_those_that_are_stated(
    figures: Figures, name: str, where: dict[str, Any], expected: float
) -> None:
    tests = [pl.col(key).eq_missing(pl.lit(value)) for key, value in where.items()]
    assert total(figures(name).filter(*tests)) == expected


def test_remittances_to_tunisia_in_2023_are_those_of_the_world_bank(figures: Figures) -> None:
    rows = figures("drivers/wdi_selected_2000-2023.csv").filter(
        of("remittances_received", 2023), pl.col("area") == "TUN"
    )
    assert round(total(rows)) == 2_872_131_226


EXTRA = pl.col("partner") == "extra-eu-28"


@pytest.mark.parametrize(
    ("area", "year", "decisions", "positive"),
    [("eu-28", 2015, 592_680, 307_510), ("eu-28", 2016, 1_106_175, 672_655), ("ITA", 2016, 89_875, 35_405)],
)
def test_first_decisions_on_citizens_of_other_countries(
    figures: Figures, area: str, year: int, decisions: int, positive: int
) -> None:
    here = figures("eurostat/migr_asydcfsta_2008-2016_extra-eu.csv").filter(pl.col("area") == area, EXTRA)
    assert total(here.filter(of("first_decisions", year))) == decisions
    assert total(here.filter(of("first_decisions_positive", year))) == positive


@pytest.mark.parametrize(("year", "positive", "rejected"), [(2018, 5_595, 2_765), (2019, 5_430, 3_250)])
def test_totals_by_sex_and_age_are_not_added_to_their_parts(
    figures: Figures, year: int, positive: int, rejected: int
) -> None:
    every = figures("eurostat/migr_asydcfsta_FR_2015-2019_sdmx.csv")
    afghans = parts_only(every, ["age", "sex"]).filter(pl.col("partner") == "AFG")
    assert total(afghans.filter(of("first_decisions_positive", year))) == positive
    assert total(afghans.filter(of("first_decisions_rejected", year))) == rejected
    assert total(every) == 3_574_965
    assert total(parts_only(every, ["age", "partner", "sex"])) == 505_280


@pytest.mark.parametrize(("year", "people", "syrians"), [(2018, 5_565, 4_495), (2019, 5_600, 2_735)])
def test_people_resettled_to_france(figures: Figures, year: int, people: int, syrians: int) -> None:
    every = figures("eurostat/migr_asyresa_FR_2015-2019_sdmx.csv").filter(pl.col("year") == year)
    assert total(parts_only(every, ["age", "partner", "sex"])) == people
    assert total(parts_only(every, ["age", "sex"]).filter(pl.col("partner") == "SYR")) == syrians


@pytest.mark.parametrize(
    ("reason", "people"),
    [("family", 2_328_023), ("other", 2_265_311), ("employment", 398_653), ("education", 388_574), ("refugee", 366_884),
     ("subsidiary", 83_612)],
)  # fmt: skip
def test_valid_permits_in_france_by_reason_their_total_row_among_them(
    figures: Figures, reason: str, people: int
) -> None:
    every = figures("eurostat/migr_resvalid_FR_by_reason_2015-2019.csv").filter(pl.col("year") == 2019)
    assert total(every.filter(word_of("reason") == reason)) == people
    assert total(parts_only(every, ["partner"])) == 3_090_419
    assert total(every) == 5_831_057


ENFORCEMENT = {
    "ordered_to_leave": "eurostat/migr_eiord_2012-2016_allcitizens.csv",
    "returned_after_order": "eurostat/migr_eirtn_2012-2016_allcitizens.csv",
    "found_present": "eurostat/migr_eipre_2012-2016_allcitizens.csv",
    "refused_entry": "eurostat/migr_eirfs_2012-2016_allcitizens.csv",
}


@pytest.mark.parametrize(
    ("indicator", "area", "year", "expected"),
    [
        ("ordered_to_leave", "eu-28", 2014, 470_080), ("ordered_to_leave", "eu-28", 2015, 533_395),
        ("ordered_to_leave", "eu-28", 2016, 493_785), ("returned_after_order", "eu-28", 2014, 196_280),
        ("returned_after_order", "eu-28", 2015, 227_975), ("returned_after_order", "eu-28", 2016, 247_165),
        ("found_present", "eu-28", 2015, 2_154_675), ("refused_entry", "eu-28", 2016, 386_805),
        ("ordered_to_leave", "ITA", 2016, 32_365), ("returned_after_order", "ITA", 2016, 5_715),
        ("ordered_to_leave", "GRC", 2016, 33_790),
    ],
)  # fmt: skip
def test_what_states_report_of_enforcement(
    figures: Figures, indicator: str, area: str, year: int, expected: int
) -> None:
    rows = figures(ENFORCEMENT[indicator]).filter(of(indicator, year), pl.col("area") == area, IN_ALL)
    assert total(rows) == expected


def test_citizenships_need_not_add_up_to_their_total_and_returns_are_no_share_of_orders(figures: Figures) -> None:
    greece = figures(ENFORCEMENT["ordered_to_leave"]).filter(pl.col("area") == "GRC", pl.col("year") == 2016)
    assert total(parts_only(greece)) == 33_605
    assert total(parts_only(greece, ["partner"])) == 33_790
    germany = [total(figures(ENFORCEMENT[name]).filter(of(name, 2016), pl.col("area") == "DEU", IN_ALL))
               for name in ("returned_after_order", "ordered_to_leave")]  # fmt: skip
    assert round(100 * germany[0] / germany[1]) == 108


@pytest.mark.parametrize(
    ("indicator", "year", "people", "areas", "hidden"),
    [
        ("trafficking_victims", 2018, 49_799, 129, 12), ("trafficking_victims", 2019, 53_229, 119, 19),
        ("trafficking_victims", 2020, 49_794, 128, 22), ("trafficking_suspected", 2019, 19_658, 89, 12),
        ("trafficking_prosecuted", 2018, 13_848, None, None), ("trafficking_prosecuted", 2019, 12_312, None, None),
        ("trafficking_prosecuted", 2020, 9_682, None, None), ("trafficking_convicted", 2018, 7_429, None, None),
        ("trafficking_convicted", 2019, 3_850, None, None), ("trafficking_convicted", 2020, 2_481, None, None),
    ],
)  # fmt: skip
def test_trafficking_by_country_and_those_of_which_the_number_is_hidden(
    figures: Figures, indicator: str, year: int, people: int, areas: int | None, hidden: int | None
) -> None:
    every = parts_only(
        figures("trafficking/data_glotip_2023-05-30.xlsx"), ["age", "citizenship", "form", "repatriation", "sex"]
    )
    rows = every.filter(of(indicator, year))
    assert total(rows) == people
    if areas is not None:
        assert (rows.height, rows.filter(pl.col("absence") == "below_threshold").height) == (areas, hidden)


def test_an_analysis_of_hunger_is_of_the_people_analysed(figures: Figures) -> None:
    found = {}
    for country, analysis in (("afg", "Apr 2023"), ("ago", "Jun 2021")):
        every = figures(f"drivers/ipc/ipc_{country}_national_long.csv").filter(
            word_of("analysis") == analysis, word_of("validity") == "current", word_of("phase") == "3+"
        )
        found[country] = dict(every.select("indicator", "value").rows())
    assert found["afg"] == {"food_insecure": 17_213_584, "food_insecure_share": 0.4}
    assert found["ago"] == {"food_insecure": 1_315_532, "food_insecure_share": 0.49}


@pytest.mark.rule("R11")
def test_what_is_not_known_or_not_shown_is_never_zero(figures: Figures) -> None:
    colons = {name: figures(file).filter(pl.col("absence").is_not_null()).height for name, file in ENFORCEMENT.items()}
    assert colons == {"ordered_to_leave": 2_310, "returned_after_order": 2_826, "found_present": 2_308,
                      "refused_entry": 1_253}  # fmt: skip
    assert figures(ENFORCEMENT["found_present"]).filter(pl.col("absence").is_not_null())["value"].null_count() == 2_308


def test_cases_are_never_taken_for_persons_nor_unhcrs_codes_for_isos(figures: Figures, real_data: Path) -> None:
    every = figures(DECISIONS)
    assert every.filter(pl.col("unit") == "cases")["row"].n_unique() == 1_207
    raw = raw_rows(real_data, DECISIONS)
    austria = sum(int(row["dec_total"]) for row in raw if row["coa"] == "AUS" and row["year"] == "2024")
    assert total(every.filter(of("asylum_decisions", 2024), pl.col("area") == "AUT")) == austria > 0
    unknown = sum(int(row["dec_total"]) for row in raw if row["coo"] == "UKN" and row["year"] == "2024")
    assert total(every.filter(of("asylum_decisions", 2024), pl.col("partner") == "unknown")) == unknown > 0


def raw_rows(real_data: Path, name: str) -> list[dict[str, str]]:
    with (real_data / "context" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(
    ("origin", "expected"), [("SYR", 97.3), ("AFG", 84.8), ("ERI", 92.6), ("BGD", 8.4), ("TUN", 6.1), ("GIN", 28.5)]
)
def test_the_share_that_protects_is_of_decisions_on_the_substance_at_the_first_instance(
    figures: Figures, real_data: Path, origin: str, expected: float
) -> None:
    raw = [row for row in raw_rows(real_data, DECISIONS)
           if row["coo_iso"] == origin and row["year"] == "2024" and row["dec_level"] in FIRST_LEVELS]  # fmt: skip
    protects = sum(int(row["dec_recognized"]) + int(row["dec_other"]) for row in raw)
    plain = protects / (protects + sum(int(row["dec_rejected"]) for row in raw))
    assert round(100 * plain, 1) == expected
    rows = figures(DECISIONS).filter(pl.col("year") == 2024, pl.col("partner") == origin)
    (value,) = figures_of_rate(rows, INDICATORS["protection_share"], by_area=False)["value"]
    assert value == pytest.approx(plain)


@pytest.mark.parametrize(("place", "expected"), [("TUN", 21.7), ("SEN", 46.8), ("DZA", 35.2), ("MAR", 20.2)])
def test_the_share_of_visas_refused_is_of_those_decided(figures: Figures, place: str, expected: float) -> None:
    rows = figures("visa/2024-schengen-visa-statistics-consulates_en.xlsx").filter(pl.col("partner") == place)
    (found,) = figures_of_rate(rows, INDICATORS["visas_refused_share"], by_area=False).to_dicts()
    assert round(100 * found["value"], 1) == expected
    if place == "TUN":
        assert (found["numerator"], found["denominator"]) == (38_055, 175_027)


def test_no_figure_that_unodc_hides_is_told_by_what_is_shown(figures: Figures) -> None:
    every = figures("trafficking/data_glotip_2023-05-30.xlsx").drop("year")
    before = every.filter(pl.col("indicator") == "trafficking_suspected", pl.col("date_from").dt.year() >= 2017)
    after = without_recoverable(before)
    rows, shown = before.to_dicts(), after.to_dicts()
    told = {key: found for key, places in groups(before).items()
            if (found := recovered([rows[place] for place in places], [shown[place] for place in places]))}  # fmt: skip
    assert told == {}
    naive = sum(bool(recovered(same, same)) for places in groups(before).values()
                if (same := [rows[place] for place in places]))  # fmt: skip
    assert naive > 20
