"""The page's stylesheets, sent as one file at an address that names what is in it.

Twenty small files are four trips over a line on which six are fetched at a time, before the first sentence is drawn.
"""

import hashlib
from functools import cache
from typing import Final

from dash import Dash
from flask import Flask, Response

from callbacks.server.browser_modules import FOLDER, FOREVER
from callbacks.server.responses import problem
from data.model.notices import say

LENGTH: Final = 12  # of a version, in hexadecimal digits
LATER: Final = frozenset({"pillars.css", "sector.css", "views.css"})  # of other pages, or asked for by what needs them


@cache
def content() -> bytes:
    """Return every stylesheet of the page, in the order of their names, as one; read once, like the modules."""
    files = (path for path in sorted(FOLDER.glob("*.css")) if path.name not in LATER)
    return b"\n".join(path.read_bytes() for path in files)


@cache
def address() -> str:
    """Return where the page's stylesheet is: a change of any part is a new address, the same on every machine."""
    return f"/assets/page-{hashlib.sha256(content()).hexdigest()[:LENGTH]}.css"


def tag() -> str:
    """Return the tag that loads it."""
    return f'<link rel="stylesheet" href="{address()}">'


def register(app: Dash) -> None:
    """Add the stylesheet's route; a page that was read before an upgrade gets the new one, and keeps none."""
    server: Flask = app.server

    @server.get("/assets/page-<version>.css")
    def page_stylesheet(version: str) -> Response:
        if len(version) != LENGTH:
            return problem(404, say("server.no_file"))
        cached = FOREVER if f"/assets/page-{version}.css" == address() else "no-cache"
        return Response(content(), mimetype="text/css", headers={"Cache-Control": cached})
