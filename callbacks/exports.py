"""Files that leave, each at an address of its own: ``/api/v1/exports/cells.csv?…``."""

from dash import Dash
from flask import Response

from callbacks.api import asked_query, finished, problem, refusal
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
            query = asked_query()
            vintage = store.asked(Selection.pinned_in(query))
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
        return finished(response, is_pinned=selection.vintage is not None)

    @app.server.get("/api/v1/exports/<path:other>")
    def no_export(other: str) -> Response:
        del other
        return problem(
            404,
            "A file is named like 'cells.csv'; '/api/v1/exports' lists them all.",
        )
