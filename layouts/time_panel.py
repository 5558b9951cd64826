"""The dock: three series on one time axis, the step, and the period under the pointer in words."""

from dash import dcc, html

from data.selection import Selection
from layouts import ids, text
from layouts.controls import button, choice
from layouts.figures import theme
from layouts.figures.time_series import base_series


def time_panel() -> html.Section:
    """Return the three panels without data; callbacks.time_series fills them."""
    graph = dcc.Graph(
        id=ids.SERIES,
        figure=base_series(),
        config=theme.CONFIG,
        responsive=True,
        clear_on_unhover=True,
        className="series-graph",
    )
    head = html.Div(
        [
            html.H2("Over time"),
            choice("Step", ids.STEP, text.STEP, Selection().step, is_label_shown=False),
            player(),
            html.P(text.PERIOD_HINT, id=ids.PERIOD, className="period", role="status"),
            button("Whole period", ids.WHOLE_TIME, kind="link", disabled=True),
            button("Table", ids.SHOW_PERIODS, kind="link"),
            button("Hide", ids.FOLD_DOCK, kind="link", **{"aria-expanded": "true"}),
        ],
        className="panel-head dock-head",
    )
    cursor = html.Div(id=ids.PLAY_CURSOR, className="play-cursor", **{"aria-hidden": "true"})
    return html.Section([head, graph, cursor, legend()], className="panel dock", **{"aria-label": "Over time"})


def player() -> html.Div:
    """Return what plays the map through time: a step back, play, a step on, the window and the speed."""
    return html.Div(
        [
            button("‹", ids.PLAY_BACK, **{"aria-label": "One period back"}),
            button("Play", ids.PLAY, **{"aria-pressed": "false"}),
            button("›", ids.PLAY_ON, **{"aria-label": "One period on"}),
            _menu("Window that is played", ids.PLAY_MODE, text.PLAY_MODE),
            _menu("Speed", ids.PLAY_SPEED, text.PLAY_SPEED),
        ],
        className="player",
        role="group",
        **{"aria-label": "Play through time"},
    )


def _menu(label: str, id_: str, options: dict[str, str]) -> html.Label:
    choices = [html.Option(name, value=value) for value, name in options.items()]
    return html.Label([html.Span(label, className="unseen"), html.Select(choices, id=id_, className="menu")])


def legend() -> html.P:
    """Return what the marks of the series mean, in words beside each."""
    marks = (("dead", "dead"), ("missing", "missing"), ("unsplit", "split not reported"), ("absent", "no figure"))
    return html.P(
        [html.Span([html.Span(className=f"mark {name}", **{"aria-hidden": "true"}), words]) for name, words in marks],
        className="series-legend",
    )
