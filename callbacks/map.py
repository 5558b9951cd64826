"""The map: cells, routes and incidents of the selection, and their legends."""

from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl
from dash import Dash, Input, Output, Patch, State

from callbacks.geometry import geometry_address
from callbacks.reading import cells, reading
from data.measures import counts_by_route, incident_source, incidents_by_cell, of_source, select_incidents
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from geo.cells import cell_from_text, cell_ring, cell_text, parent
from layouts import ids, text
from layouts.classes import class_floors, class_of
from layouts.figures.map import DIAMETERS, TOLL_FLOORS, all_layers, flow_class, segment_layers
from layouts.legends import cells_legend, cells_strip, flow_legend, incidents_legend
from layouts.map_panel import style

ARRIVALS = "arrivals"


def register(app: Dash, store: Store) -> None:
    """Connect the map to the selection. Only its data changes: the reader's view stays."""

    @app.callback(
        Output(ids.MAP, "figure"),
        Output(ids.LEGEND_STRIP, "children"),
        Output(ids.LEGEND_CELLS, "children"),
        Output(ids.LEGEND_INCIDENTS, "children"),
        Output(ids.LEGEND_INTERCEPTIONS, "children"),
        Output(ids.LEGEND_ARRIVALS, "children"),
        Input(ids.SELECTION, "data"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def update_map(query: str | None, search: str | None) -> tuple[Any, ...]:
        vintage, selection = reading(store, query)
        figure = Patch()
        figure["data"] = map_layers(vintage, selection)
        if view := view_of(search):
            figure["layout"]["map"].update(view)
        return figure, *map_legends(vintage, selection)


def view_of(search: str | None) -> dict[str, Any] | None:
    """Return the centre and zoom that the address was opened with, as the map's layout; None without one.

    The same address always gives the same view, so Plotly keeps what the reader has moved since.
    """
    view = Selection.from_query(search).view
    if view is None:
        return None
    longitude, latitude, zoom = view
    return {"center": {"lon": longitude, "lat": latitude}, "zoom": zoom}


def map_layers(vintage: Vintage, selection: Selection) -> list[dict[str, Any]]:
    """Return every trace of the map for one selection; a layer that is off is empty."""
    on = set(selection.layers)
    return all_layers(
        style(),
        drawn_cells(vintage, selection) if "cells" in on else pl.DataFrame(),
        geometry=geometry_address(vintage, selection.resolution),
        segments=[
            *segment_layers(route_lines(vintage, selection, ARRIVALS) if "arrivals" in on else [], hollow=True),
            *segment_layers(
                route_lines(vintage, selection, selection.flow) if "interceptions" in on else [], hollow=False
            ),
        ],
        incidents=drawn_incidents(vintage, selection) if "incidents" in on else None,
        rings=[cell_ring(cell_from_text(selection.cell))] if is_cell(selection.cell) else [],
    )


def is_cell(cell: str | None) -> bool:
    """Return whether an address's cell is one."""
    try:
        return cell is not None and cell_from_text(cell) > 0
    except ValueError:
        return False


def map_legends(vintage: Vintage, selection: Selection) -> tuple[list[Any], ...]:
    """Return the legend of narrow screens and the four of the layers for one selection."""
    floors = floors_of(vintage, incident_source(vintage, selection), selection.measure, selection.resolution)
    classes = drawn_cells(vintage, selection)["class"].to_list()
    return (
        cells_strip(selection.measure, floors),
        cells_legend(selection.measure, floors, [classes.count(number) for number in range(6)]),
        incidents_legend(),
        flow_legend(selection.flow, _route_classes(vintage, selection, selection.flow), hollow=False),
        flow_legend(ARRIVALS, _route_classes(vintage, selection, ARRIVALS), hollow=True),
    )


@lru_cache(maxsize=64)
def floors_of(vintage: Vintage, source: str | None, measure: str, resolution: int) -> tuple[int, ...]:
    """Return the classes of a measure at a resolution, on all that the source holds (RULES H8)."""
    everything = of_source(vintage, Selection(source=source))
    return class_floors(incidents_by_cell(everything, resolution=resolution)[measure])


@lru_cache(maxsize=32)
def drawn_cells(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the cells that have people of this measure: cell (text), class, text, is_dominated."""
    floors = floors_of(vintage, incident_source(vintage, selection), selection.measure, selection.resolution)
    table = cells(vintage, selection).with_columns(class_of(pl.col(selection.measure), floors).alias("class"))
    rows = table.drop_nulls("class")
    return rows.select(
        pl.Series("cell", [cell_text(cell) for cell in rows["cell"]], dtype=pl.String),
        "class",
        hover_text().alias("text"),
        (pl.col("dominance") > 0.5).alias("is_dominated"),
    )


def hover_text() -> pl.Expr:
    """Return what a cell says when it is hovered: the toll, its split, its incidents."""
    return pl.format(
        "<b>At least {} dead or missing</b><br>{} dead, {} missing<br>{} incidents in {} events",
        *(_shown(name) for name in ("dead_or_missing", "dead", "missing", "incidents", "events")),
    )


def _shown(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.replace_all(r"(\d)(\d{3})$", "$1,$2").fill_null("not reported")


def drawn_incidents(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the incidents that have a place and a toll (RULES E4, E5), largest first so that small ones lie on top."""
    rows = select_incidents(vintage, selection).filter(pl.col("cell").is_not_null() & (pl.col("dead_or_missing") > 0))
    table = rows.sort("dead_or_missing", "record_id", descending=True).collect()
    diameter = class_of(pl.col("dead_or_missing"), TOLL_FLOORS).replace_strict(
        dict(enumerate(DIAMETERS)), return_dtype=pl.Int64
    )
    return table.select(
        "latitude",
        "longitude",
        diameter.alias("diameter"),
        (pl.col("location_precision") == "area").alias("is_area"),
        pl.Series("text", [incident_text(row) for row in table.iter_rows(named=True)], dtype=pl.String),
        pl.Series("cell", incident_cells(table, selection.resolution), dtype=pl.String),
    )


def incident_text(row: dict[str, Any]) -> str:
    """Return what an incident says when it is hovered."""
    first: date | None = row["date_from"]
    toll = f"At least {text.number(row['dead_or_missing'])} dead or missing"
    return f"<b>{toll}</b><br>{text.dates(first, row['date_to'])}<br>{text.PRECISION[row['location_precision']]}"


def incident_cells(table: pl.DataFrame, resolution: int) -> list[str]:
    """Return the cell that each incident opens: at the chosen size, or the finest that it may enter (RULES H2)."""
    at = pl.min_horizontal(pl.lit(resolution, dtype=pl.Int8), pl.col("finest_resolution")).alias("at")
    choices = [pl.when(at == size).then(parent(pl.col("cell"), resolution=size)) for size in range(resolution + 1)]
    return [cell_text(cell) for cell in table.select(pl.coalesce(choices).alias("cell"))["cell"]]


@lru_cache(maxsize=64)
def route_values(vintage: Vintage, selection: Selection, flow: str) -> dict[str, int]:
    """Return the flow of every route that has both a figure and a line."""
    lines = set(vintage.segments["route"].drop_nulls().to_list())
    rows = counts_by_route(vintage, selection, flow).iter_rows()
    return {route: value for route, value in rows if route in lines and value}


def _route_classes(vintage: Vintage, selection: Selection, flow: str) -> list[int]:
    classes = [flow_class(value) for value in route_values(vintage, selection, flow).values()]
    return [classes.count(number) for number in range(6)]


def route_lines(vintage: Vintage, selection: Selection, flow: str) -> list[dict[str, Any]]:
    """Return each line whose route has a figure: points, class of its width, and what hovering says."""
    values = route_values(vintage, selection, flow)
    found = []
    for route, points in vintage.segments.select("route", "points").iter_rows():
        if route in values:
            name, value = vintage.name_of("route", route), text.number(values[route])
            words = f"<b>{name}</b><br>{value} {text.FLOW[flow].lower()}<br>{text.FLOW_UNIT[flow]}, whole route"
            found.append({"points": points, "class": flow_class(values[route]), "text": words})
    return found
