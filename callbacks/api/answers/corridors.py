"""The HTTP interface of corridors: people near each route line, near none, and not located."""

from dash import Dash
from flask import Flask, Response

from callbacks.server.interface import ANSWERS
from callbacks.server.responses import read
from data.hotspots.answer_model import CorridorsAnswer
from data.hotspots.corridors import corridors, parse_corridors
from data.query.resolve import resolve_names
from data.store.store import Store
from data.store.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Serve ``/api/v1/corridors``."""
    server: Flask = app.server

    @server.get(ANSWERS["corridors"].path)
    def api_corridors() -> Response:
        return read(store, corridors_answer)


def corridors_answer(vintage: Vintage, query: dict[str, list[str]]) -> CorridorsAnswer:
    """Return the corridors that the request asks for."""
    selection, within_km = parse_corridors(resolve_names(query, vintage))
    return corridors(vintage, selection, within_km=within_km)
