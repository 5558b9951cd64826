"""Answers kept as compressed bytes: the same question about the same vintage is answered once.

A callback of this page, and the cells of a query, are pure functions of what is asked and of the vintage. A kept
answer is given before Flask and Dash see the request: only a question that got through all of their checks, to the
byte and with the same headers, has one.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from io import BytesIO
from threading import Lock
from typing import Any, Final

from dash import Dash

from callbacks.guard import ENDPOINT, LARGEST_BODY
from data.errors import StoreError
from data.store import Store

MOST_BYTES: Final = 48_000_000
LARGEST_ANSWER: Final = 400_000
KEPT_PATHS: Final = ("/cells/values", "/cells/cube", "/incidents/points")
READ_HEADERS: Final = ("HTTP_ACCEPT_ENCODING", "HTTP_HOST", "HTTP_SEC_FETCH_SITE", "CONTENT_TYPE")

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], bytes]


class Answers:
    """The newest answers by question; safe between threads."""

    def __init__(self, most: int = MOST_BYTES, *, largest: int = LARGEST_ANSWER) -> None:
        """Keep at most ``most`` bytes of answers, none of more than ``largest``."""
        self._largest = largest
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock, self._most, self._bytes = Lock(), most, 0

    def get(self, key: bytes) -> Answer | None:
        """Return a kept answer, and remember that it was asked for."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer; the one that was not asked for the longest makes room."""
        if len(answer[2]) > self._largest:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = answer
            self._bytes += len(answer[2])
            while self._bytes > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest[2])


def register(app: Dash, store: Store) -> None:
    """Put what is kept before the server."""
    server: Any = app.server
    server.wsgi_app = KeptFirst(server.wsgi_app, store, Answers())


class KeptFirst:
    """A WSGI application that answers from what is kept, and keeps what the one behind it answers."""

    def __init__(self, behind: Callable[..., Iterable[bytes]], store: Store, answers: Answers) -> None:
        """Answer with ``behind`` where nothing is kept."""
        self.behind, self.store, self.answers = behind, store, answers

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        key = self._question(environ)
        if key is None:
            return self.behind(environ, start_response)
        found = self.answers.get(key) or self._answered(environ, key)
        status, headers, content = found
        start_response(status, list(headers))
        return [content]

    def _answered(self, environ: Environ, key: bytes) -> Answer:
        began: list[Any] = []

        def begin(*said: Any) -> Callable[[bytes], object]:
            began[:] = said[:2]
            return began.append

        parts = self.behind(environ, begin)
        try:
            content = b"".join(parts)
        finally:
            if (close := getattr(parts, "close", None)) is not None:
                close()
        answer = (began[0], began[1], content)
        if began[0].startswith("200"):
            self.answers.keep(key, answer)
        return answer

    def _question(self, environ: Environ) -> bytes | None:
        """Return what a request asks, as one number; None where its answer is not kept."""
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if not (path == ENDPOINT and method == "POST") and not (path in KEPT_PATHS and method == "GET"):
            return None
        try:
            folder = self.store.current().folder
        except StoreError:
            return None
        body = _body(environ) if method == "POST" else b""
        if body is None:
            return None
        said = [str(environ.get(name, "")) for name in READ_HEADERS]
        query = environ.get("QUERY_STRING", "")
        is_pinned = "vintage" in query or b"vintage" in body
        kept = self.store.names() if is_pinned else ()  # an older vintage may have been forgotten since
        asked = repr((str(folder), kept, path, query, said)).encode()
        return hashlib.sha256(asked + body).digest()


def _body(environ: Environ) -> bytes | None:
    """Return what was posted and put it back; None where its length is not stated or too large."""
    given = environ.get("CONTENT_LENGTH") or ""
    if not (given.isascii() and given.isdigit()) or len(given) > 8 or int(given) > LARGEST_BODY:
        return None
    body: bytes = environ["wsgi.input"].read(int(given))
    environ["wsgi.input"] = BytesIO(body)
    return body
