"""Trends and corridors of the publishers' files equal direct sums over them."""

import json
from datetime import date

import polars as pl
import pytest

from data.compare.answer import compare
from data.counting.windows import Window
from data.exports.answers import risk_table
from data.hotspots.corridors import corridors
from data.model.notices import Notice
from data.query.selection import Selection
from data.risk.by_period import last_two, risk_over_time, routes_compared
from data.risk.sentences import left_out_words
from data.store.vintage import Vintage
from data.trends.answer import trends
from data.trends.small_multiples import routes_by_period
from layouts.questions.risk import risk_view

pytestmark = pytest.mark.real


def direct(real: Vintage, first: date, last: date, route: str | None = None) -> int:
    rows = real.incidents.filter(pl.col("source") == "mmp", pl.col("date_from") >= first, pl.col("date_to") <= last)
    return int((rows.filter(pl.col("route") == route) if route else rows)["dead_or_missing"].sum())


@pytest.mark.parametrize("route", [None, "central-mediterranean", "darien"])
def test_the_year_so_far_and_the_same_days_before_equal_direct_sums(real: Vintage, route: str | None) -> None:
    answer = trends(real, Selection(routes=(route,) if route else ()))
    so_far = answer.year_to_date
    assert so_far.as_of == date(2025, 4, 29)
    for row in so_far.years:
        assert row.value == direct(real, date(row.year, 1, 1), date(row.year, 4, 29), route)
    assert len(so_far.years) == 12
    if route is None:
        assert [row.value for row in so_far.years[:2]] == [1322, 2493]
        assert so_far.undated == 13
        change = so_far.years[1].change
        assert (change.difference, change.percent, change.is_same_lag) == (-1171, -47.0, False)


def test_darien_gets_no_percentage_on_a_base_too_small(real: Vintage) -> None:
    years = trends(real, Selection(routes=("darien",)), as_of=date(2024, 2, 29)).year_to_date.years
    assert [(row.year, row.value) for row in years[:2]] == [(2024, 121), (2023, 21)]
    assert years[1].change.percent is None


@pytest.mark.parametrize("within_km", [10, 100, 500])
def test_corridors_conserve_the_total(real: Vintage, within_km: int) -> None:
    found = corridors(real, Selection(), within_km=within_km)
    assert found.total == 74_376
    assert sum(row.value or 0 for row in found.segments) + found.off + found.not_located == 74_376


@pytest.mark.parametrize("by", ["route", "cell", "month"])
def test_two_years_compared_conserve_their_totals(real: Vintage, by: str) -> None:
    years = [Window(date(year, 1, 1), date(year, 12, 31)) for year in (2023, 2024)]
    found = compare(real, Selection(), first=years[0], second=years[1], by=by)
    assert (found.first.value, found.second.value, found.change.difference) == (8747, 9002, 255)
    assert sum(row.change or 0 for row in found.rows) + found.dropped.change == 255


def test_routes_side_by_side_hold_everybody_who_is_dated(real: Vintage) -> None:
    assert routes_by_period(real, Selection())["value"].sum() + 13 == 74_376


def test_a_risk_says_which_places_are_left_out_wherever_it_stands(real: Vintage) -> None:
    answer = risk_over_time(real, Selection(routes=("central-mediterranean",)), "year")
    told = {str(one.words): left_out_words(one.risk) for one in answer.periods}
    said = "Malta is left out: it has a figure for 0 of 365 days."
    assert said in told["2017"]
    table = risk_table(answer)
    assert table.filter(pl.col("from") == "2017-01-01")["left_out"].unique().to_list() == [told["2017"]]
    compared = last_two(real, answer, "kappa")
    assert compared is not None
    assert "people who arrived in Italy fell from 119,369 to 23,370" in str(compared.sentence)
    view = risk_view(answer, "kappa", compared, Notice("risk.no_spread"), "", "")
    assert said in json.dumps(view, default=lambda one: one.to_plotly_json())


@pytest.mark.rule("R8", "R9")
def test_more_dangerous_is_answered_first_in_words_and_says_by_which_measure(real: Vintage) -> None:
    """The spreads of 2017 and 2018 are apart by arrivals; that interceptions are in neither is said (RULES R4)."""
    answer = risk_over_time(real, Selection(routes=("central-mediterranean",)), "year")
    compared = last_two(real, answer, "rho_arr")
    assert compared is not None
    view = risk_view(answer, "rho_arr", compared, Notice("risk.no_spread"), "", "")
    assert view[0].children == (
        "More dangerous by this measure, though less busy: on the Central Mediterranean route, deaths per arrival or death rose from "
        "1\u00a0in\u00a043 in 2017 to 1\u00a0in\u00a019 in 2018."
    )
    shown = json.dumps(view[:4], default=lambda one: one.to_plotly_json())
    assert "more interceptions alone would raise deaths per arrival or death" in shown
    assert "1.7–3.0% and 3.3–7.6%" in json.dumps(view[:4], default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_two_years_are_compared_over_the_places_that_both_count(real: Vintage) -> None:
    window = Selection(routes=("central-mediterranean",), start=date(2015, 1, 1), end=date(2016, 12, 31))
    answer = risk_over_time(real, window, "year")
    assert [one.risk.sources.arrivals.places for one in answer.periods] == [("Italy", "Malta"), ("Italy",)]
    assert [one.risk.arrivals for one in answer.periods] == [153_842 + 105, 181_436]
    compared = last_two(real, answer, "kappa")
    assert compared is not None
    assert "people who arrived in Italy rose from 153,842 to 181,436" in str(compared.sentence)
    assert "Malta is left out: it lacks days in the other period (105 people)." in left_out_words(compared.earlier.risk)
    assert answer.periods[0].risk.arrivals == 153_947


def test_a_later_pair_that_does_not_count_enough_of_the_same_places_is_passed_over(real: Vintage) -> None:
    """Malta is 31% of the first half of 2019, and lacks days in that of 2018 (RULES R6)."""
    answer = risk_over_time(real, Selection(routes=("central-mediterranean",)), "half-year")
    compared = last_two(real, answer, "rho_arr")
    assert compared is not None
    assert (compared.earlier.risk.first, compared.later.risk.first) == (date(2017, 1, 1), date(2018, 1, 1))
    assert "from 83,752 to 16,577" in str(compared.sentence)
    passed_over = " ".join(map(str, compared.passed_over))
    assert "the first half of 2019: the two periods cannot be compared" in passed_over
    assert "leave out more than a tenth of those counted (Malta)" in passed_over
    shown = json.dumps(
        risk_view(answer, "rho_arr", compared, Notice("risk.no_spread"), "", ""),
        default=lambda one: one.to_plotly_json(),
    )
    assert passed_over in shown
    assert "4,056" in shown  # the table still has the half-year's own figures
    assert "Malta is left out: it has a figure for 123 of 181 days (243 people)." in shown


def test_routes_are_compared_with_their_spreads_and_the_places_they_are_divided_by(real: Vintage) -> None:
    routes = Selection(routes=("central-mediterranean", "eastern-mediterranean"))
    years = [(date(year, 1, 1), date(year, 12, 31)) for year in (2017, 2018)]
    words = str(routes_compared(real, routes, years, "rho_arr"))
    assert "Central Mediterranean (arrivals in Italy) 5.32%, spread 3.3–7.6%" in words
    assert "Eastern Mediterranean (arrivals in Greece) 0.53%, spread" in words
