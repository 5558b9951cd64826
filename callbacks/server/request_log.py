"""The log: one line of JSON for each event, bounded, with the request's id; no query, no address of anybody.

Python's own ``logging``, as Flask and the libraries speak to it; structlog would add a second way for sixty lines.
"""

import logging
import re
import sys
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final

import orjson
from dash import Dash

from callbacks.server.metrics import Metrics
from callbacks.server.request_kinds import request_kind
from data.model.errors import printable
from data.model.settings import read_settings

NAME: Final = "crossings"
SERVER: Final = "uvicorn.error"  # what the server beneath has to say
LONGEST_TEXT: Final = 400  # characters, of a message; a line stays under 1,000 bytes with all the rest
ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
ID_HEADER: Final = "X-Request-ID"
OWN: Final = "crossings_event"  # where a record carries what its line states
LEVELS: Final = {"429": logging.WARNING, "503": logging.WARNING}  # turned away, as is meant: no fault of the program
TELL_EVERY: Final = 1.0  # seconds between what a worker tells of its caches
REQUEST: Final[ContextVar[str | None]] = ContextVar("request", default=None)

Environ = dict[str, Any]


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; a message is cut, and marks that cannot be seen are written as numbers."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "pid": record.process,
            "request": REQUEST.get(),
        }
        event = getattr(record, OWN, None)
        said |= event if event is not None else {"event": record.name[:40], "message": _bounded(record.getMessage())}
        if record.exc_info and record.exc_info[0]:
            said["error"] = _bounded(f"{record.exc_info[0].__name__}: {record.exc_info[1]}")
        return orjson.dumps({name: value for name, value in said.items() if value is not None}).decode()


def _bounded(text: str) -> str:
    seen = printable(text[:LONGEST_TEXT])
    return seen if len(text) <= LONGEST_TEXT and len(seen) <= LONGEST_TEXT else f"{seen[: LONGEST_TEXT - 1]}…"


def start_log(level: str) -> logging.Logger:
    """Return this program's logger, which writes lines of JSON to standard error from ``level`` on."""
    logger = logging.getLogger(NAME)
    if not any(isinstance(one.formatter, JsonLines) for one in logger.handlers):
        handler = _ToStandardError()
        handler.setFormatter(JsonLines())
        logger.handlers = [handler]  # in place of the one that Flask gives it
        logging.getLogger(SERVER).handlers = [handler]
    logger.setLevel(level.upper())
    return logger


class _ToStandardError(logging.StreamHandler[Any]):
    """Writes to standard error as it is when something is said."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def register(app: Dash, metrics: Metrics) -> None:
    """Log and count every request, around all else."""
    server: Any = app.server
    server.wsgi_app = Observed(server.wsgi_app, Observer(metrics))


class Observer:
    """Gives each request an id, and logs and counts what became of it."""

    def __init__(self, metrics: Metrics, logger: logging.Logger | None = None) -> None:
        """Log as the settings say."""
        self._metrics, self._logger = metrics, logger or start_log(read_settings().log_level)
        self._next_tell = 0.0

    def begin(self, given: str) -> str:
        """Return the id of a request: the one that is given where it is well formed, else a new one."""
        request = given if ID.fullmatch(given) else token_hex(8)
        REQUEST.set(request)
        return request

    def end(self, path: str, method: str, status: str, began: float) -> None:
        """Note what became of a request; ``began`` is by ``time.perf_counter``."""
        ended = time.perf_counter()
        kind = request_kind(path)
        self._metrics.count(kind, status, ended - began)
        if ended > self._next_tell:
            self._next_tell = ended + TELL_EVERY
            self._metrics.tell_live()
        level = LEVELS.get(status, logging.ERROR if status >= "500" else logging.INFO)
        if self._logger.isEnabledFor(level):
            event = {"event": "request", "kind": kind, "method": method if method in METHODS else "other",
                     "status": int(status), "ms": round((ended - began) * 1000, 1)}  # fmt: skip
            self._logger.log(level, "", extra={OWN: event})


class Observed:
    """A WSGI application whose every request is observed."""

    def __init__(self, behind: Callable[..., Iterable[bytes]], observer: Observer) -> None:
        """Answer with ``behind``."""
        self._behind, self._observer = behind, observer

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        began, found = time.perf_counter(), ["500"]
        request = self._observer.begin(environ.get("HTTP_X_REQUEST_ID", ""))

        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            found[0] = status[:3]
            return start_response(status, [*headers, (ID_HEADER, request)], *failed)

        try:
            return self._behind(environ, start)
        finally:
            self._observer.end(environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"], found[0], began)


METHODS: Final = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"))
