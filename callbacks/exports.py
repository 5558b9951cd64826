"""Files that leave, each at an address of its own: ``/api/v1/exports/cells.csv?…``."""

import hashlib

from dash import Dash
from flask import Response, request

from callbacks.api import problem
from callbacks.asked import refusal
from callbacks.page import words
from data.errors import CrossingsError, QueryError
from data.exports import export_numbers
from data.selection import Selection
from data.store import Store
from data.totals import checked, with_ids


def register(app: Dash, store: Store) -> None:
    """Serve the numbers behind exactly what is shown."""

    @app.server.get("/api/v1/exports/<figure>.<kind>")
    def exported(figure: str, kind: str) -> Response:
        try:
            vintage = store.current()
            query = request.args.to_dict(flat=False)
            bare = query.pop("dictionary", ["yes"])
            if bare not in (["yes"], ["no"]):
                raise QueryError("'dictionary' is yes or no.", parameter="dictionary")
            selection = checked(vintage, Selection.parse(with_ids(query, vintage)))
            sentence = " ".join(words(vintage, selection))
            wanted = "zip" if kind == "csv" and bare == ["yes"] else kind
            content, media_type, name = export_numbers(
                vintage, selection, figure=figure, kind=wanted, sentence=sentence
            )
        except CrossingsError as error:
            return refusal(error)
        response = Response(content, mimetype=media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(hashlib.sha256(content).hexdigest()[:24])
        return response.make_conditional(request)

    @app.server.get("/api/v1/exports/<path:other>")
    def no_export(other: str) -> Response:
        del other
        return problem(
            404, "A file is named like 'cells.csv': cells, incidents, series or citation, a dot, and a format."
        )
