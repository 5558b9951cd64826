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
            html.P(text.PERIOD_HINT, id=ids.PERIOD, className="period", role="status"),
            button("Whole period", ids.WHOLE_TIME, kind="link", disabled=True),
            button("Table", ids.SHOW_PERIODS, kind="link"),
            button("Hide", ids.FOLD_DOCK, kind="link", **{"aria-expanded": "true"}),
        ],
        className="panel-head dock-head",
    )
    return html.Section([head, graph, legend()], className="panel dock", **{"aria-label": "Over time"})


def legend() -> html.P:
    """Return what the marks of the series mean, in words beside each."""
    marks = (("dead", "dead"), ("missing", "missing"), ("unsplit", "split not reported"), ("absent", "no figure"))
    return html.P(
        [html.Span([html.Span(className=f"mark {name}", **{"aria-hidden": "true"}), words]) for name, words in marks],
        className="series-legend",
    )
