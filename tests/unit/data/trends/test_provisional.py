"""How much of a month is known is measured on kept states of the data, or said not to be measurable."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from data.model.notices import Notice
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import ProvisionalMonth, Seasons, ThisMonth
from data.trends.provisional import lag_months, provisional, provisional_months, share_known
from data.trends.seasons import with_provisional

Publish = Callable[..., Vintage]


def known(*rows: tuple[date, int, int | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"month": pl.Date, "lag": pl.Int64, "value": pl.Int64}, orient="row")


MONTHS = [date(2023, month, 1) for month in (1, 2, 3)]


@pytest.mark.rule("T2")
def test_the_share_known_is_the_median_over_months_of_the_value_then_and_a_year_after() -> None:
    early = [(month, 1, value) for month, value in zip(MONTHS, (50, 80, 90), strict=True)]
    table = known(*early, *[(month, 12, 100) for month in MONTHS], (MONTHS[0], 6, 96))
    assert share_known(table).rows() == [(1, 3, 0.8)]  # lag 6 is known of one month only


def test_a_month_without_a_number_a_year_after_measures_nothing() -> None:
    full = [(MONTHS[0], 12, 0), (MONTHS[1], 12, None), (MONTHS[2], 13, 100)]
    assert share_known(known(*[(month, 1, 50) for month in MONTHS], *full)).is_empty()


@pytest.mark.parametrize(
    ("last", "lag"),
    [
        (date(2024, 1, 30), -1),
        (date(2024, 1, 31), 0),
        (date(2024, 2, 28), 0),
        (date(2024, 2, 29), 1),
        (date(2025, 1, 31), 12),
    ],
)
def test_a_lag_is_in_whole_months_from_the_end_of_the_month(last: date, lag: int) -> None:
    assert lag_months(date(2024, 1, 1), last) == lag


@pytest.mark.rule("T2")
def test_months_below_95_percent_are_provisional_and_unmeasured_lags_are_not_guessed() -> None:
    shares = pl.DataFrame({"lag": [0, 1, 3], "share_known": [0.5, 0.94, 0.95]})
    found = provisional_months(shares, [date(2024, month, 1) for month in (1, 2, 3, 4)], date(2024, 4, 30))
    assert [(one.month.month, one.share_known) for one in found] == [(3, 0.94), (4, 0.5)]


def test_one_vintage_measures_nothing_and_says_so(publish: Publish) -> None:
    vintage = publish(
        {"date_from": date(2024, 1, 3), "dead_or_missing": 4}, first=date(2024, 1, 1), last=date(2024, 3, 31)
    )
    alone = provisional(vintage, Selection())
    assert (alone.is_measurable, alone.sentence) == (False, Notice("trends.provisional.one_vintage"))
    again = publish(
        {"date_from": date(2024, 1, 3), "dead_or_missing": 4}, first=date(2024, 1, 1), last=date(2024, 3, 31)
    )
    assert provisional(again, Selection(), states=(vintage,)).sentence.code == "trends.provisional.too_near"


def test_kept_states_measure_how_much_of_the_last_months_is_known(publish: Publish) -> None:
    def rows(months: list[tuple[int, int, int]]) -> list[dict[str, object]]:
        return [{"date_from": date(year, month, 5), "dead_or_missing": people} for year, month, people in months]

    starts = {"first": date(2022, 1, 1)}
    past = [(2022, month, 100) for month in range(1, 13)]
    # In each of three months, half of what is known a year later was known at its end.
    states = [publish(*rows([*past, (2023, 1, 50)]), **starts, last=date(2023, 1, 31)),
              publish(*rows([*past, (2023, 1, 80), (2023, 2, 50)]), **starts, last=date(2023, 2, 28)),
              publish(*rows([*past, (2023, 1, 90), (2023, 2, 80), (2023, 3, 50)]), **starts, last=date(2023, 3, 31))]  # fmt: skip
    full = [(2023, month, 100) for month in (1, 2, 3)]
    states += [
        publish(*rows([*past, *full]), **starts, last=date(2024, month, day)) for month, day in ((1, 31), (2, 29))
    ]
    now = publish(*rows([*past, *full, (2024, 3, 40)]), **starts, last=date(2024, 3, 31))
    found = provisional(now, Selection(), states=tuple(states))
    assert found.is_measurable
    assert {one.lag: one.share_known for one in found.shares}[0] == 0.5
    assert found.months == [ProvisionalMonth(month=date(2024, 3, 1), lag=0, share_known=0.5)]
    assert str(found.sentence).endswith("12 months later: March 2024 (50%).")
    cut = provisional(now, Selection(start=date(2024, 3, 1)), states=tuple(states))
    assert (cut.months, cut.sentence) == (found.months, found.sentence)  # measured whatever the window
    latest = ThisMonth(period=date(2024, 3, 1), value=40, earlier=0, lower=0, equal=0, higher=0, min=None, median=None,
                       max=None)  # fmt: skip
    plain = Seasons(this_month=latest, profile=[], sentence=Notice("trends.season.none"))
    words = str(with_provisional(plain, found.months).sentence)
    assert words == f"{plain.sentence} March 2024 is provisional: past months had reached 50% at the same lag."
