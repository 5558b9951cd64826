"""The three series of the selection on one time axis; the window is shown in them, not cut out of them."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, Patch

from callbacks.server.dash_json import encode_once
from callbacks.view.series import changing_the_series, periods_table
from data.counting.tables import shown_flow
from data.model.caches import kept, kept_numbers
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts import ids
from layouts.figures.coverage_shapes import coverage_shapes, coverage_words
from layouts.figures.time_series import (
    EMPTY_TOP,
    ranges,
    series_layers,
    titles,
    window_shapes,
)
from layouts.text import page as text


def register(app: Dash, store: Store) -> None:
    """Connect the period under the pointer to its words, and a brush to the selection."""
    del store
    app.clientside_callback(
        ClientsideFunction("crossings", "period"), Output(ids.PERIOD, "children"), Input(ids.SERIES, "hoverData")
    )
    app.clientside_callback(
        ClientsideFunction("crossings", "brushed"), Output(ids.BRUSHED, "data"), Input(ids.SERIES, "selectedData")
    )


def series_patch(vintage: Vintage, selection: Selection) -> Patch:
    """Return the change of the figure for one selection."""
    figure = Patch()
    for path, value in series_view(vintage, selection).items():
        part = figure
        *above, last = path
        for name in above:
            part = part[name]
        part[last] = value
    return figure


def series_view(vintage: Vintage, selection: Selection) -> dict[tuple[str, ...], Any]:
    """Return the parts of the figure that change: its data, ranges, window and titles."""
    limits_of = _ranges(vintage, changing_the_series(selection))
    mark = say("page.words.demonstration_mark") if vintage.is_demonstration else None
    return {
        ("data",): _drawn_series(vintage, changing_the_series(selection)),
        ("layout", "shapes"): [
            *coverage_shapes(periods_table(vintage, selection)),
            *window_shapes(limits_of.get("xaxis"), selection.start, selection.end),
        ],
        ("layout", "selections"): [],
        ("layout", "annotations"): [
            *titles(series_titles(selection), mark=mark),
            *coverage_words(periods_table(vintage, selection)),
        ],
        **{("layout", axis, "range"): limits for axis, limits in limits_of.items()},
        **{
            ("layout", axis, "showticklabels"): limits[1] != EMPTY_TOP
            for axis, limits in limits_of.items()
            if axis != "xaxis"
        },
    }


def series_titles(selection: Selection) -> tuple[str, str, str]:
    """Return the name and unit of each panel, and which filters its counts cannot follow."""
    flow = shown_flow(selection)
    whole = text.unfiltered(selection)
    return (
        say("page.time_series.people_dead_or_missing_at"),
        _capital(text.FLOW_UNIT[flow]) + whole,
        _capital(text.FLOW_UNIT["arrivals"]) + whole,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@kept
def _drawn_series(vintage: Vintage, selection: Selection) -> Any:
    return encode_once(series_layers(periods_table(vintage, selection)))


@kept_numbers
def _ranges(vintage: Vintage, selection: Selection) -> dict[str, list[Any]]:
    return ranges(periods_table(vintage, selection))
