"""Figures are read once while a view is asked several times, and never one selection's for another's."""

import polars as pl
import pytest

from data.pillars.figures import figures_of, figures_read_once
from data.store.store import Store


@pytest.mark.parametrize("at", [0, 5, 11])
def test_two_long_lists_that_differ_in_one_place_are_read_apart(demonstration_store: Store, at: int) -> None:
    vintage = demonstration_store.current()
    every = (
        figures_of(vintage, pl.col("indicator") == "asylum_decisions")["partner"].drop_nulls().unique().sort().to_list()
    )
    assert len(every) >= 12
    one, other = every[:12], [*every[:at], "nobody", *every[at + 1 : 12]]
    with figures_read_once():
        found = [figures_of(vintage, pl.col("partner").is_in(wanted))["partner"].unique() for wanted in (one, other)]
    assert every[at] in found[0].to_list()
    assert every[at] not in found[1].to_list()


def test_a_view_asked_within_others_reads_no_figure_again(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    wanted = pl.col("indicator") == "unemployment"
    with figures_read_once():
        first = figures_of(vintage, wanted)
        with figures_read_once():
            assert figures_of(vintage, wanted) is first
        assert figures_of(vintage, wanted) is first  # an inner end lets go of nothing
    assert figures_of(vintage, wanted) is not first
