"""Nobody is lost: not between resolutions, not between groups, whatever is filtered (RULES C5, X1)."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.counting.measures import (
    dropped_parts,
    incidents_by_cell,
    incidents_by_period,
    is_dated,
    is_located,
    is_placed,
    select_incidents,
)
from data.counting.totals import totals
from data.model.schema import conform
from data.query.selection import Selection
from data.readers.location import FINEST
from data.store.summary import parse_summary, summary_of
from geo.cells import cell_at, parent, resolutions_of

FIRST = date(2014, 1, 1)
PRECISIONS = ("exact", "place", "area", "unknown")
people = st.one_of(st.none(), st.integers(-13, 1022))
rows = st.lists(
    st.fixed_dictionaries(
        {
            "event": st.integers(0, 8), "dead": people, "missing": people, "day": st.one_of(st.none(), st.integers(0, 4000)),
            "length": st.sampled_from([0, 0, 0, 20, 300]), "route": st.sampled_from([None, "darien", "black-sea"]),
            "region": st.sampled_from([None, "europe"]), "quality": st.sampled_from([None, 1, 2, 3, 4, 5]),
            "latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180),
            "precision": st.sampled_from(PRECISIONS), "is_cumulative": st.booleans(),
        }
    ),
    max_size=25,
)  # fmt: skip
selections = st.builds(
    Selection,
    start=st.sampled_from([None, date(2015, 6, 1)]), end=st.sampled_from([None, date(2020, 2, 29)]),
    routes=st.sampled_from([(), ("darien",), ("black-sea", "darien")]), regions=st.sampled_from([(), ("europe",)]),
    min_quality=st.sampled_from([None, 1, 3, 5]), resolution_by_zoom=st.integers(0, 6),
    step=st.sampled_from(["month", "quarter", "year"]),
)  # fmt: skip
quick = settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def incident(index: int, row: dict[str, Any]) -> dict[str, Any]:
    start = None if row["day"] is None else FIRST + timedelta(days=row["day"])
    known = [value for value in (row["dead"], row["missing"]) if value is not None]
    on_map = row["precision"] != "unknown" and not row["is_cumulative"] and sum(known) != 0
    return {
        "source": "test", "row": index + 2, "record_id": f"r{index}", "event_id": f"e{row['event']}",
        "is_cumulative": row["is_cumulative"], "date_from": start,
        "date_to": None if start is None else start + timedelta(days=row["length"]),
        "dead": row["dead"], "missing": row["missing"], "dead_or_missing": sum(known) if known else None,
        "route": row["route"], "region": row["region"], "quality": row["quality"],
        "latitude": row["latitude"] if on_map else None, "longitude": row["longitude"] if on_map else None,
        "location_precision": row["precision"],
        "finest_resolution": FINEST.get(row["precision"]) if on_map else None, "flags": [],
    }  # fmt: skip


class Standing(SimpleNamespace):
    """What stands for a vintage; each is its own, as vintages are."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__
    kept_bytes = 0


