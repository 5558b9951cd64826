"""Files that the browser loads: the basemap, the face, and compression that is done once per file, not per request."""

import gzip
import hashlib
from typing import Final

import brotli
from dash import Dash
from flask import Flask, Response, request

from callbacks.server.browser_modules import FOREVER
from callbacks.server.precompress import read_packed
from callbacks.server.responses import problem
from data.model.caches import kept
from data.model.notices import say
from data.store.store import Store
from geo.map import basemap
from layouts.standalone.typeface import NAMES, face_file

SMALLEST: Final = 1_000
PAGE_QUALITY: Final = 5  # of Brotli: a third smaller than the quickest, in 10 ms
FOR_ANY_FRAME: Final = {"Cache-Control": FOREVER, "Access-Control-Allow-Origin": "*"}  # in a sandbox too
TEXT: Final = ("text/", "application/json", "application/javascript", "image/svg", "application/problem+json")


@kept
def _packed_file(how: str, content: bytes) -> bytes:
    """Return a static file compressed: as far as it goes where set-up has done so, else well, once per worker."""
    if how == "br" and (best := read_packed(content)):
        return best
    return brotli.compress(content, quality=6) if how == "br" else gzip.compress(content, 6)


def _packed(content: bytes, how: str) -> bytes:
    is_first = request.path in ("/", "/first.svg")  # kept, and what a reader on a weak line waits for
    return (
        brotli.compress(content, quality=PAGE_QUALITY if is_first else 1) if how == "br" else gzip.compress(content, 1)
    )


def _accepted() -> str | None:
    given = request.headers.get("Accept-Encoding", "")
    return "br" if "br" in given else "gzip" if "gzip" in given else None


def register(app: Dash, store: Store) -> None:
    """Add the basemap's route and the compression of responses."""
    server: Flask = app.server
    del store

    @server.get("/basemap/<name>.json")
    def basemap_file(name: str) -> Response:
        if name not in basemap.NAMES:
            return problem(404, say("server.no_basemap"))
        response = Response(basemap.content(name), mimetype="application/json")
        response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:24])
        response.headers["Cache-Control"] = "public, max-age=86400"
        response.make_conditional(request)
        return response

    @server.get("/assets/type/<name>.woff2")
    def face(name: str) -> Response:
        if name not in NAMES:
            return problem(404, say("server.no_file"))
        return Response(face_file(NAMES[name]), mimetype="font/woff2", headers=FOR_ANY_FRAME)

    @server.after_request
    def compress(response: Response) -> Response:
        how = _accepted()
        wanted = response.status_code == 200 and (response.mimetype or "").startswith(TEXT)
        if (response.mimetype or "").startswith(TEXT):
            response.vary.add("Accept-Encoding")  # beside what varies already: lists are negotiated by Accept too
        if how is None or not wanted or "Content-Encoding" in response.headers:
            return response
        response.direct_passthrough = False
        content = response.get_data()
        is_file = request.path.startswith(("/_dash-component-suites/", "/assets/", "/basemap/"))
        if len(content) < SMALLEST and not is_file:  # a file is compressed once, so its few bytes are free
            return response
        packed = _packed_file(how, content) if is_file else _packed(content, how)
        response.set_data(packed)
        response.headers["Content-Encoding"] = how
        return response
