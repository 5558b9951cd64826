"""What risk is made of: which days are covered, one source per unit, units never mixed, nothing filled with zero."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from data.model.answers import as_json
from data.model.days import missing_words, span_words, stretches, window_words
from data.model.errors import QueryError, UnitError
from data.query.selection import Selection
from data.readers.sources import source_of
from data.risk import answer as risk
from data.risk.answer import parse_risk
from data.risk.by_period import last_two, risk_over_time
from data.risk.inputs import inputs
from data.risk.places import without_overlap
from data.risk.route_counts import count_of_source, counts_by_source
from data.sectors.thresholds import _counted, state_of
from data.store.vintage import Vintage

Make = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Vintage]
ROUTE = "darien"


def day(text: str) -> date:
    return date.fromisoformat(text)


def died(when: str, people: int | None = 10, **more: Any) -> dict[str, Any]:
    return {"date_from": day(when), "date_to": day(when), "dead_or_missing": people, "route": ROUTE} | more


def count(first: str, last: str, value: int | None, **more: Any) -> dict[str, Any]:
    return {"date_from": day(first), "date_to": day(last), "value": value, "route": ROUTE} | more


def month(year: int, number: int, value: int | None, **more: Any) -> dict[str, Any]:
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return count(first.isoformat(), last.isoformat(), value, **more)


def asked(first: str, last: str, source: str | None = None) -> Selection:
    return Selection(routes=(ROUTE,), start=day(first), end=day(last), source=source)


def risk_answer(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    return dict(json.loads(as_json(risk.risk_answer(vintage, selection))))


DEATHS = [died(f"2018-{number:02}-01") for number in range(1, 13)] + [died("2018-12-31"), died("2016-01-01")]
YEAR = [month(2018, number, 100) for number in range(1, 13)]


def test_a_year_of_months_covers_its_year_and_is_summed(make_vintage: Make) -> None:
    found = inputs(make_vintage(DEATHS, YEAR), asked("2018-01-01", "2018-12-31"))
    assert (found.arrivals.value, found.arrivals.gap, found.arrivals.covered_days) == (1200, None, 365)
    assert (found.deaths.value, len(found.deaths.tolls)) == (130, 13)
    assert found.interceptions.value is None
    assert str(found.interceptions.gap) == "interceptions are missing for 2018 (no source counts them on this route)"


@pytest.mark.rule("R6")
def test_a_month_without_a_row_or_without_a_value_is_missing_not_zero(make_vintage: Make) -> None:
    without_row = [*YEAR[:2], *YEAR[3:]]
    for rows in (without_row, [*without_row, month(2018, 3, None)]):
        answer = risk_answer(make_vintage(DEATHS, rows), asked("2018-01-01", "2018-12-31"))
        assert answer["arrivals"] is None
        assert answer["variants"][2]["not_computable"] == "arrivals are missing for March 2018"


def test_a_stated_zero_is_a_value(make_vintage: Make) -> None:
    rows = [*YEAR[:2], month(2018, 3, 0), *YEAR[3:]]
    assert inputs(make_vintage(DEATHS, rows), asked("2018-01-01", "2018-12-31")).arrivals.value == 1100


def test_an_unknown_part_of_a_month_leaves_the_month_unknown(make_vintage: Make) -> None:
    parts = [month(2018, number, value, nationality=nationality)
             for number in (1, 2) for nationality, value in (("VEN", 60), ("HTI", None if number == 2 else 40))]  # fmt: skip
    vintage = make_vintage(DEATHS, parts)
    assert inputs(vintage, asked("2018-01-01", "2018-01-31")).arrivals.value == 100
    gap = inputs(vintage, asked("2018-01-01", "2018-02-28")).arrivals.gap
    assert str(gap) == "arrivals are missing for February 2018"


def test_a_count_over_the_edge_of_the_window_is_not_divided(make_vintage: Make) -> None:
    found = inputs(make_vintage(DEATHS, YEAR), asked("2018-03-10", "2018-04-30"))
    assert found.arrivals.value is None
    assert str(found.arrivals.gap) == (
        "arrivals are missing for 10 to 31 March 2018 (a count that reaches beyond the window is not divided)"
    )


def test_leap_days_are_asked_for(make_vintage: Make) -> None:
    short = [month(2016, 1, 5), count("2016-02-01", "2016-02-28", 5)]
    assert str(inputs(make_vintage(DEATHS, short), asked("2016-01-01", "2016-02-29")).arrivals.gap) == (
        "arrivals are missing for 29 February 2016"
    )
    whole = [month(2016, 1, 5), month(2016, 2, 5)]
    found = inputs(make_vintage(DEATHS, whole), asked("2016-01-01", "2016-02-29")).arrivals
    assert (found.value, found.days) == (10, 60)


def test_a_window_of_one_day_needs_a_count_of_that_day(make_vintage: Make) -> None:
    vintage = make_vintage(DEATHS, [count("2018-05-05", "2018-05-05", 7), *YEAR[5:]])
    assert inputs(vintage, asked("2018-05-05", "2018-05-05")).arrivals.value == 7
    assert str(inputs(vintage, asked("2018-06-05", "2018-06-05")).arrivals.gap).startswith(
        "arrivals are missing for 5 June 2018"
    )


def test_the_months_of_a_year_are_not_added_to_the_year(make_vintage: Make) -> None:
    rows = [*YEAR, count("2018-01-01", "2018-12-31", 1300)]
    vintage = make_vintage(DEATHS, rows)
    assert inputs(vintage, asked("2018-01-01", "2018-12-31")).arrivals.value == 1200
    assert inputs(vintage, asked("2018-02-01", "2018-03-31")).arrivals.value == 200
    gappy = [*YEAR[:4], *YEAR[5:], rows[-1]]
    assert inputs(make_vintage(DEATHS, gappy), asked("2018-01-01", "2018-12-31")).arrivals.value == 1300


def test_days_then_months_then_years_join_without_overlap(make_vintage: Make) -> None:
    days = [count(f"2018-01-{number:02}", f"2018-01-{number:02}", 1) for number in range(1, 32)]
    rows = [*days, *YEAR[1:], count("2019-01-01", "2019-12-31", 50)]
    vintage = make_vintage([*DEATHS, died("2019-12-31")], rows)
    assert inputs(vintage, asked("2018-01-01", "2019-12-31")).arrivals.value == 31 + 1100 + 50


def test_spans_that_cover_most_days_are_taken_and_none_twice() -> None:
    spans = [(day("2018-01-01"), day("2018-01-31"), 1), (day("2018-01-15"), day("2018-03-31"), 2),
             (day("2018-02-01"), day("2018-02-28"), 4), (day("2018-03-01"), day("2018-03-30"), 8)]  # fmt: skip
    assert [value for _, _, value in without_overlap(spans)] == [1, 4, 8]
    assert without_overlap([]) == []


def test_two_sources_are_never_added_and_the_fuller_one_is_taken(make_vintage: Make) -> None:
    other = [month(2018, number, 90, source="uk-small-boats") for number in range(1, 12)]
    vintage = make_vintage(DEATHS, [*YEAR, *other])
    whole = inputs(vintage, asked("2018-01-01", "2018-12-31")).arrivals
    assert (whole.source, whole.value) == ("counts", 1200)
    assert list(map(str, whole.notes)) == ["Not added: Small boat arrivals, daily covers 334 of 365 days."]
    tie = inputs(vintage, asked("2018-01-01", "2018-06-30")).arrivals
    assert (tie.source, tie.value) == ("counts", 600)
    named = inputs(vintage, asked("2018-01-01", "2018-06-30", source="uk-small-boats")).arrivals
    assert (named.source, named.value) == ("uk-small-boats", 540)


def test_two_sources_that_each_cover_half_are_not_joined(make_vintage: Make) -> None:
    halves = [month(2018, n, 1, source="uk-small-boats" if n > 6 else "counts") for n in range(1, 13)]
    found = inputs(make_vintage(DEATHS, halves), asked("2018-01-01", "2018-12-31")).arrivals
    assert (found.source, str(found.gap)) == ("uk-small-boats", "arrivals are missing for the first half of 2018")


@pytest.mark.rule("R2")
def test_only_persons_of_the_right_unit_are_counted(make_vintage: Make) -> None:
    units = ("persons_intercepted", "detections", "encounters", "transits")
    rows = [*YEAR, *(month(2018, n, 1000 + len(unit), unit=unit) for unit in units for n in range(1, 13))]
    answer = risk_answer(make_vintage(DEATHS, rows), asked("2018-01-01", "2018-12-31"))
    assert (answer["arrivals"], answer["interceptions"]) == (1200, 12 * 1019)
    assert answer["attempts"] == 1200 + 12 * 1019 + 130
    only_detections = [month(2018, n, 9, unit="detections") for n in range(1, 13)]
    none = inputs(make_vintage(DEATHS, only_detections), asked("2018-01-01", "2018-12-31"))
    assert (none.arrivals.value, none.interceptions.value) == (None, None)


@pytest.mark.rule("R1")
def test_rows_of_two_units_are_never_added(make_vintage: Make) -> None:
    vintage = make_vintage(DEATHS, [month(2018, 1, 1), month(2018, 1, 2, unit="detections")])
    with pytest.raises(UnitError, match="R1"):
        count_of_source(vintage.counts, (day("2018-01-01"), day("2018-01-31")), "arrivals")
    assert [rows["unit"].unique().to_list() for _, rows in counts_by_source(vintage, ROUTE, "arrivals")] == [
        ["persons_arrived"]
    ]


BOTH_MONTHS = ("2018-01-01", "2018-02-28")


def by_place(**places: list[int | None]) -> list[dict[str, Any]]:
    return [month(2018, number, value, place=place, country=place[:3].upper())
            for place, values in places.items() for number, value in enumerate(values, 1)]  # fmt: skip


def test_places_of_a_source_add_up(make_vintage: Make) -> None:
    found = inputs(make_vintage(DEATHS, by_place(Italy=[10, 10], Malta=[3, 4])), asked(*BOTH_MONTHS)).arrivals
    assert (found.value, found.places, found.left_out, found.notes) == (27, ("Italy", "Malta"), (), ())


def test_a_small_place_that_lacks_days_is_left_out_and_named(make_vintage: Make) -> None:
    found = inputs(make_vintage(DEATHS, by_place(Italy=[100, 100], Malta=[3])), asked(*BOTH_MONTHS)).arrivals
    assert (found.value, found.gap, found.places, found.left_out) == (200, None, ("Italy",), ("Malta",))
    assert list(map(str, found.notes)) == ["Malta is left out: it has a figure for 31 of 59 days (3 people)."]
    unknown = inputs(make_vintage(DEATHS, by_place(Italy=[100, 100], Malta=[3, None])), asked(*BOTH_MONTHS)).arrivals
    assert (unknown.value, unknown.left_out) == (200, ("Malta",))


@pytest.mark.rule("R6")
def test_a_large_place_that_lacks_days_leaves_nothing_to_divide_by(make_vintage: Make) -> None:
    small_only = by_place(Italy=[100], Malta=[3, 3])
    found = inputs(make_vintage(DEATHS, small_only), asked(*BOTH_MONTHS)).arrivals
    assert (found.value, str(found.gap)) == (None, "arrivals are missing for February 2018 in Italy")
    # Nothing at all of Italy in the window: what it weighs elsewhere still counts.
    later = inputs(make_vintage(DEATHS, small_only), asked("2018-02-01", "2018-02-28")).arrivals
    assert (later.value, str(later.gap)) == (None, "arrivals are missing for February 2018 in Italy")


@pytest.mark.parametrize(("malta", "value"), [(11, 200), (12, None)])
def test_what_is_left_out_weighs_at_most_a_tenth(make_vintage: Make, malta: int, value: int | None) -> None:
    # A figure of 31 of 59 days: 11 people would be 20.9 in all, of 220.9; 12 would be 22.8, of 222.8.
    rows = by_place(Italy=[100, 100], Malta=[malta])
    assert inputs(make_vintage(DEATHS, rows), asked(*BOTH_MONTHS)).arrivals.value == value


def test_small_places_are_left_out_while_together_they_weigh_little(make_vintage: Make) -> None:
    rows = by_place(Italy=[100, 100], Malta=[6], Cyprus=[4])
    found = inputs(make_vintage(DEATHS, rows), asked(*BOTH_MONTHS)).arrivals
    assert (found.value, found.left_out) == (200, ("Cyprus", "Malta"))
    heavier = inputs(make_vintage(DEATHS, by_place(Italy=[100, 100], Malta=[8], Cyprus=[4])), asked(*BOTH_MONTHS))
    assert str(heavier.arrivals.gap) == "arrivals are missing for February 2018 in Malta"


def test_places_whose_figures_are_all_zero_are_not_left_out(make_vintage: Make) -> None:
    found = inputs(make_vintage(DEATHS, by_place(Italy=[0, 0], Malta=[0])), asked(*BOTH_MONTHS)).arrivals
    assert str(found.gap) == "arrivals are missing for February 2018 in Malta"


def test_only_the_places_asked_for_are_counted(make_vintage: Make) -> None:
    vintage = make_vintage(DEATHS, by_place(Italy=[100, 100], Malta=[3, 3]))
    found = inputs(vintage, asked(*BOTH_MONTHS), places={"arrivals": {("Italy", "ITA", None, None)}}).arrivals
    assert (found.value, found.left_out) == (200, ("Malta",))
    assert list(map(str, found.notes)) == ["Malta is left out: it lacks days in the other period (6 people)."]


def test_a_place_counted_only_later_is_weighed_by_what_it_counts_then(make_vintage: Make) -> None:
    """A peak of another place, years before, makes nobody small."""
    rows = [month(2015, n, 9000, place="Italy") for n in range(1, 13)] + [
        *(month(2018, n, 1000, place="Italy") for n in range(1, 13)),
        *(month(2019, n, 900, place="Malta") for n in range(1, 13)),
    ]
    found = inputs(make_vintage(DEATHS, rows), asked("2018-01-01", "2018-12-31")).arrivals
    assert (found.value, str(found.gap)) == (None, "arrivals are missing for 2018 in Malta")


def test_places_that_both_periods_count_must_weigh_enough(make_vintage: Make) -> None:
    rows = by_place(Italy=[60, 60], Malta=[40, 40])
    found = inputs(
        make_vintage(DEATHS, rows), asked(*BOTH_MONTHS), places={"arrivals": {("Italy", "ITA", None, None)}}
    ).arrivals
    assert found.value is None
    assert str(found.gap) == "arrivals that both periods count leave out more than a tenth of those counted (Malta)"


def test_a_way_of_a_place_that_lacks_days_is_a_place_that_lacks_days(make_vintage: Make) -> None:
    rows = [month(2018, n, 100, place="Italy", mode="sea") for n in (1, 2)] + [
        month(2018, 1, 90, place="Italy", mode="land")
    ]
    found = inputs(make_vintage(DEATHS, rows), asked(*BOTH_MONTHS)).arrivals
    assert (found.value, str(found.gap)) == (None, "arrivals are missing for February 2018 in Italy by land")
    light = [*rows[:2], month(2018, 1, 3, place="Italy", mode="land")]
    few = inputs(make_vintage(DEATHS, light), asked(*BOTH_MONTHS)).arrivals
    assert (few.value, few.places, few.left_out) == (200, ("Italy by sea",), ("Italy by land",))


def test_a_country_without_a_place_is_a_place(make_vintage: Make) -> None:
    rows = [month(2018, n, 100, country="ITA") for n in (1, 2)] + [month(2018, 1, 90, country="MLT")]
    assert inputs(make_vintage(DEATHS, rows), asked(*BOTH_MONTHS)).arrivals.value is None


def test_a_nationality_without_a_row_is_nobody_seen(make_vintage: Make) -> None:
    rows = [month(2018, n, 100, place="Italy", nationality="SY") for n in (1, 2)] + [
        month(2018, 1, 90, place="Italy", nationality="ER")
    ]
    assert inputs(make_vintage(DEATHS, rows), asked(*BOTH_MONTHS)).arrivals.value == 290


@pytest.mark.parametrize(
    ("one", "other"),
    [({"place": "Italy", "country": "ITA", "mode": "sea"}, wider)
     for wider in ({}, {"place": "Italy"}, {"country": "ITA"}, {"mode": "sea"})]
    + [({"place": "Italy"}, {"nationality": "SY"}), ({"mode": "sea"}, {"nationality": "SY"}),
       ({"place": "Italy", "mode": "sea"}, {"place": "Italy", "nationality": "SY"})],
)  # fmt: skip
def test_a_figure_that_may_hold_another_is_not_added_to_it(
    make_vintage: Make, one: dict[str, str], other: dict[str, str]
) -> None:
    parts = [month(2018, 1, 5, **one), month(2018, 1, 9, **other)]
    found = inputs(make_vintage(DEATHS, parts), asked("2018-01-01", "2018-01-31")).arrivals
    assert found.value is None
    assert str(found.gap).startswith("arrivals are given with and without ")
    assert str(found.gap).endswith(" for the same days, so one may hold the other")


@pytest.mark.parametrize(
    ("one", "other"),
    [({"place": "Italy", "mode": "sea"}, {"place": "Malta"}), ({"place": "Italy"}, {"place": "Malta", "country": "MLT"}),
     ({"mode": "sea", "nationality": "SY"}, {"place": "Italy", "mode": "land"})],
)  # fmt: skip
def test_figures_that_cannot_hold_the_same_people_add_up(
    make_vintage: Make, one: dict[str, str], other: dict[str, str]
) -> None:
    parts = [month(2018, 1, 5, **one), month(2018, 1, 9, **other)]
    assert inputs(make_vintage(DEATHS, parts), asked("2018-01-01", "2018-01-31")).arrivals.value == 14


@pytest.mark.parametrize(
    ("wide", "part"),
    [({}, {"place": "Italy"}), ({"country": "ITA"}, {"place": "Lampedusa", "country": "ITA"}),
     ({"place": "Greece"}, {"place": "Greece", "mode": "sea"}), ({"place": "Greece"}, {"place": "Greece", "nationality": "SY"})],
)  # fmt: skip
def test_a_part_of_a_wider_figure_is_not_the_whole_of_it(
    make_vintage: Make, wide: dict[str, str], part: dict[str, str]
) -> None:
    """The wider figure may be of another year: whoever counted all of it then says that there is more than the part."""
    rows = [month(2017, n, 1000, **wide) for n in range(1, 13)] + [month(2018, n, 100, **part) for n in range(1, 13)]
    vintage = make_vintage(DEATHS, rows)
    assert inputs(vintage, asked("2017-01-01", "2017-12-31")).arrivals.value == 12_000
    found = inputs(vintage, asked("2018-01-01", "2018-12-31")).arrivals
    assert found.value is None
    assert str(found.gap).startswith("arrivals are missing for 2018 (figures of a part, such as ")
    mixed = make_vintage(DEATHS, [*rows[:6], *(row | {"date_from": row["date_from"].replace(year=2017),
                                                      "date_to": row["date_to"].replace(year=2017)} for row in rows[18:])])  # fmt: skip
    assert inputs(mixed, asked("2017-01-01", "2017-12-31")).arrivals.value is None


def test_a_place_of_which_nothing_is_known_is_not_light(make_vintage: Make) -> None:
    unknown = [month(2018, n, None, place="Italy") for n in (1, 2)] + [
        month(2018, n, 100, place="Malta") for n in (1, 2)
    ]
    assert inputs(make_vintage(DEATHS, unknown), asked(*BOTH_MONTHS)).arrivals.value is None
    hardly = [month(2018, 1, 0, place="Italy"), *unknown[2:], month(2018, 3, 0, place="Malta")]
    assert inputs(make_vintage(DEATHS, hardly), asked("2018-01-01", "2018-03-31")).arrivals.value is None


def test_a_place_with_a_figure_that_is_withheld_is_not_left_out(make_vintage: Make) -> None:
    rows = [month(2018, n, 1000, place="Greece") for n in (1, 2)]
    rows += [month(2018, n, 5, place="Italy", nationality="HT") for n in (1, 2)]
    rows += [month(2018, n, None, place="Italy", nationality="VE") for n in (1, 2)]
    assert str(inputs(make_vintage(DEATHS, rows), asked(*BOTH_MONTHS)).arrivals.gap).endswith(" in Italy")


def test_a_quiet_season_does_not_make_a_place_light(make_vintage: Make) -> None:
    rows = [month(year, n, 20_000, place="Italy") for year in (2017, 2018) for n in range(1, 13)]
    rows += [month(2017, n, 1 if n < 8 else 9000, place="Malta") for n in range(1, 13)]
    rows += [month(2018, n, 1, place="Malta") for n in range(1, 8)]
    found = inputs(make_vintage(DEATHS, rows), asked("2018-01-01", "2018-12-31")).arrivals
    assert str(found.gap) == "arrivals are missing for August to December 2018 in Malta"


def test_nationalities_weigh_together_each_over_its_own_days(make_vintage: Make) -> None:
    rows = [month(2018, n, 1000, place="Italy") for n in range(1, 13)]
    rows += [month(2018, n, 100, place="Malta", nationality="SY") for n in range(1, 9)]
    rows += [count("2017-01-01", "2017-12-31", 720, place="Malta", nationality="ER")]
    rows += [month(2017, n, 100, place="Malta", nationality="SY") for n in range(1, 13)]
    assert inputs(make_vintage(DEATHS, rows), asked("2018-01-01", "2018-12-31")).arrivals.value is None


def test_places_of_one_name_in_two_countries_are_two(make_vintage: Make) -> None:
    deaths = [died(f"{year}-{n:02}-15") for year in (2017, 2018) for n in range(1, 13)] + [died("2018-12-31")]
    rows = [month(2017, n, 500, place="Zarzis", country="LBY") for n in range(1, 13)]
    rows += [month(2018, n, 500, place="Zarzis", country="TUN") for n in range(1, 13)]
    vintage = make_vintage(deaths, rows)
    assert (
        str(inputs(vintage, asked("2018-01-01", "2018-12-31")).arrivals.gap)
        == "arrivals are missing for 2018 in Zarzis, Libya"
    )
    whole = [month(2017, n, 500, country="ITA") for n in range(1, 13)]
    named = inputs(make_vintage(deaths, [*whole, *(month(2017, n, 5, country="MLT") for n in (1, 2))]),
                   asked("2017-01-01", "2017-12-31")).arrivals  # fmt: skip
    assert (named.value, str(named.gap)) == (None, "arrivals are missing for March to December 2017 in Malta")
    known = [
        *whole,
        *(month(year, n, 5, country="MLT") for year in (2015, 2016) for n in range(1, 13)),
        month(2017, 1, 5, country="MLT"),
    ]
    light = inputs(make_vintage(deaths, known), asked("2017-01-01", "2017-12-31")).arrivals
    assert (light.value, light.places, light.left_out) == (6000, ("Italy",), ("Malta",))


def test_deaths_are_covered_from_the_first_to_the_last_day_of_their_database(make_vintage: Make) -> None:
    vintage = make_vintage(DEATHS, YEAR)
    before = risk_answer(vintage, asked("2015-12-01", "2016-01-31"))
    assert before["sources"]["deaths"]["gap"] == "deaths are missing for December 2015"
    assert before["deaths"] == 10
    outside = risk_answer(vintage, asked("2019-01-01", "2019-12-31"))
    assert outside["deaths"] is None
    assert outside["variants"][2]["not_computable"].startswith("deaths are missing for 2019; arrivals are missing")


def test_a_covered_window_without_records_has_no_deaths_and_too_few_events(make_vintage: Make) -> None:
    answer = risk_answer(make_vintage(DEATHS, [month(2017, 5, 900)]), asked("2017-05-01", "2017-05-31"))
    assert (answer["deaths"], answer["events"]) == (0, 0)
    assert answer["variants"][2]["not_computable"] == "events are fewer than 5 (0)"


def test_a_database_that_never_names_the_route_knows_nothing_of_it(make_vintage: Make) -> None:
    elsewhere = [row | {"route": "black-sea"} for row in DEATHS]
    answer = risk_answer(make_vintage(elsewhere, YEAR), asked("2018-01-01", "2018-12-31"))
    assert answer["deaths"] is None
    assert answer["variants"][1]["not_computable"] == (
        "deaths are missing for 2018 (the database has no record on this route); events are fewer than 5 (0)"
    )


@pytest.mark.rule("E1", "E4")
def test_events_are_records_of_one_id_and_cumulative_records_are_none(make_vintage: Make) -> None:
    rows = [died("2018-01-01", 4, event_id="a"), died("2018-01-02", 6, event_id="a"), died("2018-01-03", 3, event_id="b"),
            died("2018-01-04", 50, event_id="c", is_cumulative=True), died("2018-12-31", None, event_id="d")]  # fmt: skip
    answer = risk_answer(make_vintage(rows, YEAR), asked("2018-01-01", "2018-12-31"))
    assert (answer["deaths"], answer["events"], answer["deaths_of_no_event"]) == (63, 2, 50)
    assert list(inputs(make_vintage(rows, YEAR), asked("2018-01-01", "2018-12-31")).deaths.tolls) == [3, 10]


@pytest.mark.rule("E6")
def test_two_incident_databases_are_never_added(make_vintage: Make) -> None:
    other = [row | {"source": "mmp-selection", "dead_or_missing": 1} for row in DEATHS]
    vintage = make_vintage([*DEATHS, *other], YEAR)
    assert risk_answer(vintage, asked("2018-01-01", "2018-12-31"))["deaths"] == 130
    assert risk_answer(vintage, asked("2018-01-01", "2018-12-31", source="mmp-selection"))["deaths"] == 13


def test_records_that_state_no_number_leave_deaths_unknown(make_vintage: Make) -> None:
    rows = [died("2018-01-01"), died("2018-12-31"), *(died("2018-05-05", None) for _ in range(6))]
    answer = risk_answer(make_vintage(rows, YEAR), asked("2018-05-01", "2018-05-31"))
    assert answer["deaths"] is None
    assert answer["variants"][2]["not_computable"].startswith("no record of this window states how many people died")


def test_a_source_that_counts_no_persons_is_refused(make_vintage: Make) -> None:
    vintage = make_vintage(DEATHS, [*YEAR, month(2018, 1, 1, unit="detections", source="frontex")])
    query = {"route": [ROUTE], "from": ["2018-01-01"], "to": ["2018-12-31"], "source": ["frontex"]}
    with pytest.raises(QueryError, match="not persons"):
        parse_risk(query, vintage)
    assert parse_risk(query | {"source": ["counts"]}, vintage).source == "counts"


@pytest.mark.parametrize(
    ("first", "last", "words", "window"),
    [
        ("2018-01-01", "2018-12-31", "2018", "in 2018"),
        ("2017-01-01", "2018-12-31", "2017 to 2018", "from 2017 to 2018"),
        ("2018-07-01", "2018-12-31", "the second half of 2018", "in the second half of 2018"),
        ("2020-02-01", "2020-02-29", "February 2020", "in February 2020"),
        ("2018-02-01", "2018-04-30", "February to April 2018", "from February to April 2018"),
        ("2018-11-01", "2019-01-31", "November 2018 to January 2019", "from November 2018 to January 2019"),
        ("2018-03-03", "2018-03-03", "3 March 2018", "on 3 March 2018"),
        ("2018-03-03", "2018-03-09", "3 to 9 March 2018", "from 3 to 9 March 2018"),
        ("2020-02-01", "2020-02-28", "1 to 28 February 2020", "from 1 to 28 February 2020"),
        ("2018-03-03", "2019-04-05", "3 March 2018 to 5 April 2019", "from 3 March 2018 to 5 April 2019"),
    ],
)  # fmt: skip
def test_a_stretch_of_days_has_its_shortest_exact_name(first: str, last: str, words: str, window: str) -> None:
    assert str(span_words(day(first), day(last))) == words
    assert str(window_words(day(first), day(last))) == window


def test_at_most_three_stretches_are_named_and_the_rest_counted(make_vintage: Make) -> None:
    rows = [month(2018, n, 100) for n in (2, 4, 6, 8, 10, 11, 12)]
    gap = inputs(make_vintage(DEATHS, rows), asked("2018-01-01", "2018-12-31")).arrivals.gap
    assert str(gap) == "arrivals are missing for January 2018, March 2018, May 2018 and 2 more stretches (61 days)"
    assert str(missing_words([(day("2018-01-01"), day("2018-01-02"))])) == "1 to 2 January 2018"


def test_stretches_join_neighbouring_days() -> None:
    found = stretches(np.array([True, True, False, True]), day("2018-02-27"))
    assert found == [(day("2018-02-27"), day("2018-02-28")), (day("2018-03-02"), day("2018-03-02"))]


def test_people_without_a_day_and_over_the_edge_are_named_where_they_are_not_in_the_deaths(make_vintage: Make) -> None:
    """RULES C5: the last term is shown."""
    over = [
        died("2017-12-30", 7) | {"date_to": day("2018-01-02")},
        died("2018-12-30", 1) | {"date_to": day("2019-01-02")},
    ]
    none = [died("2018-05-05", 4) | {"date_from": None, "date_to": None}]
    elsewhere = [died("2018-05-05", 9, route="black-sea") | {"date_from": None, "date_to": None}]
    answer = risk_answer(make_vintage([*DEATHS, *over, *none, *elsewhere], YEAR), asked("2018-01-01", "2018-12-31"))
    plain = risk_answer(make_vintage(DEATHS, YEAR), asked("2018-01-01", "2018-12-31"))
    assert answer["deaths"] == plain["deaths"]
    assert answer["sources"]["deaths"]["notes"] == [
        "Not in the deaths: 8 people of records with dates that reach over the window's edge.",
        "Not in the deaths: 4 people of records with no date.",
    ]
    assert plain["sources"]["deaths"]["notes"] == []


@pytest.mark.rule("P5")
def test_periods_of_two_sources_are_not_compared_as_one_series(make_vintage: Make) -> None:
    """RULES P5."""
    deaths = [died(f"{year}-{n:02}-15") for year in (2017, 2018) for n in range(1, 13)] + [died("2018-12-31")]
    one = [month(2017, n, 1000, source="unhcr-arrivals") for n in range(1, 13)]
    other = [month(2018, n, 3000, source="uk-small-boats") for n in range(1, 13)]
    vintage = make_vintage(deaths, [*one, *other])
    answer = risk_over_time(vintage, Selection(routes=(ROUTE,)), "year")
    found = last_two(vintage, answer, "kappa")
    assert found is not None
    assert (found.sentence, found.overlap) == (None, None)
    titles = [source_of(name).title for name in ("unhcr-arrivals", "uk-small-boats")]
    assert f"arrivals are of {titles[0]} in the earlier, of {titles[1]} in the later" in str(found.caption)


def test_a_source_whose_figures_cannot_be_added_hides_no_other(make_vintage: Make) -> None:
    crossed = [
        month(2018, n, 50, source="counts", **more)
        for n in (1, 2)
        for more in ({"place": "Italy"}, {"nationality": "SY"})
    ]
    plain = [month(2018, n, 100, source="uk-small-boats") for n in (1, 2)]
    found = inputs(make_vintage(DEATHS, [*crossed, *plain]), asked(*BOTH_MONTHS)).arrivals
    assert (found.source, found.value) == ("uk-small-boats", 200)


def threshold(vintage: Vintage, selection: Selection, limit: int) -> tuple[int | None, str, str]:
    value, why, is_whole = _counted(vintage, selection, "arrivals")
    told = value is not None and (is_whole or value > limit)
    return value, state_of(value or 0, limit) if told else "not computable", why


def test_a_threshold_is_never_below_from_places_that_lack_days(make_vintage: Make) -> None:
    """RULES R6: a part can only be too few; it may be enough for more than the threshold."""
    vintage = make_vintage(DEATHS, by_place(Italy=[100, 100], Malta=[3]))
    assert threshold(vintage, asked(*BOTH_MONTHS), 300)[:2] == (203, "not computable")
    assert threshold(vintage, asked(*BOTH_MONTHS), 202)[:2] == (203, "above")
    assert "Malta lacks days" in str(threshold(vintage, asked(*BOTH_MONTHS), 300)[2])
    whole = make_vintage(DEATHS, by_place(Italy=[100, 100], Malta=[3, 4]))
    assert threshold(whole, asked(*BOTH_MONTHS), 300)[:2] == (207, "below")
    assert threshold(whole, Selection(routes=(ROUTE,)), 300)[:2] == (207, "below")


def test_a_threshold_takes_one_source_of_a_count(make_vintage: Make) -> None:
    both = [month(2018, n, 100, source=source) for n in range(1, 13) for source in ("counts", "uk-small-boats")]
    assert threshold(make_vintage(DEATHS, both), asked("2018-01-01", "2018-12-31"), 2000)[:2] == (1200, "below")


def test_real_thresholds_of_the_central_mediterranean_wait_for_malta(real: Vintage) -> None:
    whole = Selection(routes=("central-mediterranean",), start=day("2018-01-01"), end=day("2018-12-31"))
    assert threshold(real, whole, 31_100)[:2] == (24_815, "not computable")
    assert threshold(real, whole, 24_000)[:2] == (24_815, "above")
