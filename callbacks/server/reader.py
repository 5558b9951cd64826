"""Who asks: found once for each request, before anything kept is given, and told to all that reads (RULES 9).

In public mode a request is the public's, unless a session says otherwise. What a role other than the public is told is
kept by no cache but ours, whose keys hold the reader.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol

from dash import Dash

from data.model.roles import Reader, Role, reading_as

Environ = dict[str, Any]


class Door(Protocol):
    """Who comes in: says of a request who asks, and keeps what a role other than the public has read."""

    def find(self, environ: Environ) -> Reader:
        """Return who asks."""

    def note(self, reader: Reader, path: str) -> None:
        """Keep that a reader has read something of the kind of a path."""


STATIC: Final = ("/assets/", "/_dash-component-suites/", "/basemap/")  # the same for everybody
OPEN: Final = "access-control-allow-origin"


def nobody_known(_environ: Environ) -> Reader:
    """Return the public: the reader of every request where nobody logs in."""
    return Reader(Role.PUBLIC)


def register(app: Dash, door: Door | None) -> None:
    """Put the finding of the reader before everything else that answers; without a door everybody is the public."""
    server: Any = app.server
    server.wsgi_app = KnownReader(server.wsgi_app, door)


class KnownReader:
    """A WSGI application that lets the one behind it answer as the reader whom a request is of."""

    def __init__(self, behind: Callable[..., Iterable[bytes]], door: Door | None) -> None:
        """Answer with ``behind``; ``door`` says who asks."""
        self.behind, self.door = behind, door

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; what is made while it is sent is made for the same reader."""
        reader = self.door.find(environ) if self.door else nobody_known(environ)
        is_static = environ["PATH_INFO"].startswith(STATIC)

        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if is_static:
                return start_response(status, headers, *more)
            if self.door and reader.role is not Role.PUBLIC and status.startswith("200"):
                self.door.note(reader, environ["PATH_INFO"])
            made = with_privacy(headers, reader, with_sessions=self.door is not None)
            return start_response(status, made, *more)

        with reading_as(reader):
            parts = self.behind(environ, begin)
            if isinstance(parts, list):
                return parts
        return made_for(reader, parts)


def made_for(reader: Reader, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Return the parts of an answer, each made while the reader is known."""
    made = iter(parts)
    try:
        while True:
            with reading_as(reader):
                part = next(made, None)
            if part is None:
                return
            yield part
    finally:
        if (close := getattr(parts, "close", None)) is not None:
            with reading_as(reader):
                close()


def with_privacy(headers: list[tuple[str, str]], reader: Reader, *, with_sessions: bool) -> list[tuple[str, str]]:
    """Return headers that let no shared cache keep what a role was told, nor give one reader another's answer."""
    found = list(headers)
    if with_sessions:
        varies = [part.strip() for name, value in found if name.lower() == "vary" for part in value.split(",")]
        varies = list(dict.fromkeys([*varies, "Cookie"]))
        found = [one for one in found if one[0].lower() != "vary"] + [("Vary", ", ".join(varies))]
    if reader.role is Role.PUBLIC:
        return found
    kept = [one for one in found if one[0].lower() not in ("cache-control", "etag", "last-modified", OPEN)]
    return [*kept, ("Cache-Control", "private, no-store")]
