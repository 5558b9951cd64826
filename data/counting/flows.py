"""Counts drawn as cells: a route's figure is shared out along its lines by length, and nothing is lost.

A share of a route's flow is a way to draw it, not a finding about a place: the publisher counts whole routes.
"""

from typing import Final

import polars as pl

from data.counting.measures import counts_by_route
from data.counting.models import FlowCell, FlowCells
from data.counting.none_recorded import none_recorded
from data.model.errors import ContradictionError
from data.model.notices import say
from data.model.units import FLOW_MEASURES, unit_of
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_text, parent

FINEST: Final = 4  # the finest resolution at which lines are put into cells at ingest
COARSEST_STORED: Final = 2


def check_applies(selection: Selection, measure: str) -> None:
    """Raise ContradictionError where a filter cannot apply: counts know no region, cause, origin, country, quality."""
    if measure not in FLOW_MEASURES:
        return
    filters = (("region", selection.regions), ("cause", selection.causes), ("origin", selection.origins),
               ("country", selection.countries), ("min_quality", selection.min_quality))  # fmt: skip
    for key, chosen in filters:
        if chosen:
            raise ContradictionError(say("query.not_of_counts", name=key, measure=measure), parameter=key)


def route_shares(vintage: Vintage, *, resolution: int) -> pl.DataFrame:
    """Return how a route's lines are spread over cells.

    Returns
    -------
    DataFrame, one row per route and cell
        route (id), cell (Int64 at ``resolution``), share (fraction of the length of all lines of the route; they
        sum to 1 per route).
    """
    stored = max(resolution, COARSEST_STORED)
    cells = vintage.segment_cells.filter(pl.col("resolution") == stored)
    lines = vintage.segments.drop_nulls("route").select("source", "segment_id", "route", "length_km")
    pieces = cells.join(lines, on=["source", "segment_id"])
    return (
        pieces.group_by("route", parent(pl.col("cell"), resolution=resolution).alias("cell"))
        .agg((pl.col("share") * pl.col("length_km")).sum().alias("km"))
        .select("route", "cell", (pl.col("km") / pl.col("km").sum().over("route")).alias("share"))
        .sort("route", "cell")
    )


def flow_by_cell(vintage: Vintage, selection: Selection, measure: str) -> pl.DataFrame:
    """Return the cells of a flow: cell (Int64), value (in the measure's unit, shared out by length), routes (count)."""
    by_route = counts_by_route(vintage, selection, measure).drop_nulls()
    return (
        route_shares(vintage, resolution=selection.resolution)
        .join(by_route, on="route")
        .group_by("cell")
        .agg((pl.col("share") * pl.col("value")).sum().alias("value"), pl.len().cast(pl.Int64).alias("routes"))
        .sort("cell")
    )


def flow_cells_answer(vintage: Vintage, selection: Selection, measure: str) -> FlowCells:
    """Return the cells of a flow: total = sum of their values + not_located, for every filter (RULES C5).

    ``not_located`` is what is counted for no route, or for a route without a line.
    """
    check_applies(selection, measure)
    if selection.resolution > FINEST:
        sentence = say("query.too_fine_for_counts", finest=FINEST, measure=measure)
        raise ContradictionError(sentence, parameter="resolution")
    by_route = counts_by_route(vintage, selection, measure)
    drawn = vintage.segments["route"].drop_nulls().unique().to_list()
    without = by_route.filter(pl.col("route").is_null() | ~pl.col("route").is_in(drawn))
    table = flow_by_cell(vintage, selection, measure)
    return FlowCells(
        measure=measure,
        unit=unit_of(measure),
        resolution=selection.resolution,
        total=none_recorded(vintage, selection, measure) if (total := _whole(by_route["value"])) is None else total,
        not_located=_whole(without["value"]) or 0,
        method=say("query.along_lines"),
        source=selection.source,
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
        cells=tuple(
            FlowCell(cell=cell_text(cell), value=value, incidents=None, routes=routes)
            for cell, value, routes in table.iter_rows()
        ),
    )


def _whole(values: pl.Series) -> int | None:
    return int(values.sum()) if values.drop_nulls().len() else None
