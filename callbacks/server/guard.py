"""Callbacks are public endpoints: what is posted to them is checked before Dash sees it."""

from typing import Any, Final

import orjson
from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, g, request

from callbacks.server.interface import ADDRESSES, EXPORTS, is_interface
from callbacks.server.responses import problem
from data.model.notices import say
from data.model.settings import read_settings
from data.pillars.views import PILLARS
from data.query.parameters import LONGEST_ADDRESS
from layouts.standalone.pillar_page import RELATIVES

LARGEST_BODY: Final = 64 * 1024
DEEPEST: Final = 20  # lists and objects within each other
ENDPOINT: Final = "/_dash-update-component"
SUITES: Final = "/_dash-component-suites/"
PILLAR_PAGES: Final = ("/pillars", *(f"/pillars/{number}" for number in PILLARS), RELATIVES)
PAGE_PATHS: Final = ("/", "/first.svg", "/keep.js", "/manifest.webmanifest",
                     "/sector", "/places", "/embed", "/embed.svg", "/embed.css", "/embed.js",
                     "/sector/watch-list", "/login", "/login/callback", "/logout", *PILLAR_PAGES)  # fmt: skip
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
    server: Flask = app.server
    app.server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.server.config["TRUSTED_HOSTS"] = trusted_hosts(read_settings().hosts)

    @server.before_request
    def check() -> Response | None:
        if len(request.environ.get("RAW_URI") or request.full_path) > LONGEST_ADDRESS:
            return problem(414, too_long())
        if request.path.startswith("/api/") and not is_interface(request.path):
            return problem(404, say("server.known_paths", known=", ".join((*ADDRESSES, EXPORTS))))
        is_known = request.path in PAGE_PATHS or request.path.startswith(OWN_PATHS)
        if not is_known or str(request.url_rule) == ANY_PATH:
            return problem(404, say("server.page_at"))
        if request.path.startswith(SUITES) and not _is_known_file(app, request.path):
            return problem(404, say("server.no_file"))
        if request.path == ENDPOINT and request.method == "POST":
            return _callback(app)
        return None


def too_long() -> str:
    """Return what is said of an address that is longer than any view's."""
    return say("server.long_address", most=LONGEST_ADDRESS)


def trusted_hosts(given: str | None) -> list[str] | None:
    """Return the host names that may be asked for: those of ``CROSSINGS_HOSTS``, joined by commas; None for any.

    Where no address is stated, what is printed names the host that was asked for, and is kept for that host alone; so
    any is safe where none is stated.
    """
    return [name.strip() for name in given.split(",") if name.strip()] if given else None


def _is_known_file(app: Dash, path: str) -> bool:
    """Return whether a component package has registered this file; Dash itself fails on others."""
    package, _, name = path.removeprefix(SUITES).partition("/")
    bare, _ = check_fingerprint(name)
    return bare in app.registered_paths.get(package, ())


def _callback(app: Dash) -> Response | None:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return problem(403, say("server.callback.page_alone"))
    if request.content_length is None:
        return problem(400, say("server.callback.no_body"))
    if request.content_length > LARGEST_BODY:
        return problem(413, say("server.callback.large", most=LARGEST_BODY))
    if request.mimetype != "application/json":
        return problem(415, say("server.callback.not_json"))
    try:
        body = orjson.loads(request.get_data(cache=True))
    except orjson.JSONDecodeError:
        return problem(400, say("server.callback.unreadable"))
    wrong = _wrong(app, body)
    g.checked = body
    return problem(400, wrong) if wrong else None


def _wrong(app: Dash, body: Any) -> str | None:
    """Return what is wrong with a callback's body: only declared outputs with declared inputs pass."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return say("server.callback.no_output")
    declared = app.callback_map.get(body["output"])
    if declared is None:
        return say("server.callback.unknown_output")
    for part in ("inputs", "state"):
        given = body.get(part, [])
        if not isinstance(given, list) or not _same(given, declared[part]):
            return say("server.callback.parts", part=part)
    if not _outputs_fit(body.get("outputs"), body["output"]):
        return say("server.callback.outputs")
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) for name in changed):
        return say("server.callback.changed")
    return None if _is_shallow(body) else say("server.callback.values")


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
    return names == expected  # Dash adds a hash to those of allow_duplicate alone, which nothing here uses


def _is_shallow(value: Any, *, depth: int = 0) -> bool:
    """Return whether no value is nested too deeply. All numbers are finite: the parser of JSON refuses others."""
    if depth > DEEPEST:
        return False
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(_is_shallow(item, depth=depth + 1) for item in held)
