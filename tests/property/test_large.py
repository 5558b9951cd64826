"""A source too large to keep gives what a small one gives, to the person, and its incidents are never read whole."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import brotli
import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from callbacks.build import create_app
from callbacks.map_data import cells as cells_module
from callbacks.map_data.binary_columns import unpack
from callbacks.map_data.cells import values_answer
from callbacks.view.series import periods_table
from data.counting import incident_pages
from data.counting.at_hand import chosen_records, counts_of_shown, is_drawable, people_by_period
from data.counting.cells_answer import cells_answer
from data.counting.engine import (
    cell_counts,
    cells,
    classes_of,
    coverage,
    parts,
    people_parts,
    ranking_kept,
)
from data.counting.held_records import held_records
from data.counting.incident_pages import incidents_page
from data.counting.measures import dropped_parts, is_chosen
from data.counting.on_disk import cell_set, large_counts
from data.counting.series import series
from data.counting.tables import cells_table
from data.counting.totals import totals
from data.model.errors import LimitError, StoreError
from data.model.schema import TABLES
from data.query.resolve import incident_source, known_ids
from data.query.selection import Selection
from data.store import summary
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.answer import trends
from data.trends.small_multiples import routes_by_period
from geo.cells import parent, stored_range

QUERIES = [
    "", "measure=dead", "measure=missing&resolution=4", "measure=incidents&from=2019-01-01&resolution=2",
    "measure=events&route=central-mediterranean", "from=2018-03-01&to=2018-03-31&resolution=1",
    "measure=events&min_quality=3&from=2017-01-01&step=quarter", "measure=missing&min_quality=5",
    "measure=dead&to=1995-01-01", "min_quality=4&resolution=6&step=year", "to=1995-01-01", "resolution=0&cause=drowning",
    "origin=sudan,unknown&step=year", "measure=events&origin=afghanistan&min_quality=3", "resolution=5&from=2020-02-29",
]  # fmt: skip


def shared_and_negative(incidents: pl.DataFrame) -> pl.DataFrame:
    """Return the incidents with every fifth one in an event with its neighbour, some of them adjusted (RULES C3)."""
    number = pl.int_range(pl.len())
    return incidents.sort("cell", "record_id").with_columns(
        pl.when(number % 5 == 1).then(pl.col("event_id").shift(1)).otherwise("event_id").alias("event_id"),
        pl.when(number % 10 == 1).then(-pl.col("dead_or_missing")).otherwise("dead_or_missing").alias("dead_or_missing"),
        pl.when(number % 7 == 0).then(None).otherwise("dead_or_missing").alias("missing"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def folders(demonstration_store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Return a small store, the same published as a large one, and one whose source has grown large since."""
    vintage = demonstration_store.current()
    tables = {name: getattr(vintage, name) for name in TABLES}
    tables["incidents"] = shared_and_negative(vintage.incidents)
    details = {"names": vintage.manifest["names"]}
    small, large, grown = (Store(tmp_path_factory.mktemp(name)) for name in ("small", "large", "grown"))
    small.publish(tables, details)
    grown.publish(tables, details)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "MOST_KEPT", 100)
        large.publish(tables, details)
    return small.folder, large.folder, grown.folder


