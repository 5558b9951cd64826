"""The ways to hand a view on."""

from dash import html

from data.model.notices import say
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.export_menu import close
from layouts.page.kept_views import kept_views
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.standalone.embed import embed_code
from layouts.text import page as text


def share_menu(vintage: Vintage) -> html.Details:
    """Return the ways to hand this view on: as it will be, as it is known now, and inside another page."""
    ways = (
        (ids.SHARE, say("page.share_menu.copy_address"), say("page.share_menu.shows_the_newest_data_whenever")),
        (
            ids.SHARE_PINNED,
            say("page.share_menu.copy_pinned_address"),
            say("page.share_menu.pinned", vintage=vintage.name, day=vintage.published and text.day(vintage.published)),
        ),
        (ids.SHARE_EMBED, say("page.share_menu.copy_embed_code"), say("page.share_menu.the_map_in_a_frame")),
    )
    rows = [html.Div([button(name, id_), html.Span(words, className="caution")], className="share-row")
            for id_, name, words in ways]  # fmt: skip
    said = html.P(id=ids.SHARED, className="shared", role="status")
    body = html.Div(
        [close(say("page.share_menu.share")), *rows, said, kept_views()], className="panel export-list share-list"
    )
    return html.Details(
        [html.Summary(say("page.share_menu.share"), className="button"), body],
        className="export share", **attributes(data_vintage=vintage.name, data_code=embed_code("VIEW", address="SITE")),
    )  # fmt: skip
