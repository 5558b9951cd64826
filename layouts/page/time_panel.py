"""The dock: three series on one time axis, the step, and the period under the pointer in words."""

from collections.abc import Mapping
from typing import cast

from dash import dcc, html

from data.model.notices import say
from data.query.selection import Selection
from layouts import ids
from layouts.figures import theme
from layouts.figures.time_series import base_series
from layouts.parts.attributes import attributes
from layouts.parts.controls import button, choice
from layouts.text import page as text


def time_panel() -> html.Section:
    """Return the three panels without data; callbacks.page.time_series fills them."""
    graph = dcc.Graph(
        id=ids.SERIES,
        figure=base_series(),
        config=cast("dcc.Graph.Config", theme.CONFIG),
        responsive=True,
        clear_on_unhover=True,
        className="series-graph",
    )
    head = html.Div(
        [
            html.H2(say("page.time_panel.over_time")),
            choice(say("page.time_panel.step"), ids.STEP, text.STEP, Selection().step, is_label_shown=False),
            player(),
            html.P(say("page.words.period_hint"), id=ids.PERIOD, className="period", role="status"),
            button(say("page.time_panel.whole_period"), ids.WHOLE_TIME, kind="link", disabled=True),
            button(say("page.time_panel.table"), ids.SHOW_PERIODS, kind="link"),
            button(say("page.time_panel.hide"), ids.FOLD_DOCK, kind="link", **attributes(aria_expanded="true")),
        ],
        className="panel-head dock-head",
    )
    cursor = html.Div(id=ids.PLAY_CURSOR, className="play-cursor", **attributes(aria_hidden="true"))
    return html.Section(
        [head, graph, cursor, legend()],
        className="panel dock",
        **attributes(aria_label=say("page.time_panel.over_time")),
    )


def player() -> html.Div:
    """Return what plays the map through time: a step back, play, a step on, the window and the speed."""
    return html.Div(
        [
            button("‹", ids.PLAY_BACK, **attributes(aria_label=say("page.time_panel.one_period_back"))),
            button(say("page.time_panel.play"), ids.PLAY, **attributes(aria_pressed="false")),
            button("›", ids.PLAY_ON, **attributes(aria_label=say("page.time_panel.one_period_on"))),
            _menu(say("page.time_panel.window_that_is_played"), ids.PLAY_MODE, text.PLAY_MODE),
            _menu(say("page.time_panel.speed"), ids.PLAY_SPEED, text.PLAY_SPEED),
        ],
        className="player",
        role="group",
        **attributes(aria_label=say("page.time_panel.play_through_time")),
    )


def _menu(label: str, id_: str, options: Mapping[str, str]) -> html.Label:
    choices = [html.Option(name, value=value) for value, name in options.items()]
    return html.Label([html.Span(label, className="unseen"), html.Select(choices, id=id_, className="menu")])


def legend() -> html.P:
    """Return what the marks of the series mean, in words beside each."""
    marks = (
        ("dead", say("page.time_panel.dead")),
        ("missing", say("page.time_panel.missing")),
        ("unsplit", say("page.time_panel.split_not_reported")),
        ("fewer", say("page.time_panel.some_places_missing")),
        ("absent", say("page.time_panel.no_figure")),
    )
    return html.P(
        [
            html.Span([html.Span(className=f"mark {name}", **attributes(aria_hidden="true")), words])
            for name, words in marks
        ],
        className="series-legend",
    )
