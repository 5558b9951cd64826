"""The HTTP interface of corridors: people near each route line, near none, and not located."""

from typing import Any

from dash import Dash
from flask import Response

from callbacks.api import read
from data.corridors import corridors, parse_corridors
from data.store import Store
from data.totals import with_ids
from data.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Serve ``/api/v1/corridors``."""

    @app.server.get("/api/v1/corridors")
    def api_corridors() -> Response:
        return read(store, corridors_answer)


def corridors_answer(vintage: Vintage, query: dict[str, list[str]]) -> dict[str, Any]:
    """Return the corridors that the request asks for."""
    selection, within_km = parse_corridors(with_ids(query, vintage))
    return corridors(vintage, selection, within_km=within_km)
