"""The HTTP interface of trends: the year so far and what is not known of it, and any two windows side by side."""

from typing import Any

from dash import Dash
from flask import Response

from callbacks.api import read
from data.compare import compare, parse_compare
from data.store import Store
from data.totals import with_ids
from data.trends import kept_states, parse_trends, trends
from data.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Serve ``/api/v1/trends`` and ``/api/v1/compare``."""

    @app.server.get("/api/v1/trends")
    def api_trends() -> Response:
        return read(store, lambda vintage, query: trends_answer(vintage, query, store))

    @app.server.get("/api/v1/compare")
    def api_compare() -> Response:
        return read(store, compare_answer)


def trends_answer(vintage: Vintage, query: dict[str, list[str]], store: Store) -> dict[str, Any]:
    """Return the trends that the request asks for."""
    selection, as_of = parse_trends(with_ids(query, vintage))
    return trends(vintage, selection, as_of=as_of, states=kept_states(store, vintage))


def compare_answer(vintage: Vintage, query: dict[str, list[str]]) -> dict[str, Any]:
    """Return the comparison that the request asks for."""
    selection, first, second, by = parse_compare(with_ids(query, vintage))
    return compare(vintage, selection, first=first, second=second, by=by)
