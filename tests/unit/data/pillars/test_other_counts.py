"""Several counts of one thing stand side by side, each with its definition and days; none is added to another."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.pillars.estimates import Estimate, estimates, parse_estimate, within_scope
from data.pillars.models import Asked, Finding
from data.pillars.other_counts import estimate_row, other_counts
from data.store.vintage import Vintage

Make = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Vintage]
ROUTE = "central-mediterranean"
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
ASKED = Asked(ROUTE, *YEAR)


def death(people: int, day: date = date(2023, 5, 1), **more: Any) -> dict[str, Any]:
    return {"date_from": day, "date_to": day, "dead_or_missing": people, "route": ROUTE} | more


def ends(source: str, route: str | None = ROUTE) -> list[dict[str, Any]]:
    """Return a first and a last record that make a database cover 2022 to 2024."""
    return [
        death(1, date(2022, 1, 1), source=source, route=route),
        death(1, date(2024, 12, 31), source=source, route=route),
    ]


def count(value: int, source: str, **more: Any) -> dict[str, Any]:
    return {"date_from": YEAR[0], "date_to": YEAR[1], "value": value, "route": ROUTE, "country": "ITA",
            "place": "Italy", "source": source} | more  # fmt: skip


def of(found: Finding) -> dict[str, tuple[float | None, str]]:
    return {row.part: (row.value, row.status) for row in found.rows}


@pytest.mark.rule("E6", "P5")
def test_each_publisher_has_its_own_figure_and_none_is_added(make_vintage: Make) -> None:
    deaths = [
        death(30, source="mmp"),
        death(20, source="the-migrants-files"),
        *ends("mmp"),
        *ends("the-migrants-files"),
    ]
    counts = [count(157_444, "unhcr-daily-italy"), count(155_515, "italy-landings"), count(9, "alone", country="MLT")]
    found = other_counts(make_vintage(deaths, counts), ASKED)
    assert of(found) == {
        f"deaths/{ROUTE}/mmp": (30, "published"), f"deaths/{ROUTE}/the-migrants-files": (20, "published"),
        "arrivals/ITA/unhcr-daily-italy": (157_444, "published"), "arrivals/ITA/italy-landings": (155_515, "published"),
    }  # fmt: skip
    assert found.value is None
    assert "312,959" not in str(found.sentence)
    assert "arrived in Italy: 157,444 (unhcr-daily-italy) and 155,515 (italy-landings)" in str(found.sentence)
    assert all(row.note for row in found.rows)


def test_a_count_that_lacks_days_or_names_no_route_has_no_figure(make_vintage: Make) -> None:
    deaths = [death(30, source="mmp"), *ends("mmp"), *ends("united", route=None), death(5, source="recovered-remains"),
              *ends("the-migrants-files"), death(8, source="the-migrants-files")]  # fmt: skip
    counts = [count(100, "a"), count(40, "b", date_to=date(2023, 6, 30))]
    found = other_counts(make_vintage(deaths, counts), ASKED)
    assert of(found)[f"deaths/{ROUTE}/united"] == (None, "not_applicable")
    assert of(found)[f"deaths/{ROUTE}/recovered-remains"] == (None, "not_collected")
    assert of(found)["arrivals/ITA/b"] == (None, "not_collected")
    notes = {row.part: row.note or "" for row in found.rows}
    assert "names no such route" in notes[f"deaths/{ROUTE}/united"]
    assert "the first half of 2023 alone" in notes["arrivals/ITA/b"]


def test_a_gap_within_the_window_is_no_figure_but_of_a_list_without_empty_days(make_vintage: Make) -> None:
    halves = [{"date_to": date(2023, 3, 31)}, {"date_from": date(2023, 7, 1)}]
    counts = [count(50, source, **half) for source in ("italy-landings", "unhcr-daily-italy") for half in halves]
    found = other_counts(make_vintage([death(1)], [*counts, count(7, "c")]), ASKED)
    assert of(found)["arrivals/ITA/italy-landings"] == (None, "not_collected")
    assert of(found)["arrivals/ITA/unhcr-daily-italy"] == (100, "published")


def test_one_publisher_alone_is_no_comparison_and_without_days_the_last_year_of_two_counts(make_vintage: Make) -> None:
    alone = other_counts(make_vintage([death(3)], [count(5, "a")]), ASKED)
    assert (alone.value, str(alone.why)) == (None, "no two publishers in this store count the same here")
    later = {"date_from": date(2024, 1, 1), "date_to": date(2024, 12, 31)}
    both = other_counts(make_vintage([death(3)], [count(5, "a"), count(6, "b"), count(7, "a", **later)]), Asked(ROUTE))
    assert both.window == YEAR


ESTIMATE = Estimate(
    "one", ROUTE, date(2022, 1, 1), date(2024, 12, 31), 100, 150, 220, "A and B", "capture", 2025, "CC BY", ""
)


@pytest.mark.rule("R12")
def test_an_estimate_is_shown_inside_its_scope_alone_and_is_no_count() -> None:
    assert within_scope([ESTIMATE], ROUTE, YEAR) == [ESTIMATE]
    assert within_scope([ESTIMATE], None, YEAR) == []
    assert within_scope([ESTIMATE], "darien", YEAR) == []
    assert within_scope([ESTIMATE], ROUTE, (date(2021, 12, 31), date(2023, 1, 1))) == []
    row = estimate_row(ESTIMATE)
    assert (row.unit, row.note) == ("people, estimated", "100 to 220; capture, 2025; terms: CC BY")


def test_every_row_of_the_table_of_estimates_has_its_author_method_terms_and_interval() -> None:
    columns = {"id": "x", "route": ROUTE, "date_from": "2022-01-01", "date_to": "2024-12-31", "low": "100", "central": "",
               "high": "220", "author": "A", "method": "capture", "year": "2025", "licence": "CC BY", "url": ""}  # fmt: skip
    assert parse_estimate(columns).central is None
    for one in estimates():
        assert one.author
        assert one.method
        assert one.licence
        assert one.low <= (one.central or one.low) <= one.high
