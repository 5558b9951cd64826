"""The map, its attribution and the line about boundaries."""

from functools import cache
from typing import Any, cast

from dash import dcc, html

from data.model.notices import say
from geo.map.basemap import map_style
from layouts import ids
from layouts.figures import theme
from layouts.figures.map import base_map
from layouts.page.route_card import route_card, route_list, way_back
from layouts.parts.attributes import attributes


@cache
def style() -> dict[str, Any]:
    """Return the basemap's style; its files are served under ``/basemap/``."""
    return map_style()


def map_panel(*, is_demonstration: bool) -> html.Section:
    """Return the map without data; callbacks.page.map fills it."""
    mark = say("page.words.demonstration_mark") if is_demonstration else None
    graph = dcc.Graph(
        id=ids.MAP,
        figure=base_map(style(), mark=mark),
        config=cast("dcc.Graph.Config", theme.CONFIG | {"scrollZoom": True}),
        responsive=True,
        className="map-graph",
    )
    foot = html.P(
        [html.Span(say("statement.boundaries")), " ", html.Span(say("statement.attribution"))], className="map-foot"
    )
    tip = html.Div(id=ids.CELL_TIP, className="cell-tip", hidden=True)
    note = html.P(id=ids.MAP_NOTE, className="map-note", role="status")
    played = html.P(id=ids.PLAY_NOTE, className="map-note play-note")
    progress = html.Div(className="progress", **attributes(aria_hidden="true"))
    return html.Section(
        [
            html.H2(say("page.map_panel.map"), className="unseen"),
            progress,
            graph,
            route_list(),
            tip,
            note,
            played,
            foot,
            way_back(),
            route_card(),
        ],
        className="map-panel",
    )
