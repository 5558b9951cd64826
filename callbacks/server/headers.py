"""What every response says to the browser: nothing from elsewhere, nothing guessed, only ``/embed`` to be framed."""

from typing import Final

from dash import Dash
from flask import Flask, Response, request

POLICY: Final = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self'; style-src-elem 'self' 'unsafe-inline'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; "
    "frame-src 'none'; frame-ancestors 'none'"
)
FRAMED: Final = ("/embed",)  # what other sites may show in a frame: a page without script, form or cookie
FRAMED_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)


def register(app: Dash) -> None:
    """Add the headers to every response."""
    server: Flask = app.server
    policy: list[str] = []

    @server.after_request
    def add(response: Response) -> Response:
        if not policy:
            hashes = (f"'{h}'" if not h.startswith("'") else h for h in app.csp_hashes())
            policy.append(POLICY.format(hashes=" ".join(hashes)))
        framed = request.path in FRAMED
        response.headers["Content-Security-Policy"] = FRAMED_POLICY if framed else policy[0]
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if not framed:
            response.headers["X-Frame-Options"] = "DENY"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response
