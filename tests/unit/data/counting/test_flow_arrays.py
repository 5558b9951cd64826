"""Kept arrays sum as the lazy queries do: flows by route, and the parts that a picture leaves out."""

import pytest

from data.counting.engine import people_parts
from data.counting.flow_arrays import count_table
from data.counting.measures import counts_by_route, dropped_parts
from data.query.parameters import FLOWS
from data.query.selection import Selection
from data.store.store import Store

QUERIES = [
    "", "from=2018-03-01&to=2019-02-28", "route=central-mediterranean,darien", "to=1999-12-31", "min_quality=4",
    "from=2020-02-15&min_quality=5&resolution=2&step=year", "cause=drowning&step=quarter&resolution=6", "source=frontex",
    "region=mediterranean&from=2016-01-01",
]  # fmt: skip


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("query", QUERIES)
def test_flows_by_route_are_those_of_the_lazy_query(demonstration_store: Store, query: str, flow: str) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(query)
    lazy = {route: value for route, value in counts_by_route(vintage, selection, flow).iter_rows() if value is not None}
    assert count_table(vintage, flow).by_route(vintage, selection) == lazy


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_left_out_are_those_of_the_lazy_query(demonstration_store: Store, query: str) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(query)
    if selection.source not in vintage.incident_sources:
        selection = selection.replace(source=None)
    assert people_parts(vintage, selection) == dropped_parts(vintage, selection)
