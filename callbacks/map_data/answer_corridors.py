"""The corridors of an answer on the page's own map: the band around each line, and the incidents that lie in one."""

from typing import Final

import polars as pl
from dash import Dash
from flask import Flask, Response

from callbacks.map_data.binary_columns import narrowest, packed
from callbacks.map_data.lines import DEGREE
from callbacks.map_data.request import respond
from callbacks.server.responses import asked_query
from data.counting.engine import pinned_vintage
from data.counting.held_records import held_records
from data.hotspots.corridors import PLACE, nearest_segments, parse_corridors
from data.model.caches import kept_numbers
from data.model.notices import Notice
from data.query.resolve import require_known_ids
from data.query.restriction import refuse_restricted
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.map.bands import bands

QUALITY: Final = 5


def register(app: Dash, store: Store) -> None:
    """Serve the bands around the lines, and what lies in them."""
    server: Flask = app.server

    @server.get("/incidents/near")
    def near() -> Response:
        def make() -> bytes:
            selection, within_km = parse_corridors(asked_query())
            vintage = pinned_vintage(store, selection)
            asked = require_known_ids(vintage, selection).only("incidents", "count")
            return near_lines(vintage, asked, within_km)

        return respond(make)


@kept_numbers
def near_lines(vintage: Vintage, selection: Selection, within_km: int) -> bytes:
    """Return ``bands`` (polygons) around the lines with an incident, and longitude, latitude and people of each one.

    Places are in ten-thousandths of a degree; people are 0 where no number is stated. Largest last, so that it lies
    on top.
    """
    refuse_restricted(vintage, selection, Notice("corridors.not_public"))
    rows = held_records(vintage, selection, *PLACE, "cell", "dead_or_missing")
    rows = rows.with_columns(nearest_segments(rows, vintage.segments, within_km=within_km))
    near = rows.filter(pl.col("segment") >= 0).sort(pl.col("dead_or_missing").fill_null(0))
    lines = vintage.segments["points"].gather(near["segment"].unique().sort()).to_list()
    columns = {name: (near[name] * DEGREE).round().cast(pl.Int32).to_numpy() for name in ("longitude", "latitude")}
    people = near["dead_or_missing"].fill_null(0).clip(0).to_numpy()
    details = {"degree": DEGREE, "bands": bands(lines, within_km=within_km)}
    return packed(details, columns | {"people": narrowest(people, kinds=("u2", "u4"))}, quality=QUALITY)
