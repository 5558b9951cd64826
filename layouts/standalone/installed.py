"""The page as a program of its own: what a browser that installs it is told; its worker without a network."""

from typing import Any, Final

from data.model.notices import language_in_use, say
from layouts.figures import theme
from layouts.standalone.icon import ICON
from layouts.text import page as text

WORKER: Final = "/keep.js"
MANIFEST: Final = "/manifest.webmanifest"


def web_manifest() -> dict[str, Any]:
    """Return the name, the colours and the icon of the page."""
    return {
        "name": text.NAME, "short_name": text.NAME, "description": say("server.description"), "lang": language_in_use(),
        "start_url": "/", "scope": "/", "display": "standalone", "background_color": theme.PAPER,
        "theme_color": theme.PAPER, "icons": [{"src": ICON, "sizes": "any", "type": "image/svg+xml"}],
    }  # fmt: skip
