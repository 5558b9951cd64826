"""The border section of a sector: figures of whole routes, each with what it divides by, over days and places alike."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.model.schema import conform, empty
from data.query.selection import Selection
from data.sectors.border import border_routes
from data.sectors.border_model import BorderRoute
from data.sectors.sector import Sector
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.text.border import border_rows
from tests.harness.rows import incident_rows
from tests.harness.small_store import NEAR

HERE = Sector.from_query("at=12.6,35.5&radius_km=100")
TODAY = date(2025, 3, 20)
YEARS = (2023, 2024)
Rows = list[dict[str, object]]


def months(year: int, value: int, unit: str = "persons_arrived", **more: object) -> Iterator[dict[str, object]]:
    for month in range(1, 13):
        last = date(year, month, monthrange(year, month)[1])
        yield {"source": "counts", "edition": "c0", "unit": unit, "route": "r", "place": "A", "flags": [], "value": value,
               "date_from": date(year, month, 1), "date_to": last} | more  # fmt: skip


def deaths(year: int, route: str = "r") -> Rows:
    """Return twelve events of one person, and a record of the whole year, so that every day of it is covered."""
    plain = NEAR | {"source": "mmp", "route": route}
    days = [(date(year, month, 28), date(year, month, 28), 1) for month in range(1, 13)]
    days.append((date(year, 1, 1), date(year, 12, 31), 0))
    return [plain | {"date_from": first, "date_to": last, "dead_or_missing": people, "record_id": f"{route} {first} {last}",
                     "event_id": f"{route} {last}"} for first, last, people in days]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def published(store: Store, counts: Rows, years: tuple[int, ...] = YEARS, routes: tuple[str, ...] = ("r",)) -> Vintage:
    sources = [{"source": one, "kind": kind, "title": one, "sensitivity": "public", "is_demonstration": False,
                "retrieved": TODAY, "edition": "e0"} for one, kind in (("mmp", "incidents"), ("counts", "counts"))]  # fmt: skip
    tables = {name: empty(name) for name in ("segments", "segment_cells", "quarantine", "log")}
    tables |= {
        "incidents": incident_rows(*(row for route in routes for year in years for row in deaths(year, route=route))),
        "counts": conform(pl.DataFrame(counts, infer_schema_length=None), "counts"),
        "sources": conform(pl.DataFrame(sources), "sources"),
    }
    return store.publish(tables, {"names": {"route": {"r": "The route", "q": "Another"}}, "sums": {}})


def asked(vintage: Vintage, query: str = "", **planned: int) -> list[BorderRoute]:
    return border_routes(vintage, Selection.from_query(query), HERE, thresholds=planned, today=TODAY)


def both(value: int = 100, taken: int = 50, years: tuple[int, ...] = YEARS) -> Rows:
    return [row for year in years for row in (*months(year, value), *months(year, taken, "persons_intercepted"))]


def test_deaths_per_1000_attempts_are_told_with_numerator_and_denominator(store: Store) -> None:
    (one,) = asked(published(store, both()))
    (risk,) = one.risk
    assert (one.first, one.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (risk.variant, risk.deaths, risk.denominator) == ("rho", 12, 1200 + 600 + 12)
    assert risk.value == pytest.approx(1000 * 12 / 1812)
    row = border_rows(one)[0]
    assert row[0] == "Deaths per 1,000 attempts, 2024"
    assert row[2] == "at least 12 dead or missing ÷ 1,812 attempts: 1,200 arrived, 600 intercepted, 12 dead or missing"


def test_the_latest_year_that_has_all_three_counts_is_taken_and_stated_days_are_kept(store: Store) -> None:
    gap = [row | {"value": None} if row["date_from"] == date(2024, 5, 1) else row for row in both()]
    vintage = published(store, gap)
    assert asked(vintage)[0].first == date(2023, 1, 1)
    (one,) = asked(vintage, "from=2024-01-01&to=2024-12-31")
    assert [risk.variant for risk in one.risk] == ["rho", "rho_arr"]
    assert {risk.value for risk in one.risk} == {None}  # the count of arrivals lacks May as well: never filled with 0
    assert "May 2024" in str(one.risk[0].why)


def test_where_nobody_counts_interceptions_deaths_are_told_per_arrival_or_death(store: Store) -> None:
    (one,) = asked(published(store, list(months(2024, 100)), years=(2024,)))
    first, second = one.risk
    assert (first.value, second.variant, second.denominator) == (None, "rho_arr", 1212)
    assert one.interceptions is None
    assert border_rows(one)[0][1] == "Not computable"


def test_interceptions_are_set_beside_those_of_the_same_days_before_in_the_same_places(store: Store) -> None:
    light = list(months(2024, 3, "persons_intercepted", place="B"))
    taken = [*months(2023, 40, "persons_intercepted"), *months(2024, 50, "persons_intercepted"), *light]
    (one,) = asked(published(store, [*months(2023, 100), *months(2024, 100), *taken]))
    found = one.interceptions
    assert found is not None
    assert (found.before_first, found.before_last) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (found.people, found.before, found.difference, found.percent) == (600, 480, 120, 25.0)  # B is in neither
    assert found.places == ("A",)
    assert border_rows(one)[1][2] == "480 in 2023: 120 more (+25%)"


def test_a_change_from_few_people_has_no_percentage_and_from_unknown_none_at_all(store: Store) -> None:
    few = [*both(years=(2024,)), *months(2023, 1, "persons_intercepted"), *months(2023, 100)]
    (one,) = asked(published(store, few))
    assert one.interceptions is not None
    assert (one.interceptions.before, one.interceptions.difference, one.interceptions.percent) == (12, 588, None)
    (alone,) = asked(published(store, both(years=(2024,)), years=(2024,)))
    assert alone.interceptions is not None
    assert (alone.interceptions.people, alone.interceptions.before) == (600, None)


def test_a_month_is_compared_with_the_number_planned_for_in_years_that_are_counted_whole(store: Store) -> None:
    counts = [row for year, value in ((2021, 70), (2022, 90), (2023, 40), (2024, 80)) for row in months(year, value)]
    part = [row for row in counts if row["date_from"] != date(2022, 3, 1)]  # a month that nobody counted
    (one,) = asked(published(store, part), arrivals=60)
    (load,) = one.loads
    assert [(year.year, year.people) for year in load.years] == [(2021, 70), (2023, 40), (2024, 80)]
    assert (load.fewest, load.median, load.most) == (40, 70.0, 80)
    assert (load.planned, load.years_above) == (60, 2)
    assert border_rows(one)[-1][2] == (
        "fewest 40, most 80; 1 year is not counted whole. Planned for 60: more came in 2 of 3 years"
    )


def test_a_number_planned_for_is_of_no_route_where_several_pass_and_of_one_where_it_is_chosen(store: Store) -> None:
    counts = [*both(), *(row | {"route": "q"} for row in both()), *(row | {"route": "elsewhere"} for row in both())]
    vintage = published(store, counts, routes=("r", "q"))

    def planned(query: str = "") -> list[tuple[str, int | None]]:
        return [(one.route, one.loads[0].planned) for one in asked(vintage, query, arrivals=60)]

    assert planned() == [("q", None), ("r", None)]
    assert planned("route=q") == [("q", 60)]
    assert planned("route=elsewhere") == []
