"""Risk, formula by formula: the test vectors of RULES R9, every reason that refuses, two windows, rankings."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
import pytest

from data import cell_table, flows, risk, risk_inputs
from data.errors import QueryError
from data.risk import (
    Figures,
    compare,
    drawn_sums,
    one_in,
    percent,
    ranked,
    spread_of_deaths,
    spread_words,
    variants,
)
from data.risk_answers import parse_risk, ranking, risk_answer, typed_answer, typed_figures
from data.selection import Selection
from data.vintage import Vintage

CENTRAL = "central-mediterranean"
EVENTS = (400, 300, 200, 80, 20)  # 1,000 people in 5 events
WHOLE = Figures(deaths=1000, arrivals=30_000, interceptions=19_000, tolls=EVENTS)


def of(listed: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one for one in listed if one["name"] == name)


def reason(name: str, figures: Figures) -> str:
    return str(of(variants(figures), name)["not_computable"])


@pytest.mark.parametrize(
    ("figures", "name", "shown", "decimals", "number"),
    [
        (Figures(deaths=2853, attempts=144_301), "rho", "1.98%", 2, 51),
        (Figures(deaths=1314, attempts=45_648), "rho", "2.88%", 2, 35),
        (Figures(deaths=1314, arrivals=23_370), "kappa", "5.6%", 1, 18),
        (Figures(deaths=3740, arrivals=327_800), "kappa", "1.14%", 2, 88),
        (Figures(deaths=3740, arrivals=327_800), "rho_arr", "1.13%", 2, 89),
    ],
)
def test_the_test_vectors_come_out_to_the_digit(
    figures: Figures, name: str, shown: str, decimals: int, number: int
) -> None:
    found = of(variants(figures), name)
    assert percent(found["value"], decimals=decimals) == shown
    assert found["one_in"] == number


def test_each_variant_divides_by_what_its_name_says() -> None:
    listed = variants(WHOLE)
    assert [one["name"] for one in listed] == ["rho", "rho_arr", "kappa"]
    assert [one["value"] for one in listed] == [1000 / 50_000, 1000 / 31_000, 1000 / 30_000]
    assert [one["one_in"] for one in listed] == [50, 31, 30]
    assert all(one["formula"] and one["words"] and one["leaves_out"] for one in listed)


@pytest.mark.parametrize(
    ("value", "number"),
    [(Fraction(2, 5), 2), (Fraction(2, 7), 4), (Fraction(1, 1), 1), (Fraction(3, 2), 1), (Fraction(0), None)],
)
def test_one_in_is_the_rounded_inverse_and_none_where_nobody_died(value: Fraction, number: int | None) -> None:
    assert one_in(value) == number


@pytest.mark.parametrize(("year", "attempts", "shown"), [(2017, 144_301, "1.5–2.6%"), (2018, 45_648, "1.8–4.1%")])
def test_the_event_spreads_of_the_rules_come_out_of_the_real_file(
    real: Vintage, make_vintage: Callable[..., Vintage], year: int, attempts: int, shown: str
) -> None:
    deaths = {2017: 2853, 2018: 1314}[year]
    made = with_counts(real, [
        count(year, "persons_arrived", 20_000), count(year, "persons_intercepted", attempts - deaths - 20_000),
    ])  # fmt: skip
    answer = risk_answer(made, selection(f"{year}-01-01", f"{year}-12-31"))
    rho = of(answer["variants"], "rho")
    assert (answer["deaths"], answer["attempts"]) == (deaths, attempts)
    assert spread_words(rho["low"], rho["high"]) == shown
    assert percent(rho["value"]) == {2017: "1.98%", 2018: "2.88%"}[year]


@pytest.mark.parametrize(
    ("year", "attempts", "ends"), [(2017, 144_301, (1.444, 2.568)), (2018, 45_648, (1.766, 4.129))]
)
def test_no_seed_moves_an_end_of_a_spread_by_a_tenth_of_a_percentage_point(
    real: Vintage, year: int, attempts: int, ends: tuple[float, float]
) -> None:
    """The ends are those of 400,000 draws: the lower one of 2017 lies on the edge of 1.4 and 1.5."""
    figures = risk_inputs.inputs(real, selection(f"{year}-01-01", f"{year}-12-31")).figures
    for seed in range(20):
        low, high = spread_of_deaths(figures, seed=seed) or (0, 0)
        assert 100 * low / attempts == pytest.approx(ends[0], abs=0.1)
        assert 100 * high / attempts == pytest.approx(ends[1], abs=0.1)


def selection(first: str, last: str, route: str = CENTRAL, source: str | None = None) -> Selection:
    return Selection(routes=(route,), start=date.fromisoformat(first), end=date.fromisoformat(last), source=source)


def count(year: int, unit: str, value: int | None, **more: object) -> dict[str, object]:
    ends = {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}
    return {"unit": unit, "route": CENTRAL, "value": value, **ends, **more}


def with_counts(real: Vintage, counts: list[dict[str, object]]) -> Vintage:
    plain = {"source": "counts", "edition": "e0", "flags": []}
    made = Vintage(real.name, real.folder, real.manifest)
    table = pl.DataFrame([plain | row for row in counts]).cast({"value": pl.Int64})
    vars(made)["counts"] = pl.concat([real.counts.clear(), table], how="diagonal_relaxed")
    return made


def test_the_spread_is_the_same_each_time_whatever_the_order_of_events() -> None:
    assert variants(WHOLE) == variants(Figures(1000, 30_000, 19_000, tolls=EVENTS[::-1]))
    other = spread_of_deaths(WHOLE, seed=2)
    assert other != spread_of_deaths(WHOLE)


def test_draws_pick_as_many_events_as_there_are() -> None:
    sums = drawn_sums((1, 100), draws=1000)
    assert set(np.unique(sums)) == {2, 101, 200}
    assert sums.size == 1000
    assert drawn_sums(tuple(range(600_000)), draws=3).size == 3


def test_equal_events_leave_no_spread_and_cumulative_people_stay_in_every_draw() -> None:
    figures = Figures(deaths=57, arrivals=10_000, interceptions=0, tolls=(10,) * 5, fixed=7)
    rho = of(variants(figures), "rho")
    assert rho["low"] == rho["high"] == rho["value"] == 57 / 10_057


def test_the_three_spreads_are_one_spread_of_deaths_by_three_denominators() -> None:
    low, high = spread_of_deaths(WHOLE) or (0, 0)
    for one in variants(WHOLE):
        assert (one["low"], one["high"]) == (low / one["denominator"], high / one["denominator"])
        assert one["low"] < one["value"] < one["high"]


@pytest.mark.parametrize(
    ("figures", "name", "words"),
    [
        (Figures(10, 30_000, None, tolls=EVENTS), "rho", "interceptions are not known"),
        (Figures(10, None, 5, tolls=EVENTS), "kappa", "arrivals are not known"),
        (Figures(None, 30_000, 5, tolls=EVENTS), "rho_arr", "deaths are not known"),
        (Figures(10, None, None, gaps={"arrivals": "arrivals are missing for March 2018"}, tolls=EVENTS), "rho",
         "arrivals are missing for March 2018; interceptions are not known"),
        (Figures(10, 9000, 90, gaps={"deaths": "deaths are missing for 2013"}, tolls=EVENTS), "kappa",
         "deaths are missing for 2013"),
        (Figures(99, 300, 100, tolls=EVENTS), "rho", "attempts are fewer than 500 (499)"),
        (Figures(99, 400, 9000, tolls=EVENTS), "rho_arr", "arrivals and deaths together are fewer than 500 (499)"),
        (Figures(99, 400, 9000, tolls=EVENTS), "kappa", "arrivals and deaths together are fewer than 500 (499)"),
        (Figures(10, 9000, 1, tolls=(4, 3, 2, 1)), "rho", "events are fewer than 5 (4)"),
        (Figures(10, None, 1, tolls=()), "kappa", "arrivals are not known; events are fewer than 5 (0)"),
        (Figures(600, 0, 1, tolls=EVENTS), "kappa", "arrivals are 0, so there is nothing to divide by"),
        (Figures(-1, 9000, 1, tolls=EVENTS), "rho", "later adjustments bring the number of dead or missing below zero"),
    ],
)  # fmt: skip
def test_what_is_not_computable_says_exactly_why(figures: Figures, name: str, words: str) -> None:
    assert reason(name, figures) == words
    assert "value" not in of(variants(figures), name)


def test_five_hundred_attempts_and_five_events_are_enough() -> None:
    rho = of(variants(Figures(99, 301, 100, tolls=(95, 1, 1, 1, 1))), "rho")
    assert (rho["value"], rho["one_in"]) == (99 / 500, 5)


def test_a_missing_interception_leaves_the_other_two_computable() -> None:
    listed = variants(Figures(deaths=1000, arrivals=30_000, tolls=EVENTS, gaps={"interceptions": "none"}))
    assert ["value" in one for one in listed] == [False, True, True]
    assert Figures(1000, 30_000).all_attempts is None


def test_no_function_gives_a_risk_of_a_cell() -> None:
    """RULES R7: a cell has no denominator, so nothing that knows cells knows risk, and the other way round."""
    for module in (cell_table, flows):
        assert not [name for name in vars(module) if "risk" in name or "attempt" in name]
    for module in (risk, risk_inputs):
        assert not [name for name in vars(module) if "cell" in name]


def spread(value: float, low: float | None, high: float | None, name: str = "rho") -> dict[str, Any]:
    return {"name": name, "value": value, "low": low, "high": high}


def test_two_windows_whose_spreads_overlap_are_said_to() -> None:
    found = compare(spread(0.0198, 0.0146, 0.0256), spread(0.0288, 0.0178, 0.0410))
    assert found["overlap"] is True
    assert found["caption"] == (
        "The rise from 1.98% to 2.88% is in the counts; the two spreads, 1.5–2.6% and 1.8–4.1%, overlap, so it may "
        "be chance in how events fell."
    )


def test_two_windows_whose_spreads_are_apart_get_no_cause() -> None:
    found = compare(spread(0.04, 0.03, 0.05), spread(0.01, 0.005, 0.02))
    assert found["overlap"] is False
    assert found["caption"].startswith("The fall from 4.00% to 1.00% is in the counts; the two spreads, 3.0–5.0% and")
    assert found["caption"].endswith("hardly explains it. The counts do not say why.")


def test_spreads_that_touch_overlap_and_what_is_unknown_is_not_compared() -> None:
    assert compare(spread(0.02, 0.01, 0.03), spread(0.04, 0.03, 0.05))["overlap"] is True
    assert compare(spread(0.02, 0.01, 0.03), spread(0.02, None, None))["overlap"] is None
    refused = compare({"name": "rho", "not_computable": "arrivals are missing for 2017"}, spread(0.02, 0.01, 0.03))
    assert refused["overlap"] is None
    assert "in the earlier, arrivals are missing for 2017" in refused["caption"]
    with pytest.raises(ValueError, match="R5"):
        compare(spread(0.02, 0.01, 0.03), spread(0.02, 0.01, 0.03, name="kappa"))


def test_routes_are_ranked_only_where_all_are_computable_in_all_periods() -> None:
    lower = Figures(deaths=100, arrivals=30_000, interceptions=19_000, tolls=EVENTS)
    assert ranked({"a": [lower, WHOLE], "b": [WHOLE, lower]})["ranks"] == [
        [("b", 0.02), ("a", 100 / 49_100)], [("a", 0.02), ("b", 100 / 49_100)],
    ]  # fmt: skip
    few = Figures(deaths=10, arrivals=30_000, interceptions=1, tolls=(4, 6))
    refused = ranked({"a": [WHOLE, WHOLE], "b": [WHOLE, few]})
    assert "ranks" not in refused
    assert refused["not_ranked"].endswith("b: events are fewer than 5 (2)")
    assert "two routes" in ranked({"a": [WHOLE]})["not_ranked"]
    assert "same periods" in ranked({"a": [WHOLE], "b": []})["not_ranked"]


def test_real_routes_are_not_ranked_where_interceptions_are_missing(real: Vintage) -> None:
    window = (date(2018, 1, 1), date(2018, 12, 31))
    refused = ranking(real, [CENTRAL, "eastern-mediterranean"], [window])
    assert "interceptions are missing for 2018" in refused["not_ranked"]
    found = ranking(real, [CENTRAL, "eastern-mediterranean"], [window], name="kappa")
    assert [route for route, _ in found["ranks"][0]] == ["Central Mediterranean", "Eastern Mediterranean"]


def test_real_arrivals_and_deaths_of_2018_give_their_two_variants(real: Vintage) -> None:
    query = {"route": ["Central Mediterranean"], "from": ["2018-01-01"], "to": ["2018-12-31"]}
    answer = risk_answer(real, parse_risk(query, real))
    assert (answer["deaths"], answer["arrivals"], answer["interceptions"]) == (1314, 23_370, None)
    kappa = of(answer["variants"], "kappa")
    assert (kappa["one_in"], round(100 * kappa["value"], 1)) == (18, 5.6)  # RULES R9, Italy 2018
    assert kappa["sentence"] == (
        "At least 1,314 people died or went missing for 23,370 arrivals in Italy on the Central Mediterranean route in "
        "2018: 1 per 18 arrivals (κ, a ratio)."
    )
    assert (answer["sources"]["arrivals"]["places"], answer["sources"]["arrivals"]["left_out"]) == (
        ["Italy"],
        ["Malta"],
    )
    assert answer["sources"]["arrivals"]["notes"] == [
        "Malta is left out: it has a figure for 307 of 365 days (1,445 people)."
    ]
    assert answer["caption"].startswith("At least 1,314 people died or went missing for 24,684 arrivals in Italy and d")


def test_typed_figures_give_names_formulas_and_reasons() -> None:
    answer = typed_answer({"deaths": "1,314", "attempts": "45648"})
    assert (answer["deaths"], answer["attempts"], answer["arrivals"]) == (1314, 45_648, None)
    rho, rho_arr, kappa = answer["variants"]
    assert (rho["one_in"], rho["low"], rho["no_spread"]) == (
        35,
        None,
        "The spread is not computable without the events.",
    )
    assert rho["sentence"] == "At least 1,314 people died or went missing for 45,648 attempts: 1 in 35 attempts."
    assert rho_arr["not_computable"] == kappa["not_computable"] == "arrivals are not known"
    parts = typed_answer({"deaths": "100", "arrivals": "300", "interceptions": "99"})
    assert parts["attempts"] == 499
    assert parts["variants"][0]["not_computable"] == "attempts are fewer than 500 (499)"


@pytest.mark.parametrize(
    "given",
    [
        {}, {"attempts": "9"}, {"deaths": "-1"}, {"deaths": "1e5"}, {"deaths": "NaN"}, {"deaths": "1.5"},
        {"deaths": "9" * 30}, {"deaths": "1000000001"}, {"deaths": "1,31"}, {"deaths": "٣"}, {"deaths": ""},
        {"deaths": "10", "attempts": "9"}, {"deaths": "10", "attempts": "1000", "arrivals": "991"},
        {"deaths": "10", "attempts": "1000", "arrivals": "500", "interceptions": "400"},
    ],
)  # fmt: skip
def test_figures_that_cannot_be_meant_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(QueryError, match=r"\.$"):
        typed_figures(given)


@pytest.mark.parametrize(
    ("end", "said"),
    [(0.02604, "1.800–2.604% and 2.605–4.100%"), (0.0258, "1.80–2.58% and 2.60–4.10%"),
     (0.0241, "1.8–2.4% and 2.6–4.1%")],
)  # fmt: skip
def test_spreads_that_nearly_touch_are_printed_apart(end: float, said: str) -> None:
    earlier = {"name": "rho", "value": 0.02, "low": 0.018, "high": end}
    later = {"name": "rho", "value": 0.03, "low": 0.02605, "high": 0.041}
    for pair in ((earlier, later), (later, earlier)):
        found = compare(*pair)
        assert found["overlap"] is False
        assert (said if pair[0] is earlier else " and ".join(reversed(said.split(" and ")))) in found["caption"]


def test_nobody_recorded_is_no_count_of_at_least_none() -> None:
    figures = Figures(deaths=0, arrivals=900, tolls=(0, 0, 0, 0, 0))
    one = of(typed_answer({"deaths": "0", "arrivals": "900"})["variants"], "kappa")
    assert one["sentence"] == "No one is recorded as dead or missing for 900 arrivals."
    assert variants(figures)[2]["one_in"] is None
