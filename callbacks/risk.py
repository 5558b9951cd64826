"""Risk over HTTP, ``/api/v1/risk?route=…&from=…&to=…``, and the check of a quote, ``/api/v1/quote?text=1 in 35``."""

from typing import Any

from dash import Dash
from flask import Response

from callbacks.api import read
from data.quote import quote_answer
from data.risk_answers import parse_risk, risk_answer
from data.store import Store
from data.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Add the two addresses; both answer from the vintage that is asked for."""

    @app.server.get("/api/v1/risk")
    def api_risk() -> Response:
        return read(store, _risk)

    @app.server.get("/api/v1/quote")
    def api_quote() -> Response:
        return read(store, _quote)


def _risk(vintage: Vintage, query: dict[str, list[str]]) -> dict[str, Any]:
    return risk_answer(vintage, parse_risk(query, vintage))


def _quote(vintage: Vintage, query: dict[str, list[str]]) -> dict[str, Any]:
    return quote_answer(query, vintage)
