"""The pages of the four pillars with the figures of a selection: ``/pillars``, ``/pillars/1`` to ``4``, relatives."""

from collections.abc import Callable

from dash import Dash
from flask import Flask, Response

from callbacks.server.responses import asked_query, problem_response, with_cache_headers
from data.model.errors import CrossingsError
from data.pillars.activities import activities
from data.pillars.request import asked_of, own_part
from data.pillars.tracing import tracing_services
from data.pillars.views import VIEWS, views_of_pillar
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.standalone.pillar_page import RELATIVES, Chosen, overview_page, pillar_page
from layouts.standalone.relatives_page import relatives_page

Query = dict[str, list[str]]


def register(app: Dash, store: Store) -> None:
    """Serve the pages."""
    server: Flask = app.server

    @server.get("/pillars")
    def pillars() -> Response:
        return _page(store, overview)

    @server.get(RELATIVES)
    def search_for_relatives() -> Response:
        return _page(store, relatives)

    @server.get("/pillars/<int:number>")
    def pillar(number: int) -> Response:
        return _page(store, lambda vintage, chosen: one_pillar(vintage, number, chosen))


def _page(store: Store, make: Callable[[Vintage, Chosen], str]) -> Response:
    try:
        query = asked_query()
        vintage = store.open(Selection.pinned_in(query))
        page = make(vintage, chosen_of(vintage, without_empty(query)))
    except CrossingsError as error:
        return problem_response(error)
    return with_cache_headers(Response(page, mimetype="text/html"), is_pinned="vintage" in query)


def overview(vintage: Vintage, chosen: Chosen) -> str:
    """Return the page of all pillars."""
    return overview_page(VIEWS, activities(), chosen, is_demonstration=vintage.is_demonstration)


def one_pillar(vintage: Vintage, number: int, chosen: Chosen) -> str:
    """Return the page of one pillar with the figures of what is chosen."""
    views = views_of_pillar(vintage, number, chosen.asked)
    return pillar_page(number, views, activities(), chosen, is_demonstration=vintage.is_demonstration)


def relatives(vintage: Vintage, chosen: Chosen) -> str:
    """Return the page on how to search for a relative."""
    return relatives_page(tracing_services(vintage), chosen, is_demonstration=vintage.is_demonstration)


def without_empty(query: Query) -> Query:
    """Return a query without the fields that a form sends empty."""
    return {key: values for key, values in query.items() if values != [""]}


def chosen_of(vintage: Vintage, query: Query) -> Chosen:
    """Return what the address chooses; a selection of the map is taken whole, of which route and days count here."""
    selection = require_known_ids(vintage, Selection.parse(resolve_names(query, vintage)))
    asked = asked_of(selection)
    kept = (("vintage", selection.vintage),) if selection.vintage else ()
    routes = dict(sorted(vintage.names.get("route", {}).items(), key=lambda one: one[1]))
    return Chosen(asked, routes, own_part(selection).to_query(), selection.to_query(), kept)
