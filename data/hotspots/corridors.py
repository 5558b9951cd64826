"""Corridors: how many people died or went missing near each route line, and how many near none or nowhere known.

An incident belongs to the nearest line within the corridor's half-width and the distance to which its own place is
known (RULES Q3). What lies off every corridor and what is not located is counted beside the lines (RULES C5).
"""

from typing import Final

import msgspec
import numpy as np
import polars as pl

from data.counting.held_records import held_records
from data.counting.measures import amount
from data.hotspots.answer_model import CorridorsAnswer, CorridorSegment
from data.hotspots.location_error import has_radius, radius_km
from data.model.caches import kept
from data.model.notices import Notice
from data.model.units import PEOPLE
from data.query.parameters import WITHIN_KM, Query, take
from data.query.provenance import caution_notices, checked_scope, scope
from data.query.restriction import refuse_restricted
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.statistics.corridors import lines_within, nearest

PLACE: Final = ("latitude", "longitude", "route", "location_precision")
OFF: Final = -1  # near no line


def parse_corridors(query: Query) -> tuple[Selection, int]:
    """Return (selection, within_km) of a query; raise QueryError at what it cannot mean."""
    own, rest = take(query, WITHIN_KM)
    return Selection.parse(rest), own["within_km"]


def is_placed() -> pl.Expr:
    """Return whether a record can be measured from a line: it has a place, its precision, and a cell (RULES E4, E5)."""
    return (pl.col("cell").is_not_null() & pl.col("latitude").is_not_null() & has_radius()).fill_null(value=False)


def nearest_segments(incidents: pl.DataFrame, segments: pl.DataFrame, *, within_km: float) -> pl.Series:
    """Return the place in ``segments`` of each incident's corridor.

    Parameters
    ----------
    incidents : DataFrame, one row per incident
        latitude, longitude (degrees), location_precision, route, cell; not placed where ``is_placed`` is false.
    segments : DataFrame, one row per route segment
        points (longitude and latitude in degrees), route.
    within_km : float
        Half-width of a corridor; each record's own radius (``data.hotspots.location_error``) is added to it.

    Returns
    -------
    Series "segment" (Int64), in the order of ``incidents``
        The nearest segment; of those as near to 1 km one of the record's own route, then the nearest. −1: near none.
        Null: not located.
    """
    placed = incidents.lazy().filter(is_placed()).select(PLACE).unique(maintain_order=True).collect()
    points = placed.select("longitude", "latitude").to_numpy()
    near = lines_within(points, segments["points"].to_list(), reach_km=radius_km(placed) + within_km)
    routes = segments["route"].gather(near.line)
    own = (placed["route"].gather(near.point) == routes).fill_null(value=False).to_numpy()
    chosen = nearest(near, is_preferred=own)
    found = np.full(placed.height, OFF)
    found[chosen.point] = chosen.line
    table = placed.with_columns(pl.Series("segment", found, dtype=pl.Int64))
    joined = incidents.select(PLACE).join(table, on=PLACE, how="left", nulls_equal=True, maintain_order="left")
    is_known = incidents.select(is_placed().alias("placed"))["placed"]
    return joined.select(pl.when(is_known).then(pl.col("segment")).alias("segment"))["segment"]


def corridors(vintage: Vintage, selection: Selection, *, within_km: int = WITHIN_KM.default) -> CorridorsAnswer:
    """Return the measure of a selection by route segment, with what is near none and what is not located.

    total = Σ segments' value + off + not_located (RULES C5; not for events, which may lie in several).
    """
    checked_scope(vintage, selection)
    found = _counted(vintage, selection.only("incidents", "count"), within_km)
    return msgspec.structs.replace(found, query=selection.to_query())


@kept
def _counted(vintage: Vintage, selection: Selection, within_km: int) -> CorridorsAnswer:
    refuse_restricted(vintage, selection, Notice("corridors.not_public"))
    rows = held_records(vintage, selection, *PLACE, "cell", "event_id", "is_cumulative", *PEOPLE)
    segments = vintage.segments
    rows = rows.with_columns(nearest_segments(rows, segments, within_km=within_km))
    sums = amount(selection.measure).alias("value")
    table = _by_segment(rows.filter(pl.col("segment") >= 0), segments, sums)
    total = rows.select(sums).item()
    off = rows.filter(pl.col("segment") == OFF).select(sums).item() or 0
    not_located = rows.filter(pl.col("segment").is_null()).select(sums).item() or 0
    return CorridorsAnswer(
        **scope(vintage, selection),
        within_km=within_km,
        total=total,
        off=off,
        not_located=not_located,
        segments=[CorridorSegment(**row) for row in table.iter_rows(named=True)],
        sentence=sentence_of(selection.measure, total, off=off, not_located=not_located, within_km=within_km),
        caution=[
            *caution_notices(vintage, selection),
            Notice("corridors.caution.nearest", within_km=within_km),
            Notice("corridors.caution.not_a_path"),
            Notice("corridors.caution.not_a_risk"),
            *([] if segments.height else [Notice("corridors.caution.no_lines")]),
        ],
    )


def _by_segment(rows: pl.DataFrame, segments: pl.DataFrame, sums: pl.Expr) -> pl.DataFrame:
    lines = segments.select("segment_id", "source", "route", "name", "length_km").with_row_index("segment")
    lines = lines.with_columns(pl.col("segment").cast(pl.Int64))
    other = (pl.col("route").is_not_null() & (pl.col("route") != pl.col("line_route"))).fill_null(value=False)
    counts = (
        rows.join(lines.select("segment", line_route="route"), on="segment")
        .group_by("segment")
        .agg(sums, amount("incidents").alias("incidents"), amount("events").alias("events"),
             other.sum().cast(pl.Int64).alias("other_route"))
    )  # fmt: skip
    per_100_km = pl.when(pl.col("length_km") > 0).then(100 * pl.col("value") / pl.col("length_km"))
    return (
        lines.join(counts, on="segment", how="left")
        .with_columns(pl.col("incidents", "events", "other_route").fill_null(0))
        .with_columns(pl.when(pl.col("incidents") == 0).then(0).otherwise(pl.col("value")).alias("value"))
        .with_columns(per_100_km.alias("per_100_km"))
        .sort("value", "segment_id", descending=[True, False], nulls_last=True)
        .drop("segment")
    )


def sentence_of(measure: str, total: int | None, *, off: int, not_located: int, within_km: int) -> Notice:
    """Return what lies near a line, near none and nowhere known, in one sentence (RULES C4, C5)."""
    if total is None:
        return Notice(f"measure.{measure}.none_stated")
    near = total - off - not_located
    return Notice(f"measure.{measure}.near_lines", total=total, near=near, off=off, not_located=not_located,
                  within_km=within_km)  # fmt: skip
