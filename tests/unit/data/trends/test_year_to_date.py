"""The same days of each year, percentages only on a base that bears them, and what was known at the same lag."""

from collections.abc import Callable
from datetime import date

import pytest

from data.compare.change import Count, change
from data.counting.windows import Window
from data.model.notices import Notice
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.year_to_date import cautions_of, known_then, same_days, year_to_date

Publish = Callable[..., Vintage]
COVERS = {"first": date(2022, 1, 1), "last": date(2024, 2, 29)}


@pytest.mark.rule("T1")
@pytest.mark.parametrize(
    ("as_of", "year", "last"),
    [
        (date(2024, 2, 29), 2023, date(2023, 2, 28)),
        (date(2024, 2, 29), 2020, date(2020, 2, 29)),
        (date(2023, 2, 28), 2024, date(2024, 2, 28)),
        (date(2023, 12, 31), 2020, date(2020, 12, 31)),
    ],
)
def test_the_same_days_end_on_the_same_calendar_day(as_of: date, year: int, last: date) -> None:
    assert same_days(as_of, year) == (date(year, 1, 1), last)


@pytest.mark.rule("T3")
@pytest.mark.parametrize(
    ("base", "percent", "words"),
    [
        (Count(30, 30, 10), 100.0, "at least 60 people dead or missing, against at least 30: 30 more recorded (100%)"),
        (Count(29, 29, 10), None, "at least 60 people dead or missing, against at least 29: 31 more recorded (too few for a percentage)"),
        (Count(30, 30, 9), None, "at least 60 people dead or missing, against at least 30: 30 more recorded (too few events for a percentage)"),
        (Count(0, 0, 0), None, "at least 60 people dead or missing, against none: 60 more recorded (too few for a percentage)"),
        (Count(60, 60, 10), 0.0, "at least 60 people dead or missing, against at least 60: the same number recorded"),
        (Count(80, 80, 40), -25.0, "at least 60 people dead or missing, against at least 80: 20 fewer recorded (25%)"),
    ],
)  # fmt: skip
def test_a_percentage_needs_30_deaths_and_10_events_in_its_base(base: Count, percent: float | None, words: str) -> None:
    made = change(base, Count(60, 60, 20), measure="dead_or_missing")
    assert (made.percent, str(made.words)) == (percent, words)


def test_a_number_that_nobody_reported_is_not_compared_with_one() -> None:
    made = change(Count(None, 40, 12), Count(3, 40, 12), measure="dead")
    assert (made.difference, made.percent) == (None, None)


def test_a_small_part_of_many_deaths_bears_no_percentage() -> None:
    assert change(Count(2, 400, 90), Count(4, 400, 90), measure="missing").percent is None


def test_records_count_in_the_days_that_hold_them_whole_and_the_others_are_stated(publish: Publish) -> None:
    vintage = publish(
        {"date_from": date(2024, 1, 1), "dead_or_missing": 4},
        {"date_from": date(2024, 2, 29), "dead_or_missing": 2},
        {"date_from": date(2023, 2, 28), "dead_or_missing": 7},
        {"date_from": date(2023, 3, 1), "dead_or_missing": 50},
        {"date_from": date(2023, 2, 1), "date_to": date(2023, 3, 31), "dead_or_missing": 11},
        {"date_from": None, "dead_or_missing": 5},
        **COVERS,
    )
    answer = year_to_date(vintage, Selection(), as_of=date(2024, 2, 29))
    assert [(row.year, row.value, row.overlapping) for row in answer.years] == [(2024, 6, 0), (2023, 7, 11), (2022, 0, 0)]  # fmt: skip
    assert answer.undated == 5
    assert answer.years[1].change.percent is None
    assert Notice("trends.year.fuller") in cautions_of(answer)
    assert Notice("trends.year.lag", days=15) not in cautions_of(answer)
    assert "Years without a 29 February are compared up to 28 February." in map(str, cautions_of(answer))


