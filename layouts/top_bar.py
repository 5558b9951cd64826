"""The banner, the bar with the one sentence, and the notices: no match, trouble."""

from dash import html

from data.vintage import Vintage
from layouts import ids, text
from layouts.controls import button
from layouts.export_menu import export_menu
from layouts.share_menu import share_menu


def banner(*, is_demonstration: bool) -> html.Div:
    """Return the banner that invented data always shows (RULES P8)."""
    return html.Div(text.DEMONSTRATION, className="banner", role="note", hidden=not is_demonstration)


def top_bar(vintage: Vintage) -> html.Header:
    """Return the wordmark, the sentence and the three buttons."""
    words = html.Div(
        [html.P(id=ids.SENTENCE, className="sentence"), html.P(id=ids.NOTES, className="notes")],
        className="words",
        role="status",
        **{"aria-live": "polite"},
    )
    strip = html.Div(id=ids.LEGEND_STRIP, className="strip")
    buttons = html.Div(
        [
            button("Clear", ids.CLEAR, kind="primary", hidden=True),
            button("Questions", ids.SHOW_QUESTIONS),
            button("Table", ids.SHOW_TABLE),
            export_menu(),
            share_menu(vintage),
            button("Sources", ids.SHOW_SOURCES),
        ],
        className="bar-buttons",
    )
    return html.Header([html.H1(text.NAME, className="wordmark"), words, strip, buttons], className="panel bar")


def notices() -> html.Div:
    """Return what is said when nothing matches or something fails; both are empty until then."""
    empty = html.Section(
        [
            html.P(text.NO_MATCH),
            html.Div(
                [
                    button("Widen the dates", ids.EMPTY_DATES, kind="primary"),
                    button("Clear the route", ids.EMPTY_ROUTE, kind="primary"),
                    button("Clear all filters", ids.EMPTY_ALL),
                ],
                className="notice-buttons",
            ),
        ],
        id=ids.EMPTY,
        className="panel notice",
        hidden=True,
        **{"aria-label": "No match"},
    )
    trouble = html.Section(
        html.P(text.TROUBLE), id=ids.TROUBLE, className="panel notice trouble", hidden=True, role="alert"
    )
    return html.Div([empty, trouble], className="notices")


def tabs() -> html.Nav:
    """Return the bottom bar of narrow screens."""
    names = ((ids.TAB_MAP, "Map"), (ids.TAB_TIME, "Time"), (ids.TAB_TABLE, "Table"), (ids.TAB_FILTERS, "Filters"))
    return html.Nav(
        [
            html.Button(
                name,
                id=id_,
                n_clicks=0,
                className="tab",
                type="button",
                **({"aria-current": "page"} if id_ == ids.TAB_MAP else {}),
            )
            for id_, name in names
        ],
        className="tabs",
        **{"aria-label": "Parts of the page"},
    )
