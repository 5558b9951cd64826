"""The page's JavaScript modules, under one version for all, so that what a module imports is at the same version."""

import hashlib
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from dash import Dash
from flask import Flask, Response

from callbacks.server.responses import problem
from data.model.notices import say

FOLDER: Final = Path(__file__).parents[2] / "layouts" / "assets"
ENTRY: Final = "main.mjs"
LATER: Final = frozenset({"map/countries.mjs"})  # asked for by what needs them, not with the page
FOREVER: Final = "public, max-age=31536000, immutable"


@cache
def contents() -> dict[str, bytes]:
    """Return every module by its path below the assets; read once, as the page names one version of them."""
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*.mjs"))}


@cache
def version() -> str:
    """Return the version of all modules: a change of any is a new one."""
    return hashlib.sha256(repr(contents()).encode()).hexdigest()[:12]


def tags() -> str:
    """Return the tags that load the modules, all at once, and run the entry."""
    addresses = [escape(f"/assets/{version()}/{name}") for name in contents() if name not in LATER]
    hints = [f'<link rel="modulepreload" href="{address}">' for address in addresses]
    return "\n".join(["", *hints, f'<script type="module" src="/assets/{version()}/{ENTRY}"></script>'])


def register(app: Dash) -> None:
    """Add the modules' route; a page that was read before an upgrade gets the new ones, all of them, and keeps none."""
    server: Flask = app.server

    @server.get("/assets/<asked>/<path:name>")
    def module_file(asked: str, name: str) -> Response:
        content = contents().get(name)
        if content is None:
            return problem(404, say("server.no_file"))
        cache = FOREVER if asked == version() else "no-cache"
        return Response(content, mimetype="text/javascript", headers={"Cache-Control": cache})
