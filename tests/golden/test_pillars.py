"""The figures of the views, on publishers' files, beside those that were worked out from the raw files by other means."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from data.pillars.models import Asked, Finding, View
from data.pillars.views import VIEWS, view_of
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.shared import once_per_run

pytestmark = pytest.mark.real
FILES = (
    "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx",
    "flows/italy-nazionalita.csv",
    "context/unhcr/unhcr_asylum_decisions_2018-2025.csv",
    "context/interceptions/iom_mediterranean_crossings_monthly_2014-2025.csv",
)
ROUTE = "central-mediterranean"


@pytest.fixture(scope="module")
def held(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """Return a store of the files that the views are made of."""

    def make(folder: Path) -> None:
        ingest([real_data / name for name in FILES], Store(folder))

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


@pytest.mark.rule("R6")
@pytest.mark.parametrize("number", [2014, 2025])
def test_years_in_which_a_part_is_missing_are_refused_and_say_why(held: Vintage, number: int) -> None:
    refused = found(held, "interceptions", year(number))
    assert refused.value is None
    assert refused.sentence is None
    assert "not cover" in str(refused.why) or "no figure" in str(refused.why) or "missing" in str(refused.why)


def test_the_dead_without_an_origin_are_those_of_the_file(held: Vintage) -> None:
    view = view_of(held, VIEWS["unidentified"], year(2024))
    people = {row.part: row.numerator for row in view.rows}
    assert sum(number or 0 for number in people.values()) == 1_719
    assert people["unknown"] == 766 + 61
    assert view.value == pytest.approx(827 / 1_719)
