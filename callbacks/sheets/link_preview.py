"""What a link to a view says of itself where it is shared: the view's title, its sentence, its map."""

from typing import Final

from dash import Dash
from flask import has_request_context, request

from callbacks.server.address import own_address
from callbacks.server.index_html import App, Head
from callbacks.view.view_model import view_model
from data.counting.engine import open_view
from data.model.caches import kept
from data.model.errors import StoreError
from data.model.notices import say
from data.query.address import Misreading, versioned
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.figures.map import DEFAULT_VIEW
from layouts.standalone.embed import picture_path
from layouts.text import page as text

VIEW: Final = "crossings:view"


def register(app: Dash, store: Store) -> None:
    """Let the first HTML describe the view that is asked for."""
    if not isinstance(app, App):
        raise TypeError("The first HTML is written by callbacks.server.index_html.App.")
    site = own_address()

    def head() -> Head:
        try:
            found = open_view(store, stated_query())
        except StoreError:
            return Head(text.NAME, ())
        return preview(found.vintage, found.selection, site, found.misread)

    app.head = head


def stated_query() -> str:
    """Return what the address of the page states, as it came; blank where nobody asks."""
    return request.query_string.decode("utf-8", "replace") if has_request_context() else ""


@kept
def preview(vintage: Vintage, selection: Selection, site: str, misread: tuple[Misreading, ...] = ()) -> Head:
    """Return the title and the tags of a view; addresses are absolute where ``site`` is not blank.

    Built from the canonical query alone: what is unknown in an address, and its host, are in no tag. Where a part was
    not understood (``misread``), title and sentence say so first, and then what is shown instead.
    """
    query = selection.to_query()
    view = view_model(vintage, selection)
    sentence = view.sentence
    said = f"{say('statement.demonstration')} {sentence}" if vintage.is_demonstration else f"{sentence} {view.notes}"
    title = view.title
    if misread:
        title, said = say("address.title"), f"{say('address.heading')} {say('address.shown_instead', sentence=said)}"
    tags = {
        "description": said, "og:type": "website", "og:site_name": text.NAME, "og:title": title,
        "og:description": said, "og:image": f"{site}{picture_path('map', query)}",
        "og:image:alt": say("embed.picture", figure="map", title=sentence), "twitter:card": "summary_large_image",
    }  # fmt: skip
    if view.map_view != DEFAULT_VIEW and selection.view is None:
        tags[VIEW] = ",".join(f"{number:g}" for number in view.map_view)  # where the page's map opens
    if site:
        tags["og:url"] = f"{site}/{f'?{versioned(query)}' if query else ''}"
    return Head(f"{title} · {text.NAME}" if query or misread else text.NAME, tuple(tags.items()))
