"""What opens under a word of the page: native details, closed by Escape and by a click elsewhere (``lists.mjs``)."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.model.notices import say
from layouts.parts.attributes import attributes


def popover(
    words: Any, name: str, body: Sequence[Component], *, button_class: str, at_end: bool = False
) -> html.Details:
    """Return the word with what opens under it; ``name`` heads it where it covers a narrow screen."""
    leave = html.Button(
        say("page.export_menu.close"),
        type="button",
        className="button link popover-close",
        **attributes(aria_label=say("page.export_menu.close_list", name=name.lower())),
    )
    top = html.Div([html.Strong(name), leave], className="popover-top")
    opened = html.Div([top, *body], className="popover at-end" if at_end else "popover")
    return html.Details([html.Summary(words, className=f"popover-button {button_class}"), opened], className="opens")
