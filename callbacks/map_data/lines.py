"""Incidents for the browser's own layers, their words, and the figures of routes."""

from datetime import date

import numpy as np
import polars as pl
from dash import Dash
from flask import Flask, Response

from callbacks.map_data.binary_columns import narrowest, packed
from callbacks.map_data.request import asked_row, json_response, read_request, respond
from callbacks.server.responses import answer, asked_query, problem
from data.counting.at_hand import chosen_records
from data.counting.classes import class_of
from data.counting.coverage import within_stated_days
from data.counting.flow_arrays import count_table
from data.model.answers import Answer
from data.model.caches import kept_numbers
from data.model.errors import AbsentError, QueryError
from data.model.notices import say
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import ancestor, cell_from_text, cell_ring, cell_text
from layouts.figures.map import DIAMETERS, TOLL_FLOORS
from layouts.text import page as text

ARRIVALS = "arrivals"
MOST_POINTS = 200_000  # in one answer: 2 MB
POINT_COLUMNS = ("record_id", "cell", "dead_or_missing", "longitude", "latitude", "location_precision")
DEGREE = 10_000  # a place travels in ten-thousandths of a degree, 11 m


class IncidentWords(Answer, frozen=True, kw_only=True):
    """What an incident says in short, and the cell that it opens; null: it is in none."""

    lines: list[str]
    cell: str | None


def register(app: Dash, store: Store) -> None:
    """Serve the incidents, the words of one and the outline of a cell."""
    server: Flask = app.server

    @server.get("/incidents/points")
    def incident_points() -> Response:
        return respond(lambda: points_answer(*read_request(store)))

    @server.get("/incidents/words")
    def words_of_incident() -> Response:
        return json_response(lambda: incident_words(*read_request(store), asked_row()))

    @server.get("/cells/ring")
    def cell_outline() -> Response:
        try:
            cell = cell_from_text(asked_query().get("cell", [""])[0][:40])
        except ValueError as error:
            return problem(400, str(error))
        return answer({"ring": cell_ring(cell)})


def lines_of(selection: Selection) -> Selection:
    """Return what of a selection changes the flows on the lines."""
    return selection.only("flows").replace(flow=Selection().flow)


@kept_numbers
def route_values(vintage: Vintage, selection: Selection, flow: str) -> dict[str, int]:
    """Return the flow of every route that has both a figure and a line."""
    found = sums_by_route(vintage, selection, flow)
    return {route: found[route] for route in _drawn_routes(vintage) if found.get(route)}


def sums_by_route(vintage: Vintage, selection: Selection, flow: str) -> dict[str | None, int]:
    """Return the flow of every route with a figure in the window that the page states (``lines_of``)."""
    return count_table(vintage, flow).by_route(vintage, within_stated_days(vintage, selection))


@kept_numbers
def _drawn_routes(vintage: Vintage) -> list[str]:
    return vintage.segments["route"].drop_nulls().unique().sort().to_list()


@kept_numbers
def points_answer(vintage: Vintage, selection: Selection) -> bytes:
    """Return the incidents that have a place and a toll (RULES E4, E5), largest first, compressed.

    longitude, latitude (ten-thousandths of a degree), toll (people), size (diameter in pixels), is_area (1: only the
    area is known), row (place in the source's table, for ``/incidents/words``).
    """
    chosen = drawn_points(vintage, selection).sort("dead_or_missing", "record_id", descending=True)
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
    return packed({"degree": DEGREE}, columns | {"toll": toll}, quality=5)


def drawn_points(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the incidents with a place and a toll, and ``position``: their place in the source's table."""
    is_drawn = pl.col("cell").is_not_null() & (pl.col("dead_or_missing") > 0)
    found = chosen_records(vintage, selection, *POINT_COLUMNS).filter(is_drawn)
    if (number := found.select(pl.len()).collect(engine="streaming").item()) > MOST_POINTS:
        raise QueryError(say("map_data.many_incidents", found=number, most=MOST_POINTS), parameter="from")
    return found.collect(engine="streaming")


def incident_words(vintage: Vintage, selection: Selection, row: int) -> IncidentWords:
    """Return what an incident says, and the cell that it opens: at the chosen size, or the finest it may enter (X2)."""
    source = incident_source(vintage, selection)
    height = vintage.summary[source].rows if source else 0
    if row >= height:
        raise AbsentError(say("map_data.no_incident"), parameter="row")
    found = vintage.incidents_of(source).slice(row, 1).collect(engine="streaming").row(0, named=True)
    first: date | None = found["date_from"]
    lines = [
        say("map_data.at_least", people=found["dead_or_missing"]),
        text.dates(first, found["date_to"]),
        text.PRECISION[found["location_precision"]],
    ]
    if found["cell"] is None:
        return IncidentWords(lines=lines, cell=None)
    size = min(selection.resolution, found["finest_resolution"])
    return IncidentWords(lines=lines, cell=cell_text(ancestor(found["cell"], resolution=size)))
