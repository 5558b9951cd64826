"""The HTTP interface of trends: the year so far and what is not known of it, and any two windows side by side."""

from dash import Dash
from flask import Flask, Response

from callbacks.server.interface import ANSWERS
from callbacks.server.responses import read
from data.compare.answer import compare, parse_compare
from data.compare.models import CompareAnswer
from data.query.resolve import resolve_names
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.answer import kept_states, parse_trends, trends
from data.trends.models import Trends


def register(app: Dash, store: Store) -> None:
    """Serve ``/api/v1/trends`` and ``/api/v1/compare``."""
    server: Flask = app.server

    @server.get(ANSWERS["trends"].path)
    def api_trends() -> Response:
        return read(store, lambda vintage, query: trends_answer(vintage, query, store))

    @server.get(ANSWERS["compare"].path)
    def api_compare() -> Response:
        return read(store, compare_answer)


def trends_answer(vintage: Vintage, query: dict[str, list[str]], store: Store) -> Trends:
    """Return the trends that the request asks for."""
    selection, as_of = parse_trends(resolve_names(query, vintage))
    return trends(vintage, selection, as_of=as_of, states=kept_states(store, vintage))


def compare_answer(vintage: Vintage, query: dict[str, list[str]]) -> CompareAnswer:
    """Return the comparison that the request asks for."""
    selection, first, second, by = parse_compare(resolve_names(query, vintage))
    return compare(vintage, selection, first=first, second=second, by=by)
