"""One figure in a frame of somebody else's page: ``/embed?figure=map&…``, without script or cookie."""

import hashlib

from dash import Dash
from flask import Response, request

from callbacks.address import view_address
from callbacks.api import refusal
from callbacks.leaving import asked_view, details_of, sources_shown
from callbacks.page import words
from data.errors import CrossingsError
from data.exports.about import BOUNDARIES, DEMONSTRATION
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from geo.basemap import ATTRIBUTION
from layouts.embed import FIGURES, PATH, STYLESHEET, Embedded, embed_page, picture_path, problem_page
from layouts.templates import read_stylesheet


def register(app: Dash, store: Store) -> None:
    """Serve the frame and its stylesheet."""

    @app.server.get(PATH)
    def embed() -> Response:
        try:
            vintage, selection, chosen = asked_view(store, figure=FIGURES)
            page = embed_page(embedded(vintage, selection, chosen["figure"]))
        except CrossingsError as error:
            status = refusal(error).status_code
            return Response(problem_page(status, str(error)), status=status, mimetype="text/html")
        return _kept(page, "text/html", "no-cache")

    @app.server.get(STYLESHEET)
    def stylesheet() -> Response:
        return _kept(read_stylesheet("embed.css"), "text/css", "public, max-age=86400")


def _kept(content: str, media_type: str, cache: str) -> Response:
    response = Response(content, mimetype=media_type, headers={"Cache-Control": cache})
    response.set_etag(hashlib.sha256(content.encode()).hexdigest()[:24])
    return response.make_conditional(request)


def embedded(vintage: Vintage, selection: Selection, figure: str) -> Embedded:
    """Return what the frame of one figure shows (RULES P1, P7, P8)."""
    sentence, notes = words(vintage, selection)
    details = details_of(vintage, selection)
    sources = sources_shown(vintage, selection, details)
    shown = sources[:1] if figure == "map" and not _has_flows(selection) else sources
    borders = (f"{BOUNDARIES} {ATTRIBUTION}",) if figure == "map" else ()
    return Embedded(
        title=sentence, subtitle=notes, figure=figure, picture=picture_path(figure, details.query),
        alt=f"{'Map' if figure == 'map' else 'Time series'}: {sentence}",
        sources=tuple(dict.fromkeys(f"{one['citation'].rstrip('.')}. {one['licence']}" for one in shown)),
        lines=borders, edition=f"Vintage {vintage.name}", view=view_address(details.query),
        demonstration=DEMONSTRATION if vintage.is_demonstration else "",
    )  # fmt: skip


def _has_flows(selection: Selection) -> bool:
    """Return whether the map shows counts beside incidents."""
    return bool({"interceptions", "arrivals"} & set(selection.layers))