@pytest.fixture(params=["published large", "grown large"])
def both(
    request: pytest.FixtureRequest, folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> tuple[Vintage, Vintage]:
    """Return the small vintage, and the large one with its incidents out of reach."""
    small = Store(folders[0]).current()
    large = Store(folders[1] if request.param == "published large" else folders[2]).current()
    out_of_reach(monkeypatch, small, large)
    return small, large


def out_of_reach(monkeypatch: pytest.MonkeyPatch, small: Vintage, large: Vintage) -> None:
    """Make one vintage large, and reading its incidents as a whole an error."""

    def is_large(self: Vintage, source: str | None) -> bool:
        return self is large and source in self.summary

    def table(self: Vintage, name: str) -> pl.DataFrame:
        assert not (self is large and name == "incidents"), "the incidents of a large source were read as a whole"
        return pl.read_parquet(self.folder / f"{name}.parquet")

    def incident_rows(self: Vintage) -> pl.LazyFrame:
        return self.scan("incidents") if self is large else self.incidents.lazy()

    monkeypatch.setattr(Vintage, "is_large", is_large)
    monkeypatch.setattr(Vintage, "_table", table)
    monkeypatch.setattr(Vintage, "incident_rows", incident_rows)
    assert not small.is_large(small.primary_source)


def selection_of(query: str) -> Selection:
    return Selection.from_query(query)


@pytest.mark.parametrize("query", QUERIES)
def test_a_large_source_gives_what_a_small_one_gives(both: tuple[Vintage, Vintage], query: str) -> None:
    small, large = both
    selection = selection_of(query)
    assert_frame_equal(cells(large, selection), cells(small, selection))
    found, expected = cell_counts(large, selection), cell_counts(small, selection)
    assert {name: values.tolist() for name, values in found.items()} == {
        name: values.tolist() for name, values in expected.items()
    }
    assert parts(large, selection) == parts(small, selection)
    assert_frame_equal(periods_table(large, selection), periods_table(small, selection))
    assert_frame_equal(coverage(large, selection), coverage(small, selection))
    assert ranking_kept(large, selection) == ranking_kept(small, selection)
    source = incident_source(small, selection)
    assert classes_of(large, source, selection.measure, 3) == classes_of(small, source, selection.measure, 3)
    assert known_ids(large) == known_ids(small)
    assert_frame_equal(people_by_period(large, selection), people_by_period(small, selection))
    found_rows, expected_rows = (chosen_records(one, selection, "record_id", "cell").collect() for one in both)
    assert_frame_equal(found_rows, expected_rows)
    assert is_drawable(small, selection)
    assert not is_drawable(large, selection)


def test_of_a_source_that_is_kept_every_cell_is_counted(both: tuple[Vintage, Vintage]) -> None:
    small, large = both
    few = np.arange(3)
    every = np.arange(cell_set(large, large.primary_source, 3).cells.size)
    assert counts_of_shown(small, Selection(), few) is None
    assert counts_of_shown(large, Selection(), every) is None
    found, expected = counts_of_shown(large, Selection(), few), cell_counts(small, Selection())
    assert found is not None
    assert found["dead_or_missing"][few].tolist() == expected["dead_or_missing"][few].tolist()


@given(
    day=st.integers(0, 4500), days=st.integers(0, 2000), resolution=st.integers(0, 6),
    quality=st.sampled_from([None, 3, 5]), seed=st.integers(0, 2**32), share=st.floats(0, 1),
)  # fmt: skip
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_window_and_any_view_of_a_large_source_counts_the_same(
    both: tuple[Vintage, Vintage], day: int, days: int, resolution: int, quality: int | None, seed: int, share: float
) -> None:
    small, large = both
    start = date(2014, 1, 1) + timedelta(day)
    selection = Selection(start=start, end=start + timedelta(days), resolution_chosen=resolution, min_quality=quality)
    expected = cell_counts(small, selection.replace(measure="missing"))
    every = cell_set(large, large.primary_source, resolution).cells
    shown = np.flatnonzero(np.random.default_rng(seed).random(every.size) < share)
    found = large_counts(large, str(large.primary_source), selection, measures=("missing",), shown=shown)
    assert {name: values[shown].tolist() for name, values in found.items()} == {
        name: values[shown].tolist() for name, values in expected.items()
    }
    assert dropped_parts(large, selection) == dropped_parts(small, selection) == people_parts(large, selection)
    for measure in ("events", "dead"):
        one = selection.replace(measure=measure)
        assert parts(large, one) == parts(small, one)


def test_a_view_of_a_large_source_is_sent_the_values_of_the_whole(
    both: tuple[Vintage, Vintage], monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = both
    monkeypatch.setattr("callbacks.map_data.cells.MOST_CELLS", 200)
    monkeypatch.setattr(cells_module, "_shown", cells_module._shown.__wrapped__)
    selection, box = Selection(resolution_chosen=4), (10.0, 30.0, 20.0, 40.0)
    sent = [unpacked(values_answer.__wrapped__(vintage, selection, box)) for vintage in (small, large)]
    assert sent[0][1]["value"].sum() > 0
    assert {name: values.tolist() for name, values in sent[0][1].items()} == {
        name: values.tolist() for name, values in sent[1][1].items()
    }


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    return unpack(brotli.decompress(content))


def answers_of(folder: Path) -> list[bytes]:
    client = create_app(folder).server.test_client()
    found = [client.get(path) for path in PATHS]
    assert [one.status_code for one in found] == [200] * len(PATHS)
    return [MARK.sub(b"", one.get_data()) for one in found]


def test_the_page_of_a_large_source_reads_its_incidents_only_in_part(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, whole = answers_of(folders[0]), pl.read_parquet

    def part(source: Any, *given: Any, **named: Any) -> pl.DataFrame:
        assert Path(source).name != "incidents.parquet", "the incidents of a large source were read as a whole"
        return whole(source, *given, **named)

    monkeypatch.setattr(pl, "read_parquet", part)
    monkeypatch.setattr(summary, "MOST_KEPT", 100)
    assert answers_of(folders[1]) == expected


MARK = re.compile(rb"v000001-[0-9a-f]{8}")  # names the manifest; one folder has files that the other has not
PATHS = (
    "/_dash-layout", "/cells/values?resolution=3", "/cells/values?from=2019-01-01", "/incidents/points?to=2018-01-01",
    "/incidents/words?row=7", "/cells/words?cell=831f8dfffffffff", "/api/v1/totals?by=route",
    "/api/v1/cells?resolution=2", "/readyz",
)  # fmt: skip


def test_stored_cells_lie_within_the_range_of_their_parent(demonstration_store: Store) -> None:
    stored = demonstration_store.current().incidents["cell"].drop_nulls()
    for resolution in range(8):
        above = stored.to_frame().select(parent(pl.col("cell"), resolution=resolution)).to_series().to_numpy()
        first, last = stored_range(above)
        assert ((first <= stored.to_numpy()) & (stored.to_numpy() <= last)).all()
        distinct = np.unique(above)
        low, high = stored_range(distinct)
        assert (high[:-1] < low[1:]).all()


def test_a_damaged_file_beside_the_tables_is_not_opened(folders: tuple[Path, Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(folders[1], folder, symlinks=True)
    beside = next(folder.glob("v*/counted_alone.parquet"))
    beside.write_bytes(beside.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match="counted_alone"):
        Store(folder).current()


PAGES = [(0, 1), (0, 10), (3, 7), (95, 10), (0, 10_000), (10_000_000, 5)]


@pytest.mark.parametrize("most", [1, 40, 100_000])
@pytest.mark.parametrize(
    "query", ["", "from=2018-03-01&to=2018-03-31", "measure=events&min_quality=3", "to=1995-01-01"]
)
def test_pages_of_incidents_are_slices_of_the_whole_in_order(
    both: tuple[Vintage, Vintage], monkeypatch: pytest.MonkeyPatch, query: str, most: int
) -> None:
    small, large = both
    monkeypatch.setattr(incident_pages, "MOST_SORTED", most)
    selection = selection_of(query)
    of_source = small.incidents.filter(pl.col("source") == incident_source(small, selection))
    whole = of_source.filter(pl.lit(value=True) & is_chosen(selection)).sort(incident_pages.ORDER, nulls_last=True)
    ends = [(max(whole.height + move, 0), 10) for move in (-10, -9, -1, 0, 1)]
    for offset, limit in (*PAGES, *ends):
        for vintage in (small, large):
            found = incidents_page(vintage, selection, offset=offset, limit=limit)
            assert found.whole == whole.height
            assert_frame_equal(found.rows, whole.slice(offset, limit))


@given(offset=st.integers(0, 12_000), limit=st.integers(1, 3000), most=st.sampled_from([1, 500, 100_000]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_page_of_records_that_share_a_day_or_have_none_is_a_slice_of_the_whole(
    both: tuple[Vintage, Vintage], offset: int, limit: int, most: int
) -> None:
    small, _ = both
    day = (
        pl.when(pl.col("row") % 3 == 0).then(pl.date(2020, 1, 1)).when(pl.col("row") % 3 == 1).then(pl.date(2020, 1, 2))
    )
    table = small.incidents.with_columns(day.alias("date_from"), date_to=day)
    whole = table.sort(incident_pages.ORDER, nulls_last=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incident_pages, "MOST_SORTED", most)
        patch.setattr(incident_pages, "select_incidents", lambda *_: table.lazy())
        found = incidents_page(small, Selection(), offset=offset, limit=limit)
    assert found.whole == whole.height
    assert_frame_equal(found.rows, whole.slice(offset, limit))


@pytest.mark.parametrize("measure", ["dead_or_missing", "incidents", "events"])
@pytest.mark.parametrize("query", QUERIES)
def test_totals_cells_and_trends_of_a_large_source_are_those_of_a_small_one(
    both: tuple[Vintage, Vintage], query: str, measure: str
) -> None:
    small, large = both
    selection = selection_of(query).replace(measure=measure)
    for by in ("year", "month", "route", "country"):
        found, expected = (totals(one, selection, measure=measure, by=by) for one in both)
        assert found == expected
    assert cells_answer(large, selection, measure) == cells_answer(small, selection, measure)
    assert_frame_equal(cells_table(large, selection), cells_table(small, selection))
    assert_frame_equal(series(large, selection), series(small, selection))
    found_routes, expected_routes = (routes_by_period(one, selection) for one in both)
    assert_frame_equal(found_routes, expected_routes)
    assert trends(large, selection) == trends(small, selection)


def test_what_looks_at_each_record_says_how_many_are_too_many(both: tuple[Vintage, Vintage]) -> None:
    _, large = both
    chosen = held_records(large, Selection(), "record_id").height
    assert held_records(large, Selection(), "record_id", most=chosen).height == chosen
    with pytest.raises(LimitError, match=f"at most {chosen - 1:,} can be. Choose fewer days"):
        held_records(large, Selection(), "record_id", most=chosen - 1)
