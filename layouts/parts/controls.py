"""The small parts that panels are made of: buttons, switches, choices. Native elements, each with a label."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from data.model.notices import say
from layouts.parts.attributes import attributes


def button(label: str, id_: str, *, kind: str = "quiet", **more: Any) -> html.Button:
    """Return a button; ``kind`` is quiet, link or primary."""
    return html.Button(label, id=id_, n_clicks=0, className=f"button {kind}", type="button", **more)


def choice(
    label: str, id_: str, options: Mapping[Any, str], value: Any, *, is_label_shown: bool = True
) -> html.Fieldset:
    """Return a choice of one, as a row of words that look like one control."""
    radios = dcc.RadioItems(
        id=id_,
        options=[{"label": name, "value": key} for key, name in options.items()],
        value=value,
        className="choice",
        labelClassName="choice-item",
        inputClassName="choice-input",
    )
    return html.Fieldset([html.Legend(label, className="" if is_label_shown else "unseen"), radios], className="field")


def many(
    label: str, id_: str, chosen_id: str, options: Sequence[tuple[str, Any]], *, before: Sequence[Component] = (),
    after: Sequence[Component] = (),
) -> html.Details:  # fmt: skip
    """Return a list of boxes to tick that stays folded until it is asked for; a long one has more around it.

    ``before`` is what stands above the list, such as the field that searches it; with it the list scrolls by itself.
    """
    summary = html.Summary(
        [
            html.Span(label, className="many-label"),
            html.Span(say("page.controls.all"), id=chosen_id, className="many-chosen"),
        ]
    )
    class_name = "rows" if before else ""
    listed = html.Div(boxes(id_, options), className=class_name, role="group", **attributes(aria_label=label))
    return html.Details([summary, *before, listed, *after], className="many", hidden=not options)


def boxes(id_: str, options: Sequence[tuple[str, Any]]) -> dcc.Checklist:
    """Return a list of boxes to tick, each with its words."""
    return dcc.Checklist(
        id=id_,
        options=[{"label": name, "value": key} for key, name in options],
        value=[],
        className="boxes",
        labelClassName="box",
        inputClassName="box-input",
    )


def day_field(label: str, id_: str, *, hint: str | None) -> html.Label:
    """Return a date field: text, because ``type="date"`` loses what is typed in this version of dcc.Input."""
    field: Any = dcc.Input(
        id=id_, type="text", placeholder=hint, pattern=r"\d{4}(-\d{1,2}(-\d{2})?)?", maxLength=10, debounce=True,
        className="date",
    )  # fmt: skip
    return html.Label([html.Span(label), field], className="day", htmlFor=id_)


def layer_switch(id_: str, value: str, name: str, unit: str, swatch: str, *, is_on: bool) -> dcc.Checklist:
    """Return the switch of a layer, its swatch, name and unit beside it."""
    return dcc.Checklist(
        id=id_,
        options=layer_option(value, name, unit, swatch),
        value=[value] if is_on else [],
        className="layer-switch",
        labelClassName="layer-label",
        inputClassName="box-input",
    )


def layer_option(value: str, name: str, unit: str, swatch: str) -> list[dict[str, Any]]:
    """Return the one option of a layer's switch."""
    label = [
        html.Span(className=f"swatch {swatch}", **attributes(aria_hidden="true")),
        html.Span(
            [html.Span(name, className="layer-name"), html.Span(unit, className="layer-unit")], className="layer-words"
        ),
    ]
    return [{"label": label, "value": value}]