def vintage_of(made: list[dict[str, Any]]) -> Any:
    """Return the tables of a vintage, held in memory."""
    table = conform(pl.DataFrame([incident(i, row) for i, row in enumerate(made)], strict=False), "incidents") if made else (
        conform(pl.DataFrame(), "incidents").clear()
    )  # fmt: skip
    table = table.with_columns(cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")).alias("cell"))
    sources = conform(pl.DataFrame([{"source": "test", "kind": "incidents"}]), "sources")
    counts = conform(pl.DataFrame(), "counts").clear()
    return Standing(
        incidents=table, incidents_of=lambda source: table.lazy().filter(pl.col("source") == source), summary=parse_summary(summary_of(table.lazy())), counts=counts, sources=sources, incident_sources=["test"], primary_source="test",
        name="v1", is_demonstration=False, name_of=lambda _kind, value: value, is_large=lambda _source: False, is_summed=lambda _source: False,
    )  # fmt: skip


def total(frame: pl.DataFrame | pl.LazyFrame, column: str = "dead_or_missing") -> int:
    return int(frame.lazy().select(pl.col(column).sum()).collect().item() or 0)


@pytest.mark.rule("C5", "X9")
@quick
@given(rows, selections)
def test_every_person_is_in_a_cell_or_not_placed(made: list[dict[str, Any]], selection: Selection) -> None:
    chosen = select_incidents(vintage_of(made), selection)
    cells = incidents_by_cell(chosen, resolution=selection.resolution)
    outside = chosen.filter(~is_placed())
    assert total(cells) + total(outside) == total(chosen)
    assert cells["incidents"].sum() + outside.collect().height == chosen.collect().height


@pytest.mark.rule("X2", "X9")
@quick
@given(rows, selections)
def test_each_record_is_in_the_finest_cell_that_is_honest_for_it(
    made: list[dict[str, Any]], selection: Selection
) -> None:
    chosen = select_incidents(vintage_of(made), selection)
    cells = incidents_by_cell(chosen, resolution=selection.resolution)
    sizes = pl.Series("size", resolutions_of(cells["cell"].to_numpy()))
    shown = cells.with_columns(sizes).group_by("size").agg(pl.col("incidents").sum())
    finest = pl.col("finest_resolution").clip(upper_bound=selection.resolution).cast(pl.Int64)
    honest = chosen.filter(is_placed()).group_by(finest).len().collect()
    assert dict(shown.iter_rows()) == dict(honest.iter_rows())
    assert cells["cell"].to_list() == sorted(cells["cell"])  # wider ones first: they are drawn beneath


@pytest.mark.rule("C5", "Q2")
@quick
@given(rows, selections)
def test_every_person_is_in_a_period_or_not_dated(made: list[dict[str, Any]], selection: Selection) -> None:
    chosen = select_incidents(vintage_of(made), selection)
    periods = incidents_by_period(chosen, step=selection.step)
    assert total(periods) + total(chosen.filter(~is_dated(selection.step))) == total(chosen)


@pytest.mark.rule("C5")
@quick
@given(rows, selections)
def test_the_dropped_parts_are_what_the_pictures_leave_out(made: list[dict[str, Any]], selection: Selection) -> None:
    vintage = vintage_of(made)
    chosen = select_incidents(vintage, selection)
    parts = dropped_parts(vintage, selection)
    assert parts["total"] == total(chosen)
    assert parts["not_located"] == total(chosen.filter(~is_placed()))
    assert parts["wider_area"] == total(chosen.filter(is_placed() & ~is_located(selection.resolution)))
    assert parts["no_route"] == total(chosen.filter(pl.col("route").is_null()))
    better = select_incidents(vintage, selection.replace(min_quality=None))
    assert parts["hidden_by_quality"] == total(better) - total(chosen)


@pytest.mark.rule("C5")
@quick
@given(rows, selections, st.sampled_from(["dead", "missing", "dead_or_missing", "incidents"]),
       st.sampled_from(["year", "quarter", "month", "route", "region", "cause", "country"]))  # fmt: skip
def test_groups_and_the_rest_add_up_to_the_total(
    made: list[dict[str, Any]], selection: Selection, measure: str, by: str
) -> None:
    vintage = vintage_of(made)
    if not {"europe"} >= set(selection.regions) or not set(selection.regions) <= set(vintage.incidents["region"]):
        selection = selection.replace(regions=())
    answer = totals(vintage, selection, measure=measure, by=by)
    grouped = sum(group.value or 0 for group in answer.groups)
    rest = answer.not_dated if by in ("year", "quarter", "month") else answer.not_stated
    assert grouped + rest == (answer.total or 0)


@pytest.mark.rule("X1")
@quick
@given(rows)
def test_changing_the_resolution_never_changes_the_toll(made: list[dict[str, Any]]) -> None:
    chosen = select_incidents(vintage_of(made), Selection())
    for resolution in range(6):
        fine = chosen.filter(is_located(resolution + 1))
        children = incidents_by_cell(fine, resolution=resolution + 1)
        rolled = children.group_by(parent(pl.col("cell"), resolution=resolution)).agg(pl.col("dead_or_missing").sum())
        direct = incidents_by_cell(fine, resolution=resolution)
        assert dict(rolled.iter_rows()) == {
            cell: value or 0 for cell, value in direct.select("cell", "dead_or_missing").iter_rows()
        }


@quick
@given(rows, selections, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(made: list[dict[str, Any]], selection: Selection, random: Any) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)
    first, second = (
        incidents_by_cell(select_incidents(vintage_of(some), selection), resolution=selection.resolution)
        for some in (made, shuffled)
    )
    assert first.equals(second)


@pytest.mark.rule("X5")
@quick
@given(rows)
def test_no_event_is_larger_than_its_parts_and_dominance_is_a_share(made: list[dict[str, Any]]) -> None:
    cells = incidents_by_cell(select_incidents(vintage_of(made), Selection()), resolution=1)
    assert cells["dominance"].drop_nulls().is_between(0, 1).all()
    assert (cells["events"] <= cells["incidents"]).all()


@pytest.mark.rule("E1", "X5")
def test_a_split_event_is_one_event_and_its_parts_add_up() -> None:
    parts = [
        {"event": 1, "dead": 5, "missing": None, "day": 3, "length": 0, "route": None, "region": None, "quality": 5,
         "latitude": 36.1, "longitude": 14.2, "precision": "place", "is_cumulative": False},
    ] * 3  # fmt: skip
    cells = incidents_by_cell(select_incidents(vintage_of(parts), Selection()), resolution=3)
    assert cells.select(
        "incidents", "events", "dead", "missing", "largest_incident", "largest_event", "dominance"
    ).rows() == [(3, 1, 15, None, 5, 15, 1.0)]  # RULES E1, X5


@pytest.mark.rule("C3")
@pytest.mark.parametrize("missing", [-13, -1])
def test_a_negative_missing_is_an_adjustment_that_stays(missing: int) -> None:
    row = {"event": 1, "dead": 56, "missing": missing, "day": 3, "length": 0, "route": None, "region": None,
           "quality": 5, "latitude": 36.1, "longitude": 14.2, "precision": "place", "is_cumulative": False}  # fmt: skip
    assert dropped_parts(vintage_of([row]), Selection())["total"] == 56 + missing  # RULES C3
