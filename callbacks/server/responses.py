"""What every answer of the HTTP interface shares: JSON, errors in one shape, tags and caching; health and readiness."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Final

import polars as pl
from flask import Flask, Response, g, request
from msgspec import Meta
from werkzeug.exceptions import HTTPException

from data.model.answers import UNSET, Answer, Unset, as_json
from data.model.days import today
from data.model.errors import AbsentError, BusyError, ContradictionError, CrossingsError, LimitError, StoreError
from data.model.notices import Labels, say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from data.store.vintage_ref import is_immutable

RETRY_AFTER: Final = 5  # seconds
TITLES: Final = Labels("server.title", (400, 403, 404, 405, 406, 408, 409, 413, 414, 415, 422, 429, 431, 500, 503))


class Problem(Answer, frozen=True, kw_only=True):
    """An error, as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Meta(description="What is wrong, and what to do.")]
    parameter: str | Unset = UNSET


def answer(content: Any, *, status: int = 200, kind: str = "application/json") -> Response:
    """Return a JSON response: of plain values or of a typed answer, whose notices are written here."""
    return Response(as_json(content), status=status, mimetype=kind)


def problem(status: int, sentence: str, *, parameter: str | None = None) -> Response:
    """Return an error as RFC 9457 describes it: status, and a sentence that says what to do."""
    return answer(problem_content(status, sentence, parameter), status=status, kind="application/problem+json")


def problem_content(status: int, sentence: str, parameter: str | None = None) -> Problem:
    """Return what an error says, wherever it is refused."""
    title = TITLES.get(status) or say("server.title.other")
    return Problem(type="about:blank", title=title, status=status, detail=sentence, parameter=parameter or UNSET)


def asked_query() -> dict[str, list[str]]:
    """Return the request's parameters, each with all that it is given; the guard has seen to its length."""
    return request.args.to_dict(flat=False)


def status_of(error: CrossingsError) -> int:
    """Return the status of an error: 503 without a store, 404 for what is absent, 409 for a contradiction.

    422 for what would read too much, else 400.
    """
    kinds = {StoreError: 503, BusyError: 503, AbsentError: 404, ContradictionError: 409, LimitError: 422}
    return next((status for kind, status in kinds.items() if isinstance(error, kind)), 400)


def problem_response(error: CrossingsError) -> Response:
    """Return an error as an answer: its status, its sentence, and the parameter that was wrong."""
    status = status_of(error)
    response = problem(status, str(error), parameter=getattr(error, "parameter", None))
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def with_cache_headers(response: Response, *, is_pinned: bool) -> Response:
    """Return an answer that any page may read, with its tag; one that is pinned to a vintage never changes.

    The tag is the one that ``callbacks.server.entity_tag`` knows beforehand, else a hash of the bytes.
    """
    response.headers["Access-Control-Allow-Origin"] = "*"
    is_for_good = is_pinned and is_immutable(Selection.pinned_in(asked_query()) or "", today=today())
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_for_good else "no-cache"
    response.headers["Vary"] = "Accept"
    if response.status_code not in (200, 304):
        return response
    tag = g.get("entity_tag") or hashlib.sha256(response.get_data()).hexdigest()[:24]
    response.set_etag(tag, weak=True)  # the bytes may be compressed in several ways
    response.make_conditional(request)
    return response


def read(store: Store, make: Callable[[Vintage, dict[str, list[str]]], Any]) -> Response:
    """Return what ``make`` says of the vintage that is asked for, as JSON; a query that cannot be meant is refused."""
    try:
        query = asked_query()
        pinned = Selection.pinned_in(query)
        response = answer(make(store.open(pinned), query))
    except CrossingsError as error:
        return problem_response(error)
    return with_cache_headers(response, is_pinned=pinned is not None)


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
        ready = {"status": "ready", "vintage": vintage.name, "incidents": rows}
        lost = store.lost()
        return answer(ready if lost is None else {**ready, "degraded": asdict(lost)})

    @server.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        status = error.code or 500
        sentence = say("server.nothing_here") if status == 404 else str(error.description)
        response = problem(status, sentence)
        if allowed := getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(sorted(allowed))
        return response

    @server.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        server.logger.error("%s %s: %s: %s", request.method, request.path[:120], type(error).__name__, str(error)[:300])
        if isinstance(error, CrossingsError):
            return problem_response(error)
        if isinstance(error, pl.exceptions.PolarsError | OSError):
            store.doubt()
            if (lost := store.lost()) is not None:
                return problem(503, lost.words)
        return problem(500, say("server.failed"))
