"""Prices are ranges with their number, never pooled; what a survey hides stays hidden in shares of payment."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.pillars.fees import FEWEST_OF_BATCH, OTHERS, batches
from data.pillars.models import Asked, View
from data.pillars.views import VIEWS, view_of
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage

FEES = "Start,End,Price,lower bound,upper bound,route,Currency,Price EUR 2014,Service,Year\n"
COSTS = ("country,channel,n,n_cost_stated,cost_mean,cost_p25,cost_median,cost_p75,n_all_loans,n_some_loans,n_no_loans,"
         "n_returned,n_died_or_missing\n")  # fmt: skip
SEAT = "Seat on a boat"


def price(euros: int, route: str = "Central Med", year: int = 2014, service: str = "") -> str:
    return f"Here,There,1,,,{route},EUR,{euros},{service},{year}\n"


@pytest.fixture
def held(tmp_path: Path) -> Vintage:
    """Return a store of prices of two years and routes, one of them mostly of one service, and of a survey."""
    rows = [price(one) for one in (900, 1_000, 1_100, 1_200, 4_000)]
    rows += [price(500, year=2013), price(0, year=2013), price(700, "Central Med+")]
    rows += [price(600 + one, "West African", 2007, SEAT) for one in range(FEWEST_OF_BATCH)]
    rows += [price(2_000 + one, "West African", 2007) for one in range(6)]
    fees, costs = tmp_path / "fees.csv", tmp_path / "costs.csv"
    fees.write_text(FEES + "".join(rows), encoding="utf-8")
    costs.write_text(
        COSTS + "GTM,irregular coyote,60,40,7000,4000,6000,9000,40,<10,14,12,\n"
        "HND,irregular coyote,70,30,7500,4100,6500,9900,45,11,14,20,\n"
        "ALL,irregular coyote,130,70,7300,4050,6300,9500,85,17,28,32,\n", encoding="utf-8",
    )  # fmt: skip
    store = Store(tmp_path / "store")
    ingest([fees, costs], store)
    return store.current()


def of(view: View) -> dict[str, tuple[float | None, float | None, str]]:
    return {
        f"{row.part}/{row.date_to and row.date_to.year}": (row.value, row.denominator, row.status) for row in view.rows
    }


def test_a_range_has_its_number_of_reports_and_its_currency(held: Vintage) -> None:
    view = view_of(held, VIEWS["fees"], Asked("central-mediterranean"))
    rows = of(view)
    assert rows["central-mediterranean/others/median/2014"] == (1_100, 5, "published")
    assert rows["central-mediterranean/others/lowest/2014"] == (900, 5, "published")
    assert rows["central-mediterranean/others/highest/2014"] == (4_000, 5, "published")
    assert view.words == (
        "Reported: Central Mediterranean in 2014, median 1,100 euros of 2014, from 900 to 4,000 (5 reports)."
    )
    assert {row.unit for row in view.rows} == {"euros of 2014"}
    assert view.value is None


def test_few_reports_are_no_range_and_a_price_of_nothing_is_none(held: Vintage) -> None:
    rows = of(view_of(held, VIEWS["fees"], Asked("central-mediterranean")))
    assert rows["central-mediterranean/others/median/2013"] == (None, 1, "not_applicable")


def test_routes_years_and_batches_are_never_pooled(held: Vintage) -> None:
    rows = of(view_of(held, VIEWS["fees"], Asked()))
    medians = {part: value for part, value in rows.items() if "/median/" in part and "survey" not in part}
    assert medians == {
        "central-mediterranean/others/median/2014": (1_100, 5, "published"),
        "Central Med+/others/median/2014": (None, 1, "not_applicable"),
        "central-mediterranean/others/median/2013": (None, 1, "not_applicable"),
        f"western-africa-atlantic/{SEAT}/median/2007": (649.5, FEWEST_OF_BATCH, "published"),
        "western-africa-atlantic/others/median/2007": (2_002.5, 6, "published"),
    }  # fmt: skip


def test_a_service_is_a_batch_only_where_it_has_very_many_reports_and_most() -> None:
    rows = pl.DataFrame({
        "route": ["a"] * 8 + ["b"] * 250, "date_to": [date(2014, 12, 31)] * 258, "value": [1.0] * 258,
        "service": ["Boat"] * 8 + ["Boat"] * 110 + ["Truck"] * 140,
    })  # fmt: skip
    assert [(one[0], one[2]) for one in batches(rows)] == [("b", "Truck"), ("b", OTHERS), ("a", OTHERS)]


def test_payment_is_a_share_of_those_asked_and_tells_no_hidden_number(held: Vintage) -> None:
    """Of 60 people 40 and 14 are published, and 6 would be told: one of the two is withheld, and in the sums as well."""
    view = view_of(held, VIEWS["fees"], Asked("central-america-to-us"))
    rows = {part.removeprefix("survey/"): value for part, value in of(view).items() if "loans" in part}
    assert rows["GTM/smuggler/partly_by_loans/2021"] == (None, 60, "below_threshold")
    assert rows["GTM/smuggler/without_loans/2021"][2] == "withheld"
    assert sum(value is None for value, *_ in rows.values()) >= 4
    assert rows["HND/smuggler/all_by_loans/2021"] == (pytest.approx(45 / 70), 70, "published")
    assert "median 6,300 US dollars, half between 4,050 and 9,500 (70 stated a cost)" in view.words


def test_without_a_price_it_says_so(held: Vintage) -> None:
    view = view_of(held, VIEWS["fees"], Asked("darien"))
    assert view.words == "Not computable: no file of this store reports a price on the route Darien in these years."
    few = view_of(held, VIEWS["fees"], Asked("central-mediterranean", date(2013, 1, 1), date(2013, 12, 31)))
    assert few.words == "Not computable: no route has 5 reports of a price in one year."
