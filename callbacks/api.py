"""What every answer of the HTTP interface shares: JSON, errors in one shape, tags and caching; health and readiness."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import orjson
import polars as pl
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from data.errors import AbsentError, BusyError, ContradictionError, CrossingsError, QueryError, StoreError
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage

LONGEST_QUERY: Final = 16_000
RETRY_AFTER: Final = 5  # seconds
TITLES: Final = {
    400: "Bad request", 403: "Forbidden", 404: "Not found", 405: "Method not allowed", 406: "Not acceptable",
    409: "Conflict", 413: "Too large", 414: "Too long", 415: "Unsupported type", 429: "Too many requests",
    500: "Server error", 503: "Not ready",
}  # fmt: skip


def answer(content: Any, *, status: int = 200, kind: str = "application/json") -> Response:
    """Return a JSON response."""
    return Response(orjson.dumps(content), status=status, mimetype=kind)


def problem(status: int, sentence: str, **more: str) -> Response:
    """Return an error as RFC 9457 describes it: status, and a sentence that says what to do."""
    content = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": sentence,
        **more,
    }
    return answer(content, status=status, kind="application/problem+json")


def asked_query() -> dict[str, list[str]]:
    """Return the request's parameters; raise QueryError where there are too many characters."""
    if len(request.query_string) > LONGEST_QUERY:
        raise QueryError(f"The query is longer than {LONGEST_QUERY:,} characters.", parameter="query")
    return request.args.to_dict(flat=False)


def status_of(error: CrossingsError) -> int:
    """Return the status of an error: 503 without a store, 404 for what is absent, 409 for a contradiction, else 400."""
    kinds = {StoreError: 503, BusyError: 503, AbsentError: 404, ContradictionError: 409}
    return next((status for kind, status in kinds.items() if isinstance(error, kind)), 400)


def refusal(error: CrossingsError) -> Response:
    """Return an error as an answer: its status, its sentence, and the parameter that was wrong."""
    status = status_of(error)
    parameter = getattr(error, "parameter", None)
    response = problem(status, str(error), **({"parameter": parameter} if parameter else {}))
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def finished(response: Response, *, is_pinned: bool) -> Response:
    """Return an answer that any page may read, with its tag; one that is pinned to a vintage never changes."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    is_settled = is_pinned and settled(request.args.get("vintage", ""))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_settled else "no-cache"
    response.headers["Vary"] = "Accept"
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:24])
    return response.make_conditional(request)


def settled(vintage: str) -> bool:
    """Return whether what is pinned can never change: a name, or a day that is over; more may be published today."""
    return vintage.startswith("v") or vintage < date.today().isoformat()  # noqa: DTZ011 — as ``Store`` counts days


def read(store: Store, make: Callable[[Vintage, dict[str, list[str]]], dict[str, Any]]) -> Response:
    """Return what ``make`` says of the vintage that is asked for, as JSON; a query that cannot be meant is refused."""
    try:
        query = asked_query()
        pinned = Selection.pinned_in(query)
        response = answer(make(store.asked(pinned), query))
    except CrossingsError as error:
        return refusal(error)
    return finished(response, is_pinned=pinned is not None)


def register(server: Flask, store: Store) -> None:
    """Add health, readiness, and what is said when something is wrong."""

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
        response = problem(status, sentence)
        if allowed := getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(sorted(allowed))
        return response

    @server.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        server.logger.error("%s %s: %s: %s", request.method, request.path[:120], type(error).__name__, str(error)[:300])
        return problem(500, "Something failed here; it has been logged. Reload the page or try again later.")
