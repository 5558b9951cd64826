"""Risk, formula by formula: the test vectors of RULES R9, every reason that refuses, two windows, rankings."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from msgspec.structs import replace

from data.counting import flows
from data.counting import incident_arrays as cell_table
from data.model.days import span_words
from data.model.errors import QueryError
from data.model.notices import Notice
from data.query.selection import Selection
from data.risk import formulas as risk
from data.risk import inputs as risk_inputs
from data.risk.answer import parse_risk, ranking, risk_answer, typed_answer, typed_figures
from data.risk.comparison import compare, rank_routes
from data.risk.formulas import (
    Figures,
    drawn_sums,
    measure_word,
    one_in,
    percent,
    spread_of_deaths,
    spread_words,
    variants,
)
from data.risk.models import Computed, VariantAnswer, VariantName, variant_of
from data.risk.sentences import in_places, variant_sentence
from data.store.vintage import Vintage

CENTRAL = "central-mediterranean"


def gap(measure: str, first: date, last: date) -> Notice:
    missing = span_words(first, last)
    return Notice("risk.gap.days", measure=measure_word(measure), missing=missing, where=None, is_cut=False, parts=None)


EVENTS = (400, 300, 200, 80, 20)  # 1,000 people in 5 events
WHOLE = Figures(deaths=1000, arrivals=30_000, interceptions=19_000, tolls=EVENTS)


def of(listed: tuple[VariantAnswer, ...], name: str) -> Computed:
    found = variant_of(listed, name).computed
    assert found is not None
    return found


def reason(name: str, figures: Figures) -> str:
    return str(variant_of(variants(figures), name).why_not)


@pytest.mark.rule("R9")
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
    assert str(percent(found.value, decimals=decimals)) == shown
    assert found.one_in == number


@pytest.mark.rule("R3", "R4")
def test_each_variant_divides_by_what_its_name_says() -> None:
    listed = variants(WHOLE)
    assert [one.name for one in listed] == ["rho", "rho_arr", "kappa"]
    assert [one.value for one in listed] == [1000 / 50_000, 1000 / 31_000, 1000 / 30_000]
    assert [one.one_in for one in listed] == [50, 31, 30]
    assert all(str(one.formula) and str(one.words) and str(one.leaves_out) for one in listed)


@pytest.mark.rule("R5")
@pytest.mark.parametrize(
    ("value", "number"),
    [(Fraction(2, 5), 2), (Fraction(2, 7), 4), (Fraction(1, 1), 1), (Fraction(3, 2), 1), (Fraction(0), None)],
)
def test_one_in_is_the_rounded_inverse_and_none_where_nobody_died(value: Fraction, number: int | None) -> None:
    assert one_in(value) == number


@pytest.mark.rule("R8", "R9")
@pytest.mark.parametrize(("year", "attempts", "shown"), [(2017, 144_301, "1.5–2.6%"), (2018, 45_648, "1.8–4.1%")])
def test_the_event_spreads_of_the_rules_come_out_of_the_real_file(
    real: Vintage, make_vintage: Callable[..., Vintage], year: int, attempts: int, shown: str
) -> None:
    deaths = {2017: 2853, 2018: 1314}[year]
    made = with_counts(real, [
        count(year, "persons_arrived", 20_000), count(year, "persons_intercepted", attempts - deaths - 20_000),
    ])  # fmt: skip
    answer = risk_answer(made, selection(f"{year}-01-01", f"{year}-12-31"))
    rho = of(answer.variants, "rho")
    assert (answer.deaths, answer.attempts) == (deaths, attempts)
    assert str(spread_words(*(rho.spread or (0, 0)))) == shown
    assert str(percent(rho.value)) == {2017: "1.98%", 2018: "2.88%"}[year]


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


@pytest.mark.rule("R8")
def test_the_spread_is_the_same_each_time_whatever_the_order_of_events() -> None:
    assert variants(WHOLE) == variants(Figures(1000, 30_000, 19_000, tolls=EVENTS[::-1]))
    other = spread_of_deaths(WHOLE, seed=2)
    assert other != spread_of_deaths(WHOLE)


def test_draws_pick_as_many_events_as_there_are() -> None:
    sums = drawn_sums((1, 100), draws=1000)
    assert set(np.unique(sums)) == {2, 101, 200}
    assert sums.size == 1000


@pytest.mark.rule("R8")
def test_many_events_are_drawn_by_how_often_each_size_comes_with_the_same_spread() -> None:
    tolls = np.repeat([1, 30, 800], [60_000, 6_000, 20])
    sums = drawn_sums(tolls.tolist())
    deviation = np.sqrt(tolls.size) * tolls.std()
    assert abs(sums.mean() - tolls.sum()) < 4 * deviation / np.sqrt(sums.size)
    assert sums.std() == pytest.approx(deviation, rel=0.03)
    assert (sums == drawn_sums(tolls[::-1].tolist())).all()
    assert drawn_sums(tuple(range(600_000)), draws=3).size == 3


def test_equal_events_leave_no_spread_and_cumulative_people_stay_in_every_draw() -> None:
    figures = Figures(deaths=57, arrivals=10_000, interceptions=0, tolls=(10,) * 5, fixed=7)
    rho = of(variants(figures), "rho")
    assert rho.low == rho.high == rho.value == 57 / 10_057


def test_the_three_spreads_are_one_spread_of_deaths_by_three_denominators() -> None:
    low, high = spread_of_deaths(WHOLE) or (0, 0)
    for one in (of(variants(WHOLE), name) for name in ("rho", "rho_arr", "kappa")):
        assert one.spread == (low / one.denominator, high / one.denominator)
        assert one.spread[0] < one.value < one.spread[1]


@pytest.mark.rule("R6")
@pytest.mark.parametrize(
    ("figures", "name", "words"),
    [
        (Figures(10, 30_000, None, tolls=EVENTS), "rho", "interceptions are not known"),
        (Figures(10, None, 5, tolls=EVENTS), "kappa", "arrivals are not known"),
        (Figures(None, 30_000, 5, tolls=EVENTS), "rho_arr", "deaths are not known"),
        (Figures(10, None, None, gaps={"arrivals": gap("arrivals", date(2018, 3, 1), date(2018, 3, 31))}, tolls=EVENTS), "rho",
         "arrivals are missing for March 2018; interceptions are not known"),
        (Figures(10, 9000, 90, gaps={"deaths": gap("deaths", date(2013, 1, 1), date(2013, 12, 31))}, tolls=EVENTS), "kappa",
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
    assert variant_of(variants(figures), name).computed is None


@pytest.mark.rule("R6")
def test_five_hundred_attempts_and_five_events_are_enough() -> None:
    rho = of(variants(Figures(99, 301, 100, tolls=(95, 1, 1, 1, 1))), "rho")
    assert (rho.value, rho.one_in) == (99 / 500, 5)


def test_a_missing_interception_leaves_the_other_two_computable() -> None:
    listed = variants(
        Figures(
            deaths=1000,
            arrivals=30_000,
            tolls=EVENTS,
            gaps={"interceptions": gap("interceptions", date(2018, 1, 1), date(2018, 1, 1))},
        )
    )
    assert [one.computed is not None for one in listed] == [False, True, True]
    assert Figures(1000, 30_000).all_attempts is None


@pytest.mark.rule("R7")
def test_no_function_gives_a_risk_of_a_cell() -> None:
    """RULES R7: a cell has no denominator, so nothing that knows cells knows risk, and the other way round."""
    for module in (cell_table, flows):
        assert not [name for name in vars(module) if "risk" in name or "attempt" in name]
    for module in (risk, risk_inputs):
        assert not [name for name in vars(module) if "cell" in name]


def spread(value: float, low: float | None, high: float | None, name: VariantName = "rho") -> VariantAnswer:
    plain = variant_of(variants(WHOLE), name)
    return replace(plain, value=value, one_in=1, low=low, high=high)


def test_two_windows_whose_spreads_overlap_are_said_to() -> None:
    found = compare(spread(0.0198, 0.0146, 0.0256), spread(0.0288, 0.0178, 0.0410))
    assert found.overlap is True
    assert str(found.caption) == (
        "The rise from 1.98% to 2.88% is in the counts; the two spreads, 1.5–2.6% and 1.8–4.1%, overlap, so it may "
        "be chance in how events fell."
    )


def test_two_windows_whose_spreads_are_apart_get_no_cause() -> None:
    found = compare(spread(0.04, 0.03, 0.05), spread(0.01, 0.005, 0.02))
    assert found.overlap is False
    assert str(found.caption).startswith("The fall from 4.00% to 1.00% is in the counts; the two spreads, 3.0–5.0% and")
    assert str(found.caption).endswith("hardly explains it. The counts do not say why.")


def test_spreads_that_touch_overlap_and_what_is_unknown_is_not_compared() -> None:
    assert compare(spread(0.02, 0.01, 0.03), spread(0.04, 0.03, 0.05)).overlap is True
    assert compare(spread(0.02, 0.01, 0.03), spread(0.02, None, None)).overlap is None
    none = variants(Figures(10, None, 5))[0]
    refused = compare(none, spread(0.02, 0.01, 0.03))
    assert refused.overlap is None
    assert str(refused.caption) == "The two periods cannot be compared: in the earlier, arrivals are not known."
    assert str(compare(spread(0.02, 0.01, 0.03), none).why_not) == "in the later, arrivals are not known"
    with pytest.raises(ValueError, match="R5"):
        compare(spread(0.02, 0.01, 0.03), spread(0.02, 0.01, 0.03, name="kappa"))


@pytest.mark.rule("P4")
def test_routes_are_ranked_only_where_all_are_computable_in_all_periods() -> None:
    lower = Figures(deaths=100, arrivals=30_000, interceptions=19_000, tolls=EVENTS)
    assert rank_routes({"a": [lower, WHOLE], "b": [WHOLE, lower]}).ranks == [
        [("b", 0.02), ("a", 100 / 49_100)], [("a", 0.02), ("b", 100 / 49_100)],
    ]  # fmt: skip
    few = Figures(deaths=10, arrivals=30_000, interceptions=1, tolls=(4, 6))
    refused = rank_routes({"a": [WHOLE, WHOLE], "b": [WHOLE, few]})
    assert refused.ranks is None
    assert str(refused.not_ranked).endswith("b: events are fewer than 5 (2)")
    assert "two routes" in str(rank_routes({"a": [WHOLE]}).not_ranked)
    assert "same periods" in str(rank_routes({"a": [WHOLE], "b": []}).not_ranked)


def test_real_routes_are_not_ranked_where_interceptions_are_missing(real: Vintage) -> None:
    window = (date(2018, 1, 1), date(2018, 12, 31))
    refused = ranking(real, [CENTRAL, "eastern-mediterranean"], [window])
    assert "interceptions are missing for 2018" in str(refused.not_ranked)
    found = ranking(real, [CENTRAL, "eastern-mediterranean"], [window], name="kappa")
    assert [route for route, _ in (found.ranks or [[]])[0]] == ["Central Mediterranean", "Eastern Mediterranean"]


def test_real_arrivals_and_deaths_of_2018_give_their_two_variants(real: Vintage) -> None:
    query = {"route": ["Central Mediterranean"], "from": ["2018-01-01"], "to": ["2018-12-31"]}
    answer = risk_answer(real, parse_risk(query, real))
    assert (answer.deaths, answer.arrivals, answer.interceptions) == (1314, 23_370, None)
    kappa = of(answer.variants, "kappa")
    assert (kappa.one_in, round(100 * kappa.value, 1)) == (18, 5.6)  # RULES R9, Italy 2018
    assert str(variant_of(answer.variants, "kappa").sentence) == (
        "At least 1,314 people died or went missing for 23,370 arrivals in Italy on the Central Mediterranean route in "
        "2018: 1 per 18 arrivals (a ratio, not a share)."
    )
    arrivals = answer.sources.arrivals
    assert (arrivals.places, arrivals.left_out) == (("Italy",), ("Malta",))
    assert list(map(str, arrivals.notes)) == ["Malta is left out: it has a figure for 307 of 365 days (1,445 people)."]
    assert str(answer.caption).startswith(
        "At least 1,314 people died or went missing for 24,684 arrivals in Italy and d"
    )


def test_typed_figures_give_names_formulas_and_reasons() -> None:
    answer = typed_answer({"deaths": "1,314", "attempts": "45648"})
    assert (answer.deaths, answer.attempts, answer.arrivals) == (1314, 45_648, None)
    rho, rho_arr, kappa = answer.variants
    assert (rho.one_in, rho.low, str(rho.no_spread)) == (
        35,
        None,
        "The spread is not computable without the events.",
    )
    assert str(rho.sentence) == "At least 1,314 people died or went missing for 45,648 attempts: 1 in 35 attempts."
    assert str(rho_arr.why_not) == str(kappa.why_not) == "arrivals are not known"
    parts = typed_answer({"deaths": "100", "arrivals": "300", "interceptions": "99"})
    assert parts.attempts == 499
    assert str(parts.variants[0].why_not) == "attempts are fewer than 500 (499)"


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
    earlier, later = spread(0.02, 0.018, end), spread(0.03, 0.02605, 0.041)
    for pair in ((earlier, later), (later, earlier)):
        found = compare(*pair)
        assert found.overlap is False
        assert (said if pair[0] is earlier else " and ".join(reversed(said.split(" and ")))) in str(found.caption)


@pytest.mark.rule("C4")
def test_nobody_recorded_is_no_count_of_at_least_none() -> None:
    figures = Figures(deaths=0, arrivals=900, tolls=(0, 0, 0, 0, 0))
    one = variant_of(typed_answer({"deaths": "0", "arrivals": "900"}).variants, "kappa")
    assert str(one.sentence) == "No one is recorded as dead or missing for 900 arrivals."
    assert variants(figures)[2].one_in is None


@pytest.mark.parametrize(
    ("deaths", "words"),
    [(0, "No one is recorded as dead or missing for 9 arrivals."),
     (1, "At least 1 person died or went missing for 9 arrivals: 1 per 9 arrivals (a ratio, not a share)."),
     (2, "At least 2 people died or went missing for 9 arrivals: 1 per 4 arrivals (a ratio, not a share).")],
)  # fmt: skip
def test_a_sentence_counts_nobody_one_person_or_people(deaths: int, words: str) -> None:
    found = Computed(deaths / 9, one_in(Fraction(deaths, 9)), None, None, 9)
    assert str(variant_sentence("kappa", found, deaths, None)) == words


@pytest.mark.parametrize(
    ("arrivals", "interceptions", "words"),
    [(None, None, ""), (["Italy"], None, ", counting arrivals in Italy only,"),
     (None, ["Libya"], ", counting interceptions in Libya only,"),
     (["Italy"], ["Libya"], ", counting arrivals in Italy only and interceptions in Libya only,")],
)  # fmt: skip
def test_attempts_name_the_places_that_alone_are_counted(
    arrivals: list[str] | None, interceptions: list[str] | None, words: str
) -> None:
    only = {"arrivals": in_places(arrivals or [], ["x"]), "interceptions": in_places(interceptions or [], ["x"])}
    sentence = str(variant_sentence("rho", Computed(0.5, 2, None, None, 900), 450, None, only=only))
    assert sentence == f"At least 450 people died or went missing for 900 attempts{words}: 1 in 2 attempts."


def test_more_places_than_three_are_counted() -> None:
    assert str(in_places(["a", "b", "c", "d"], ["x"])) == "a, b, c and 1 more place"
    assert str(in_places(list("abcde"), ["x"])) == "a, b, c and 2 more places"
    assert in_places(["a"], []) is None
