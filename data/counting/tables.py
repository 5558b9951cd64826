"""The tables that leave: cells, incidents and series of a selection, in a stable order."""

from collections.abc import Callable
from datetime import date
from typing import Final

import polars as pl

from data.counting.at_hand import people_by_period
from data.counting.count_coverage import names_of
from data.counting.coverage import stated_days, within_stated_days
from data.counting.engine import cells
from data.counting.flow_series import flow_series
from data.counting.incident_pages import in_order, incidents_page
from data.counting.measures import counts_by_route, is_placed, select_incidents, shown_cell
from data.counting.period_days import first_days
from data.counting.series import looked_at, with_status
from data.model.absence import CODES
from data.model.units import PEOPLE, flow_unit
from data.query.resolve import incident_source
from data.query.restriction import require_exportable
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_text, resolution_of
from geo.geojson import line_geometry

WIDER_AREA: Final = "wider_area"
PRECISIONS: Final = {"exact": "exact", "place_known": "place", "area_only": "area"}
NO_PRECISIONS: Final = [pl.lit(None, pl.Int64).alias(name) for name in PRECISIONS]  # sums do not tell them
INCIDENT_COLUMNS: Final = (
    "source", "edition", "record_id", "event_id", "is_cumulative", "date_from", "date_to", "date_precision",
    "dead", "missing", "dead_or_missing", "survivors", "female", "male", "children", "region", "country", "route",
    "cause", "cause_text", "place", "origin", "quality", "latitude", "longitude", "location_precision",
    "resolution_limit", "reporter", "url", "flags",
)  # fmt: skip


CELL_COLUMNS: Final = ("cell", "incidents", "events", *PEOPLE, "largest_incident", "largest_event", "dominance",
                       "area_km2", "per_1000_km2")  # fmt: skip
SERIES_COLUMNS: Final = (
    "period", *PEOPLE, "incidents", "status", "obs_status", "flow", "flow_unit", "flow_status", "flow_obs_status",
    "flow_places", "arrivals", "arrivals_status", "arrivals_obs_status", "arrivals_places",
)  # fmt: skip


def shown_flow(selection: Selection) -> str:
    """Return the flow of the second series; arrivals have the third to themselves."""
    return selection.flow if selection.flow != "arrivals" else Selection().flow


def table_of(vintage: Vintage, selection: Selection, figure: str) -> pl.DataFrame:
    """Return one of TABLES for a selection; raise QueryError where the source may not leave so finely.

    Invented data says so in every row (RULES P8): a column may travel where a note beside it does not.
    """
    require_exportable(vintage, selection, figure)
    return _marked(vintage, TABLES[figure](vintage, selection))


