"""The question "This year so far": the same days of each year, side by side."""

from typing import Any

from dash import html

from data.vintage import Vintage


def form(vintage: Vintage) -> list[Any]:
    """Return the choices of the question: none, the selection says all."""
    del vintage
    return [html.P("The same days of each year, for what is chosen on the map.", className="caution")]
