"""What nobody counted is told as the plain reference tells it, by every engine, for every window (RULES R10, R11)."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from data.counting.counts import ArrayCounts, Counts, DiskCounts, QueryCounts
from data.counting.coverage import covered
from data.counting.flow_series import flow_series
from data.counting.period_days import reach
from data.counting.tables import toll_table
from data.counting.windows import Window, joined
from data.model.absence import KINDS
from data.model.schema import TABLES, conform
from data.query.selection import Selection
from data.store import summary
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness import naive_counts as naive
from tests.harness.modules import serving_modules

pytestmark = pytest.mark.rule("R10", "R11")
ENGINES: dict[str, Callable[[Vintage, str | None], Counts]] = {
    "polars": QueryCounts, "arrays": ArrayCounts, "on disk": DiskCounts
}  # fmt: skip
EDITIONS = [
    {"first_date": date(2014, 3, 9), "last_date": date(2017, 5, 20)},
    {"first_date": date(2018, 2, 1), "last_date": date(2019, 6, 30)},
    {"first_date": date(2019, 9, 14), "last_date": date(2021, 4, 3)},
]
PLACES = {"Italy": (2014, 2019), "Greece": (2015, 2017), "Spain": (2018, 2021)}
DAYS = st.integers(0, 3300).map(lambda days: date(2013, 10, 1) + timedelta(days))
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@st.composite
def windows(draw: st.DrawFn) -> Selection:
    first, last = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    step = draw(st.sampled_from(["month", "quarter", "year"]))
    return Selection(start=first, end=last, step=step, min_quality=draw(st.sampled_from([None, None, 3])))


def incidents_within(rows: pl.DataFrame) -> pl.DataFrame:
    """Return some rows that happened in the days of the editions, some without a number."""
    drawn = random.Random(3)  # noqa: S311 — no secret
    some = rows.filter(pl.col("date_from").is_not_null()).sample(200, seed=3).sort("cell", "record_id").to_dicts()
    for row in some:
        edition = drawn.choice(EDITIONS)
        days = (edition["last_date"] - edition["first_date"]).days
        row["date_from"] = row["date_to"] = edition["first_date"] + timedelta(drawn.randrange(days + 1))
        row["dead_or_missing"] = None if drawn.random() < 0.2 else row["dead_or_missing"]
    return pl.DataFrame(some, schema=rows.schema)


def monthly_counts() -> pl.DataFrame:
    """Return arrivals by month and place, with months that are left out and months without a number."""
    drawn = random.Random(4)  # noqa: S311 — no secret
    rows = []
    for place, (first, last) in PLACES.items():
        for month in pl.date_range(date(first, 1, 1), date(last, 12, 1), "1mo", eager=True):
            if drawn.random() < 0.1:
                continue
            value = None if drawn.random() < 0.1 else drawn.randrange(5000)
            end = pl.Series([month]).dt.month_end()[0]
            rows.append({"source": "arrivals", "unit": "persons_arrived", "place": place, "step": "month",
                         "date_from": month, "date_to": end, "value": value})  # fmt: skip
    return conform(pl.DataFrame(rows), "counts")


@pytest.fixture(scope="module")
def vintages(demonstration_store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Vintage]:
    """Return one vintage of three editions with gaps between them, and the same published as too large to keep."""
    old = demonstration_store.current()
    tables = {name: getattr(old, name) for name in TABLES}
    tables["incidents"] = incidents_within(tables["incidents"].filter(pl.col("source") == old.primary_source))
    source = {"source": old.primary_source, "kind": "incidents", "sensitivity": "public", "is_demonstration": True}
    editions = [source | one | {"edition": f"e{number}"} for number, one in enumerate(EDITIONS)]
    counting = {"source": "arrivals", "kind": "counts", "sensitivity": "public", "is_demonstration": True}
    tables |= {"sources": conform(pl.DataFrame([*editions, counting]), "sources"), "counts": monthly_counts()}
    plain, large = (Store(tmp_path_factory.mktemp(name)) for name in ("plain", "large"))
    kept = plain.publish(tables, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "MOST_KEPT", 100)
        return {"polars": kept, "arrays": kept, "on disk": large.publish(tables, {})}


@pytest.mark.parametrize("engine", ENGINES)
@given(selection=windows())
@MANY
def test_deaths_by_period_say_what_the_reference_says(
    vintages: dict[str, Vintage], engine: str, selection: Selection
) -> None:
    vintage = vintages[engine]
    counts = ENGINES[engine](vintage, vintage.primary_source)
    table = toll_table(vintage, selection, counts.by_period(selection))
    found = {period: (value, status) for period, value, status in
             table.select("period", "dead_or_missing", "status").iter_rows()}  # fmt: skip
    rows = vintages["polars"].incidents.to_dicts()
    assert found == naive.tolls(rows, EDITIONS, selection)


@given(selection=windows())
@MANY
def test_a_flow_by_period_is_of_the_places_that_the_reference_says(
    vintages: dict[str, Vintage], selection: Selection
) -> None:
    selection = selection.replace(min_quality=None)
    vintage = vintages["polars"]
    series = flow_series(vintage, selection, "arrivals")
    found = {one.period: (one.value, {place.place for place in one.places}) for one in series.periods}
    expected = naive.flow(vintage.counts.to_dicts(), selection)
    assert {period: found.get(period, (None, set())) for period in expected} == expected
    assert all((one.value is None) == (one.status in KINDS) for one in series.periods)


@given(selection=windows())
@MANY
def test_a_break_is_where_the_places_change_and_nowhere_else(
    vintages: dict[str, Vintage], selection: Selection
) -> None:
    series = flow_series(vintages["polars"], selection.replace(min_quality=None), "arrivals")
    places = {one.period: {place.place for place in one.places} for one in series.periods if one.places}
    changed = {after for (before, was), (after, now) in zip(places.items(), list(places.items())[1:], strict=False)
               if was != now}  # fmt: skip
    assert {one.period for one in series.breaks} == changed


@pytest.mark.browser
@given(window=st.tuples(DAYS, DAYS).map(sorted))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_browser_says_how_much_of_a_window_is_counted(
    vintages: dict[str, Vintage], counted_by_browser: Callable[[list[list[int]], int, int], str], window: list[date]
) -> None:
    spans = covered(vintages["arrays"], Selection())
    days = [[(day - date(1970, 1, 1)).days for day in span] for span in spans]
    first, last = ((day - date(1970, 1, 1)).days for day in window)
    expected = naive.days_of(*window) & naive.covered_days(EDITIONS)
    word = "every" if expected == naive.days_of(*window) else "some" if expected else "none"
    assert counted_by_browser(days, first, last) == reach(Window(*window), spans) == word


@pytest.fixture(scope="module")
def counted_by_browser(browser: Browser) -> Iterator[Callable[[list[list[int]], int, int], str]]:
    """Return the browser's own answer to how much of a window some spans hold."""
    with serving_modules() as address:
        page = browser.new_page()
        page.goto(address)
        program = """async ([spans, first, last]) =>
          (await import("/layouts/assets/time/calendar.mjs")).reachOf(spans, first, last)"""
        yield lambda spans, first, last: page.evaluate(program, [spans, first, last])
        page.close()


def test_spans_that_overlap_are_counted_once() -> None:
    spans = joined([Window(date(2020, 1, 1), date(2020, 1, 9)), Window(date(2020, 1, 5), date(2020, 1, 20))])
    assert reach(Window(date(2020, 1, 1), date(2020, 1, 20)), spans) == "every"
