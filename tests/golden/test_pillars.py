"""The figures of the views, on publishers' files, beside those that were worked out from the raw files by other means."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from data.pillars.models import Asked, Finding, View
from data.pillars.views import VIEWS, view_of
from data.query.selection import Selection
from data.sectors.border import border_routes
from data.sectors.sector import Sector
from data.store.ingest import How, ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.shared import once_per_run

pytestmark = pytest.mark.real
FILES = (
    "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx",
    "flows/italy-nazionalita.csv",
    "context/unhcr/unhcr_asylum_decisions_2018-2025.csv",
    "context/interceptions/iom_mediterranean_crossings_monthly_2014-2025.csv",
    "context/visa/2024-schengen-visa-statistics-consulates_en.xlsx",
    "context/eurostat/migr_eiord_2012-2016_allcitizens.csv",
    "context/eurostat/migr_eirtn_2012-2016_allcitizens.csv",
    "context/eurostat/migr_resfirst_employment_by_citizenship_2026-08.json",
    "context/detention/uk_returns_by_destination_2018-2023.csv",
    "context/trafficking/data_glotip_2023-05-30.xlsx",
    "context/unhcr/unhcr_solutions_1959-2025.csv",
    "context/trafficking/uk_small_boat_NRM_referrals.csv",
)
TREATIES = {"un-treaty-convention": "18-12", "un-treaty-trafficking-protocol": "18-12-a",
            "un-treaty-smuggling-protocol": "18-12-b"}  # fmt: skip
ROUTE = "central-mediterranean"


@pytest.fixture(scope="module")
def held(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """Return a store of the files that the views are made of."""

    def make(folder: Path) -> None:
        store = Store(folder)
        ingest([real_data / name for name in FILES], store)
        for layout, number in TREATIES.items():
            path = real_data / f"context/law/untreaties_2015_{number}.csv"
            ingest([path], store, how=How(layouts={path: layout}))

    return Store(once_per_run(tmp_path_factory, "pillars", make)).current()


def year(number: int, route: str | None = ROUTE) -> Asked:
    return Asked(route, date(number, 1, 1), date(number, 12, 31))


def found(held: Vintage, view: str, asked: Asked) -> Finding:
    return VIEWS[view].answer(held, asked)


def of(view: View, part: str) -> float | None:
    return next(row.value for row in view.rows if row.part == part)


def test_the_expected_share_of_those_who_arrived_in_italy_in_2024(held: Vintage) -> None:
    view = view_of(held, VIEWS["protection"], year(2024))
    assert round(view.value or 0, 3) == 0.414
    assert (round(of(view, "all") or 0, 3), round(of(view, "ITA") or 0, 3)) == (0.414, 0.285)
    assert "66,317 counted, 52,634 are in the figure (10 nationalities)" in view.notes[0]


def test_the_expected_share_is_what_the_raw_files_give(held: Vintage, real_data: Path) -> None:
    """Worked out with dicts alone, by the publisher's own codes: no reader, no rate of the program."""
    protect, decided = defaultdict(float), defaultdict(float)
    with (real_data / FILES[2]).open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["year"] == "2024" and row["dec_level"] in ("FI", "FA", "NA"):
                sums = [float(row[name] or 0) for name in ("dec_recognized", "dec_other", "dec_rejected")]
                protect[row["coo_iso"]] += sums[0] + sums[1]
                decided[row["coo_iso"]] += sum(sums)
    codes = {"BD": "BGD", "EG": "EGY", "ER": "ERI", "GM": "GMB", "GN": "GIN", "ML": "MLI", "PK": "PAK", "SY": "SYR",
             "SD": "SDN", "TN": "TUN"}  # fmt: skip
    with (real_data / FILES[1]).open(encoding="utf-8") as handle:
        people = {codes[row["ISO_3166-1"]]: int(row["Valore"]) for row in csv.DictReader(handle)
                  if row["Data_Report"] == "2024-12-31" and row["ISO_3166-1"] in codes}  # fmt: skip
    share = sum(count * protect[one] / decided[one] for one, count in people.items()) / sum(people.values())
    assert found(held, "protection", year(2024)).value == pytest.approx(share)


