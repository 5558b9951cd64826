"""The parts of forms and answers; ``assets/questions.js`` reads each field by its label's ``data-ask``."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from layouts import text
from layouts.figures import theme


def asked_select(label: str, name: str, options: Mapping[str, str]) -> html.Label:
    """Return a native list to choose from, the first option chosen; its value is sent as ``name``."""
    choices = [html.Option(words, value=value) for value, words in options.items()]
    return html.Label(
        [html.Span(label), html.Select(choices, className="menu")], className="asked", **{"data-ask": name}
    )


def asked_text(label: str, name: str, *, hint: str = "", start: str = "") -> html.Label:
    """Return a field to type in; what stands in it is sent as ``name`` when it is left or Enter is pressed."""
    field = dcc.Input(type="text", placeholder=hint, value=start, debounce=True, maxLength=400, className="date")
    return html.Label([html.Span(label), field], className="asked", **{"data-ask": name})


def refused(sentence: str) -> html.P:
    """Return what is said where a question cannot be answered as it stands."""
    return html.P([html.Strong(text.NO_ANSWER), " ", sentence], className="refused")


def drawn(figure: dict[str, Any], *, kind: str) -> dcc.Graph:
    """Return a picture of an answer; ``questions.css`` gives each kind its height, so that nothing jumps."""
    return dcc.Graph(figure=figure, config=theme.CONFIG, responsive=True, className=f"answer-graph {kind}")


def folded(label: str, body: Any) -> html.Details:
    """Return what is long, folded until it is asked for."""
    inside = html.Div(body, className="wide", tabIndex=0, role="region", **{"aria-label": label})
    return html.Details([html.Summary(label), inside], className="folded")


def wide(content: html.Table, name: str) -> html.Div:
    """Return a table that scrolls sideways by itself where it is wider than the sheet, by keyboard as well."""
    return html.Div(content, className="sideways", tabIndex=0, role="region", **{"aria-label": name})
