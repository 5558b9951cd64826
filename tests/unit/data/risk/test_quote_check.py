"""A quoted risk is matched within its own rounding, with what each match leaves out, or told how far it is off."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from data.model.answers import as_json
from data.model.errors import QueryError
from data.risk.quote_check import quote_answer, whole_coverage, windows
from data.risk.quote_parser import parse_quote
from data.store.vintage import Vintage

Make = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Vintage]
CENTRAL = "central-mediterranean"
GIVEN = {"deaths": ["1314"], "attempts": ["45648"], "arrivals": ["23370"]}


def central(
    year: int, deaths: int, arrivals: int, intercepted: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return six events, one on the first and one on the last day of the year, and a year's two counts."""
    ends = {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31), "route": CENTRAL}
    days = [date(year, 1, 1), *(date(year, number, 1) for number in (3, 5, 8, 10)), date(year, 12, 31)]
    events = [{"date_from": day, "date_to": day, "route": CENTRAL, "dead_or_missing": deaths // 6 + (deaths % 6) * (number == 0)}
              for number, day in enumerate(days)]  # fmt: skip
    counts = [ends | {"unit": "persons_arrived", "value": arrivals},
              ends | {"unit": "persons_intercepted", "value": intercepted}]  # fmt: skip
    return events, counts


def check(query: dict[str, list[str]], vintage: Vintage) -> dict[str, Any]:
    return dict(json.loads(as_json(quote_answer(query, vintage))))


@pytest.fixture
def two_years(make_vintage: Make) -> Vintage:
    """Return a vintage with the attempts of RULES R9."""
    before, now = central(2017, 2853, 119_369, 22_079), central(2018, 1314, 23_370, 20_964)
    return make_vintage([*before[0], *now[0]], [*before[1], *now[1]])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 in 35", Fraction(1, 35)), ("one in 35", Fraction(1, 35)), ("1 per 18", Fraction(1, 18)),
        ("1 out of 1,200", Fraction(1, 1200)), ("2.9 %", Fraction(29, 1000)), ("2.88%", Fraction(288, 10_000)),
        ("3 per cent", Fraction(3, 100)), ("0.0288", Fraction(288, 10_000)), ("  ONE  in 35 ", Fraction(1, 35)),
        ("κ = 5.6%", Fraction(56, 1000)), ("ρ_arr = 5.32 %", Fraction(532, 10_000)), ("ρ=2.88%", Fraction(288, 10_000)),
        ("1 in 10 000", Fraction(1, 10_000)), ("1 in 10\u202f000", Fraction(1, 10_000)), ("1∶35", Fraction(1, 35)),
        ("2.9 pct", Fraction(29, 1000)), ("a 1-in-35 chance", Fraction(1, 35)), ("one in 35 died", Fraction(1, 35)),
        ("one of every 35 people died", Fraction(1, 35)), ("1 death for each 35 arrivals", Fraction(1, 35)),
        ("Mortality was 2.9% on this route.", Fraction(29, 1000)), (".05", Fraction(1, 20)), ("100 %", Fraction(1)), ("1:35", Fraction(1, 35)), ("1 / 35", Fraction(1, 35)),
        ("1/35", Fraction(1, 35)), ("1-in-35", Fraction(1, 35)), ("1 in 35.", Fraction(1, 35)),
        ("about 1 in 35", Fraction(1, 35)), ("“One in every 35”", Fraction(1, 35)),
        ("2,9 %", Fraction(29, 1000)), ("0,0288", Fraction(288, 10_000)), ("2.9\u00a0%", Fraction(29, 1000)),
        ("In 2018 1,314 people died: 1 in 35 of those who tried.", Fraction(1, 35)),
        ("one death per 18 arrivals, so 1 per 18", Fraction(1, 18)), ("They say the risk is 2.9 %.", Fraction(29, 1000)),
        ("“1 in 35”", Fraction(1, 35)), ("nearly 1:35!", Fraction(1, 35)), ("1 out of every 35 drowned", Fraction(1, 35)),
        ("1 person in 1,200 died", Fraction(1, 1200)),
        ("one person died for every 18 who arrived", Fraction(1, 18)),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_it_is_printed(text: str, value: Fraction) -> None:
    assert parse_quote(text).value == value


@pytest.mark.parametrize(
    "text",
    ["", "35", "1 in 0", "2 in 35", "1 in 35.5", "1 in 3,5", "0 %", "101 %", "0", "0.0", "1.2", "-1 in 35", "1 in -35", "1e-3",
     "nan", "inf", "1 in ٣٥", "1 in 9999999999", "x" * 5000, "1 in 35\x00", "1/3/2018", "11 in 35", "1,1 in 35", "1,314 %", "12:1:35",
     "2018-1-35", "v0.0288", "0.02.88", "phone in 35", "1 in 10.000", "1 in 2 million", "1 in 10 thousand", "1 in 35k", "1 in 1'000", "1 in 3½", "1.8–4.1%", "2.9–3.4 %",
     "CI 2.4 - 3.4%", "2 to 4 %", "between 2 and 4%", "0.5-1%", "2.9±0.3%", "0.3‰", "0.3 ‰", "0.3 per 1,000", "0.35 %o",
     "0.5 km", "$0.35", "0.5 million", "p = 0.05", "0.5 in 35", "1 in 35-40", "1 in 35 to 40", "one in 12 to 15",
     "5 1/2 %", "on 1/7 a boat sank", "at 1:35 pm", "twenty one in 35", "in group 1 in 2018", "1 death per 100 km",
     "minus 2.9%", "– 2.9%", "−2.9%", "it rose by 2.9%", "a 95% CI", "2.9% more than before", "5% higher", "1 in 5 years",
     "2.9 percentage points", "in 1 in 2018", "from 2.9%", "2·9%", "12·9 % died", "deaths fell 80%",
     "deaths rose 2.9%", "deaths up 2.9%", "fell by about 80%", "a drop of 80%", "an 80% reduction of deaths", "a 2.9% jump",
     "2.9% below last year", "2.9% annually", "90% survived", "98% reached Europe", "only 1 in 35 survived the risk",
     "1 in 4 was rescued", "survival rate of 97%", "all but 2% died", "not 2.9%", "Women: 12 % of deaths",
     "one in 7 of the dead were children", "one died in 35 minutes", "one person died in 3 shipwrecks", "2.9 bis 4.1%",
     "1 in 2.9% died", "twice 2.9%", "at most 2.9% died", "under 1 in 35 died", "one hundred and one in 500 died",
     "The death rate rose to 2.9%", "They say it is 2.9 %.", "a 95% CI of deaths", "<script>1 in 35</script>x1 in 36"],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(QueryError, match="such as '1 in 35'"):
        parse_quote(text)


def test_a_text_with_two_figures_is_asked_to_give_one() -> None:
    with pytest.raises(QueryError, match=r"several: '1 in 35' and '2\.9 %'"):
        parse_quote("1 in 35 died, or 2.9 %")
    assert parse_quote("1 in 35 died, yes, one in 35").value == Fraction(1, 35)


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("2.9 %", Fraction(285, 10_000), True), ("2.9 %", Fraction(295, 10_000), True),
        ("2.9 %", Fraction(2849, 100_000), False), ("0.0288", Fraction(1314, 45_648), True),
        ("0.029", Fraction(1314, 45_648), True), ("0.02879", Fraction(1314, 45_648), True),
        ("0.02878", Fraction(1314, 45_648), False), ("1 in 35", Fraction(1314, 45_648), True),
        ("1 in 34", Fraction(1314, 45_648), False),
    ],
)  # fmt: skip
def test_a_quote_holds_what_rounds_to_it(text: str, value: Fraction, *, fits: bool) -> None:
    assert parse_quote(text).fits(value) is fits


