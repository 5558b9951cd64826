"""The card of a route: its name, its dates, three figures each with its unit, its years and what it covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from data.model.notices import say
from data.pillars.views import Brief
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.text import page as text

COLOURS: Final = {"toll": "of-toll", "flow": "of-flow", "arrivals": "of-arrivals"}


@dataclass(frozen=True)
class Year:
    """One year of a figure; ``value`` is None where nobody counted, ``is_part`` where not all of it is counted."""

    year: int
    value: int | None
    is_part: bool


@dataclass(frozen=True)
class Figure:
    """One figure of a route: which colour it has, how much (None: nobody counted), of what, when, by year."""

    kind: str
    value: int | None
    name: str
    when: str
    years: Sequence[Year]


def route_card() -> html.Section:
    """Return the card, closed; callbacks.page.route_card fills it."""
    acts = html.Div(
        [
            button(say("page.route_card.show"), ids.ROUTE_SHOW, kind="primary"),
            _cell_here(),
            button(say("page.route_card.close"), ids.ROUTE_CLOSE),
        ],
        className="route-acts",
    )
    return html.Section(
        [html.Div(id=ids.ROUTE_CARD_BODY), html.Div(id=ids.ROUTE_CARD_VIEWS, className="route-views"), acts],
        id=ids.ROUTE_CARD,
        className="route-card",
        hidden=True,
        role="dialog",
        **attributes(aria_labelledby="route-card-name"),
    )


def _cell_here() -> html.Button:
    """Return the button that opens the cell under the line where it was pressed; ``route_card.mjs`` fills it."""
    words = attributes(data_words=say("page.route_card.cell", words="{}"))
    return html.Button(id=ids.ROUTE_CELL, type="button", className="button", hidden=True, **words)


def way_back() -> Any:
    """Return the button that leads back from a route that is shown whole."""
    return button(say("page.route_card.back"), ids.ROUTE_BACK, hidden=True)


def route_list() -> html.Ul:
    """Return the list of the routes in view, for the keys; ``route_list.mjs`` fills it."""
    return html.Ul(id=ids.ROUTE_LIST, className="route-list", **attributes(aria_label=say("page.route_card.in_view")))


def card_body(name: str, when: str, figures: Sequence[Figure], notes: Sequence[str]) -> list[Any]:
    """Return what a card says of one route."""
    head = html.H2(name, id="route-card-name", tabIndex=-1)
    dates = html.P(say("page.route_card.route", when=when or None), className="when")
    return [head, dates, html.Dl([_figure(one) for one in figures], className="route-figures"),
            *(html.P(note, className="note") for note in notes)]  # fmt: skip


def views_of_route(found: Sequence[Brief], query: str) -> list[Any]:
    """Return links to the views of the pillars that have a figure of the route; nothing where none has."""
    if not found:
        return []
    links = [html.Li(html.A(one.question, href=f"/pillars/{one.pillar}?{query}#{one.view}")) for one in found]
    return [html.Details([html.Summary(say("pillar_views.route_card", views=len(found))), html.Ul(links)])]


def _figure(one: Figure) -> html.Div:
    """Return a figure with its small series; where there is none it says so, and never 0 (RULES R11)."""
    if one.value is None:
        amount, rest = say("page.route_card.none"), say("page.route_card.none_for", name=one.name)
    else:
        amount = say("page.route_card.amount", count=one.value, is_least=one.kind == "toll")
        rest = say("page.route_card.of", name=one.name, when=one.when or None)
    kind = " ".join(["route-figure", COLOURS[one.kind], *(["none"] if one.value is None else [])])
    parts = [html.Dd(amount, className="amount"), *([_years(one)] if one.value is not None else []), html.Dt(rest)]
    return html.Div(parts, className=kind)


def _years(one: Figure) -> html.Dd:
    highest = max((year.value or 0 for year in one.years), default=0) or 1
    bars = [html.Li(_bar(year, highest), title=_year_words(year), className=_kind(year)) for year in one.years]
    return html.Dd(html.Ol(bars, className="route-years", **attributes(aria_label=say("page.route_card.by_year"))))


def _bar(year: Year, highest: int) -> list[html.Span]:
    share = max(year.value or 0, 0) / highest
    fill = html.Span(className="bar-fill", style={"height": f"{share * 100:.0f}%"})
    return [fill, html.Span(_year_words(year), className="unseen")]


def _kind(year: Year) -> str:
    return "absent" if year.value is None else "part" if year.is_part else ""


def _year_words(year: Year) -> str:
    value = None if year.value is None else text.number(year.value)
    return say("page.route_card.year", year=year.year, value=value, is_part=year.is_part)
