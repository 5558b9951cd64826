"""The chips: Route, Dates, Place and More, each a word with its value, and the filters that open under it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from data.counting.people_by_year import PeopleByYear
from data.model.notices import say
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.filters import choices_of_more, coverage_text, options_of, years_of
from layouts.page.popover import popover
from layouts.page.year_bars import bars_style
from layouts.page.year_choice import year_choice
from layouts.parts.attributes import attributes
from layouts.parts.controls import boxes, button, day_field, many
from layouts.text import page as text

CLEARS: Final = (ids.CLEAR_ROUTE, ids.CLEAR_DATES, ids.CLEAR_PLACE, ids.CLEAR_MORE)


def chips(vintage: Vintage, routes: PeopleByYear, regions: PeopleByYear, origins: Mapping[str, int]) -> html.Div:
    """Return the four chips and the word that clears all; callbacks.page.filters keeps their values.

    ``origins`` has the people dead or missing by id of an origin.
    """
    return html.Div(
        [
            _chip(say("page.filters.route"), ids.ROUTE_CHOSEN, ids.CLEAR_ROUTE, _routes(vintage, routes)),
            _chip(say("page.filters.dates"), ids.DATES_CHOSEN, ids.CLEAR_DATES, _dates(vintage, routes)),
            _chip(say("page.filters.place"), ids.REGION_CHOSEN, ids.CLEAR_PLACE, _places(vintage, regions)),
            _chip(say("page.filters.more"), ids.MORE_CHOSEN, ids.CLEAR_MORE, _more(vintage, origins)),
            button(say("page.top_bar.clear"), ids.CLEAR, kind="link", hidden=True),
        ],
        className="chips",
        role="group",
        **attributes(aria_label=say("page.filters.filters")),
    )


def _chip(name: str, chosen: str, clear: str, body: Sequence[Component]) -> html.Div:
    words = [html.Span(name, className="chip-name"), html.Span(id=chosen, className="chip-value")]
    cross = html.Button(
        "×",
        id=clear,
        n_clicks=0,
        className="chip-clear",
        type="button",
        hidden=True,
        **attributes(aria_label=say("page.filters.clear_one", name=name.lower())),
    )
    return html.Div([popover(words, name, body, button_class="chip-button"), cross], className="chip")


def _find(label: str, id_: str) -> html.Label:
    """Return the search field of a list: ``find.mjs`` hides what does not match."""
    field = dcc.Input(id=id_, type="text", placeholder=label, className="find", autoComplete="off")
    return html.Label([html.Span(label, className="unseen"), field], htmlFor=id_)


def _routes(vintage: Vintage, routes: PeopleByYear) -> list[Component]:
    rows = _year_rows(vintage, "route", routes)
    head = html.Div([html.Span(say("page.filters.most_first")), html.Span(years_of(routes))], className="rows-head")
    foot = html.P(say("page.filters.no_route", people=routes.without), className="rows-foot")
    return [
        _find(say("page.filters.find_a_route"), ids.FIND_ROUTE),
        head,
        html.Div(
            boxes(ids.ROUTE, rows), className="rows", role="group", **attributes(aria_label=say("page.filters.route"))
        ),
        *([foot] if routes.without else []),
    ]


def _year_rows(vintage: Vintage, kind: str, people: PeopleByYear) -> list[tuple[str, html.Span]]:
    """Return (id, words) of every option of a kind, those of most people first."""
    tolls = {one: sum(years.values()) for one, years in people.by_id.items()}
    options = sorted(options_of(vintage, kind), key=lambda option: -tolls.get(option[0], 0))
    return [(one, _year_row(name, people, one)) for one, name in options]


def _year_row(name: str, people: PeopleByYear, one: str) -> html.Span:
    years = people.by_id.get(one, {})
    bars = html.Span(className="year-bars", style=bars_style(people.years, years), **attributes(aria_hidden="true"))
    toll = html.Span(_toll(sum(years.values()) if years else None), className="box-toll")
    return html.Span([html.Span(name, className="box-name"), bars, toll], className="box-words")


def _dates(vintage: Vintage, people: PeopleByYear) -> list[Component]:
    first, last = coverage_text(vintage)
    fields = html.Div(
        [
            day_field(say("page.filters.from"), ids.START, hint=first),
            day_field(say("page.filters.to"), ids.END, hint=last),
        ],
        className="days",
    )
    presets: Mapping[str, str] = {
        ids.LAST_TWELVE_MONTHS: say("page.filters.last_twelve_months"),
        ids.LATEST_YEAR: say("page.filters.latest_year", year=int(last[:4]) if last else 0),
        ids.ALL_DATES: say("page.filters.all_dates"),
    }
    row = html.Div([button(name, id_) for id_, name in presets.items()], className="presets")
    hint = html.P(say("page.filters.short_dates"), className="days-hint")
    note = html.P(id=ids.DAYS_NOTE, className="caution days-note", role="status")
    return [*year_choice(people, last), fields, hint, note, row]


def _places(vintage: Vintage, regions: PeopleByYear) -> list[Component]:
    draw: Any = html.Button(
        say("page.filters.draw_an_area"), type="button", className="button", **attributes(data_draw_area="")
    )
    return [
        _find(say("page.filters.find_a_place"), ids.FIND_PLACE),
        html.Ul(className="found-places", **attributes(data_none=say("page.filters.no_place"))),
        html.Div(
            [html.Span(say("page.filters.regions")), html.Span(years_of(regions))],
            className="rows-head",
        ),
        html.Div(
            boxes(ids.REGION, _year_rows(vintage, "region", regions)),
            className="rows",
            role="group",
            **attributes(aria_label=say("page.filters.region")),
        ),
        html.Div(draw, className="rows-foot"),
    ]


def _more(vintage: Vintage, origins: Mapping[str, int]) -> list[Component]:
    causes = many(say("page.filters.cause"), ids.CAUSE, ids.CAUSE_CHOSEN, options_of(vintage, "cause"))
    return [causes, _origins(vintage, origins), *choices_of_more(vintage)]


def _origins(vintage: Vintage, tolls: Mapping[str, int]) -> html.Details:
    options = sorted(options_of(vintage, "origin"), key=lambda option: -tolls.get(option[0], 0))
    rows = [(origin, _toll_row(name, tolls.get(origin))) for origin, name in options]
    return many(
        say("page.filters.origin"),
        ids.ORIGIN,
        ids.ORIGIN_CHOSEN,
        rows,
        before=[
            _find(say("page.filters.find_an_origin"), ids.FIND_ORIGIN),
            html.Div(html.Span(say("page.filters.origins_most_first")), className="rows-head"),
        ],
        after=[html.P(say("page.filters.several_origins"), className="rows-foot")],
    )


def _toll_row(name: str, toll: int | None) -> html.Span:
    words = [html.Span(name, className="box-name"), html.Span(_toll(toll), className="box-toll")]
    return html.Span(words, className="box-words")


def _toll(people: int | None) -> str:
    return "–" if people is None else text.number(people)
