"""A vintage by its name or by a day."""

from datetime import date

import pytest

from data.store.vintage_ref import (
    Published,
    as_known_on,
    is_immutable,
    is_name,
    is_other,
    next_number,
    number_of,
    vintage_name,
)

TWO = [Published(vintage="v000001", published="2024-01-01", data_until=""),
       Published(vintage="v000002", published="2024-03-01", data_until="2024-02-01")]  # fmt: skip


def test_a_name_is_of_six_digits_and_read_back() -> None:
    assert (vintage_name(7), number_of("v000007")) == ("v000007", 7)


def test_the_first_vintage_is_1_and_the_next_follows_the_last() -> None:
    assert (next_number([]), next_number(["v000001", "v000009"])) == (1, 10)


@pytest.mark.parametrize(("day", "name"), [("2023-12-31", None), ("2024-01-01", "v000001"), ("2024-03-01", "v000002")])
def test_a_day_means_what_was_the_newest_then(day: str, name: str | None) -> None:
    assert as_known_on(day, TWO) == name


def test_a_name_and_a_day_that_is_over_never_change() -> None:
    today = date(2024, 3, 1)
    assert [is_immutable(asked, today=today) for asked in ("v000001", "2024-02-29", "2024-03-01")] == [
        True,
        True,
        False,
    ]
    assert (is_name("v000001"), is_name("2024-03-01")) == (True, False)


def test_another_than_asked_for_is_of_another_name_or_later_than_the_day() -> None:
    assert is_other("v000001", "v000002", None)
    assert not is_other("v000002", "v000002", None)
    assert is_other("2024-02-29", "v000002", date(2024, 3, 1))
    assert not is_other("2024-03-01", "v000002", date(2024, 3, 1))
