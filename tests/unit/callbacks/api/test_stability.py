"""Stability of a selection's cells, for the brief: of the cells and the ranking that it shows (RULES X6)."""

import polars as pl
import pytest

from callbacks.api.answers.hotspots import stability
from callbacks.view.view_model import view_model
from data.counting.tables import WIDER_AREA
from data.query.selection import Selection
from data.store.vintage import Vintage

pytestmark = pytest.mark.real


@pytest.mark.parametrize("query", ["", "resolution=4", "measure=incidents", "route=central-mediterranean&resolution=2"])
def test_every_cell_of_the_ranking_has_a_share_and_the_ten_are_those_that_mostly_stay(
    real: Vintage, query: str
) -> None:
    selection = Selection.from_query(query)
    shares = stability(real, selection)
    ranked = view_model(real, selection).ranked_cells.filter(pl.col("place_known_to") != WIDER_AREA)
    ten = ranked["cell"].head(10).to_list()
    assert set(ten) <= set(shares)
    assert 9 < sum(shares.values()) < 10.001  # a draw has ten highest cells, now and then one where no record lies
    assert sum(shares[cell] for cell in ten) > 6


@pytest.mark.parametrize("query", ["resolution=5", "resolution=0", "measure=events", "measure=missing"])
def test_what_is_not_computed_is_left_out_and_not_zero(real: Vintage, query: str) -> None:
    assert stability(real, Selection.from_query(query)) == {}


def test_what_else_the_map_shows_changes_no_stability(real: Vintage) -> None:
    assert stability(real, Selection.from_query("step=year&flow=arrivals")) is stability(real, Selection())
