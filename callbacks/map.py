"""The map: cells, routes and incidents of the selection, and their legends."""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl
from dash import Dash, Input, Output, Patch, State, no_update

from callbacks.cells import class_counts
from callbacks.encoded import encoded
from callbacks.reading import floors_of, ranking_kept, reading
from data.cell_table import cell_table
from data.count_table import count_table
from data.measures import incident_source, select_incidents
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from geo.cells import cell_from_text, cell_ring, cell_text, parent
from layouts import ids, text
from layouts.classes import class_of
from layouts.figures.map import DIAMETERS, TOLL_FLOORS, all_layers, flow_class, segment_layers
from layouts.legends import cells_legend, cells_strip, flow_legend, incidents_legend
from layouts.map_panel import style

ARRIVALS = "arrivals"


def register(app: Dash, store: Store) -> None:
    """Connect the map to the selection. Only its data changes: the reader's view stays."""

    @app.callback(
        Output(ids.MAP, "figure"),
        Output(ids.MAP_DRAWN, "data"),
        Input(ids.SELECTION, "data"),
        State(ids.MAP_DRAWN, "data"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def update_map(query: str | None, drawn: str | None, search: str | None) -> tuple[Any, Any]:
        vintage, selection = reading(store, query)
        draws = what_is_drawn(vintage, selection)
        if draws == drawn:
            return no_update, no_update
        figure = Patch()
        figure["data"] = encoded(map_layers(vintage, selection))
        if drawn is None and (view := view_of(search)):  # once: from then on the view is the reader's
            figure["layout"]["map"].update(view)
        return figure, draws

    @app.callback(
        Output(ids.LEGEND_STRIP, "children"),
        Output(ids.LEGEND_CELLS, "children"),
        Output(ids.LEGEND_INCIDENTS, "children"),
        Output(ids.LEGEND_INTERCEPTIONS, "children"),
        Output(ids.LEGEND_ARRIVALS, "children"),
        Input(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )
    def update_legends(query: str | None) -> tuple[Any, ...]:
        return map_legends(*reading(store, query))


def what_is_drawn(vintage: Vintage, selection: Selection) -> str:
    """Return a name for all that the figure holds, so that what is on the map already is not sent again."""
    on = selection.layers
    flows = [route_values(vintage, lines_of(selection), flow) if layer in on else {}
             for layer, flow in (("interceptions", selection.flow), ("arrivals", ARRIVALS))]  # fmt: skip
    points = selection.but(flow="", step="", layers=(), cell=None, view=None) if "incidents" in on else None
    said = (vintage.name, selection.flow, flows, points, outlined(vintage, selection))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def outlined(vintage: Vintage, selection: Selection) -> str | None:
    """Return the chosen cell where the figure has to outline it: our layer does so for the cells that it draws."""
    if not is_cell(selection.cell):
        return None
    here = cell_table(vintage, incident_source(vintage, selection), selection.resolution).cells
    return None if "cells" in selection.layers and cell_from_text(selection.cell or "") in here else selection.cell


def lines_of(selection: Selection) -> Selection:
    """Return what of a selection changes the flows on the lines."""
    return Selection(start=selection.start, end=selection.end, routes=selection.routes, source=selection.source)


def view_of(search: str | None) -> dict[str, Any] | None:
    """Return the centre and zoom that the address was opened with, as the map's layout; None without one."""
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
        segments=[
            *segment_layers(route_lines(vintage, selection, ARRIVALS) if "arrivals" in on else [], hollow=True),
            *segment_layers(
                route_lines(vintage, selection, selection.flow) if "interceptions" in on else [], hollow=False
            ),
        ],
        incidents=drawn_incidents(vintage, selection) if "incidents" in on else None,
        rings=[cell_ring(cell_from_text(ring))] if (ring := outlined(vintage, selection)) else [],
    )


def is_cell(cell: str | None) -> bool:
    """Return whether an address's cell is one."""
    try:
        return cell is not None and cell_from_text(cell) > 0
    except ValueError:
        return False


def map_legends(vintage: Vintage, selection: Selection) -> tuple[Any, ...]:
    """Return the legend of narrow screens and the four of the layers for one selection, encoded."""
    floors = floors_of(vintage, incident_source(vintage, selection), selection.measure, selection.resolution)
    counts = class_counts(vintage, selection)
    return (
        _legend(cells_strip, selection.measure, floors),
        encoded(cells_legend(selection.measure, floors, counts, size=size_words(vintage, selection))),
        _legend(incidents_legend),
        _legend(flow_legend, selection.flow, _route_classes(vintage, selection, selection.flow)),
        _legend(flow_legend, ARRIVALS, _route_classes(vintage, selection, ARRIVALS)),
    )


@lru_cache(maxsize=128)
def _legend(make: Callable[..., Any], *given: Any) -> Any:
    return encoded(make(*given))


def size_words(vintage: Vintage, selection: Selection) -> str:
    """Return what the cells' size is, who chose it, and what it does to the ranking (RULES H7)."""
    return text.cell_size(selection.resolution, is_by_zoom=selection.size is None,
                          kept=ranking_kept(vintage, selection))  # fmt: skip


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
    found = count_table(vintage, flow).by_route(vintage, selection)
    return {route: found[route] for route in _drawn_routes(vintage) if found.get(route)}


@lru_cache(maxsize=4)
def _drawn_routes(vintage: Vintage) -> list[str]:
    return vintage.segments["route"].drop_nulls().unique().sort().to_list()


def _route_classes(vintage: Vintage, selection: Selection, flow: str) -> tuple[int, ...]:
    classes = [flow_class(value) for value in route_values(vintage, lines_of(selection), flow).values()]
    return tuple(classes.count(number) for number in range(6))


def route_lines(vintage: Vintage, selection: Selection, flow: str) -> list[dict[str, Any]]:
    """Return each line whose route has a figure: points, class of its width, and what hovering says."""
    values = route_values(vintage, lines_of(selection), flow)
    found = []
    for route, points in vintage.segments.select("route", "points").iter_rows():
        if route in values:
            name, value = vintage.name_of("route", route), text.number(values[route])
            words = f"<b>{name}</b><br>{value} {text.FLOW[flow].lower()}<br>{text.FLOW_UNIT[flow]}, whole route"
            found.append({"points": points, "class": flow_class(values[route]), "text": words})
    return found
