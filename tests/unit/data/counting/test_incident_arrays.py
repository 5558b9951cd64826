"""The kept table counts as the lazy query does, for any filter and resolution."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from data.counting.incident_arrays import UNKNOWN, cell_table, source_table
from data.counting.measures import incidents_by_cell
from data.model.units import PEOPLE
from data.store.store import Store


@pytest.mark.parametrize("resolution", range(7))
def test_the_kept_table_counts_as_the_lazy_query(demonstration_store: Store, resolution: int) -> None:
    vintage = demonstration_store.current()
    source = vintage.primary_source
    rows = source_table(vintage, source)
    table = cell_table(vintage, source, resolution)

    @given(st.integers(0, 2**32), st.floats(0, 1))
    @settings(max_examples=12, deadline=None)
    def agrees(seed: int, share: float) -> None:
        chosen = np.random.default_rng(seed).random(rows.height) < share
        expected = incidents_by_cell(rows.lazy().filter(pl.Series(chosen)), resolution=resolution)
        assert_frame_equal(table.frame(table.counts(chosen)).select(expected.columns), expected)

    agrees()


def test_a_cell_where_nobody_reported_a_number_is_unknown_not_zero(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    rows = source_table(vintage, vintage.primary_source)
    table = cell_table(vintage, vintage.primary_source, 3)
    silent = rows["missing"].is_null().to_numpy()
    found = table.counts(silent)
    assert set(found["missing"]) == {UNKNOWN}
    assert found["incidents"].sum() > 0


def test_nothing_chosen_is_no_cell(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    rows = source_table(vintage, vintage.primary_source)
    table = cell_table(vintage, vintage.primary_source, 3)
    assert table.frame(table.counts(np.zeros(rows.height, dtype=bool))).is_empty()


def test_the_rows_of_a_source_are_its_rows(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    for source in (*vintage.incident_sources, "nobody"):
        assert_frame_equal(source_table(vintage, source), vintage.incidents.filter(pl.col("source") == source))
    assert source_table(vintage, None).is_empty()


def test_people_who_are_not_asked_for_are_not_counted_and_the_others_are_the_same(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    table = cell_table(vintage, vintage.primary_source, 3)
    chosen = np.random.default_rng(3).random(source_table(vintage, vintage.primary_source).height) < 0.5
    every, some = table.counts(chosen), table.counts(chosen, people=("dead",))
    assert set(every) - set(some) == set(PEOPLE) - {"dead", "dead_or_missing"}
    assert all(some[name].tolist() == every[name].tolist() for name in some)
