"""Files that leave, each at an address of its own: ``/api/v1/exports/cells.csv?…``."""

from dash import Dash
from flask import Response

from callbacks.api import asked_query, finished, problem, refusal
from callbacks.page import words
from data.answer_files import FIGURES as ANSWERS
from data.answer_files import export_answer
from data.errors import CrossingsError, QueryError
from data.exports import export_numbers
from data.selection import Selection
from data.store import Store
from data.totals import checked, with_ids
from data.vintage import Vintage


def register(app: Dash, store: Store) -> None:
    """Serve the numbers behind exactly what is shown."""

    @app.server.get("/api/v1/exports/<figure>.<kind>")
    def exported(figure: str, kind: str) -> Response:
        try:
            query = asked_query()
            pinned = Selection.pinned_in(query)
            has_dictionary = with_dictionary(query)
            wanted = "zip" if kind == "csv" and has_dictionary else kind
            make = export_answer if figure in ANSWERS else shown
            content, media_type, name = make(store.asked(pinned), query, figure=figure, kind=wanted)
        except CrossingsError as error:
            return refusal(error)
        response = Response(content, mimetype=media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return finished(response, is_pinned=pinned is not None)

    @app.server.get("/api/v1/exports/<path:other>")
    def no_export(other: str) -> Response:
        del other
        return problem(
            404,
            "A file is named like 'cells.csv'; '/api/v1/exports' lists them all.",
        )


def shown(vintage: Vintage, query: dict[str, list[str]], *, figure: str, kind: str) -> tuple[bytes, str, str]:
    """Return (content, media type, file name) of the numbers of one figure that is on the page."""
    selection = checked(vintage, Selection.parse(with_ids(query, vintage)))
    sentence = " ".join(words(vintage, selection))
    return export_numbers(vintage, selection, figure=figure, kind=kind, sentence=sentence)


def with_dictionary(query: dict[str, list[str]]) -> bool:
    """Take ``dictionary`` out of a query: whether a text that explains every column lies beside a CSV."""
    given = query.pop("dictionary", ["yes"])
    if given not in (["yes"], ["no"]):
        raise QueryError("'dictionary' is yes or no.", parameter="dictionary")
    return given == ["yes"]
