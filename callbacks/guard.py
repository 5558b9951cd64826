"""Callbacks are public endpoints: what is posted to them is checked before Dash sees it."""

import math
import os
from typing import Any, Final

import orjson
from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Response, g, request

from callbacks.api import problem

LARGEST_BODY: Final = 64 * 1024
ENDPOINT: Final = "/_dash-update-component"
SUITES: Final = "/_dash-component-suites/"
PAGE_PATHS: Final = ("/", "/sector", "/embed", "/embed.svg", "/embed.css", "/sector/watch-list")
LISTS: Final = ("totals", "series", "cells", "incidents", "segments", "sources", "vintages", "exports")
ANSWERS: Final = ("risk", "quote", "trends", "compare", "corridors", "hotspots", "sector", "sector/changes",
                  "sector/changes.atom")  # fmt: skip
LIST_PATHS: Final = tuple(f"/api/v1/{name}" for name in LISTS)
API_PATHS: Final = (*LIST_PATHS, *(f"/api/v1/{name}" for name in ANSWERS), "/api/v1/openapi.json", "/api/v1/")
EXPORTS: Final = "/api/v1/exports/"
ANY_PATH: Final = "/<path:path>"  # Dash's own: the page at every address that nothing else answers
OWN_PATHS: Final = (
    "/_dash-",
    "/assets/",
    "/api/",
    "/healthz",
    "/readyz",
    "/basemap/",
    "/_favicon",
    "/_reload",
    "/cells/",
    "/routes/",
    "/incidents/",
)


def register(app: Dash) -> None:
    """Refuse what is no well-formed request: 400, 403, 404, 413 or 415 with a sentence."""
    app.server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.server.config["TRUSTED_HOSTS"] = trusted_hosts(os.environ.get("CROSSINGS_HOSTS"))

    @app.server.before_request
    def check() -> Response | None:
        is_known = request.path in PAGE_PATHS or request.path.startswith(OWN_PATHS)
        if not is_known or str(request.url_rule) == ANY_PATH:
            return problem(404, "There is nothing at this address. The page is at '/'.")
        if request.path.startswith("/api/") and not is_interface(request.path):
            return problem(404, f"There is nothing at this address. Known: {', '.join(API_PATHS)}, {EXPORTS}…")
        if request.path.startswith(SUITES) and not _is_known_file(app, request.path):
            return problem(404, "There is no such file.")
        if request.path == ENDPOINT and request.method == "POST":
            return _callback(app)
        return None


def is_interface(path: str) -> bool:
    """Return whether a path is one of the interface's: a list, with or without a suffix, or a file."""
    return path in API_PATHS or path.rsplit(".", 1)[0] in LIST_PATHS or path.startswith(EXPORTS)


def trusted_hosts(given: str | None) -> list[str] | None:
    """Return the host names that may be asked for: those of ``CROSSINGS_HOSTS``, joined by commas; None for any.

    No answer is ever built from the host that a request names, so any is safe where none is stated.
    """
    return [name.strip() for name in given.split(",") if name.strip()] if given else None


def _is_known_file(app: Dash, path: str) -> bool:
    """Return whether a component package has registered this file; Dash itself fails on others."""
    package, _, name = path.removeprefix(SUITES).partition("/")
    bare, _ = check_fingerprint(name)
    return bare in app.registered_paths.get(package, ())


def _callback(app: Dash) -> Response | None:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return problem(403, "Callbacks are for this page alone.")
    if request.content_length is None:
        return problem(400, "The request has no body.")
    if request.content_length > LARGEST_BODY:
        return problem(413, f"A request is at most {LARGEST_BODY:,} bytes.")
    if request.mimetype != "application/json":
        return problem(415, "A request is JSON.")
    try:
        body = orjson.loads(request.get_data(cache=True))
    except orjson.JSONDecodeError:
        return problem(400, "The request is not JSON.")
    wrong = _wrong(app, body)
    g.checked = body
    return problem(400, wrong) if wrong else None


def _wrong(app: Dash, body: Any) -> str | None:
    """Return what is wrong with a callback's body: only declared outputs with declared inputs pass."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return "The request names no output."
    declared = app.callback_map.get(body["output"])
    if declared is None:
        return "There is no such output."
    for part in ("inputs", "state"):
        given = body.get(part, [])
        if not isinstance(given, list) or not _same(given, declared[part]):
            return f"The {part} are not those of this output."
    if not _outputs_fit(body.get("outputs"), body["output"]):
        return "The outputs are not those declared."
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) for name in changed):
        return "changedPropIds is a list of names."
    return None if _finite(body, depth=0) else "A number is not finite, or a value is nested too deeply."


def _same(given: list[Any], declared: list[dict[str, Any]]) -> bool:
    if len(given) != len(declared):
        return False
    return all(
        isinstance(one, dict) and one.get("id") == other["id"] and one.get("property") == other["property"]
        for one, other in zip(given, declared, strict=True)
    )


def _outputs_fit(outputs: Any, output: str) -> bool:
    if isinstance(outputs, list) != output.startswith(".."):
        return False  # a list is what Dash sends for several, and an object for one
    listed = outputs if isinstance(outputs, list) else [outputs]
    if not all(isinstance(one, dict) and {"id", "property"} <= one.keys() for one in listed):
        return False
    names = [f"{one['id']}.{one['property']}" for one in listed]
    expected = output.strip(".").split("...") if output.startswith("..") else [output]
    return names == [name.split("@")[0] for name in expected]


def _finite(value: Any, *, depth: int) -> bool:
    if depth > 20:
        return False
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(_finite(item, depth=depth + 1) for item in value.values())
    return all(_finite(item, depth=depth + 1) for item in value) if isinstance(value, list) else True
