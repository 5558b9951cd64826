"""The key: a strip on the map that says what is drawn and switches it; the legends in full stand behind one word."""

from collections.abc import Collection, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.counting.classes import class_names
from data.model.notices import say
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts import ids
from layouts.figures.cell_marks import bar_heights, hexagon_size
from layouts.page.filters import DEFAULT, flows_of
from layouts.page.popover import popover
from layouts.parts.attributes import attributes
from layouts.parts.controls import choice, layer_option, layer_switch
from layouts.text import page as text


def key(vintage: Vintage) -> html.Section:
    """Return the key; callbacks.page.map fills its classes, callbacks.page.filters sets its switches."""
    return html.Section(
        [_measure(), _marks(), _switches(vintage), html.Div(className="sheet-routes")],
        className="panel key",
        **attributes(aria_label=say("page.key.key")),
    )


def _measure() -> html.Div:
    chosen = html.Span(text.MEASURE[Selection().measure], id=ids.KEY_MEASURE)
    measures = choice(say("page.filters.measure_of_the_cells"), ids.MEASURE, text.MEASURE, DEFAULT.measure)
    return html.Div(
        [
            popover(chosen, say("page.key.measure"), [measures], button_class="key-title has-arrow"),
            html.P(id=ids.KEY_UNIT, className="key-unit"),
            html.Div(id=ids.KEY_CLASSES, className="key-classes"),
        ],
        className="key-part",
    )


def _marks() -> html.Div:
    def mark(kind: str, words: str) -> html.P:
        shape = html.Span(html.Span(className=kind), className="mark-box", **attributes(aria_hidden="true"))
        return html.P([shape, words], className="key-mark")

    legends = html.Div(
        [
            layer_switch(
                ids.LAYER_CELLS, "cells", say("page.filters.cells"), say("page.filters.by_measure"), "cells", is_on=True
            ),
            html.Div(id=ids.LEGEND_CELLS),
            _legend(say("page.filters.incidents"), ids.LEGEND_INCIDENTS),
            _legend(say("page.filters.interceptions"), ids.LEGEND_INTERCEPTIONS),
            _legend(say("page.filters.arrivals"), ids.LEGEND_ARRIVALS),
        ],
        className="legends",
    )
    return html.Div(
        [
            mark("hexagon-patch dominated", say("page.legends.one_event_is_more_than")),
            mark("hexagon-patch area", say("page.key.wider_area")),
            mark("course", say("page.key.course")),
            _gathered(),
            popover(say("page.key.all_marks"), say("page.key.all_marks"), [legends], button_class="key-unit words"),
        ],
        className="key-part key-marks",
    )


def _gathered() -> html.P:
    """Return the mark of incidents that one ring stands for; ``assets/map/key.mjs`` shows it while one is in view.

    It holds what such a ring says when it is pointed at.
    """
    shape = html.Span(html.Span("9", className="dot many-dot"), className="mark-box", **attributes(aria_hidden="true"))
    said = {"data_words": say("page.key.gathered_here", count="{}"), "data_closer": say("page.key.come_closer")}
    return html.P([shape, say("page.key.gathered")], className="key-mark", hidden=True, **attributes(**said))


def _legend(name: str, id_: str) -> html.Div:
    return html.Div([html.H3(name), html.Div(id=id_)])


def _switches(vintage: Vintage) -> html.Div:
    flows = {name: text.FLOW[name] for name in flows_of(vintage)}
    units = choice(say("page.filters.unit_of_the_interceptions"), ids.FLOW, flows, DEFAULT.flow)
    found: list[Component] = [
        layer_switch(
            ids.LAYER_INTERCEPTIONS,
            "interceptions",
            text.FLOW[DEFAULT.flow],
            flow_words(DEFAULT.flow),
            "solid",
            is_on=True,
        ),
        layer_switch(
            ids.LAYER_ARRIVALS, "arrivals", say("page.filters.arrivals"), say("page.key.persons"), "hollow", is_on=True
        ),
        layer_switch(
            ids.LAYER_INCIDENTS,
            "incidents",
            say("page.filters.incidents"),
            say("page.key.dot_size"),
            "points",
            is_on=False,
        ),
    ]
    if len(flows) > 1:
        found.append(
            popover(say("page.key.other_unit"), say("page.key.other_unit"), [units], button_class="key-unit words")
        )
    else:
        found.append(html.Div(units, hidden=True))
    return html.Div(found, className="key-part key-switches")


def key_classes(floors: Sequence[int], counts: Sequence[int], kept: Collection[str] = ()) -> list[html.Button]:
    """Return the six classes as buttons: the cells in each as a grey bar, its hexagon, its lowest number.

    ``kept`` are the numbers of the classes that alone are drawn.
    """
    heights = bar_heights(counts)
    last = len(floors) - 1
    names = class_names(tuple(floors))
    return [
        html.Button(
            [
                html.Span(html.Span(style={"height": f"{heights[at]}px"}), className="key-bar"),
                _hexagon(at),
                text.number(floors[at]) + ("+" if at == last else ""),
            ],
            type="button",
            className="key-class",
            title=say("page.key.class", name=name, count=count),
            **attributes(
                aria_label=say("page.key.class", name=name, count=count),
                data_class=str(at),
                data_name=name,
                aria_pressed=str(str(at) in kept).lower(),
            ),
        )
        for at, (name, count) in enumerate(zip(names, counts, strict=True))
    ]


def _hexagon(at: int) -> html.Span:
    size = f"{hexagon_size(at)}px"
    fill = html.Span(
        html.Span(style={"background": f"var(--toll-{at + 1})"}),
        style={"background": f"var(--toll-edge-{at + 1})", "width": size, "height": size},
    )
    return html.Span(fill, className="hexagon", **attributes(aria_hidden="true"))


def flow_option(flow: str) -> list[dict[str, Any]]:
    """Return the option of the switch of the first unit, named by what is chosen: never by what is not shown."""
    return layer_option("interceptions", text.FLOW[flow], flow_words(flow), "solid")


def flow_words(flow: str) -> str:
    """Return the unit of a flow without its name, which stands before it."""
    name, unit = text.FLOW_INLINE[flow], text.FLOW_UNIT[flow]
    return unit.removeprefix(f"{name}, ") if unit != name else ""
