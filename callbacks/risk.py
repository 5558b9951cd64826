"""Risk over HTTP, ``/api/v1/risk?route=…&from=…&to=…``, and the check of a quote, ``/api/v1/quote?text=1 in 35``."""

from typing import Any

from dash import Dash
from flask import Response

from callbacks.api import asked_query, respond
from data.quote import quote_answer
from data.risk_answers import parse_risk, risk_answer
from data.store import Store
from data.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Add the two addresses; both read the vintage that is current when the request arrives."""

    @app.server.get("/api/v1/risk")
    def api_risk() -> Response:
        return respond(store, _risk)

    @app.server.get("/api/v1/quote")
    def api_quote() -> Response:
        return respond(store, _quote)


def _risk(vintage: Vintage) -> dict[str, Any]:
    return risk_answer(vintage, parse_risk(asked_query(), vintage))


def _quote(vintage: Vintage) -> dict[str, Any]:
    return quote_answer(asked_query(), vintage)