def test_a_year_that_is_not_wholly_covered_has_no_number(publish: Publish) -> None:
    vintage = publish(
        {"date_from": date(2022, 5, 1), "dead_or_missing": 3}, first=date(2022, 5, 1), last=date(2023, 6, 30)
    )
    answer = year_to_date(vintage, Selection(), as_of=date(2023, 6, 30))
    assert [(row.year, row.value, row.is_covered) for row in answer.years] == [(2023, 0, True), (2022, None, False)]  # fmt: skip
    assert "Not wholly covered, so not compared: 2022." in map(str, cautions_of(answer))


@pytest.mark.rule("T1")
def test_an_earlier_year_is_taken_as_known_at_the_same_lag(publish: Publish) -> None:
    january = {"date_from": date(2023, 1, 10), "dead_or_missing": 4}
    then = publish(january, first=date(2022, 1, 1), last=date(2023, 2, 24))
    other = publish(january, first=date(2022, 1, 1), last=date(2023, 6, 30))
    added = {"date_from": date(2023, 1, 11), "dead_or_missing": 9}
    now = publish(january, added, {"date_from": date(2024, 1, 5), "dead_or_missing": 6}, **COVERS)
    year_ago = year_to_date(now, Selection(), as_of=date(2024, 2, 29), states=(then, other)).years[1]
    assert (year_ago.value, year_ago.value_then, year_ago.vintage_then) == (
        13,
        None,
        None,
    )  # it ends before the 28th
    year_ago = year_to_date(now, Selection(), as_of=date(2024, 2, 20), states=(then, other)).years[1]
    assert (year_ago.value_then, year_ago.vintage_then) == (4, then.name)  # known 9 days after, as then 4
    near = publish(january, first=date(2022, 1, 1), last=date(2023, 3, 5))
    year_ago = year_to_date(now, Selection(), as_of=date(2024, 2, 29), states=(then, other, near)).years[1]
    assert (year_ago.value, year_ago.value_then, year_ago.vintage_then) == (13, 4, near.name)
    assert year_ago.change.difference == 2
    assert year_ago.change.is_same_lag
    whole = year_to_date(now, Selection(), as_of=date(2024, 2, 29), states=(then, other, near))
    assert Notice("trends.year.lag", days=15) in cautions_of(whole)


@pytest.mark.rule("T2")
def test_the_latest_three_months_of_the_data_are_still_being_added_to(publish: Publish) -> None:
    vintage = publish({"date_from": date(2023, 1, 10), "dead_or_missing": 4},
                      first=date(2022, 1, 1), last=date(2023, 8, 24))  # fmt: skip
    since = {end: year_to_date(vintage, Selection(), as_of=end).growing_since
             for end in (date(2023, 8, 24), date(2023, 6, 1), date(2023, 5, 31))}  # fmt: skip
    assert list(since.values()) == [date(2023, 6, 1), date(2023, 6, 1), None]
    said = str(year_to_date(vintage, Selection(), as_of=date(2023, 8, 24)).sentences[0])
    assert said.endswith("; June 2023 to August 2023 are still being added to.")
    early = publish({"date_from": date(2023, 1, 10), "dead_or_missing": 4},
                    first=date(2022, 1, 1), last=date(2023, 2, 24))  # fmt: skip
    assert year_to_date(early, Selection(), as_of=date(2023, 2, 24)).growing_since == date(2023, 1, 1)


def test_a_state_more_than_15_days_away_is_not_the_same_lag(publish: Publish) -> None:
    state = publish(first=date(2022, 1, 1), last=date(2023, 3, 16))
    days = Window(date(2023, 1, 1), date(2023, 2, 20))
    assert known_then((state,), Selection(source="mmp"), target=date(2023, 3, 1), days=days) is state
    assert known_then((state,), Selection(source="mmp"), target=date(2023, 2, 28), days=days) is None
    assert known_then((state,), Selection(source="another"), target=date(2023, 3, 16), days=days) is None
