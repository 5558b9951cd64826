"""Routes and incidents for the browser's own layers: lines once per vintage, points of a selection, their words."""

from datetime import date
from functools import lru_cache
from typing import Any

import brotli
import numpy as np
import orjson
import polars as pl
from dash import Dash
from flask import Response, request

from callbacks.api import answer, problem
from callbacks.asked import asked, respond, told
from callbacks.binary import narrowest, pack
from callbacks.cells import FOREVER
from callbacks.reading import chosen_rows, marked
from data.cell_table import source_table
from data.count_table import count_table
from data.errors import AbsentError, QueryError
from data.measures import incident_source, is_chosen
from data.selection import Selection
from data.store import Store
from data.summary import IDS
from data.vintage import Vintage
from geo.cells import ancestor, cell_from_text, cell_ring, cell_text
from layouts import text
from layouts.classes import class_of
from layouts.figures.map import DIAMETERS, TOLL_FLOORS, flow_width

ARRIVALS = "arrivals"
MOST_POINTS = 200_000  # in one answer: 2 MB
POINT_COLUMNS = ("record_id", "cell", "dead_or_missing", "longitude", "latitude", "location_precision", "date_from",
                 "date_to", "quality", *IDS)  # fmt: skip
DEGREE = 10_000  # a place travels in ten-thousandths of a degree, 11 m


def register(app: Dash, store: Store) -> None:
    """Serve the lines, the incidents, the words of one and the outline of a cell."""
    server = app.server

    @server.get("/routes/<mark>.json")
    def route_lines(mark: str) -> Response:
        vintage = marked(store, mark)
        if vintage is None:
            return problem(404, "There are no such routes. Load the page again.")
        response = Response(lines_answer(vintage), mimetype="application/json")
        response.headers["Cache-Control"] = FOREVER
        return response

    @server.get("/incidents/points")
    def incident_points() -> Response:
        return respond(lambda: points_answer(*asked(store)))

    @server.get("/incidents/words")
    def words_of_incident() -> Response:
        return told(lambda: incident_words(*asked(store), request.args.get("row", "")))

    @server.get("/cells/ring")
    def cell_outline() -> Response:
        try:
            cell = cell_from_text(request.args.get("cell", "")[:40])
        except ValueError as error:
            return problem(400, str(error))
        return answer({"ring": cell_ring(cell)})


@lru_cache(maxsize=2)
def lines_answer(vintage: Vintage) -> bytes:
    """Return every segment that has a route, as GeoJSON with a number for an id."""
    rows = vintage.segments.select("route", "points").drop_nulls("route").iter_rows()
    features = [
        {"type": "Feature", "id": number, "properties": {"route": route},
         "geometry": {"type": "LineString", "coordinates": [[round(x, 4), round(y, 4)] for x, y in points]}}
        for number, (route, points) in enumerate(rows)
    ]  # fmt: skip
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def lines_of(selection: Selection) -> Selection:
    """Return what of a selection changes the flows on the lines."""
    return Selection(start=selection.start, end=selection.end, routes=selection.routes, source=selection.source)


@lru_cache(maxsize=64)
def route_values(vintage: Vintage, selection: Selection, flow: str) -> dict[str, int]:
    """Return the flow of every route that has both a figure and a line."""
    found = count_table(vintage, flow).by_route(vintage, selection)
    return {route: found[route] for route in _drawn_routes(vintage) if found.get(route)}


@lru_cache(maxsize=4)
def _drawn_routes(vintage: Vintage) -> list[str]:
    return vintage.segments["route"].drop_nulls().unique().sort().to_list()


def routes_shown(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    """Return where the lines are, and for each layer that is on: width and words by route."""
    on = {"interceptions": selection.flow, "arrivals": ARRIVALS}
    return {"lines": f"/routes/{vintage.mark}.json"} | {
        layer: _drawn(vintage, lines_of(selection), flow) if layer in selection.layers else {}
        for layer, flow in on.items()
    }


@lru_cache(maxsize=64)
def _drawn(vintage: Vintage, selection: Selection, flow: str) -> dict[str, tuple[float, list[str]]]:
    return {
        route: (
            round(flow_width(value), 2),
            [vintage.name_of("route", route), f"{text.number(value)} {text.FLOW[flow].lower()}",
             f"{text.FLOW_UNIT[flow]}, whole route"],
        )
        for route, value in route_values(vintage, selection, flow).items()
    }  # fmt: skip


@lru_cache(maxsize=16)
def points_answer(vintage: Vintage, selection: Selection) -> bytes:
    """Return the incidents that have a place and a toll (RULES E4, E5), largest first, compressed.

    longitude, latitude (ten-thousandths of a degree), toll (people), size (diameter in pixels), is_area (1: only the
    area is known), row (place in the source's table, for ``/incidents/words``).
    """
    chosen = _drawn_points(vintage, selection).sort("dead_or_missing", "record_id", descending=True)
    size = class_of(pl.col("dead_or_missing"), TOLL_FLOORS).replace_strict(
        dict(enumerate(DIAMETERS)), return_dtype=pl.UInt8
    )
    kept = chosen.select(
        *((pl.col(name) * DEGREE).round().cast(pl.Int32) for name in ("longitude", "latitude")),
        size.alias("size"),
        (pl.col("location_precision") == "area").cast(pl.UInt8).alias("is_area"),
        pl.col("position").cast(pl.UInt32).alias("row"),
    )
    toll = narrowest(chosen["dead_or_missing"].to_numpy(), kinds=("u2", "u4"))
    columns: dict[str, np.ndarray] = {name: kept[name].to_numpy() for name in kept.columns}
    return brotli.compress(pack({"degree": DEGREE}, columns | {"toll": toll}), quality=5)


def _drawn_points(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the incidents with a place and a toll, and ``position``: their place in the source's table."""
    source = incident_source(vintage, selection)
    is_drawn = pl.col("cell").is_not_null() & (pl.col("dead_or_missing") > 0)
    if not vintage.is_large(source):
        rows = source_table(vintage, source).with_row_index("position")
        return rows.filter(pl.Series(chosen_rows(vintage, selection)) & is_drawn)
    rows = vintage.incidents_of(source).select(POINT_COLUMNS).with_row_index("position")
    found = rows.filter(is_chosen(selection) & is_drawn)
    if (number := found.select(pl.len()).collect(engine="streaming").item()) > MOST_POINTS:
        raise QueryError(
            f"{number:,} incidents have a place, at most {MOST_POINTS:,} can be drawn. Choose fewer days, or a route.",
            parameter="from",
        )
    return found.collect(engine="streaming")


def incident_words(vintage: Vintage, selection: Selection, row: str) -> dict[str, Any]:
    """Return what an incident says, and the cell that it opens: at the chosen size, or the finest it may enter (H2)."""
    source = incident_source(vintage, selection)
    height = vintage.summary[source].rows if source else 0
    if not (row.isascii() and row.isdigit() and len(row) < 12 and int(row) < height):
        raise AbsentError("There is no such incident. Load the page again.", parameter="row")
    found = vintage.incidents_of(source).slice(int(row), 1).collect(engine="streaming").row(0, named=True)
    first: date | None = found["date_from"]
    lines = [
        f"At least {text.number(found['dead_or_missing'])} dead or missing",
        text.dates(first, found["date_to"]),
        text.PRECISION[found["location_precision"]],
    ]
    if found["cell"] is None:
        return {"lines": lines, "cell": None}
    size = min(selection.resolution, found["finest_resolution"])
    return {"lines": lines, "cell": cell_text(ancestor(found["cell"], resolution=size))}
