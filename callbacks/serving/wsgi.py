"""From a request as the connection reads it to one as Flask reads it, and from Flask's answer back."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextvars import Context, copy_context
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote_to_bytes

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]
Headers = list[tuple[str, str]]

OWN_NAMES: Final = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
DONE: Final = object()


@dataclass
class Answered:
    """Status line, headers and content; ``rest`` where the content is still being made."""

    status: str
    headers: Headers
    content: bytes
    rest: "Stream | None" = None


class Stream:
    """What is left of an answer, made part by part, each wherever there is a thread to make it in."""

    def __init__(self, parts: Iterator[bytes], close: Callable[[], object] | None, context: Context) -> None:
        """Keep the parts and the context in which they are made."""
        self._parts, self._close, self._context = parts, close, context

    def next_part(self) -> Any:
        """Return the next part, or ``DONE``."""
        return self._context.run(next, self._parts, DONE)

    def close(self) -> None:
        """Let go of what the answer reads."""
        if self._close is not None:
            self._context.run(self._close)


def environ_of(scope: dict[str, Any], body: bytes, client: str) -> Environ:
    """Return a request for WSGI; the address is the reader's, whoever stands between."""
    query: bytes = scope["query_string"]
    raw: bytes = scope["raw_path"]
    server = scope.get("server") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"], "SCRIPT_NAME": "", "PATH_INFO": unquote_to_bytes(raw).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"), "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "RAW_URI": (raw + b"?" + query if query else raw).decode("latin-1"), "REMOTE_ADDR": client,
        "SERVER_NAME": str(server[0]), "SERVER_PORT": str(server[1]), "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"), "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    for name, value in scope["headers"]:
        own = OWN_NAMES.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        text = value.decode("latin-1")
        environ[own] = f"{environ[own]},{text}" if own in environ and own.startswith("HTTP_") else text
    if "HTTP_TRANSFER_ENCODING" in environ:
        environ["CONTENT_LENGTH"] = str(len(body))
        del environ["HTTP_TRANSFER_ENCODING"]
    return environ


def plain_environ(path: str, hosts: str | None) -> Environ:
    """Return what this server asks of itself, as nobody; ``hosts``: the names that may be asked for, None for any."""
    name = (hosts or "127.0.0.1").split(",")[0]
    host = f"any{name}" if name.startswith(".") else name
    scope = {
        "method": "GET", "raw_path": path.encode(), "query_string": b"", "http_version": "1.1",
        "headers": [(b"host", host.encode())],
    }  # fmt: skip
    return environ_of(scope, b"", "")


def run(application: Application, environ: Environ) -> Answered:
    """Return the app's answer, whole where its length is stated, else its first part and the rest."""
    context = copy_context()
    return context.run(_run, application, environ, context)


def _run(application: Application, environ: Environ, context: Context) -> Answered:
    said: list[Any] = []

    def begin(*stated: Any) -> Callable[[bytes], object]:
        said[:] = stated[:2]
        return said.append

    parts = application(environ, begin)
    close = getattr(parts, "close", None)
    made = iter(parts)
    first = None if isinstance(parts, list | tuple) or _has_length(said) else next(made, None)
    if first is not None:
        return Answered(said[0], said[1], first, Stream(made, close, context))
    try:  # what has neither length nor content, as a file that has not changed (304), is whole too
        content = b"".join(made)
    finally:
        if close is not None:
            close()
    return Answered(said[0], said[1], content)


def _has_length(said: list[Any]) -> bool:
    return bool(said) and any(name.lower() == "content-length" for name, _ in said[1])
