"""What a link to a view says of itself where it is shared: the view's title, its sentence, its map."""

from functools import lru_cache
from typing import Final

from dash import Dash
from flask import has_request_context, request

from callbacks.address import own_address
from callbacks.index import App, Head
from callbacks.page import words
from callbacks.reading import coverage, reading
from callbacks.view import view_of
from data.errors import StoreError
from data.exports.about import DEMONSTRATION
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts import text
from layouts.embed import picture_path
from layouts.figures.map import DEFAULT_VIEW

VIEW: Final = "crossings:view"


def register(app: Dash, store: Store) -> None:
    """Let the first HTML describe the view that is asked for."""
    if not isinstance(app, App):
        raise TypeError("The first HTML is written by callbacks.index.App.")
    site = own_address()

    def head() -> Head:
        query = request.query_string.decode("utf-8", "replace") if has_request_context() else ""
        try:
            vintage, selection = reading(store, query)
        except StoreError:
            return Head(text.NAME, ())
        return preview(vintage, selection, site)

    app.head = head


@lru_cache(maxsize=256)
def preview(vintage: Vintage, selection: Selection, site: str) -> Head:
    """Return the title and the tags of a view; addresses are absolute where ``site`` is not blank.

    Built from the canonical query alone: what is unknown in an address, and its host, are in no tag.
    """
    query = selection.to_query()
    sentence, notes = words(vintage, selection)
    said = f"{DEMONSTRATION} {sentence}" if vintage.is_demonstration else f"{sentence} {notes}"
    title = view_title(vintage, selection)
    tags = {
        "description": said, "og:type": "website", "og:site_name": text.NAME, "og:title": title,
        "og:description": said, "og:image": f"{site}{picture_path('map', query)}",
        "og:image:alt": f"Map: {sentence}", "twitter:card": "summary_large_image",
    }  # fmt: skip
    if (view := view_of(vintage, selection)) != DEFAULT_VIEW and selection.view is None:
        tags[VIEW] = ",".join(f"{number:g}" for number in view)  # where the page's map opens
    if site:
        tags["og:url"] = f"{site}/{f'?{query}' if query else ''}"
    return Head(f"{title} · {text.NAME}" if query else text.NAME, tuple(tags.items()))


def view_title(vintage: Vintage, selection: Selection) -> str:
    """Return the title of a view: measure, place and period, without a number (RULES P1)."""
    first, last = coverage(vintage, selection).row(0)
    when = text.window(selection.start, selection.end) or text.covered((first, last))
    return f"{text.MEASURE[selection.measure]} {text.place(selection, vintage.names)}{f' {when}' if when else ''}"
