"""What lies over the map while a sector is drawn, and the line that says which one is outlined (``sector.mjs``)."""

from dash import html
from dash.development.base_component import Component

from data.model.notices import say
from layouts import ids
from layouts.parts.attributes import attributes


def drawing() -> list[Component]:
    """Return the pad that takes the pointer, with its instruction, and the line of the outlined sector; both hidden."""
    status = html.P(className="draw-said", role="status")
    ways = (("take", say("sectors.draw.take"), "primary"), ("cancel", say("sectors.draw.cancel"), ""))
    buttons = [
        html.Button(name, type="button", className=f"button {kind}", **attributes(data_draw=what))
        for what, name, kind in ways
    ]
    how = html.P(say("sectors.draw.how"), className="how")
    keys = html.P(say("sectors.draw.keys"), className="caution keys", id="draw-keys")
    note = html.Div([how, status, keys, html.Div(buttons, className="actions")], className="panel draw-note")
    crosshair = html.Div(className="crosshair", hidden=True, **attributes(aria_hidden="true"))
    catcher = html.Div(
        crosshair, className="draw-catch", tabIndex=0, role="application",
        **attributes(aria_label=say("sectors.draw.map"), aria_describedby="draw-keys"),
    )  # fmt: skip
    pad = html.Section([catcher, note], id=ids.SECTOR_PAD, className="draw-pad", hidden=True,
                       **attributes(aria_label=say("sectors.draw.pad")))  # fmt: skip
    clear = html.Button(say("sectors.draw.clear"), type="button", className="button link",
                        **attributes(data_list="clear"))  # fmt: skip
    line = html.Div([html.Span(), clear], id=ids.SECTOR_SHOWN, className="panel sector-shown", hidden=True)
    return [pad, line]
