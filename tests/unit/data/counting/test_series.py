"""Zero where the source looked, a gap where it did not; averages and seasons on whole months only."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from data.counting.series import latest_run, moving_average, series
from data.counting.totals import totals
from data.counting.windows import Window, clipped, joined
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import OfYear
from data.trends.seasons import seasonal_profile, seasons, this_month
from data.trends.small_multiples import routes_by_period, small_multiples

Publish = Callable[..., Vintage]


def monthly(*values: int | None, start: date = date(2020, 1, 1), incomplete: tuple[int, ...] = ()) -> pl.DataFrame:
    periods = pl.date_range(start, pl.Series([start]).dt.offset_by(f"{len(values) - 1}mo")[0], "1mo", eager=True)
    complete = [place not in incomplete for place in range(len(values))]
    return pl.DataFrame({"period": periods, "value": pl.Series(values, dtype=pl.Int64), "is_complete": complete})


def test_spans_that_meet_are_one_and_a_gap_stays() -> None:
    spans = (Window(date(2024, 1, 1), date(2024, 1, 31)), Window(date(2024, 2, 1), date(2024, 2, 9)),
             Window(date(2024, 3, 1), date(2024, 3, 2)))  # fmt: skip
    assert joined(spans) == (Window(date(2024, 1, 1), date(2024, 2, 9)), spans[2])
    assert clipped(spans, date(2024, 2, 5), date(2024, 2, 7)) == (Window(date(2024, 2, 5), date(2024, 2, 7)),)


def test_a_covered_month_without_a_record_is_zero_and_a_part_of_a_month_is_not_complete(publish: Publish) -> None:
    vintage = publish(
        {"date_from": date(2024, 1, 3), "dead_or_missing": 4, "dead": None},
        {"date_from": date(2024, 3, 3), "dead_or_missing": 2, "dead": 2},
        first=date(2024, 1, 3), last=date(2024, 3, 9),
    )  # fmt: skip
    assert series(vintage, Selection())["value"].to_list() == [4, 0, 2]
    assert series(vintage, Selection())["is_complete"].to_list() == [True, True, False]
    assert series(vintage, Selection(measure="dead"))["value"].to_list() == [None, 0, 2]
    assert series(vintage, Selection(start=date(2024, 1, 2)))["is_complete"].to_list() == [False, True, False]
    assert series(vintage, Selection(end=date(2013, 1, 1))).is_empty()


@pytest.mark.rule("T4")
def test_an_average_is_made_of_complete_windows_only() -> None:
    table = monthly(3, 6, 9, None, 3, 3, 3, 6, incomplete=(7,))
    assert moving_average(table, 3).to_list() == [None, None, 6, None, None, None, 3, None]
    assert latest_run(table)["value"].to_list() == [3, 3, 3]


def test_a_season_is_the_same_month_of_whole_years() -> None:
    table = monthly(*range(1, 28), incomplete=(26,))  # January 2020 to March 2022, the last not complete
    profile = seasonal_profile(table)
    assert profile[0].values == [
        OfYear(year=2020, value=1),
        OfYear(year=2021, value=13),
        OfYear(year=2022, value=25),
    ]
    assert (profile[0].min, profile[0].median, profile[0].max) == (1, 13, 25)
    assert profile[2].years == 2
    latest = this_month(profile, table)
    assert latest is not None
    assert (latest.period, latest.value, latest.earlier, latest.lower) == (date(2022, 2, 1), 26, 2, 2)


def test_the_sentence_of_a_month_gives_its_span_in_earlier_years(publish: Publish) -> None:
    rows = [
        {"date_from": date(year, 1, 9), "dead_or_missing": people} for year, people in ((2022, 3), (2023, 8), (2024, 5))
    ]
    whole = publish(*rows, first=date(2022, 1, 1), last=date(2024, 1, 31))
    assert str(seasons(whole, Selection()).sentence) == (
        "January 2024: at least 5 people dead or missing; the 2 earlier months of January: 3 to 8, median 5.5."
    )
    alone = publish(rows[0], first=date(2022, 1, 1), last=date(2022, 1, 31))
    assert "no earlier January is wholly covered" in str(seasons(alone, Selection()).sentence)
    nothing = publish(rows[0], first=date(2022, 1, 1), last=date(2022, 1, 9))
    assert seasons(nothing, Selection()).this_month is None


@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_routes_side_by_side_add_up_to_the_total(publish: Publish, step: str) -> None:
    vintage = publish(
        {"date_from": date(2024, 1, 3), "dead_or_missing": 4, "route": "darien"},
        {"date_from": date(2024, 2, 3), "dead_or_missing": 9, "route": "black-sea"},
        {"date_from": date(2024, 2, 4), "dead_or_missing": 1, "route": None},
        {"date_from": date(2024, 1, 4), "date_to": date(2024, 5, 4), "dead_or_missing": 20, "route": "darien"},
        {"date_from": None, "dead_or_missing": 70, "route": "darien"},
        first=date(2024, 1, 1), last=date(2024, 5, 31),
    )  # fmt: skip
    found = totals(vintage, Selection(step=step), measure="dead_or_missing", by=step)
    assert routes_by_period(vintage, Selection(step=step))["value"].sum() + found.not_dated == found.total == 104
    shown = small_multiples(vintage, Selection(step=step))
    assert str(shown.routes[-1].name) == "On no named route"
    assert {len(route.values) for route in shown.routes} == {len(shown.periods)}
    assert shown.scale == max(value for route in shown.routes for value in route.values)
