"""The tag of an answer, known before anything is computed: what it is made of decides it, its bytes need not be read.

An answer of the interface is a pure function of the vintage, the path, the query, what is accepted, the language, the
role of the reader, this program, and of little beside (the day, the older vintages, what has been released of
sectors). A reader who states the tag of all these has the answer already: 304, and no table is read.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, g, request
from werkzeug.http import parse_etags

from callbacks.server.guard import PILLAR_PAGES
from callbacks.server.interface import ROOT, is_interface
from callbacks.server.responses import with_cache_headers
from data.model.days import today
from data.model.errors import CrossingsError
from data.model.notices import language_in_use
from data.model.roles import reader_in_use
from data.model.settings import read_settings
from data.query.parameters import VINTAGE, parse_query
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from data.store.vintage_ref import is_immutable

PUBLIC: Final = "public"  # the role of a reader who has not logged in
PAGES: Final = (
    "/sector",
    "/embed.svg",
    "/first.svg",
    *PILLAR_PAGES,
)  # beside the interface, what is tagged by what it is made of
WHOLE_PAGE: Final = ("/", "/_dash-layout", "/_dash-dependencies")  # of this site alone: no other page reads them
OF_EVERY_VINTAGE: Final = (f"{ROOT}vintages",)  # what speaks of vintages published later, pinned or not
TREE: Final = Path(__file__).parents[2]
PROGRAM: Final = ("callbacks", "data", "geo", "layouts")
LOCK: Final = "requirements.lock"  # the libraries that write the bytes
LENGTH: Final = 24


@dataclass(frozen=True)
class Asked:
    """All that decides an answer.

    ``vintage`` is the mark of the one that is read, ``beside`` what else the store has, ``accept`` the header by which
    a format is chosen. The order of parameters means nothing; two other spellings of one question have two tags,
    which costs an answer and is never wrong.
    """

    vintage: str
    path: str
    query: str
    accept: str = ""
    language: str = ""
    role: str = PUBLIC
    beside: tuple[str, ...] = ()


def entity_tag(asked: Asked) -> str:
    """Return the tag of an answer, without quotes; it is weak, as the bytes may be compressed in several ways."""
    said = astuple(replace(asked, query=repr(sorted(parse_query(asked.query).items()))))
    return hashlib.sha256(repr((said, program_version())).encode()).hexdigest()[:LENGTH]


def is_unchanged(if_none_match: str | None, tag: str) -> bool:
    """Return whether a reader who states these tags, joined by commas, weak or strong, has the answer of this tag.

    ``*`` stands for any answer that there is. Whether there is one is known only when it is made, so it is never told
    here: ``Response.make_conditional`` does, after.
    """
    return parse_etags(if_none_match).contains_weak(tag) and not parse_etags(if_none_match).star_tag


@cache
def program_version() -> str:
    """Return a hash of the program's own files and of the versions of the libraries that write for it."""
    files = [TREE / LOCK, *(path for room in PROGRAM for path in sorted((TREE / room).rglob("*")))]
    found = hashlib.sha256()
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(str(path.relative_to(TREE)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:LENGTH]


def asked_of(store: Store, *, path: str, query: str, accept: str = "", role: str = PUBLIC) -> Asked | None:
    """Return what decides the answer at an address; None where its vintage is not here or cannot be meant."""
    try:
        pinned = Selection.pinned_in(parse_query(query))
        vintage = store.open(pinned)
        beside = _beside(store, vintage, path, is_for_good=pinned is not None and is_immutable(pinned, today=today()))
    except CrossingsError:
        return None
    return Asked(vintage.mark, path, query, accept, language_in_use(), role, beside)


def _beside(store: Store, vintage: Vintage, path: str, *, is_for_good: bool) -> tuple[str, ...]:
    """Return what else an answer may speak of: older vintages, the address of the page, the day, released alerts."""
    names = [name for name in store.names() if name <= vintage.name]
    address = read_settings().address
    if path in WHOLE_PAGE:  # it says why an older vintage is in use, and what is in the store besides
        return (*store.names(), repr(store.state()), store.mark(), repr(store.lost()), address, today().isoformat())
    if is_for_good and not path.startswith(OF_EVERY_VINTAGE):
        return (*names, address)
    return (*store.names(), store.current().mark, address, today().isoformat(), *_states(store.folder / "alerts"))


def _states(folder: Path) -> Iterable[str]:
    for path in sorted(folder.glob("*.json*")):
        found = path.stat()
        yield f"{path.name} {found.st_mtime_ns} {found.st_size}"


def register(server: Flask, store: Store) -> None:
    """Tag what is asked for, and tell 304 before anything is computed."""

    @server.before_request
    def tell_unchanged() -> Response | None:
        path, is_page = request.path, request.path in WHOLE_PAGE
        if request.method not in ("GET", "HEAD") or not (is_interface(path) or path in PAGES or is_page):
            return None
        query = str(request.environ.get("QUERY_STRING", ""))
        accept, reader = request.headers.get("Accept", ""), reader_in_use()
        role = repr(reader) if reader else PUBLIC
        asked = asked_of(store, path=path, query=query, accept=accept, role=role)
        if asked is None:
            return None
        g.entity_tag = entity_tag(asked)
        if not is_unchanged(request.headers.get("If-None-Match"), g.entity_tag):
            return None
        if is_page:
            return _tagged(Response(status=304))
        return with_cache_headers(Response(status=304), is_pinned=VINTAGE.name in parse_query(query))

    @server.after_request
    def tag_the_page(response: Response) -> Response:
        is_known = response.status_code == 200 and request.path in WHOLE_PAGE and "entity_tag" in g
        return _tagged(response) if is_known else response


def _tagged(response: Response) -> Response:
    """Let the reader's own browser keep the page, and ask each time whether it is still so."""
    response.headers.setdefault("Cache-Control", "no-cache")
    response.set_etag(g.entity_tag, weak=True)
    return response
