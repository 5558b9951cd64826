"""The first picture of a view: what the page's HTML itself holds, and its still map at an address of its own.

No page waits for a map: where it has not been drawn, the page goes without and asks for it as an image, which is made
as all pictures are. Whoever hands that image on tells it to ``Drawn``, and the next page has it in it.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from typing import Final

import brotli
from dash import Dash
from flask import Flask, Response, after_this_request, has_request_context
from markupsafe import Markup

from callbacks.server.index_html import App
from callbacks.server.response_cache import PASSING, Answer, Answers
from callbacks.server.responses import problem_response, with_cache_headers
from callbacks.sheets.export_request import asked_view
from callbacks.sheets.first_address import address_of
from callbacks.sheets.first_words import first_of, still_place, still_view
from callbacks.sheets.link_preview import stated_query
from callbacks.sheets.picture_data import map_of
from callbacks.view.view_model import view_model
from data.counting.engine import open_view
from data.model.errors import CrossingsError, StoreError
from data.model.notices import language_in_use, say
from data.model.roles import Role, reader_in_use
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_text
from layouts.standalone.first_page import first_page, nothing_yet
from layouts.standalone.still_map import Linked, still_map
from layouts.text import page as text

PATH: Final = "/first.svg"
LARGEST: Final = 1_000_000
KEY: Final = re.compile(rb'data-key="([0-9a-f]{32})"')
HEAD: Final = 600  # bytes of a drawing in which its key stands
UNPACK: Final[dict[str, Callable[[bytes], bytes]]] = {"br": brotli.decompress, "gzip": gzip.decompress}


class Drawn:
    """The still maps that this process knows, by vintage, selection and language; of public readers alone."""

    def __init__(self) -> None:
        """Keep what is drawn, bounded."""
        self._kept = Answers(largest=LARGEST)

    def get(self, vintage: Vintage, selection: Selection) -> Markup | None:
        """Return the map of a selection, where it is known."""
        found = self._kept.get(bytes.fromhex(key_of(vintage, selection))) if _is_public() else None
        return None if found is None else Markup(found[2].decode())  # noqa: S704 — drawn by ``still_map``

    def learn(self, answer: Answer) -> None:
        """Keep the map that an answer holds; nothing where it holds none."""
        packed = next((value for name, value in answer[1] if name.lower() == "content-encoding"), "")
        content = UNPACK[packed](answer[2]) if packed in UNPACK else answer[2]
        found = KEY.search(content[:HEAD])
        if answer[0].startswith("200") and found and _is_public():
            self._kept.keep(bytes.fromhex(found[1].decode()), ("200 OK", [], content))


def _is_public() -> bool:
    reader = reader_in_use()
    return reader is None or reader.role is Role.PUBLIC


def key_of(vintage: Vintage, selection: Selection) -> str:
    """Return what names the map of a selection."""
    said = (str(vintage.folder), vintage.mark, selection.to_query(), language_in_use())
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def register(app: Dash, store: Store) -> None:
    """Serve the still map, and write the first picture into the page's HTML."""
    if not isinstance(app, App):
        raise TypeError("The first HTML is written by callbacks.server.index_html.App.")
    server: Flask = app.server
    drawn = Drawn()

    @server.get(PATH)
    def still() -> Response:
        try:
            vintage, selection, _ = asked_view(store)
            content = drawing(vintage, selection)
        except CrossingsError as error:
            return problem_response(error)
        drawn.learn(("200 OK", [], content.encode()))
        response = Response(content, mimetype="image/svg+xml")
        return with_cache_headers(response, is_pinned=selection.vintage is not None)

    def first() -> str:
        try:
            found = open_view(store, stated_query())
        except StoreError as error:
            return nothing_yet(str(error))
        shown = still_view(found.vintage, found.selection)
        kept = drawn.get(found.vintage, shown)
        if kept is None and has_request_context():
            after_this_request(_not_for_keeping)
        return first_page(first_of(found, shown, kept, path=_path_of(shown)))

    app.first = first
    app.drawn = drawn


def _path_of(selection: Selection) -> str:
    query = selection.to_query()
    return f"{PATH}?{query}" if query else PATH


def _not_for_keeping(response: Response) -> Response:
    """Let no server keep a page whose map is not in it: the next one has it. A browser may: it has the map beside."""
    response.headers[PASSING[0]] = PASSING[1]
    return response


def drawing(vintage: Vintage, selection: Selection) -> str:
    """Return the still map of a selection, each of its cells a link to the same view with that cell chosen."""
    picture = map_of(vintage, selection.replace(view=still_place(vintage, selection).view))
    values = dict(view_model(vintage, selection).cells.select("cell", selection.measure).iter_rows())
    links = [_link(selection, cell, values.get(cell)) for cell in picture.ids]
    return still_map(picture, links, label=say("still.map"), key=key_of(vintage, selection))


def _link(selection: Selection, cell: int, value: int | None) -> Linked:
    if value is None:
        words = say("still.cell_silent")
    elif selection.measure == "dead_or_missing":
        words = say("still.cell", people=value)
    else:
        words = say("still.cell_other", count=value, unit=text.MEASURE_INLINE[selection.measure])
    return Linked(address_of(selection.replace(cell=cell_text(cell))), words)
