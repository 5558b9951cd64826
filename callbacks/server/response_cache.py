"""Answers kept as compressed bytes: the same question about the same vintage is answered once.

The page, its callbacks and the HTTP interface are pure functions of what is asked, of the vintages and of the day. A
kept answer is given before Flask and Dash see the request: only a question that got through all of their checks, to
the byte and with the same headers, has one.
"""

import hashlib
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final

from dash import Dash

from callbacks.server.guard import ENDPOINT, LARGEST_BODY, PILLAR_PAGES
from data.model.caches import CACHES, Caches
from data.model.days import today
from data.model.errors import StoreError
from data.model.notices import language_in_use
from data.model.roles import reader_in_use
from data.store.store import Store

LARGEST_ANSWER: Final = 400_000
PASSING: Final = ("Cache-Control", "no-cache, max-age=0")  # of a page whose map is still being drawn: not kept here
KEPT_PATHS: Final = (
    "/",
    "/first.svg",
    "/embed",
    "/embed.svg",
    "/embed.css",
    "/embed.js",
    "/sector",
    "/places",
    *PILLAR_PAGES,
)
KEPT_BELOW: Final = (
    "/api/v1/",
    "/cells/",
    "/routes/",
    "/incidents/",
    "/_dash-layout",
    "/_dash-dependencies",
    "/basemap/",
)
READ_HEADERS: Final = (
    "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_HOST", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ORIGIN",
    "HTTP_SEC_FETCH_SITE", "HTTP_RANGE", "CONTENT_TYPE", "wsgi.url_scheme",
)  # fmt: skip

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], bytes]


class Answers:
    """The newest answers of one app by question, within the budget of all that is kept."""

    kept_bytes: Final = 0  # only names its answers among all that is kept

    def __init__(self, *, largest: int = LARGEST_ANSWER, caches: Caches = CACHES) -> None:
        """Keep no answer of more than ``largest`` bytes."""
        self._largest, self._caches = largest, caches
        self.hits = self.misses = 0  # close, not exact: threads count without a lock

    def get(self, key: bytes) -> Answer | None:
        """Return a kept answer, and remember that it was asked for."""
        found: Answer | None = self._caches.get((self, key))
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
        return found

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer; what was not asked for the longest makes room."""
        if len(answer[2]) <= self._largest:
            self._caches.keep((self, key), answer)


def register(app: Dash, store: Store) -> "KeptFirst":
    """Put what is kept before the server, and return it."""
    server: Any = app.server
    server.wsgi_app = KeptFirst(server.wsgi_app, store, Answers())
    kept: KeptFirst = server.wsgi_app
    return kept


class KeptFirst:
    """A WSGI application that answers from what is kept, and keeps what the one behind it answers."""

    def __init__(self, behind: Callable[..., Iterable[bytes]], store: Store, answers: Answers) -> None:
        """Answer with ``behind`` where nothing is kept."""
        self.behind, self.store, self.answers = behind, store, answers
        self._now: tuple[str, str] | None = None
        self._before: tuple[str, str] | None = None

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        key = self.question(environ)
        if key is None:
            return self.behind(environ, start_response)
        found = self.answers.get(key)
        if found is None:
            return self._answered(environ, key, start_response)
        status, headers, content = found
        start_response(status, list(headers))
        return [content]

    def _answered(self, environ: Environ, key: bytes, start_response: Callable[..., Any]) -> Iterable[bytes]:
        began: list[Any] = []

        def begin(*said: Any) -> Callable[[bytes], object]:
            began[:] = said[:2]
            return began.append

        parts = self.behind(environ, begin)
        start_response(*began)
        if not any(name.lower() == "content-length" for name, _ in began[1]):
            return parts  # it is made while it is sent, and too large to keep
        try:
            content = b"".join(parts)
        finally:
            if (close := getattr(parts, "close", None)) is not None:
                close()
        if began[0].startswith(("200", "304")) and environ["REQUEST_METHOD"] != "HEAD" and not _is_passing(began[1]):
            self.answers.keep(key, (began[0], began[1], content))
        return [content]

    def question(self, environ: Environ, *, at_once: bool = False) -> bytes | None:
        """Return what a request asks, as one number; None where its answer is not kept.

        With ``at_once``, None too where a vintage would have to be opened first.
        """
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if not (path == ENDPOINT and method == "POST") and not (is_kept(path) and method == "GET"):
            return None
        try:
            state = self.store.state_at_hand() if at_once else self.store.state()
        except StoreError:
            return None
        if state is None:
            return None
        now = state, self.store.mark()  # a vintage may be asked for that has been forgotten since
        if now != self._now:
            self._before, self._now = self._now, now
        return self._key(environ, now)

    def former(self, environ: Environ) -> Answer | None:
        """Return what was answered before the store last changed, where that is still kept."""
        is_told = self._before is not None and self.store.may_tell_again()
        key = self._key(environ, self._before) if is_told and self._before else None
        return None if key is None else self.answers.get(key)

    def _key(self, environ: Environ, state: tuple[str, str]) -> bytes | None:
        body = _body(environ) if environ["REQUEST_METHOD"] == "POST" else b""
        if body is None:
            return None
        said = [str(environ.get(one, "")) for one in READ_HEADERS]
        asked = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""), said, language_in_use())
        about = (str(self.store.folder), state, reader_in_use(), today())
        return hashlib.sha256(repr((about, asked)).encode() + body).digest()


def is_kept(path: str) -> bool:
    """Return whether the answer to a GET is a pure function of the question."""
    return path in KEPT_PATHS or path.startswith(KEPT_BELOW)


def _is_passing(headers: Iterable[tuple[str, str]]) -> bool:
    """Return whether an answer says that it is not whole yet, so that the next one will be another."""
    return PASSING in headers


def _body(environ: Environ) -> bytes | None:
    """Return what was posted and put it back; None where its length is not stated or too large."""
    given = environ.get("CONTENT_LENGTH") or ""
    if not (given.isascii() and given.isdigit()) or len(given) > 8 or int(given) > LARGEST_BODY:
        return None
    body: bytes = environ["wsgi.input"].read(int(given))
    environ["wsgi.input"] = BytesIO(body)
    return body
