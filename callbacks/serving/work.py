"""What kind of work a request asks for: which limit counts it, and whether it is made apart from the readers."""

from typing import Any, Final

import orjson

from callbacks.server.guard import ENDPOINT

ROOT: Final = "/api/v1/"
EXPORTS: Final = "/api/v1/exports/"
FILES: Final = (".xlsx", ".gpkg")
HEAVY_ENDS: Final = (".png", ".svg", ".pdf", ".html", *FILES)
SEARCHED: Final = ("risk", "quote", "trends", "compare", "corridors", "hotspots", "sector")  # in whatever format
STILL: Final = "/first.svg"  # the map of the first picture
DRAWN: Final = ("/embed", "/embed.svg", "/sector", STILL)
QUESTION: Final = "answer.children"  # the callback that answers a question in the panel
UNCOUNTED: Final = ("/assets/", "/_dash-component-suites/", "/basemap/", "/_favicon", "/_reload", "/healthz", "/readyz")
LOGINS: Final = ("/login",)


def kind_of(environ: dict[str, Any]) -> str | None:
    """Return the limit that counts a request; None for files that are always at hand."""
    path: str = environ["PATH_INFO"]
    if path.startswith(UNCOUNTED) and environ["REQUEST_METHOD"] == "GET":
        return None
    if path.startswith(LOGINS):
        return "logins"
    if path.startswith(EXPORTS) or path.endswith(FILES) or path == "/embed.svg":
        return "exports"
    return "api" if path.startswith("/api/") else "callbacks"


def is_heavy(environ: dict[str, Any], body: bytes) -> bool:
    """Return whether an answer is made by a process of its own: pictures, briefs, workbooks, answers that search."""
    path: str = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] == "POST":
        return path == ENDPOINT and _output_of(body) == QUESTION
    if path.startswith(ROOT):
        return path.endswith(HEAVY_ENDS) or path.removeprefix(EXPORTS).removeprefix(ROOT).startswith(SEARCHED)
    return path in DRAWN


def _output_of(body: bytes) -> object:
    """Return which output a callback asks for, however it is written; None of what is none."""
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return asked.get("output") if isinstance(asked, dict) else None


def rank_of(environ: dict[str, Any]) -> int:
    """Return what goes first among heavy work: an answer on the page before a file."""
    return 0 if environ["REQUEST_METHOD"] == "POST" else 1
