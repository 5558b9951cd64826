"""One figure in a frame of somebody else's page: ``/embed?figure=map&…``, without script or cookie."""

import hashlib

from dash import Dash
from flask import Response, request

from callbacks.address import view_address
from callbacks.api import finished, refusal
from callbacks.leaving import Picture, asked_view, details_of
from callbacks.picture_tables import words_of
from data.errors import CrossingsError
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts.embed import (
    DRAWING,
    FIGURES,
    PATH,
    STYLESHEET,
    WIDTHS,
    Embedded,
    drawings,
    embed_page,
    problem_page,
)
from layouts.templates import read_stylesheet


def register(app: Dash, store: Store, picture: Picture) -> None:
    """Serve the frame, its drawings and its stylesheet; ``picture`` draws."""

    @app.server.get(PATH)
    def embed() -> Response:
        try:
            vintage, selection, chosen = asked_view(store, figure=FIGURES)
            page = embed_page(embedded(vintage, selection, chosen["figure"]))
        except CrossingsError as error:
            status = refusal(error).status_code
            return Response(problem_page(status, str(error)), status=status, mimetype="text/html")
        return _kept(page, "text/html", "no-cache")

    @app.server.get(DRAWING)
    def drawing() -> Response:
        try:
            vintage, selection, chosen = asked_view(store, figure=FIGURES, width=tuple(WIDTHS))
            size = f"{chosen['width']}-{chosen['figure']}"
            drawn = picture(vintage, selection, chosen["figure"], "svg", size)
        except CrossingsError as error:
            return refusal(error)
        return finished(Response(drawn, mimetype="image/svg+xml"), is_pinned=selection.vintage is not None)

    @app.server.get(STYLESHEET)
    def stylesheet() -> Response:
        return _kept(read_stylesheet("embed.css"), "text/css", "public, max-age=86400")


def _kept(content: str, media_type: str, cache: str) -> Response:
    response = Response(content, mimetype=media_type, headers={"Cache-Control": cache})
    response.set_etag(hashlib.sha256(content.encode()).hexdigest()[:24])
    return response.make_conditional(request)


def embedded(vintage: Vintage, selection: Selection, figure: str) -> Embedded:
    """Return what the frame of one figure shows: the words of its picture, once (RULES C5, C7, P1, P7, P8)."""
    said = words_of(vintage, selection, figure)
    query = details_of(vintage, selection).query
    is_map = figure == "map"
    *terms, borders = said.terms if is_map else (*said.terms, "")
    return Embedded(
        title=said.title, subtitle=said.notes, drawings=drawings(figure, query),
        alt=f"{'Map' if is_map else 'Time series'}: {said.title}",
        sources=said.sources[:-1], borders=borders, terms=tuple(terms),
        edition=f"Vintage {vintage.name}", view=view_address(query), demonstration=said.banner,
    )  # fmt: skip
