"""How people die: each partition adds up to the same people, and the toll of an event is of records of one event."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.model.vocabulary import route_modes, route_names
from data.pillars.causes import how_they_die
from data.pillars.models import Asked, Finding
from data.store.vintage import Vintage

Make = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Vintage]
NO_ROUTE = [{"date_from": date(2024, 1, 1), "date_to": date(2024, 1, 31), "value": 1}]  # a count that is on no route
ALL = Asked(None, date(2023, 1, 1), date(2024, 12, 31))


def death(people: int, day: date, **more: Any) -> dict[str, Any]:
    return {"date_from": day, "date_to": day, "dead_or_missing": people, "cause": "drowning",
            "route": "central-mediterranean"} | more  # fmt: skip


def of(found: Finding, start: str) -> dict[str, float | None]:
    """Return the values of the rows of one kind, by part."""
    return {row.part: row.value for row in found.rows if row.what.startswith(start)}


@pytest.mark.rule("C5")
def test_causes_routes_and_periods_add_up_to_the_same_people(make_vintage: Make) -> None:
    rows = [
        death(40, date(2023, 3, 1)), death(7, date(2024, 5, 1), cause="sickness", route="darien"),
        death(5, date(2024, 5, 2), cause=None, route=None),
        death(3, date(2023, 1, 1), date_to=date(2024, 1, 31), route="a-route-no-table-knows"),
    ]  # fmt: skip
    found = how_they_die(make_vintage(rows, NO_ROUTE), ALL)
    parts = {what: of(found, f"people dead or missing, at least, by {what}")
             for what in ("cause", "cause, mode", "cause and period")}  # fmt: skip
    by_cause = {one: people for one, people in parts["cause"].items() if one in ("drowning", "sickness", "none")}
    assert by_cause == {"drowning": 43, "sickness": 7, "none": 5}
    assert parts["cause, mode"] == {
        "drowning/sea/central-mediterranean": 40, "sickness/land/darien": 7, "none/none/none": 5,
        "drowning/none/a-route-no-table-knows": 3,
    }  # fmt: skip
    assert parts["cause and period"] == {
        "drowning/2023": 40, "sickness/2024": 7, "none/2024": 5, "not_dated": 3
    }  # fmt: skip
    assert found.value == sum(by_cause.values()) == 55


@pytest.mark.rule("E1", "E4")
def test_the_toll_is_of_distinct_events_and_a_record_of_many_is_in_none(make_vintage: Make) -> None:
    rows = [
        death(10, date(2024, 5, 1), event_id="wreck"), death(20, date(2024, 5, 1), event_id="wreck"),
        death(6, date(2024, 7, 1)), death(900, date(2024, 8, 1), is_cumulative=True),
    ]  # fmt: skip
    found = how_they_die(make_vintage(rows, NO_ROUTE), ALL)
    (toll,) = [row for row in found.rows if row.part == "event/drowning"]
    assert (toll.numerator, toll.denominator, toll.value) == (36, 2, 18)
    assert found.value == 936


def test_the_table_of_classes_has_the_publishers_words(make_vintage: Make) -> None:
    words = ["Drowning", "Drowning", "Presumed drowning", "Shipwreck", "Boat accident"]
    rows = [death(1, date(2024, 5, day), cause_text=text) for day, text in enumerate(words, 1)]
    found = how_they_die(make_vintage(rows, NO_ROUTE), ALL)
    assert found.rows[0].note == "published as: Drowning; Boat accident; Presumed drowning; and 1 more wordings"


def test_who_is_recorded_without_a_date_is_told(make_vintage: Make) -> None:
    rows = [death(4, date(2024, 5, 1)), death(9, date(2024, 5, 1), date_from=None, date_to=None)]
    found = how_they_die(make_vintage(rows, NO_ROUTE), ALL)
    assert found.value == 4
    assert [str(one) for one in found.notes] == ["9 more people are recorded without any date, and stand in no window."]
    nobody = how_they_die(make_vintage(rows, NO_ROUTE), Asked(None, date(2020, 1, 1), date(2020, 12, 31)))
    assert (nobody.value, str(nobody.why)) == (None, "no death with a number is recorded in 2020")


def test_every_route_of_the_table_has_a_mode() -> None:
    assert set(route_names()) - set(route_modes()) == {"other-routes", "several-routes"}
    assert set(route_modes()) <= set(route_names())
    assert set(route_modes().values()) == {"sea", "land", "both"}
