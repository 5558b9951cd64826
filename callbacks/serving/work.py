"""What kind of work a request asks for: which limit counts it, and whether it is made apart from the readers."""

from typing import Any, Final

from callbacks.server.guard import ENDPOINT

EXPORTS: Final = "/api/v1/exports/"
FILES: Final = (".xlsx", ".gpkg")
HEAVY_ENDS: Final = (".png", ".svg", ".pdf", ".html", *FILES)
HEAVY_ANSWERS: Final = ("/api/v1/risk", "/api/v1/quote", "/api/v1/hotspots", "/api/v1/corridors", "/api/v1/sector")
DRAWN: Final = ("/embed", "/embed.svg", "/sector")
QUESTION: Final = b'"answer.children"'  # the callback that answers a question in the panel
UNCOUNTED: Final = ("/assets/", "/_dash-component-suites/", "/basemap/", "/_favicon", "/_reload", "/healthz", "/readyz")
LOGINS: Final = ("/login",)


def kind_of(environ: dict[str, Any]) -> str | None:
    """Return the limit that counts a request; None for files that are always at hand."""
    path: str = environ["PATH_INFO"]
    if path.startswith(UNCOUNTED):
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
        return path == ENDPOINT and QUESTION in body[:200]
    if path.startswith("/api/v1/"):
        return path.endswith(HEAVY_ENDS) or path in HEAVY_ANSWERS
    return path in DRAWN


def rank_of(environ: dict[str, Any]) -> int:
    """Return what goes first among heavy work: an answer on the page before a file."""
    return 0 if environ["REQUEST_METHOD"] == "POST" else 1
