"""The risk profile of a route: groups, never persons; what is small, and what would tell it, is in no row and no word."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.pillars.models import Asked, Finding
from data.pillars.risk_profile import groups_of, route_risk_profile
from data.store.vintage import Vintage
from tests.harness.rows import incident_rows

Make = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Vintage]
NO_ROUTE = [{"date_from": date(2024, 1, 1), "date_to": date(2024, 1, 31), "value": 1}]  # a count that is on no route
DARIEN = Asked("darien", date(2024, 1, 1), date(2024, 12, 31))


def death(people: int, month: int, **more: Any) -> dict[str, Any]:
    day = date(2024, month, 5)
    return {"date_from": day, "date_to": day, "dead_or_missing": people, "cause": "drowning", "route": "darien"} | more


def rows_of(found: Finding, dimension: str) -> dict[str, tuple[float | None, str]]:
    parts = [row for row in found.rows if row.part.startswith(f"{dimension}/")]
    return {row.part.removeprefix(f"{dimension}/"): (row.numerator, row.status) for row in parts}


@pytest.mark.rule("Q6")
def test_each_dimension_adds_up_to_all_people_and_who_is_not_stated_is_unknown() -> None:
    rows = incident_rows(death(40, 1, female=11, male=12, children=10), death(60, 7, cause=None))
    groups = groups_of(rows, "darien")
    assert {one: sum(found.values()) for one, found in groups.items()} == dict.fromkeys(groups, 100)
    assert groups["sex"] == {"female": 11, "male": 12, "sex_unknown": 77}
    assert groups["season"] == {"winter": 40, "spring": 0, "summer": 60, "autumn": 0}
    assert groups["mode"] == {"land": 100}


def test_a_small_group_is_held_back_with_another_and_is_in_no_word(make_vintage: Make) -> None:
    rows = [
        death(400, 1, female=300, male=97, children=20),
        death(3, 7, cause="sickness"),
        death(30, 4, cause="violence"),
    ]
    found = route_risk_profile(make_vintage(rows, NO_ROUTE), DARIEN)
    assert rows_of(found, "cause") == {
        "drowning": (400, "published"), "violence": (None, "withheld"), "sickness": (None, "below_threshold"),
    }  # fmt: skip
    assert rows_of(found, "season")["summer"] == (None, "below_threshold")
    assert all((row.value is None) == (row.numerator is None) for row in found.rows if row.unit == "share")
    assert "Of 8% the sex" in str(found.sentence)


def test_what_is_held_back_is_not_told_by_the_sentence(make_vintage: Make) -> None:
    found = route_risk_profile(make_vintage([death(100, 1, female=60, male=37)], NO_ROUTE), DARIEN)
    assert rows_of(found, "sex")["sex_unknown"] == (None, "below_threshold")
    assert "the sex is not known" not in str(found.sentence)


@pytest.mark.parametrize(("asked", "why"), [
    (DARIEN, "fewer than 10 people are recorded dead or missing in 2024: so few describe persons, not a route"),
    (Asked(), "it is of one route: choose one"),
])  # fmt: skip
def test_of_so_few_people_or_of_no_one_route_there_is_no_profile(make_vintage: Make, asked: Asked, why: str) -> None:
    found = route_risk_profile(make_vintage([death(9, 3)], NO_ROUTE), asked)
    assert (found.value, list(found.rows), str(found.why)) == (None, [], why)
