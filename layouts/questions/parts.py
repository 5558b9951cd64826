"""The parts of forms and answers; ``assets/questions/`` reads each field by its label's ``data-ask``."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from dash import dcc, html

from data.model.notices import say
from layouts.figures import theme
from layouts.parts.attributes import attributes


def asked_select(label: str, name: str, options: Mapping[str, str]) -> html.Label:
    """Return a native list to choose from, the first option chosen; its value is sent as ``name``."""
    choices = [html.Option(words, value=value) for value, words in options.items()]
    return html.Label(
        [html.Span(label), html.Select(choices, className="menu")], className="asked", **attributes(data_ask=name)
    )


def asked_text(label: str, name: str, *, hint: str = "", start: str = "") -> html.Label:
    """Return a field to type in; what stands in it is sent as ``name`` when it is left or Enter is pressed."""
    field = dcc.Input(type="text", placeholder=hint, value=start, debounce=True, maxLength=400, className="date")
    return html.Label([html.Span(label), field], className="asked", **attributes(data_ask=name))


def asked_days(label: str, name: str, *, start: tuple[str, str] = ("", "")) -> html.Fieldset:
    """Return two fields for the first and the last day of a window; what is sent as ``name`` is ``first..last``."""
    first, last = (_day(which, day) for which, day in zip(("first", "last"), start, strict=True))
    parts = [html.Legend(label), first, html.Span("–"), last]
    return html.Fieldset(parts, className="asked days", **attributes(data_ask=name))


def _day(which: str, day: str) -> html.Label:
    field: Any = dcc.Input(type="text", placeholder=say("questions.day.hint"), value=day, debounce=True, maxLength=10,
                           pattern=r"\d{4}-\d{2}-\d{2}", className="date")  # fmt: skip
    return html.Label([html.Span(say(f"questions.day.{which}"), className="unseen"), field])


def refused(sentence: str) -> html.P:
    """Return what is said where a question cannot be answered as it stands."""
    return html.P([html.Strong(say("page.words.no_answer")), " ", sentence], className="refused")


def figure_panel(figure: dict[str, Any], *, kind: str, height: int | None = None, label: str | None = None) -> html.Div:
    """Return a picture of an answer in a frame, so that nothing jumps: the graph itself is always as high as that.

    The height is that of the kind in ``questions.css``, or ``height`` px; with a ``label`` it is read as one image.
    """
    graph = dcc.Graph(figure=figure, config=cast("dcc.Graph.Config", theme.CONFIG), responsive=True)
    named = attributes(role="img", aria_label=label) if label else {}
    if height:
        named["style"] = {"height": f"{height}px"}
    return html.Div(graph, className=f"answer-graph {kind}", **named)


def folded(label: str, body: Any) -> html.Details:
    """Return what is long, folded until it is asked for."""
    inside = html.Div(body, className="wide", tabIndex=0, role="region", **attributes(aria_label=label))
    return html.Details([html.Summary(label), inside], className="folded")


def files(figure: str, query: str | None, kinds: Sequence[str]) -> html.P:
    """Return the links to the numbers of an answer as files; a CSV comes with what its columns mean.

    ``query`` is what they are asked by; None: a region is chosen, which a file cannot be asked by.
    """
    if query is None:
        return html.P(say("questions.files.no_region"), className="caution")
    links = [
        html.A(kind, href=f"/api/v1/exports/{figure}.{kind.lower()}?{query}", className="button answer-file",
               **attributes(aria_label=say("questions.files.kind", kind=kind)))
        for kind in kinds
    ]  # fmt: skip
    return html.P([html.Span(say("questions.files.label")), *links], className="answer-files")


def wide(content: html.Table, name: str) -> html.Div:
    """Return a table that scrolls sideways by itself where it is wider than the sheet, by keyboard as well."""
    return html.Div(content, className="sideways", tabIndex=0, role="region", **attributes(aria_label=name))