def _marked(vintage: Vintage, table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(is_demonstration=pl.lit(value=True)) if vintage.is_demonstration else table


def cells_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row per cell with an incident: its numbers (``measures.incidents_by_cell``) and mix of precisions.

    Cells of wider areas are rows of their own, told by their resolution and ``place_known_to`` (RULES X9).
    """
    found = cells(vintage, selection).select(CELL_COLUMNS)
    if vintage.is_summed(incident_source(vintage, selection)):
        return _named(found.with_columns(NO_PRECISIONS), selection)
    here = (
        select_incidents(vintage, selection)
        .filter(is_placed())
        .with_columns(shown_cell(selection.resolution).alias("cell"))
    )
    mix = here.group_by("cell").agg(
        (pl.col("location_precision") == value).sum().cast(pl.Int64).alias(name) for name, value in PRECISIONS.items()
    )
    mixed = found.join(mix.collect(engine="streaming"), on="cell", how="left", maintain_order="left")
    return _named(mixed, selection)


def _named(named: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    cells = named["cell"].to_list()
    text = pl.Series("cell", [cell_text(cell) for cell in cells], dtype=pl.String)
    resolution = pl.Series("resolution", [resolution_of(cell) for cell in cells], dtype=pl.Int8)
    known_to = pl.when(resolution < selection.resolution).then(pl.lit(WIDER_AREA)).otherwise(pl.lit("cell"))
    return named.select(text, resolution, known_to.alias("place_known_to"), pl.exclude("cell"))


def incidents_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return every incident of the selection, located and dated or not (RULES C5), oldest first."""
    return as_published(in_order(select_incidents(vintage, selection))).collect(engine="streaming")


def incidents_of_page(vintage: Vintage, selection: Selection, *, offset: int, limit: int) -> tuple[pl.DataFrame, int]:
    """Return the rows of ``incidents_table`` from ``offset`` on, as ``table_of`` does, and how many it has in all."""
    require_exportable(vintage, selection, "incidents")
    found = incidents_page(vintage, selection, offset=offset, limit=limit)
    return _marked(vintage, as_published(found.rows.lazy()).collect()), found.whole


def as_published(incidents: pl.LazyFrame) -> pl.LazyFrame:
    """Return incidents (schema.INCIDENTS) in the columns in which they leave."""
    flags = pl.col("flags").list.join(" ").alias("flags")
    rows = incidents.rename({"finest_resolution": "resolution_limit"})
    return rows.with_columns(flags).select(INCIDENT_COLUMNS)


def series_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row per period of the window: the dead or missing, the chosen flow, the arrivals; null: no figure.

    Each of the three has its status (``data.model.absence.CODES``) and its SDMX code, each flow the places that it is
    of (RULES R10, R11). Without a window it is the one that the page states.
    """
    chosen = within_stated_days(vintage, selection)
    flow = shown_flow(selection)
    flows = {name: flow_table(vintage, chosen, measure) for name, measure in (("flow", flow), ("arrivals", "arrivals"))}
    of_days = selection if selection.start or selection.end else chosen  # deaths to the day, counts to the month's end
    tolls = toll_table(vintage, of_days, people_by_period(vintage, of_days))
    table = pl.concat([part.select("period") for part in (tolls, *flows.values())]).unique().sort("period")
    for name, part in {"": tolls, **flows}.items():
        named = part.rename({one: _of(name, one) for one in part.columns}) if name else part
        table = table.join(named, on="period", how="left", maintain_order="left")
    unit = pl.lit(flow_unit(flow)).alias("flow_unit")
    return table.with_columns(unit).select(SERIES_COLUMNS)


def _of(flow: str, column: str) -> str:
    return {"period": "period", "value": flow}.get(column, f"{flow}_{column}")


def flow_table(vintage: Vintage, selection: Selection, measure: str) -> pl.DataFrame:
    """Return a flow by period: period, value, status, obs_status, places (names, joined), is_fewer, is_beside.

    ``is_beside``: of other places than the run of periods that holds most people.
    """
    found = flow_series(vintage, selection, measure)
    first, last = found.main_run or (date.max, date.min)
    rows = [
        (one.period, one.value, one.status, one.code, "; ".join(names_of(vintage, one.places)) or None, one.is_fewer,
         not first <= one.period <= last)
        for one in found.periods
    ]  # fmt: skip
    schema = {"period": pl.Date, "value": pl.Int64, "status": pl.String, "obs_status": pl.String,
              "places": pl.String, "is_fewer": pl.Boolean, "is_beside": pl.Boolean}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def other_places(vintage: Vintage, selection: Selection) -> dict[str, dict[date, list[str]]]:
    """Return by flow and period the places that it is of, where others hold most of what is counted (RULES R10)."""
    chosen = within_stated_days(vintage, selection)
    found = {flow: flow_table(vintage, chosen, flow) for flow in (shown_flow(selection), "arrivals")}
    return {
        flow: {period: places.split("; ") for period, places in
               table.filter("is_beside").drop_nulls("places").select("period", "places").iter_rows()}
        for flow, table in found.items()
    }  # fmt: skip


def toll_table(vintage: Vintage, selection: Selection, counted: pl.DataFrame) -> pl.DataFrame:
    """Return the people of each period of the window (``measures.incidents_by_period``) with status and obs_status.

    Where the database looked and has no record, people and incidents are 0.
    """
    days = stated_days(vintage, selection)
    steps = first_days(days.first, days.last, selection.step) if days else []
    table = looked_at(vintage, selection, sorted({*steps, *counted["period"]}))
    table = table.join(counted, on="period", how="left", maintain_order="left").with_columns(
        pl.col("dead_or_missing").alias("value"), pl.col("incidents").is_not_null().alias("found")
    )
    recorded = pl.when("found").then(pl.lit(value=True)).alias("is_recorded")
    told = with_status(table.with_columns(recorded))
    is_none = ~pl.col("found") & pl.col("is_seen")
    filled = [pl.when(is_none).then(0).otherwise(pl.col(name)).alias(name) for name in (*PEOPLE, "incidents")]
    code = pl.col("status").replace_strict(CODES, return_dtype=pl.String).alias("obs_status")
    return told.with_columns(*filled, code).select("period", *PEOPLE, "incidents", "status", "obs_status")


def segments_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row per line of the selection's routes: the line as WKT, and what is counted on its whole route."""
    flow = shown_flow(selection)
    asked = within_stated_days(vintage, selection)
    chosen = asked if selection.source not in vintage.incident_sources else asked.replace(source=None)
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
