"""The map, its attribution and the line about boundaries."""

from functools import cache
from typing import Any, Final, cast

from dash import dcc, html

from data.model.notices import say
from geo.map.basemap import map_style
from layouts import ids
from layouts.figures import theme
from layouts.figures.map import base_map
from layouts.page.route_card import route_card, route_list, way_back
from layouts.parts.attributes import attributes

Extent = tuple[float, float, float, float]
WORLD: Final[Extent] = (-179.0, -60.0, 179.0, 75.0)


@cache
def style() -> dict[str, Any]:
    """Return the basemap's style; its files are served under ``/basemap/``."""
    return map_style()


def map_panel(*, is_demonstration: bool, extent: Extent = WORLD) -> html.Section:
    """Return the map without data, which opens where the data is; callbacks.page.map fills it."""
    mark = say("page.words.demonstration_mark") if is_demonstration else None
    graph = dcc.Graph(
        id=ids.MAP,
        figure=base_map(style(), mark=mark),
        config=cast("dcc.Graph.Config", theme.CONFIG | {"scrollZoom": True}),
        responsive=True,
        className="map-graph",
    )
    foot = html.P(
        [
            html.Span([say("statement.boundaries"), " ", say("statement.attribution")], className="long"),
            html.Span(say("page.map_panel.short_foot"), className="short"),
            html.Span([" ", say("still.scheme")], className="scheme"),  # while lines are on: assets/map/routes.mjs
        ],
        className="map-foot",
    )
    tip = html.Div(id=ids.CELL_TIP, className="cell-tip", hidden=True)
    note = html.P(id=ids.MAP_NOTE, className="map-note", role="status")
    played = html.P(id=ids.PLAY_NOTE, className="map-note play-note")
    progress = html.Div(className="progress", **attributes(aria_hidden="true"))
    scale = html.Div(className="scale", **attributes(aria_hidden="true"))
    return html.Section(
        [
            html.H2(say("page.map_panel.map"), className="unseen"),
            progress,
            graph,
            route_list(),
            tip,
            _kept(),
            note,
            played,
            _pill(),
            _tools(),
            html.Div([foot, scale], className="map-end"),
            way_back(),
            _key_word(),
            route_card(),
        ],
        className="map-panel",
        **attributes(data_extent=",".join(map(str, extent))),
    )


def _key_word() -> html.Button:
    """Return the word that unfolds the key where a window is too low for both."""
    return html.Button(say("page.key.short"), type="button", className="button key-word",
                       **attributes(aria_expanded="false", data_unfolds=".key"))  # fmt: skip


def _pill() -> html.P:
    """Return the line that says how many people lie outside the frame; ``frame.mjs`` counts them (RULES X10)."""
    show = html.Button(say("page.map_panel.show_all_people"), type="button", **attributes(data_jump="all"))
    one, more = (say("page.map_panel.outside", count=count, people="{}") for count in (1, 2))
    words = html.Span(**attributes(data_word=one, data_words=more))
    return html.P([words, " · ", show], className="pill", hidden=True)


def _kept() -> html.P:
    """Return the line that says which classes of cells alone are drawn; ``key.mjs`` fills it."""
    show = html.Button(say("page.map_panel.show_all"), type="button", **attributes(data_show_all=""))
    words = html.Span(**attributes(data_words=say("page.map_panel.only", classes="{}")))
    return html.P([words, " · ", show], className="pill kept-pill", role="status", hidden=True)


def _tools() -> html.Div:
    """Return the jumps to parts of the world and the buttons of the zoom."""
    jumps = [
        html.Button(
            say(f"page.jump.{name}"),
            type="button",
            hidden=name == "route",
            **attributes(data_jump=name, aria_pressed="false"),
        )
        for name in ("route", "world", "mediterranean", "americas", "asia")
    ]
    zooms = [
        html.Button(sign, type="button", **attributes(data_zoom=by, aria_label=say(f"page.zoom.{name}")))
        for sign, by, name in (("+", "1", "in"), ("−", "-1", "out"))
    ]
    return html.Div(
        [
            html.Div(jumps, className="jumps", role="group", **attributes(aria_label=say("page.map_panel.jumps"))),
            html.Div(zooms, className="zooms"),
        ],
        className="map-tools",
    )
