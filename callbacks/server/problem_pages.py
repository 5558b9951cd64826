"""What cannot be answered, as a page in words and links for a reader; JSON for a program that asks for it."""

from difflib import get_close_matches
from typing import Final

from dash import Dash
from flask import Flask, Response, request

from callbacks.server.guard import OWN_PATHS, PILLAR_PAGES
from callbacks.server.interface import ADDRESSES
from layouts.standalone.problem_page import problem_page

PAGES: Final = ("/", "/sector", "/embed", *PILLAR_PAGES)
KIND: Final = "application/problem+json"
NEAR: Final = 0.6  # of likeness, from which an address is taken for another one mistyped


def register(app: Dash) -> None:
    """Turn refusals into pages; before ``static_files`` compresses them, so after it in the order of registering."""
    server: Flask = app.server

    @server.after_request
    def tell_in_words(response: Response) -> Response:
        if response.mimetype != KIND or not asks_for_words(response.status_code):
            return response
        content = response.get_json()
        page = problem_page(response.status_code, str(content["detail"]), nearest(request.path))
        response.set_data(page)
        response.mimetype = "text/html"
        response.vary.add("Accept")
        return response


def asks_for_words(status: int) -> bool:
    """Return whether a reader asks: a browser says so; at an address of nothing, all but who asks for JSON."""
    accept = request.headers.get("Accept", "")
    if request.method not in ("GET", "HEAD") or "json" in accept:
        return False
    return "text/html" in accept or (status == 404 and not request.path.startswith(OWN_PATHS))


def nearest(path: str) -> str | None:
    """Return the address that a mistyped one is nearest to; None where it is like none, or is one of them."""
    known = (*PAGES, *ADDRESSES)
    found = get_close_matches(path[:120].casefold(), known, n=1, cutoff=NEAR)
    return found[0] if found and found[0] != path else None