def test_the_published_figure_is_found_with_its_year_and_variant(two_years: Vintage) -> None:
    answer = check({"text": ["1 in 35"]}, two_years)
    found = {(one["variant"], one["period"]): one["sentence"] for one in answer["matches"]}
    assert found.keys() == {("rho", "2018"), ("rho_arr", "2017 to 2018")}  # 1 in 34.7 and 1 in 35.3
    assert found["rho", "2018"] == (
        "At least 1,314 people died or went missing for 45,648 attempts on the Central Mediterranean route in 2018: "
        "1 in 35 attempts."
    )
    assert answer["nearest"] == []


def test_deaths_per_arrival_are_told_apart_with_what_they_leave_out(two_years: Vintage) -> None:
    one = check({"text": ["1 per 18"]}, two_years)["matches"][0]
    assert (one["variant"], one["denominator"]) == ("kappa", 23_370)
    assert "intercepted" in one["leaves_out"]
    assert "denominator" in one["leaves_out"]
    assert one["sentence"].endswith("in 2018: 1 per 18 arrivals (a ratio, not a share).")


def test_where_nothing_matches_the_nearest_two_say_why(two_years: Vintage) -> None:
    answer = check({"text": ["1 in 38"]}, two_years)
    assert (answer["matched"], answer["matches"]) == (0, [])
    assert [one["one_in"] for one in answer["nearest"]] == [35, 35]
    assert answer["nearest"][1]["differs"].startswith(
        "ρ = D / A, with A = Arr + Int + D gives 2.88% (1 in 35), 0.25 percentage points higher than the 2.63% quoted."
    )


