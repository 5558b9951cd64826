"""What a request is for, in a word of a short list: for log and metrics, which hold no address and no query."""

from typing import Final

from callbacks.server.guard import ENDPOINT, PILLAR_PAGES
from callbacks.server.interface import EXPORTS, ROOT

WHOLE: Final = {
    "/": "page", "/keep.js": "file", "/manifest.webmanifest": "file",
    "/first.svg": "page", "/sector": "sector", "/places": "map", ENDPOINT: "callback",
    "/embed": "frame", "/embed.svg": "frame", "/embed.css": "frame", "/embed.js": "frame",
    "/healthz": "health", "/readyz": "health", "/metrics": "metrics", "/sector/watch-list": "sector",
    **dict.fromkeys(PILLAR_PAGES, "pillars"),
}  # fmt: skip
BEGINNINGS: Final = (
    (EXPORTS, "export"), (ROOT, "interface"), ("/cells/", "map"), ("/incidents/", "map"), ("/routes/", "map"),
    ("/basemap/", "file"), ("/assets/", "file"), ("/_dash-component-suites/", "file"), ("/_dash-", "page"),
)  # fmt: skip
OTHER: Final = "other"
KINDS: Final = tuple(sorted({*WHOLE.values(), *(kind for _, kind in BEGINNINGS), OTHER}))


def request_kind(path: str) -> str:
    """Return what a request for a path is for."""
    found = WHOLE.get(path)
    return found or next((kind for beginning, kind in BEGINNINGS if path.startswith(beginning)), OTHER)
