"""One figure in a frame of somebody else's page: ``/embed?figure=map&…``, without script or cookie."""

import hashlib
import json
from urllib.parse import urlencode

from dash import Dash
from flask import Flask, Response, request

from callbacks.server.address import view_address
from callbacks.server.responses import asked_query, problem_response, with_cache_headers
from callbacks.sheets.export_request import Picture, asked_view
from callbacks.sheets.picture_data import words_of
from callbacks.view.view_model import view_model
from data.model.errors import CrossingsError, QueryError
from data.model.notices import say
from data.query.parameters import FIGURE, WIDTH
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.standalone.embed import (
    DRAWING,
    PATH,
    SCRIPT,
    STYLESHEET,
    Embedded,
    drawings,
    embed_page,
    problem_page,
)
from layouts.standalone.installed import MANIFEST, WORKER, web_manifest
from layouts.standalone.jinja import ASSETS, read_file


def register(app: Dash, store: Store, picture: Picture) -> None:
    """Serve the frame, its drawings and its stylesheet; ``picture`` draws."""
    server: Flask = app.server

    @server.get(PATH)
    def embed() -> Response:
        try:
            vintage, selection, chosen = asked_view(store, FIGURE)
            page = embed_page(embedded(vintage, selection, chosen["figure"]))
        except CrossingsError as error:
            status = problem_response(error).status_code
            return Response(problem_page(status, str(error), _nearest(error)), status=status, mimetype="text/html")
        return _kept(page, "text/html", "no-cache")

    @server.get(DRAWING)
    def drawing() -> Response:
        try:
            vintage, selection, chosen = asked_view(store, FIGURE, WIDTH)
            size = f"{chosen['width']}-{chosen['figure']}"
            drawn = picture(vintage, selection, chosen["figure"], "svg", size)
        except CrossingsError as error:
            return problem_response(error)
        return with_cache_headers(Response(drawn, mimetype="image/svg+xml"), is_pinned=selection.vintage is not None)

    @server.get(STYLESHEET)
    def stylesheet() -> Response:
        return _kept(read_file("type.css", ASSETS) + read_file("embed.css"), "text/css", "public, max-age=86400")

    @server.get(WORKER)
    def worker() -> Response:
        return _kept(read_file("keep.js"), "text/javascript", "no-cache")

    @server.get(MANIFEST)
    def manifest() -> Response:
        return _kept(json.dumps(web_manifest(), ensure_ascii=False), "application/manifest+json", "no-cache")

    @server.get(SCRIPT)
    def script() -> Response:
        return _kept(read_file("embed.js"), "text/javascript", "public, max-age=86400")


def _nearest(error: CrossingsError) -> str | None:
    """Return the address that was asked for with the nearest value in the place of the one that is not known."""
    if not isinstance(error, QueryError) or error.near is None:
        return None
    asked = {**asked_query(), error.parameter: [error.near]}
    return f"{PATH}?{urlencode(asked, doseq=True)}"


def _kept(content: str, media_type: str, cache: str) -> Response:
    response = Response(content, mimetype=media_type, headers={"Cache-Control": cache})
    response.set_etag(hashlib.sha256(content.encode()).hexdigest()[:24])
    response.make_conditional(request)
    return response


def embedded(vintage: Vintage, selection: Selection, figure: str) -> Embedded:
    """Return what the frame of one figure shows: the words of its picture, once (RULES C5, C7, P1, P7, P8)."""
    said = words_of(vintage, selection, figure)
    query = view_model(vintage, selection).details.query
    is_map = figure == "map"
    *terms, borders = said.terms if is_map else (*said.terms, "")
    return Embedded(
        title=said.title, subtitle=said.notes, drawings=drawings(figure, query),
        alt=say("embed.picture", figure=figure, title=said.title),
        sources=said.sources[:-1], borders=borders, terms=tuple(terms),
        edition=say("embed.edition", vintage=vintage.name), view=view_address(query), demonstration=said.banner,
    )  # fmt: skip
