"""Who may keep what is answered of a store that holds what is not public: no shared cache, for no year (RULES 9).

A pinned answer tells more when a delay has passed, and less when a source is restricted: each use asks again.
"""

from typing import Final

from flask import Flask, Response, request

from callbacks.server.reader import STATIC
from data.store.sensitivity import said_in
from data.store.store import Store

ASKED_AGAIN: Final = "private, no-cache"


def register(server: Flask, store: Store) -> None:
    """Let the reader's own browser ask again before each use, where the store that the reader reads holds such."""

    @server.after_request
    def shorten(response: Response) -> Response:
        is_data = not request.path.startswith(STATIC)
        if is_data and "public" in response.headers.get("Cache-Control", "") and said_in(store.folder).has_restricted:
            response.headers["Cache-Control"] = ASKED_AGAIN
        return response
