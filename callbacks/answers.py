"""Answers of callbacks, kept as compressed bytes: the same question about the same vintage is answered once.

Only callbacks that read the selection are kept: they are pure functions of what is posted and of the vintage.
"""

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import Final

from dash import Dash
from flask import Response, g, request

from callbacks.guard import ENDPOINT
from data.errors import StoreError
from data.store import Store
from layouts import ids

MOST_ANSWERS: Final = 512
LARGEST_ANSWER: Final = 400_000
KEPT_HEADERS: Final = ("Content-Type", "Content-Encoding", "Vary")


class Answers:
    """The newest answers by question; safe between threads."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        """Keep at most ``most`` answers."""
        self._kept: OrderedDict[bytes, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock, self._most = Lock(), most

    def get(self, key: bytes) -> tuple[bytes, dict[str, str]] | None:
        """Return a kept answer, and remember that it was asked for."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: bytes, content: bytes, headers: dict[str, str]) -> None:
        """Keep an answer; the one that was not asked for the longest makes room."""
        if len(content) > LARGEST_ANSWER:
            return
        with self._lock:
            self._kept[key] = (content, headers)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def register_reading(app: Dash, store: Store, answers: Answers) -> None:
    """Answer from what is kept. Registered after the guard, so that only well-formed questions come here."""

    @app.server.before_request
    def known() -> Response | None:
        if request.path != ENDPOINT or request.method != "POST":
            return None
        body = request.get_json(silent=True)
        if not isinstance(body, dict) or not _reads_selection(body):
            return None
        try:
            vintage = store.current()
        except StoreError:
            return None
        question = request.get_data(cache=True)
        asked = f"{vintage.folder}|{request.headers.get('Accept-Encoding', '')[:200]}|".encode() + question
        key = hashlib.sha256(asked).digest()
        found = answers.get(key)
        if found is None:
            g.question = key
            return None
        content, headers = found
        return Response(content, headers=headers)


def register_keeping(app: Dash, answers: Answers) -> None:
    """Keep what was answered. Registered before the compression, so that it runs after it."""

    @app.server.after_request
    def keep(response: Response) -> Response:
        key = g.pop("question", None)
        if key is not None and response.status_code == 200:
            headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
            answers.keep(key, response.get_data(), headers)
        return response


def _reads_selection(body: dict[str, object]) -> bool:
    inputs = body.get("inputs")
    names = {ids.SELECTION}
    return isinstance(inputs, list) and any(isinstance(one, dict) and one.get("id") in names for one in inputs)
