"""The ways to hand a view on."""

from dash import html

from data.vintage import Vintage
from layouts import ids, text
from layouts.controls import button
from layouts.embed import embed_code
from layouts.export_menu import close


def share_menu(vintage: Vintage) -> html.Details:
    """Return the ways to hand this view on: as it will be, as it is known now, and inside another page."""
    known = f" of {text.day(vintage.published)}" if vintage.published else ""
    ways = (
        (ids.SHARE, "Copy address", "Shows the newest data whenever it is opened."),
        (
            ids.SHARE_PINNED,
            "Copy pinned address",
            f"Shows vintage {vintage.name}{known} for ever: for print.",
        ),
        (ids.SHARE_EMBED, "Copy embed code", "The map in a frame of another page, without cookies."),
    )
    rows = [html.Div([button(name, id_), html.Span(words, className="caution")], className="share-row")
            for id_, name, words in ways]  # fmt: skip
    said = html.P(id=ids.SHARED, className="shared", role="status")
    body = html.Div([close("Share"), *rows, said], className="panel export-list share-list")
    return html.Details(
        [html.Summary("Share", className="button"), body],
        className="export share", **{"data-vintage": vintage.name, "data-code": embed_code("VIEW", address="SITE")},
    )  # fmt: skip
