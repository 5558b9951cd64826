"""The notice of a page that was opened with an address of which a part was not understood."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dash import html

from data.model.notices import say
from data.query.address import Misreading, versioned
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.text.notices import misreadings


def address_notice() -> html.Section:
    """Return the notice, hidden until it has words; ``assets`` closes it and gives the focus to the sentence."""
    return html.Section(
        [
            html.Div(id=ids.NOT_UNDERSTOOD_WORDS, role="status"),
            html.Div(
                button(say("address.dismiss"), ids.NOT_UNDERSTOOD_DISMISS, kind="primary"), className="notice-buttons"
            ),
        ],
        id=ids.NOT_UNDERSTOOD,
        className="panel notice address-notice",
        hidden=True,
        **attributes(aria_label=say("address.label")),
    )


def address_words(found: Sequence[Misreading]) -> list[Any]:
    """Return what the notice says; nothing where every part was understood."""
    if not found:
        return []
    return [
        html.P(html.Strong(say("address.heading"))),
        html.Ul([html.Li(sentence) for sentence in misreadings(found)]),
        *(html.A(name, href=f"/?{versioned(f'{one.parameter}={quote(value)}')}", className="button near")
          for one in found for value, name in one.near),
    ]  # fmt: skip
