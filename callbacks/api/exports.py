"""Files that leave, each at an address of its own: ``/api/v1/exports/cells.csv?…``."""

from dash import Dash
from flask import Flask, Response

from callbacks.server.address import reader_address
from callbacks.server.responses import asked_query, problem, problem_response, with_cache_headers
from callbacks.view.view_model import view_model
from data.exports.answers import FIGURES as ANSWERS
from data.exports.answers import export_answer
from data.exports.numbers import export_numbers
from data.model.errors import CrossingsError
from data.model.notices import say
from data.query.parameters import DICTIONARY, take
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Serve the figures of what is shown."""
    server: Flask = app.server

    @server.get("/api/v1/exports/<figure>.<kind>")
    def exported(figure: str, kind: str) -> Response:
        try:
            query = asked_query()
            pinned = Selection.pinned_in(query)
            own, query = take(query, *([DICTIONARY] if kind == "csv" else []))
            wanted = "zip" if own.get("dictionary") == "yes" else kind
            make = export_answer if figure in ANSWERS else write_export
            content, media_type, name = make(
                store.open(pinned), query, figure=figure, kind=wanted, site=reader_address()
            )
        except CrossingsError as error:
            return problem_response(error)
        response = Response(content, mimetype=media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return with_cache_headers(response, is_pinned=pinned is not None)

    @server.get("/api/v1/exports/<path:other>")
    def no_export(other: str) -> Response:
        del other
        return problem(404, say("exports.refused.name"))


def write_export(
    vintage: Vintage, query: dict[str, list[str]], *, figure: str, kind: str, site: str = ""
) -> tuple[bytes, str, str]:
    """Return (content, media type, file name) of the numbers of one figure that is on the page."""
    selection = require_known_ids(vintage, Selection.parse(resolve_names(query, vintage)))
    view = view_model(vintage, selection)
    sentence = f"{view.sentence} {view.notes}"
    return export_numbers(vintage, selection, figure=figure, kind=kind, sentence=sentence, site=site)
