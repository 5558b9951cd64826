"""The notice over the map of watched sectors that stand above a threshold; ``assets/questions/alerts.mjs`` fills it."""

import json

from dash import html

from data.model.notices import say
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.text import sector as text

STATES = ("below", "near", "above", "not computable")


def alerts() -> html.Section:
    """Return the notice, hidden until there is an alert, with the words that its lines are made of."""
    named = {name: f"{{{name}}}" for name in ("name", "measure", "value", "state", "threshold")}
    words = {
        "heading": say("sectors.notice.heading"),
        "test": say("sectors.notice.test"),
        "failed": say("sectors.notice.failed"),
        "line": say("sectors.notice.line", **named),
        "measure": dict(text.THRESHOLD),
        "state": {state: say(f"sectors.notice_state.{state.replace(' ', '_')}") for state in STATES},
    }
    told = html.Div([html.P(html.Strong()), html.Ul()], role="status")
    close = html.Div(button(say("sectors.notice.dismiss"), ids.ALERTS_DISMISS, kind="primary"),
                     className="notice-buttons")  # fmt: skip
    return html.Section(
        [told, close], id=ids.ALERTS, className="panel notice address-notice", hidden=True,
        **attributes(aria_label=say("sectors.notice.label"), data_words=json.dumps(words)),
    )  # fmt: skip
