"""What is kept in this browser for when the network is gone: ``assets/page/offline.mjs`` fills it."""

from dash import html

from data.model.notices import say
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button

WORDS = ("asking", "done", "refused", "failed", "remove")


def kept_views() -> html.Section:
    """Return the button that keeps what is shown, and the place of the list."""
    what = html.Span(say("still.keep.what"), className="caution")
    row = html.Div([button(say("still.keep.button"), ids.KEEP_VIEW), what], className="share-row")
    told = html.P(role="status", className="shared")
    said = {f"data_{name}": say(f"still.keep.{name}") for name in WORDS}
    return html.Section([row, told, html.Ul(className="kept-list")], id=ids.KEPT_VIEWS,
                        **attributes(aria_label=say("still.keep.button"), **said))  # fmt: skip
