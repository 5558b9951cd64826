"""Risk over HTTP, ``/api/v1/risk?route=…&from=…&to=…``, and the check of a quote, ``/api/v1/quote?text=1 in 35``."""

from dash import Dash
from flask import Flask, Response

from callbacks.server.interface import ANSWERS
from callbacks.server.responses import read
from data.risk.answer import parse_risk, risk_answer
from data.risk.models import QuoteAnswer, RiskAnswer
from data.risk.quote_check import quote_answer
from data.store.store import Store
from data.store.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Add the two addresses; both answer from the vintage that is asked for."""
    server: Flask = app.server

    @server.get(ANSWERS["risk"].path)
    def api_risk() -> Response:
        return read(store, _risk)

    @server.get(ANSWERS["quote"].path)
    def api_quote() -> Response:
        return read(store, _quote)


def _risk(vintage: Vintage, query: dict[str, list[str]]) -> RiskAnswer:
    return risk_answer(vintage, parse_risk(query, vintage))


def _quote(vintage: Vintage, query: dict[str, list[str]]) -> QuoteAnswer:
    return quote_answer(query, vintage)