def test_whole_coverage_is_searched_beside_years_and_half_years(two_years: Vintage) -> None:
    assert whole_coverage(two_years, CENTRAL) == {(date(2017, 1, 1), date(2018, 12, 31))}
    spans = {one.span for one in windows(two_years) if not one.figures.gaps}
    assert spans == {(date(2017, 1, 1), date(2017, 12, 31)), (date(2018, 1, 1), date(2018, 12, 31)),
                     (date(2017, 1, 1), date(2018, 12, 31))}  # fmt: skip
    both = check({"text": ["1 in 46"]}, two_years)["matches"]
    assert [(one["is_whole_coverage"], one["denominator"]) for one in both] == [(True, 144_301 + 45_648)]


def test_what_is_not_computable_confirms_nothing(make_vintage: Make) -> None:
    events, counts = central(2018, 1314, 23_370, 20_964)
    few = make_vintage(events[:4], counts)
    assert check({"text": ["1 in 35"]}, few)["searched"] == 0


def test_what_could_not_be_searched_is_said_with_its_reason(make_vintage: Make) -> None:
    before, now = central(2017, 2853, 119_369, 22_079), central(2018, 1314, 23_370, 20_964)
    answer = check({"text": ["1 in 35"]}, make_vintage([*before[0], *now[0]], [*before[1][:1], *now[1]]))
    # Two years, their four halves, both together; counts are of whole years, interceptions of 2018 alone.
    assert answer["windows"] == 7
    assert answer["not_computable"]["rho"] == "in 6 of 7 windows: interceptions lack days (6), arrivals lack days (4)"
    assert answer["not_computable"]["kappa"] == "in 4 of 7 windows: arrivals lack days (4)"
    few = check({"text": ["1 in 35"]}, make_vintage(now[0][:4], now[1]))
    assert "deaths lack days" in few["not_computable"]["rho"]
    none = check({"text": ["1 in 35"], "route": ["darien"]}, make_vintage(*now))["not_computable"]
    assert none["kappa"] == "in no window: no source counts people who arrived on this route"


def test_figures_of_ones_own_are_checked_alone(two_years: Vintage) -> None:
    found = check({"text": ["1 per 18"], **GIVEN}, two_years)
    assert [(one["variant"], one["route"], one["from"]) for one in found["matches"]] == [("kappa", None, None)]
    assert found["searched"] == 3
    short = check({"text": ["1 in 35"], "deaths": ["1314"], "attempts": ["45648"]}, two_years)
    assert short["matched"] == 1
    assert short["windows"] is None
    assert short["not_computable"] == {"rho_arr": "arrivals are not known", "kappa": "arrivals are not known"}


def test_a_route_narrows_the_search(two_years: Vintage) -> None:
    assert check({"text": ["1 in 35"], "route": ["Central Mediterranean"]}, two_years)["matched"] == 2
    assert check({"text": ["1 in 35"], "route": ["darien"]}, two_years)["searched"] == 0
    with pytest.raises(QueryError, match="nowhere"):
        check({"text": ["1 in 35"], "route": ["nowhere"]}, two_years)


@pytest.mark.parametrize(
    "query",
    [{}, {"text": [""]}, {"text": ["1 in 35", "1 in 36"]}, {"text": ["1 in 35"], "x": ["1"]},
     {"text": ["1 in 35"], "deaths": ["-1"]}, {"text": ["1 in 35"], "attempts": ["100"]},
     {"text": ["1 in 35"], "route": [CENTRAL], **GIVEN}, {"text": ["1 in 35"], "deaths": ["10"], "attempts": ["9"]}],
)  # fmt: skip
def test_a_check_that_cannot_be_meant_is_refused(two_years: Vintage, query: dict[str, list[str]]) -> None:
    with pytest.raises(QueryError):
        check(query, two_years)


def test_the_real_figures_of_2018_are_found(real: Vintage) -> None:
    answer = check({"text": ["1 per 18"], "route": [CENTRAL]}, real)
    found = {(one["variant"], one["period"]): one for one in answer["matches"]}
    assert found["kappa", "2018"]["denominator"] == 23_370  # RULES R9
    assert "Malta is left out" in found["kappa", "2018"]["leaves_out"]
    assert "23,370 arrivals in Italy on the Central Mediterranean route in 2018" in found["kappa", "2018"]["sentence"]
