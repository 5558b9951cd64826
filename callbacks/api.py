"""The HTTP interface: totals and cells as the command answers them, health and readiness."""

import hashlib
from collections.abc import Callable
from typing import Any, Final

import orjson
import polars as pl
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from data.errors import CrossingsError, QueryError, StoreError
from data.store import Store
from data.totals import cells_answer, parse_cells, parse_totals, totals
from data.vintage import Vintage

PREFIX: Final = "/api/"
LONGEST_QUERY: Final = 16_000


def answer(content: Any, *, status: int = 200, kind: str = "application/json") -> Response:
    """Return a JSON response."""
    return Response(orjson.dumps(content), status=status, mimetype=kind)


def problem(status: int, sentence: str, **more: str) -> Response:
    """Return an error as RFC 9457 describes it: status, and a sentence that says what to do."""
    titles = {400: "Bad request", 404: "Not found", 405: "Method not allowed", 413: "Too large", 414: "Too long",
              415: "Unsupported type", 403: "Forbidden", 503: "Not ready", 500: "Server error"}  # fmt: skip
    content = {
        "type": "about:blank",
        "title": titles.get(status, "Error"),
        "status": status,
        "detail": sentence,
        **more,
    }
    return answer(content, status=status, kind="application/problem+json")


def _query() -> dict[str, list[str]]:
    if len(request.query_string) > LONGEST_QUERY:
        raise QueryError(f"The query is longer than {LONGEST_QUERY:,} characters.", parameter="query")
    return request.args.to_dict(flat=False)


def _totals(vintage: Vintage) -> dict[str, Any]:
    selection, measure, by = parse_totals(_query(), vintage)
    return totals(vintage, selection, measure=measure, by=by)


def _cells(vintage: Vintage) -> dict[str, Any]:
    return cells_answer(vintage, *parse_cells(_query(), vintage))


def register(server: Flask, store: Store) -> None:  # noqa: C901 — a list of routes
    """Add the routes; every request reads the vintage that is current when it arrives."""

    def read(make: Callable[[Vintage], dict[str, Any]]) -> Response:
        try:
            response = answer(make(store.current()))
        except QueryError as error:
            return problem(400, str(error), parameter=error.parameter)
        except StoreError as error:
            return problem(503, str(error))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:24])
        return response.make_conditional(request)

    @server.get("/api/v1/totals")
    def api_totals() -> Response:
        return read(_totals)

    @server.get("/api/v1/cells")
    def api_cells() -> Response:
        return read(_cells)

    @server.get("/healthz")
    def healthz() -> Response:
        return answer({"status": "alive"})

    @server.get("/readyz")
    def readyz() -> Response:
        try:
            vintage = store.current()
            rows = vintage.incident_rows().select(pl.len()).collect().item()
        except CrossingsError as error:
            return problem(503, str(error))
        return answer({"status": "ready", "vintage": vintage.name, "incidents": rows})

    @server.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        status = error.code or 500
        sentence = "There is nothing at this address." if status == 404 else str(error.description)
        return problem(status, sentence)

    @server.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        server.logger.error("%s %s: %s: %s", request.method, request.path[:120], type(error).__name__, str(error)[:300])
        return problem(500, "Something failed here; it has been logged. Reload the page or try again later.")
