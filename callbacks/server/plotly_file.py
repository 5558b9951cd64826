"""The one large script, Plotly's: served as set-up has cut it (``plotly_bundle``), whole where set-up has not run."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import plotly
from flask import Flask, Response, request

from callbacks.server.precompress import FOLDER

ADDRESS: Final = "/_dash-component-suites/plotly/package_data/plotly.min.js"
WHOLE: Final = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
HOW: Final = Path(__file__).with_name("plotly_bundle.py")


def place_of(whole: bytes, folder: Path = FOLDER) -> Path:
    """Return where the cut form of a bundle is kept: under the hash of the bundle and of how it is cut."""
    return folder / f"{hashlib.sha256(whole + HOW.read_bytes()).hexdigest()}.js"


def write_cut(whole: bytes, cut: bytes, folder: Path = FOLDER) -> None:
    """Keep the cut form of a bundle."""
    folder.mkdir(parents=True, exist_ok=True)
    started = place_of(whole, folder).with_suffix(".part")
    started.write_bytes(cut)
    started.replace(place_of(whole, folder))


@cache
def served() -> bytes:
    """Return what a browser is sent."""
    whole = WHOLE.read_bytes()
    kept = place_of(whole)
    return kept.read_bytes() if kept.is_file() else whole


def register(server: Flask) -> None:
    """Answer the address at which Dash asks for Plotly."""

    @server.before_request
    def plotly_file() -> Response | None:
        if request.path != ADDRESS or request.method not in ("GET", "HEAD"):
            return None
        response = Response(served(), mimetype="text/javascript")
        response.set_etag(hashlib.sha256(served()).hexdigest()[:24])
        response.make_conditional(request)
        return response
