"""The dock: three series on one time axis, the step, what plays them, and the figures at the pointer."""

from collections.abc import Mapping

from dash import dcc, html

from data.model.notices import say
from data.query.selection import Selection
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button, choice
from layouts.text import page as text


def time_panel() -> html.Section:
    """Return the dock without data; ``callbacks.page.time_series`` draws its rows."""
    name = say("page.time_panel.over_time")
    head = html.Div(
        [
            html.H2(name),
            html.Span(say("page.time_panel.rows"), className="dock-summary"),
            choice(say("page.time_panel.step"), ids.STEP, text.STEP, Selection().step, is_label_shown=False),
            player(),
            legend(("dead", "missing", "unsplit"), "series-legend toll-legend"),
            height_switch(),
            legend(("published", "growing", "fewer", "absent"), "series-legend coverage-legend"),
            button(say("page.time_panel.whole_period"), ids.WHOLE_TIME, kind="link", disabled=True),
            button(say("page.time_panel.table"), ids.SHOW_PERIODS, kind="link"),
            button(say("page.time_panel.hide"), ids.FOLD_DOCK, kind="link", **attributes(aria_expanded="true")),
        ],
        className="panel-head dock-head",
    )
    hidden = attributes(aria_hidden="true")
    rows = html.Div(
        [
            html.Div(id=ids.SERIES, className="series-rows"),
            html.Div(
                [
                    html.I(className="veil before"),
                    html.I(className="veil after"),
                    html.I(className="handle start"),
                    html.I(className="handle end"),
                    html.I(className="line"),
                    html.Div(id=ids.PLAY_CURSOR, className="play-cursor"),
                ],
                id=ids.SERIES_CURSOR, className="series-cursor", tabIndex="0", role="slider",
                **attributes(aria_label=say("page.series.cursor"), aria_valuemin="0", aria_valuemax="0",
                             aria_valuenow="0", aria_valuetext=say("page.series.keys")),
            ),
            html.Div(id=ids.SERIES_BOX, className="series-box", hidden=True, **hidden),
        ],
        className="series",
    )  # fmt: skip
    hint = html.P(say("page.series.touch"), className="series-hint")
    return html.Section([head, rows, hint], className="panel dock", **attributes(aria_label=name))


def player() -> html.Div:
    """Return what plays the map through time: a step back, play, a step on, the window and the speed."""
    return html.Div(
        [
            button("‹", ids.PLAY_BACK, **attributes(aria_label=say("page.time_panel.one_period_back"))),
            button(say("page.time_panel.play"), ids.PLAY, **attributes(aria_pressed="false")),
            button("›", ids.PLAY_ON, **attributes(aria_label=say("page.time_panel.one_period_on"))),
            html.Button("", type="button", className="play-more",
                        **attributes(aria_label=say("page.time_panel.how_it_plays"), aria_expanded="false")),
            _menu(say("page.time_panel.window_that_is_played"), ids.PLAY_MODE, text.PLAY_MODE),
            _menu(say("page.time_panel.speed"), ids.PLAY_SPEED, text.PLAY_SPEED),
        ],
        className="player",
        role="group",
        **attributes(aria_label=say("page.time_panel.play_through_time")),
    )  # fmt: skip


def _menu(label: str, id_: str, options: Mapping[str, str]) -> html.Label:
    choices = [html.Option(name, value=value) for value, name in options.items()]
    return html.Label([html.Span(label, className="unseen"), html.Select(choices, id=id_, className="menu")])


def height_switch() -> dcc.Checklist:
    """Return the switch that draws the bars of flows in full, where a few are far higher than all others."""
    return dcc.Checklist(
        id=ids.HEIGHT, options=[{"label": say("page.series.full"), "value": "full"}], value=[],
        className="height-switch", labelClassName="height-label", inputClassName="box-input",
    )  # fmt: skip


def legend(marks: tuple[str, ...], name: str) -> html.P:
    """Return what marks of the series mean, in words beside each."""
    return html.P(
        [
            html.Span([html.I(className=f"mark {one}", **attributes(aria_hidden="true")),
                       say(f"page.series_legend.{one}")])
            for one in marks
        ],
        className=name,
    )  # fmt: skip
