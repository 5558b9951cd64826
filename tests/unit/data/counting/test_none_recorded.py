"""A covered window without a record is 0 in totals, rows, cards and tables; one that nobody looked at has no figure."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from callbacks.page.route_card import figures_of
from callbacks.page.tables import route_rows
from callbacks.page.time_series import row_words
from data.counting.coverage import stated_days
from data.counting.flow_series import flow_series
from data.counting.flows import flow_cells_answer
from data.counting.series import series
from data.counting.totals import totals
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage

pytestmark = pytest.mark.rule("R11", "C1")
Publish = Callable[..., Vintage]
QUIET = {"start": date(2024, 2, 1), "end": date(2024, 2, 29)}
LATER = {"start": date(2025, 2, 1), "end": date(2025, 2, 28)}


@pytest.fixture
def vintage(publish: Publish) -> Vintage:
    return publish(
        {"date_from": date(2024, 1, 3), "dead_or_missing": 4, "dead": None, "route": "darien"},
        {"date_from": date(2024, 3, 3), "dead_or_missing": 2, "dead": 2, "route": "darien"},
        first=date(2024, 1, 1), last=date(2024, 3, 31),
    )  # fmt: skip


def test_nobody_recorded_in_covered_days_is_zero_in_every_measure_of_people(vintage: Vintage) -> None:
    for measure in ("dead_or_missing", "dead", "missing", "incidents", "events"):
        quiet = Selection(measure=measure, **QUIET)
        assert totals(vintage, quiet, measure=measure, by="month").total == 0
        assert series(vintage, quiet)["value"].to_list() == [0]


def test_days_that_nobody_looked_at_have_no_total(vintage: Vintage) -> None:
    assert totals(vintage, Selection(**LATER), measure="dead_or_missing").total is None
    assert row_words(vintage, Selection(**LATER))["dead"]["total"] == "no figure"


def test_records_without_a_number_have_no_total_though_their_days_are_covered(vintage: Vintage) -> None:
    january = Selection(start=date(2024, 1, 1), end=date(2024, 1, 31))
    assert totals(vintage, january, measure="dead").total is None
    assert totals(vintage, january, measure="dead_or_missing").total == 4


def test_the_row_and_the_card_say_none_recorded(vintage: Vintage) -> None:
    quiet = Selection(routes=("darien",), **QUIET)
    assert row_words(vintage, quiet)["dead"]["total"] == "0 recorded"
    toll, *flows = figures_of(vintage, quiet, "darien", stated_days(vintage, quiet))
    assert (toll.value, [year.value for year in toll.years]) == (0, [0])
    assert [flow.value for flow in flows] == [None, None]


@pytest.mark.real
def test_a_flow_of_a_publisher_that_leaves_out_zeros_is_zero_in_series_total_and_cells(
    real_data: Path, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    ingest([real_data / "interceptions/frontex_detections_2009-01_2025-04.csv"], store)
    vintage = store.current()
    black_sea = Selection(routes=("black-sea",), start=date(2009, 3, 1), end=date(2009, 3, 31))
    assert [one.value for one in flow_series(vintage, black_sea, "detections").periods] == [0]
    assert totals(vintage, black_sea, measure="detections").total == 0
    assert flow_cells_answer(vintage, black_sea, "detections").total == 0
    assert totals(vintage, black_sea.replace(routes=("darien",)), measure="detections").total is None


def test_a_route_that_only_a_flow_names_has_zero_deaths_in_the_table_where_the_days_are_covered(
    demonstration_store: Store,
) -> None:
    vintage = demonstration_store.current()
    _, heads, rows, _, _ = route_rows(vintage, Selection(start=date(2016, 1, 1), end=date(2016, 1, 31)))
    assert all(row[heads.index("Incidents")] is not None for row in rows)


@pytest.mark.real
def test_part_of_a_month_that_is_counted_as_a_whole_has_no_figure_and_is_not_zero(
    real_data: Path, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    ingest([real_data / "interceptions/frontex_detections_2009-01_2025-04.csv"], store)
    vintage = store.current()
    july = Selection(routes=("central-mediterranean",), start=date(2023, 7, 10), end=date(2023, 7, 20))
    for asked in (july, july.replace(routes=()), july.replace(routes=("central-mediterranean", "black-sea"))):
        assert totals(vintage, asked, measure="detections").total is None
        assert [one.value for one in flow_series(vintage, asked, "detections").periods] == [None]
        assert flow_cells_answer(vintage, asked, "detections").total is None
    longer = july.replace(end=date(2023, 9, 20))
    values = [one.value for one in flow_series(vintage, longer, "detections").periods]
    assert [value is None for value in values] == [True, False, True]
    assert totals(vintage, longer, measure="detections").total == values[1]
    quiet = Selection(routes=("black-sea",), start=date(2009, 3, 10), end=date(2009, 3, 20))
    assert totals(vintage, quiet, measure="detections").total == 0  # nobody in the month, so nobody in part of it
