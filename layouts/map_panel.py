"""The map, its attribution and the line about boundaries."""

from functools import lru_cache
from typing import Any

from dash import dcc, html

from geo.basemap import ATTRIBUTION, map_style
from layouts import ids, text
from layouts.figures import theme
from layouts.figures.map import base_map


@lru_cache(maxsize=1)
def style() -> dict[str, Any]:
    """Return the basemap's style; its files are served under ``/basemap/``."""
    return map_style()


def map_panel(*, is_demonstration: bool) -> html.Section:
    """Return the map without data; callbacks.map fills it."""
    mark = text.DEMONSTRATION_MARK if is_demonstration else None
    graph = dcc.Graph(
        id=ids.MAP,
        figure=base_map(style(), mark=mark),
        config=theme.CONFIG | {"scrollZoom": True},
        responsive=True,
        className="map-graph",
    )
    foot = html.P([html.Span(text.BOUNDARIES), " ", html.Span(ATTRIBUTION)], className="map-foot")
    tip = html.Div(id=ids.CELL_TIP, className="cell-tip", hidden=True)
    note = html.P(id=ids.MAP_NOTE, className="map-note", role="status")
    played = html.P(id=ids.PLAY_NOTE, className="map-note play-note")
    progress = html.Div(className="progress", **{"aria-hidden": "true"})
    return html.Section(
        [html.H2("Map", className="unseen"), progress, graph, tip, note, played, foot],
        className="map-panel",
    )
