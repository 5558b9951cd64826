"""The banner of what every reader must know, the bar with the one sentence, and the notices: no match, trouble."""

from dash import html

from data.model.notices import say
from data.store.in_use import Lost
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.address_notice import address_notice
from layouts.page.export_menu import export_menu
from layouts.page.share_menu import share_menu
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.text import page as text


def banner(vintage: Vintage, lost: Lost | None) -> html.Div:
    """Return the banner that invented data always shows (RULES P8), and a store whose newest data is lost."""
    told = [say("statement.demonstration")] if vintage.is_demonstration else []
    told += [lost_words(vintage, lost)] if lost else []
    return html.Div(html.Span(" ".join(told)), className="banner", role="note", hidden=not told)


def lost_words(vintage: Vintage, lost: Lost) -> str:
    """Return that what is shown is not the newest that was published: what is shown instead, and since when."""
    day, since = (one and text.day(one) for one in (vintage.published, lost.since.date()))
    if lost.behind is not None:
        return say("page.lost.behind", stated=lost.behind, vintage=vintage.name, day=day, since=since)
    if lost.vintage is None:
        return say("page.lost.current", vintage=vintage.name, day=day, since=since)
    return say("page.lost.damaged", lost=lost.vintage, vintage=vintage.name, day=day, since=since)


def top_bar(vintage: Vintage) -> html.Header:
    """Return the wordmark, the sentence and the three buttons."""
    words = html.Div(
        [html.P(id=ids.SENTENCE, className="sentence"), html.P(id=ids.NOTES, className="notes")],
        className="words",
        role="status",
        **attributes(aria_live="polite"),
    )
    strip = html.Div(id=ids.LEGEND_STRIP, className="strip")
    buttons = html.Div(
        [
            button(say("page.top_bar.clear"), ids.CLEAR, kind="primary", hidden=True),
            button(say("page.top_bar.questions"), ids.SHOW_QUESTIONS),
            button(say("page.top_bar.table"), ids.SHOW_TABLE),
            export_menu(),
            share_menu(vintage),
            button(say("page.top_bar.sources"), ids.SHOW_SOURCES),
        ],
        className="bar-buttons",
    )
    return html.Header([html.H1(text.NAME, className="wordmark"), words, strip, buttons], className="panel bar")


def notices() -> html.Div:
    """Return what is said of the address, when nothing matches, and when something fails; hidden until then."""
    empty = html.Section(
        [
            html.P(say("page.words.no_match"), id=ids.EMPTY_WORDS),
            html.Div(
                [
                    button(say("page.top_bar.widen_the_dates"), ids.EMPTY_DATES, kind="primary"),
                    button(say("page.top_bar.clear_the_route"), ids.EMPTY_ROUTE, kind="primary"),
                    button(say("page.top_bar.clear_all_filters"), ids.EMPTY_ALL),
                ],
                className="notice-buttons",
            ),
        ],
        id=ids.EMPTY,
        className="panel notice",
        hidden=True,
        **attributes(aria_label=say("page.top_bar.no_match")),
    )
    trouble = html.Section(
        [html.P(say("page.words.trouble"), className="failed"), html.P(say("page.words.waiting"), className="waiting")],
        id=ids.TROUBLE,
        className="panel notice trouble",
        hidden=True,
        role="alert",
    )
    return html.Div([address_notice(), empty, trouble], className="notices")


def tabs() -> html.Nav:
    """Return the bottom bar of narrow screens."""
    names = (
        (ids.TAB_MAP, say("page.top_bar.map")),
        (ids.TAB_TIME, say("page.top_bar.time")),
        (ids.TAB_TABLE, say("page.top_bar.table")),
        (ids.TAB_FILTERS, say("page.top_bar.filters")),
    )
    return html.Nav(
        [
            html.Button(
                name,
                id=id_,
                n_clicks=0,
                className="tab",
                type="button",
                **(attributes(aria_current="page") if id_ == ids.TAB_MAP else {}),
            )
            for id_, name in names
        ],
        className="tabs",
        **attributes(aria_label=say("page.top_bar.parts_of_the_page")),
    )
