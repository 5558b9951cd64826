"""A route's flow drawn as cells loses nobody: cells + not located = total, at every size (RULES C5, X1, R1)."""

import pytest

from data.counting.cells_answer import cells_answer, parse_cells
from data.counting.flows import flow_by_cell, flow_cells_answer, route_shares
from data.counting.totals import totals
from data.model.errors import QueryError
from data.query.selection import Selection
from data.store.store import Store


@pytest.mark.rule("C5", "R1")
@pytest.mark.parametrize("resolution", range(5))
@pytest.mark.parametrize("measure", ["detections", "arrivals", "interceptions"])
def test_cells_and_what_has_no_line_make_up_the_total(
    demonstration_store: Store, measure: str, resolution: int
) -> None:
    vintage = demonstration_store.current()
    selection = Selection(resolution_chosen=resolution)
    answer = flow_cells_answer(vintage, selection, measure)
    assert answer.total == totals(vintage, selection, measure=measure).total
    assert sum(cell.value or 0 for cell in answer.cells) + answer.not_located == pytest.approx(answer.total)
    assert answer.total is not None
    assert answer.total > answer.not_located


def test_a_routes_shares_sum_to_one(demonstration_store: Store) -> None:
    shares = route_shares(demonstration_store.current(), resolution=3).group_by("route").sum()
    assert shares["share"].to_list() == pytest.approx([1.0] * shares.height)


def test_a_window_conserves_as_well(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    selection, measure = parse_cells({"measure": ["detections"], "from": ["2018-01-01"], "to": ["2018-12-31"]}, vintage)
    answer = cells_answer(vintage, selection, measure)
    assert sum(cell.value or 0 for cell in answer.cells) + answer.not_located == pytest.approx(answer.total)
    assert 0 < (answer.total or 0) < (cells_answer(vintage, Selection(), measure).total or 0)


def test_one_route_lies_on_its_own_lines(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    alone = flow_by_cell(vintage, Selection(routes=("central-mediterranean",)), "detections")
    own = route_shares(vintage, resolution=3)
    cells = own.filter(own["route"] == "central-mediterranean")["cell"].to_list()
    assert alone["cell"].to_list() == cells


@pytest.mark.parametrize("query", [{"resolution": ["5"]}, {"region": ["europe"]}, {"min_quality": ["3"]}])
def test_what_a_flow_cannot_follow_is_refused(demonstration_store: Store, query: dict[str, list[str]]) -> None:
    vintage = demonstration_store.current()
    selection, measure = parse_cells({"measure": ["detections"], **query}, vintage)
    with pytest.raises(QueryError):
        cells_answer(vintage, selection, measure)
