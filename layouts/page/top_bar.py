"""The banner of what every reader must know, the bar with the one sentence, and the notices: no match, trouble."""

from dash import html

from data.counting.origin_tolls import origin_tolls
from data.counting.people_by_year import region_years, route_years
from data.model.notices import say
from data.model.roles import Role, role_in_use
from data.store.in_use import Lost
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.address_notice import address_notice
from layouts.page.chips import chips
from layouts.page.export_menu import export_menu
from layouts.page.popover import popover
from layouts.page.share_menu import share_menu
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.questions.alerts import alerts
from layouts.text import page as text


def banner(vintage: Vintage, lost: Lost | None) -> html.Div:
    """Return the banner that invented data always shows (RULES P8), and a store whose newest data is lost."""
    told = [say("statement.demonstration")] if vintage.is_demonstration else []
    told += [lost_words(vintage, lost)] if lost else []
    return html.Div(html.Span(" ".join(told)), className="banner", role="region", hidden=not told,
                    **attributes(aria_label=say("page.top_bar.about_data")))  # fmt: skip


def lost_words(vintage: Vintage, lost: Lost) -> str:
    """Return that what is shown is not the newest that was published: what is shown instead, and since when."""
    day, since = (one and text.day(one) for one in (vintage.published, lost.since.date()))
    if lost.behind is not None:
        return say("page.lost.behind", stated=lost.behind, vintage=vintage.name, day=day, since=since)
    if lost.vintage is None:
        return say("page.lost.current", vintage=vintage.name, day=day, since=since)
    return say("page.lost.damaged", lost=lost.vintage, vintage=vintage.name, day=day, since=since)


def top_bar(vintage: Vintage, *, log_in: bool = False) -> html.Header:
    """Return the header: wordmark, sentence, chips, what the map cannot show, and the bar of words."""
    sentence = html.P(id=ids.SENTENCE, className="sentence", role="status", **attributes(aria_live="polite"))
    full = popover(
        say("page.top_bar.what_is_counted"),
        say("page.top_bar.what_is_counted"),
        [html.P(id=ids.NOTES, className="notes"), html.P(say("statement.scope"))],
        button_class="words",
        at_end=True,
    )
    note = html.Div([html.Span(id=ids.SHORT_NOTES, className="short-notes"), full], className="bar-note")
    name = html.H1(text.NAME, className="wordmark")
    second = html.Div(
        [chips(vintage, route_years(vintage), region_years(vintage), origin_tolls(vintage)), note],
        className="bar-second",
    )
    return html.Header([name, sentence, second, _words(vintage, log_in=log_in)], className="bar")


def _words(vintage: Vintage, *, log_in: bool) -> html.Nav:
    """Return the bar of words; on narrower screens the rarer ones stand in the menu."""
    found = [
        button(say("page.top_bar.questions"), ids.SHOW_QUESTIONS, kind="primary"),
        button(say("page.top_bar.table"), ids.SHOW_TABLE),
        export_menu(vintage),
        share_menu(vintage),
        button(say("page.top_bar.sources"), ids.SHOW_SOURCES),
        html.Button(
            say("page.top_bar.dark"),
            type="button",
            className="button theme",
            **attributes(
                data_theme_switch="", data_light=say("page.top_bar.light"), data_dark=say("page.top_bar.dark")
            ),
        ),
        *([account_words()] if log_in else []),
        html.Button(
            say("page.top_bar.menu"),
            type="button",
            className="button bar-menu",
            **attributes(aria_expanded="false", data_unfolds=".bar-buttons"),
        ),
    ]
    return html.Nav(found, className="bar-buttons", **attributes(aria_label=say("page.top_bar.parts_of_the_page")))


def account_words() -> html.Span | html.A:
    """Return the way to log in, or as what tier the reader reads."""
    role = role_in_use()
    if role is Role.PUBLIC:
        return html.A(say("page.top_bar.log_in"), href="/login", className="button log-in")
    return html.Span(say("page.top_bar.tier", role=role.value), className="log-in")


def notices() -> html.Div:
    """Return what is said of the address, when nothing matches, and when something fails; hidden until then."""
    empty = html.Section(
        [
            html.P(say("page.words.no_match", is_dated=False), id=ids.EMPTY_WORDS, className="notice-head"),
            html.P(say("page.words.not_recorded"), className="muted"),
            html.Div(
                [
                    button(say("page.top_bar.clear_all_filters"), ids.EMPTY_ALL, kind="primary"),
                    button(say("page.top_bar.widen_the_dates"), ids.EMPTY_DATES),
                    button(say("page.top_bar.clear_the_route"), ids.EMPTY_ROUTE),
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
    return html.Div([address_notice(), alerts(), empty, trouble], className="notices")


def tabs() -> html.Nav:
    """Return the bottom bar of narrow screens."""
    names = (
        (ids.TAB_MAP, say("page.top_bar.map")),
        (ids.TAB_TIME, say("page.top_bar.time")),
        (ids.TAB_TABLE, say("page.top_bar.table")),
        (ids.TAB_QUESTIONS, say("page.top_bar.questions")),
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
        **attributes(aria_label=say("page.top_bar.tabs")),
    )
