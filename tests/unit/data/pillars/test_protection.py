"""The expected share of protection, its windows, and the groups that are too small to be shown."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.pillars.models import Asked
from data.pillars.nationality_mix import Mix, mix_of
from data.pillars.protection import Share, expected_share
from data.pillars.windows import window_of
from data.store.vintage import Vintage

Make = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Vintage]
DEATH = [{"date_from": date(2024, 5, 1), "date_to": date(2024, 5, 1), "dead_or_missing": 3}]
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def count(value: int | None, nationality: str | None, **more: Any) -> dict[str, Any]:
    return {"date_from": YEAR[0], "date_to": YEAR[1], "value": value, "route": "darien", "unit": "persons_arrived",
            "nationality": nationality, "country": "ITA", "place": "Italy"} | more  # fmt: skip


def test_each_nationality_weighs_by_the_people_who_came() -> None:
    found = expected_share({"SYR": 300, "TUN": 100}, {"SYR": Share(90, 100), "TUN": Share(10, 100)})
    assert (found.value, found.people, found.nationalities) == (pytest.approx((300 * 0.9 + 100 * 0.1) / 400), 400, 2)


def test_a_nationality_of_few_decisions_is_left_out_with_its_people() -> None:
    found = expected_share({"SYR": 300, "ERI": 900}, {"SYR": Share(90, 100), "ERI": Share(99, 99)})
    assert (found.value, found.people) == (pytest.approx(0.9), 300)
    assert expected_share({"ERI": 900}, {"ERI": Share(99, 99)}).value is None


@pytest.mark.parametrize(
    ("asked", "window"),
    [
        (Asked(), (date(2024, 1, 1), date(2024, 12, 31))),
        (Asked(start=date(2020, 3, 1)), (date(2020, 3, 1), date(2025, 9, 15))),
        (Asked(end=date(2021, 5, 1)), (date(2019, 1, 1), date(2021, 5, 1))),
        (Asked(start=date(2022, 1, 1), end=date(2022, 6, 30)), (date(2022, 1, 1), date(2022, 6, 30))),
    ],
)
def test_without_days_a_view_is_of_the_last_whole_year_that_is_covered(asked: Asked, window: tuple[date, date]) -> None:
    assert window_of(asked, (date(2019, 1, 1), date(2025, 9, 15))) == window


@pytest.mark.rule("R1")
def test_units_are_never_added_and_people_go_before_detections(make_vintage: Make) -> None:
    rows = [count(100, "SYR"), count(5_000, "SYR", unit="detections", source="other")]
    mix = mix_of(make_vintage(DEATH, rows), Asked("darien"))
    assert isinstance(mix, Mix)
    assert (mix.unit, mix.people) == ("persons_arrived", {"SYR": 100})


def test_a_group_below_ten_is_in_no_number_so_that_no_total_tells_it(make_vintage: Make) -> None:
    rows = [count(4_000, "SYR"), count(7, "GUY"), count(1_000, None)]
    mix = mix_of(make_vintage(DEATH, rows), Asked("darien"))
    assert isinstance(mix, Mix)
    assert (mix.people, mix.known, mix.unknown, mix.hidden) == ({"SYR": 4_000}, 4_000, 1_000, 1)


def test_without_a_route_there_is_no_mix_and_the_reason_names_those_that_have_one(make_vintage: Make) -> None:
    found = mix_of(make_vintage(DEATH, [count(100, "SYR")]), Asked())
    assert str(found) == "it is of one route. There are figures for Darien"
    other = mix_of(make_vintage(DEATH, [count(100, None)]), Asked("darien"))
    assert str(other) == "no file of this store counts nationalities on the route Darien"
