"""Stocks: the latest day that is known in a window, never a sum of days, and two of them at most a month apart."""

from datetime import date
from pathlib import Path

import pytest

from data.pillars.models import Asked
from data.pillars.stocks import by_day, stock_near, stock_of
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage

HEAD = "Date,Region,Length of detention,People\n"
ROWS = ("2022-03-31,Africa,A: 3 days or less,40", "2022-03-31,Asia,A: 3 days or less,60",
        "2022-12-31,Africa,A: 3 days or less,50", "2022-12-31,Asia,A: 3 days or less,:",
        "2023-03-31,Africa,A: 3 days or less,70")  # fmt: skip


@pytest.fixture
def vintage(tmp_path: Path) -> Vintage:
    path = tmp_path / "detained.csv"
    path.write_text(HEAD + "\n".join(ROWS), encoding="utf-8")
    ingest([path], Store(tmp_path / "store"))
    return Store(tmp_path / "store").current()


@pytest.mark.rule("R11")
def test_a_day_of_which_a_part_is_not_known_has_no_stock(vintage: Vintage) -> None:
    days = by_day(vintage, "people_in_detention", "GBR").sort("date_to")
    assert days.select("date_to", "value").rows() == [(date(2022, 3, 31), 100), (date(2023, 3, 31), 70)]


def test_the_latest_day_of_the_window_is_taken_and_days_are_never_added(vintage: Vintage) -> None:
    asked = Asked(None, date(2022, 1, 1), date(2022, 12, 31))
    found = stock_of(vintage, asked, "people_in_detention", "GBR")
    assert found is not None
    assert (found.people, found.day) == (100, date(2022, 3, 31))
    assert stock_of(vintage, asked, "people_in_detention", "USA") is None


@pytest.mark.parametrize(("day", "people"), [(date(2022, 4, 30), 100), (date(2022, 5, 15), None)])
def test_two_stocks_stand_beside_each_other_at_most_a_month_apart(
    vintage: Vintage, day: date, people: float | None
) -> None:
    found = stock_near(vintage, "people_in_detention", "GBR", day)
    assert (found.people if found else None) == people