@pytest.mark.rule("R3", "R6")
def test_interceptions_on_the_central_mediterranean(held: Vintage) -> None:
    view = view_of(held, VIEWS["interceptions"], year(2018))
    assert round(100 * (view.value or 0), 1) == 43.3
    parts = {row.part: row.numerator for row in view.rows}
    assert (parts["arrivals"], parts["interceptions"], parts["deaths"]) == (24_815, 19_947, 1_314)
    assert parts["LBY"] + parts["TUN"] == 19_947
    assert "At most" in view.words
    assert "Without them it is 44.7%" in view.notes[0]
    assert round(100 * (found(held, "interceptions", year(2024)).value or 0), 1) == round(
        100 * 42_162 / (66_855 + 42_162 + 1_719), 1
    )


WHY_NOT = {
    2014: "in 2014 interceptions are missing for 2014",
    2025: "in 2025 deaths are missing for 30 April 2025 to 31 December 2025; arrivals are missing for November to "
    "December 2025; interceptions are missing for 2025",
}


@pytest.mark.rule("R6")
@pytest.mark.parametrize("number", [2014, 2025])
def test_years_in_which_a_part_is_missing_are_refused_and_say_why(held: Vintage, number: int) -> None:
    refused = found(held, "interceptions", year(number))
    assert refused.value is None
    assert refused.sentence is None
    assert str(refused.why) == WHY_NOT[number]


def test_the_dead_without_an_origin_are_those_of_the_file(held: Vintage) -> None:
    view = view_of(held, VIEWS["unidentified"], year(2024))
    people = {row.part: row.numerator for row in view.rows}
    assert sum(number or 0 for number in people.values()) == 1_719
    assert people["unknown"] == 766 + 61
    assert view.value == pytest.approx(827 / 1_719)


def test_visas_refused_of_those_decided(held: Vintage) -> None:
    view = view_of(held, VIEWS["visas"], year(2024))
    tunisia = next(row for row in view.rows if row.part == "TUN")
    assert (tunisia.numerator, tunisia.denominator) == (38_055, 175_027)
    assert round(100 * (tunisia.value or 0), 1) == 21.7
    assert {round(100 * (of(view, place) or 0), 1) for place in ("SEN", "DZA", "MAR")} == {46.8, 35.2, 20.2}
    assert (round(100 * (view.value or 0), 2), view.denominator.startswith("Schengen visas decided")) == (14.85, True)
    assert "Tunisia 21.7%" in view.words
    gap = view_of(held, VIEWS["visas"], year(2018))
    assert (gap.value, gap.is_computable) == (None, False)


def test_ordered_and_returned_are_two_cohorts_and_no_rate(held: Vintage) -> None:
    view = view_of(held, VIEWS["ordered"], year(2016, None))
    sums = {(row.part, row.what): row.value for row in view.rows}
    assert sums["eu-28", "people ordered to leave"] == 493_785
    assert sums["eu-28", "people returned after an order"] == 247_165
    assert (sums["ITA", "people ordered to leave"], sums["ITA", "people returned after an order"]) == (32_365, 5_715)
    assert view.value is None
    assert {row.unit for row in view.rows} == {"persons"}
    assert "Germany in 2016" in view.notes[0]
    assert "108%" in view.notes[0]


def test_assisted_and_enforced_returns_stand_side_by_side(held: Vintage) -> None:
    view = view_of(held, VIEWS["returns"], year(2023, None))
    people = {row.part: row.value for row in view.rows}
    assert people["enforced"] == 6_393
    assert (people["assisted"] or 0) + (people["voluntary"] or 0) == 19_253
    assert view.value is None
    assisted = [view_of(held, VIEWS["returns"], year(number, None)).rows[0].value or 0 for number in range(2018, 2024)]
    assert sum(assisted) == 11_802


@pytest.mark.rule("R11")
def test_steps_of_prosecution_are_sums_of_what_is_published_and_say_what_is_hidden(held: Vintage) -> None:
    view = view_of(held, VIEWS["prosecution"], year(2019, None))
    people = [row.value for row in view.rows]
    assert people[:3] == [19_658, 12_312, 3_850]
    assert view.value is None
    assert "hidden" in str(view.rows[0].note)
    assert all(0 < (fewer or 0) <= (every or 0) for every, fewer in zip(people[:3], people[3:], strict=True))


