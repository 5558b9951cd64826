"""What lies over the map while a sector is drawn, and the line that says which one is outlined (``sector.js``)."""

from typing import Any

from dash import html

from layouts import ids


def drawing() -> list[Any]:
    """Return the pad that takes the pointer, with its instruction, and the line of the outlined sector; both hidden."""
    said = html.P(className="draw-said", role="status")
    buttons = [
        html.Button(name, type="button", className=f"button {kind}", **{"data-draw": what})
        for what, name, kind in (("take", "Take it", "primary"), ("cancel", "Cancel", ""))
    ]
    how = html.P("Press and drag for a circle, or click corner by corner and double-click to finish.", className="how")
    keys = html.P("Keys: arrows move the crosshair, + and − change the radius, Page Up and Page Down zoom, Enter takes "
                  "it, Escape cancels.", className="caution keys", id="draw-keys")  # fmt: skip
    note = html.Div([how, said, keys, html.Div(buttons, className="actions")], className="panel draw-note")
    catcher = html.Div(
        html.Div(className="crosshair", hidden=True, **{"aria-hidden": "true"}), className="draw-catch", tabIndex=0,
        role="application", **{"aria-label": "Map to draw a sector on", "aria-describedby": "draw-keys"},
    )  # fmt: skip
    pad = html.Section([catcher, note], id=ids.SECTOR_PAD, className="draw-pad", hidden=True,
                       **{"aria-label": "Draw a sector"})  # fmt: skip
    clear = html.Button("Clear", type="button", className="button link", **{"data-list": "clear"})
    shown = html.Div([html.Span(), clear], id=ids.SECTOR_SHOWN, className="panel sector-shown", hidden=True)
    return [pad, shown]
