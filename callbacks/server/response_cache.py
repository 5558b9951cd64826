"""Answers kept as compressed bytes: the same question about the same vintage is answered once.

A callback of this page, and the cells of a query, are pure functions of what is asked and of the vintage. A kept
answer is given before Flask and Dash see the request: only a question that got through all of their checks, to the
byte and with the same headers, has one.
"""

import hashlib
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final

from dash import Dash

from callbacks.server.guard import ENDPOINT, LARGEST_BODY
from data.model.caches import CACHES, Caches
from data.model.errors import StoreError
from data.model.notices import language_in_use
from data.model.roles import reader_in_use
from data.store.store import Store

LARGEST_ANSWER: Final = 400_000
KEPT_PATHS: Final = ("/cells/values", "/cells/cube", "/incidents/points")
READ_HEADERS: Final = ("HTTP_ACCEPT_ENCODING", "HTTP_HOST", "HTTP_SEC_FETCH_SITE", "CONTENT_TYPE")

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], bytes]


class Answers:
    """The newest answers of one app by question, within the budget of all that is kept."""

    kept_bytes: Final = 0  # only names its answers among all that is kept

    def __init__(self, *, largest: int = LARGEST_ANSWER, caches: Caches = CACHES) -> None:
        """Keep no answer of more than ``largest`` bytes."""
        self._largest, self._caches = largest, caches

    def get(self, key: bytes) -> Answer | None:
        """Return a kept answer, and remember that it was asked for."""
        found: Answer | None = self._caches.get((self, key))
        return found

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer; what was not asked for the longest makes room."""
        if len(answer[2]) <= self._largest:
            self._caches.keep((self, key), answer)


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
            vintage = self.store.current()
        except StoreError:
            return None
        body = _body(environ) if method == "POST" else b""
        if body is None:
            return None
        said = [str(environ.get(name, "")) for name in READ_HEADERS]
        query = environ.get("QUERY_STRING", "")
        is_pinned = "vintage" in query or b"vintage" in body
        kept = self.store.names() if is_pinned else ()  # an older vintage may have been forgotten since
        seen = (str(vintage.folder), vintage.mark, reader_in_use())
        asked = repr((*seen, kept, path, query, said, language_in_use())).encode()
        return hashlib.sha256(asked + body).digest()


def _body(environ: Environ) -> bytes | None:
    """Return what was posted and put it back; None where its length is not stated or too large."""
    given = environ.get("CONTENT_LENGTH") or ""
    if not (given.isascii() and given.isdigit()) or len(given) > 8 or int(given) > LARGEST_BODY:
        return None
    body: bytes = environ["wsgi.input"].read(int(given))
    environ["wsgi.input"] = BytesIO(body)
    return body