def test_parties_to_the_treaties_are_as_of_the_day_of_the_latest_act(held: Vintage) -> None:
    view = view_of(held, VIEWS["treaties"], Asked())
    number = {row.part: row.value for row in view.rows}
    assert [number[f"{one}-party"] for one in ("convention", "trafficking-protocol", "smuggling-protocol")] == [
        179,
        159,
        138,
    ]
    assert [number[f"{one}-signed"] for one in ("convention", "trafficking-protocol", "smuggling-protocol")] == [
        6,
        8,
        14,
    ]
    assert view.words.startswith("On 1")
    assert "2013" in view.words
    earlier = view_of(held, VIEWS["treaties"], Asked(end=date(2004, 1, 27)))
    assert earlier.value is not None
    assert earlier.value < 138


def test_resettlement_and_permits_of_those_who_came(held: Vintage) -> None:
    resettled = view_of(held, VIEWS["resettlement"], year(2024))
    assert (resettled.value, of(resettled, "SYR")) == (188_759, 25_532)
    assert of(resettled, "TUN") is None
    permits = view_of(held, VIEWS["permits"], year(2024))
    bangladesh, syria = (next(row for row in permits.rows if row.part == one) for one in ("BGD", "SYR"))
    assert bangladesh.value == pytest.approx(26_035 / 13_779 * 1000)
    assert (syria.value, syria.status) == (None, "unknown")


def test_the_board_of_what_is_not_known_has_each_source_with_its_age_and_its_rows(held: Vintage) -> None:
    view = view_of(held, VIEWS["unknown"], Asked())
    counted = held.sources.filter(held.sources["kind"] != "segments")
    assert len(view.rows) == counted["source"].n_unique()
    assert sum(row.numerator or 0 for row in view.rows) == counted["quarantined"].sum()
    assert [row.value or 0 for row in view.rows] == sorted((row.value or 0 for row in view.rows), reverse=True)


def test_victims_detected_and_referrals_are_those_of_the_files(held: Vintage, real_data: Path) -> None:
    """Referrals of 2022 by dicts from the raw file; 45,574 people came, as the folder's README says."""
    view = view_of(held, VIEWS["trafficking"], year(2022, None))
    whole = next(row for row in view.rows if row.part == "referred/all")
    people: dict[str, int] = defaultdict(int)
    with (real_data / FILES[11]).open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["Year"] == "2022":
                people[row["NRM referral"]] += int(row["Referrals"])
    assert sum(people.values()) == whole.denominator == 45_574
    assert whole.numerator == people["NRM referral raised"] == 3_763
    earlier = view_of(held, VIEWS["trafficking"], year(2020))
    assert (of(earlier, "SDN"), of(earlier, "TUN/ITA")) == (462, 15)
    assert all(row.value is None or row.value >= 10 for row in earlier.rows if row.unit == "persons")


def test_a_sector_tells_the_deaths_per_attempt_of_the_route_that_passes_through_it(held: Vintage) -> None:
    sector = Sector.from_query("place=Lampedusa&radius_km=100")
    chosen = Selection(routes=(ROUTE,), start=date(2018, 1, 1), end=date(2018, 12, 31))
    (one,) = border_routes(held, chosen, sector, thresholds={"arrivals": 5_000}, today=date(2025, 11, 30))
    (risk,) = one.risk  # Malta lacks days of 2018, and weighs less than a tenth: it is left out and named
    assert (risk.deaths, risk.arrivals, risk.interceptions, risk.denominator) == (1_314, 23_370, 19_947, 44_631)
    assert round(risk.value or 0, 2) == 29.44
    assert one.interceptions is not None
    assert one.interceptions.before is None  # Tunisia's months of 2017 are not known
    november = {load.measure: load for load in one.loads}["arrivals"]
    assert {year.year: year.people for year in november.years}[2023] == 8_317
    assert november.years_above == sum(year.people > 5_000 for year in november.years)
