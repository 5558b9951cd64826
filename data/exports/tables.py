"""The tables that leave: cells, incidents and series of a selection, in a stable order."""

from collections.abc import Callable
from typing import Final

import polars as pl

from data.coarse import COARSEST_OF_OTHERS
from data.errors import QueryError
from data.exports.geometry import line_geometry
from data.measures import (
    counts_by_period,
    counts_by_route,
    flow_unit,
    incident_source,
    incidents_by_cell,
    incidents_by_period,
    is_located,
    select_incidents,
)
from data.selection import Selection
from data.vintage import Vintage
from geo.cells import cell_text, parent

PRECISIONS: Final = {"exact": "exact", "place_known": "place", "area_only": "area"}
INCIDENT_COLUMNS: Final = (
    "source", "edition", "record_id", "event_id", "is_cumulative", "date_from", "date_to", "date_precision",
    "dead", "missing", "dead_or_missing", "survivors", "female", "male", "children", "region", "country", "route",
    "cause", "cause_text", "place", "origin", "quality", "latitude", "longitude", "location_precision",
    "resolution_limit", "reporter", "url", "flags",
)  # fmt: skip


def table_of(vintage: Vintage, selection: Selection, figure: str) -> pl.DataFrame:
    """Return one of TABLES for a selection; raise QueryError where the source may not leave so finely.

    Invented data says so in every row (RULES P8): a column may travel where a note beside it does not.
    """
    check_may_leave(vintage, selection, figure)
    table = TABLES[figure](vintage, selection)
    return table.with_columns(is_demonstration=pl.lit(value=True)) if vintage.is_demonstration else table


def check_may_leave(vintage: Vintage, selection: Selection, figure: str) -> None:
    """Raise QueryError where the source of a figure may not leave at its precision (RULES 9)."""
    source = incident_source(vintage, selection)
    tiers = (
        vintage.sources.filter(pl.col("source") == source)["sensitivity"] if source else pl.Series([], dtype=pl.String)
    )
    is_public = bool((tiers == "public").all())
    if (
        is_public
        or (figure == "cells" and selection.resolution <= COARSEST_OF_OTHERS)
        or figure in ("series", "segments")
    ):
        return
    raise QueryError(
        f"This source is not public: only its series, and cells of resolution {COARSEST_OF_OTHERS} or coarser, may "
        "leave. Choose one of these.",
        parameter="figure",
    )


def cells_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row per cell with an incident: its numbers (``measures.incidents_by_cell``) and mix of precisions."""
    rows = select_incidents(vintage, selection)
    found = incidents_by_cell(rows, resolution=selection.resolution)
    here = rows.filter(is_located(selection.resolution)).with_columns(
        parent(pl.col("cell"), resolution=selection.resolution).alias("cell")
    )
    mix = here.group_by("cell").agg(
        (pl.col("location_precision") == value).sum().cast(pl.Int64).alias(name) for name, value in PRECISIONS.items()
    )
    named = found.join(mix.collect(), on="cell", how="left", maintain_order="left")
    text = pl.Series("cell", [cell_text(cell) for cell in named["cell"]], dtype=pl.String)
    resolution = pl.lit(selection.resolution, pl.Int8).alias("resolution")
    return named.select(text, resolution, pl.exclude("cell"))


def incidents_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return every incident of the selection, located and dated or not (RULES C5), oldest first."""
    rows = select_incidents(vintage, selection).rename({"finest_resolution": "resolution_limit"})
    flags = pl.col("flags").list.join(" ").alias("flags")
    found = rows.with_columns(flags).select(INCIDENT_COLUMNS)
    return found.sort("date_from", "record_id", nulls_last=True).collect()


def series_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row per period with a figure: the dead or missing, the chosen flow, the arrivals; null: no figure."""
    flow = selection.flow if selection.flow != "arrivals" else Selection().flow
    tolls = incidents_by_period(select_incidents(vintage, selection), step=selection.step)
    flows = counts_by_period(vintage, selection, flow).rename({"value": "flow"})
    arrivals = counts_by_period(vintage, selection, "arrivals").rename({"value": "arrivals"})
    periods = pl.concat([part.select("period") for part in (tolls, flows, arrivals)]).unique()
    table = periods.sort("period")
    for part in (tolls, flows, arrivals):
        table = table.join(part, on="period", how="left", maintain_order="left")
    unit = pl.lit(flow_unit(flow)).alias("flow_unit")
    return table.select("period", "dead", "missing", "dead_or_missing", "incidents", "flow", unit, "arrivals")


def segments_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row per line of the selection's routes: the line as WKT, and what is counted on its whole route."""
    flow = selection.flow if selection.flow != "arrivals" else Selection().flow
    chosen = selection if selection.source not in vintage.incident_sources else selection.but(source=None)
    lines = vintage.segments
    if selection.routes:
        lines = lines.filter(pl.col("route").is_in(list(selection.routes)))
    for name, measure in (("route_flow", flow), ("route_arrivals", "arrivals")):
        counted = counts_by_route(vintage, chosen, measure).drop_nulls("route").rename({"value": name})
        lines = lines.join(counted, on="route", how="left", maintain_order="left")
    wkt = [line_geometry(points).wkt for points in lines["points"].to_list()]
    named = lines.with_columns(pl.Series("wkt", wkt, dtype=pl.String), pl.lit(flow_unit(flow)).alias("flow_unit"))
    columns = ("source", "segment_id", "route", "name", "order", "is_major", "length_km", "route_flow", "flow_unit",
               "route_arrivals", "wkt")  # fmt: skip
    return named.select(columns).sort("source", "segment_id")


TABLES: Final[dict[str, Callable[[Vintage, Selection], pl.DataFrame]]] = {
    "cells": cells_table, "incidents": incidents_table, "series": series_table, "segments": segments_table,
}  # fmt: skip
