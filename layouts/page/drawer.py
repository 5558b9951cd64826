"""The right drawer: one cell in words and numbers, then its incidents as cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from data.counting.classes import HATCHED_FROM
from data.counting.measures import HALF
from data.counting.models import IncidentCell
from data.exports.list_models import IncidentRow
from data.model.notices import say
from data.model.wording import two_digits
from layouts import ids
from layouts.links import is_web, outside_link
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.text import page as text

CARDS: Final = 30
Years = Sequence[tuple[int, int | None]]
"""Years with their people dead or missing; None of a year outside the dates chosen."""


def drawer() -> html.Aside:
    """Return the drawer, closed; callbacks.page.drawer fills it."""
    head = html.Div(
        [html.H2(say("page.drawer.cell")), button(say("page.drawer.close"), ids.DRAWER_CLOSE, kind="link")],
        className="panel-head",
    )
    more = button(say("page.drawer.show_more_incidents"), ids.DRAWER_MORE, hidden=True)
    body = html.Div([html.Div(id=ids.DRAWER_BODY), more], className="panel-body", tabIndex=0, role="region",
                    **attributes(aria_label=say("page.drawer.incidents_in_the_chosen_cell")))  # fmt: skip
    return html.Aside(
        [head, body],
        id=ids.DRAWER,
        className="panel drawer",
        hidden=True,
        **attributes(aria_label=say("page.drawer.chosen_cell")),
    )


@dataclass(frozen=True)
class ChosenCell:
    """A cell in words: the place, its size, and people ``beside`` those it holds (RULES X9).

    Of a cell of the size that is shown, people known only to a wider area around it, who may lie in it; of a wider
    area (``is_wider``), people in the smaller cells within it.
    """

    place: str
    resolution: int
    is_wider: bool
    beside: int


def cell_summary(chosen: ChosenCell, cell: IncidentCell | None, years: Years) -> list[Any]:
    """Return the size and the place in words, the numbers of RULES X5 and a small series by year."""
    kind = "wider" if chosen.is_wider else "cell"
    heading = html.Div([
        html.P(say(f"page.drawer.kind.{kind}", km=text.WIDTH_KM[chosen.resolution]), className="drawer-kind muted"),
        html.H3(chosen.place, className="drawer-place"),
    ])  # fmt: skip
    beside = [html.P(say(f"page.drawer.beside.{kind}", people=chosen.beside), className="muted")] * bool(chosen.beside)
    if cell is None:
        return [heading, html.P(say("page.drawer.no_incident_of_this_selection")), *beside]
    toll = html.P(
        [html.Strong(text.number(cell.dead_or_missing)), say("page.drawer.dead_or_missing_at_least")],
        className="drawer-toll",
    )
    split = html.P(text.split(cell.dead, cell.missing) + ".", className="muted")
    facts = {
        say("page.drawer.incidents"): text.number(cell.incidents),
        say("page.drawer.events"): text.number(cell.events),
        say("page.drawer.largest_event"): _dominance(cell),
        **_largest_record(cell),
        say("page.drawer.per_1_000_km"): _density(cell.per_1000_km2),
        say("page.drawer.cell"): say("page.drawer.size", area=cell.area_km2),
    }
    entries = [part for name, value in facts.items() for part in (html.Dt(name), html.Dd(value))]
    return [heading, toll, _split_bar(cell), split, *beside, small_series(years), html.Dl(entries, className="facts")]


def _split_bar(cell: IncidentCell) -> html.Div:
    """Return dead and missing as one bar; what is not split leaves its rest empty. The words beside it say the same."""
    whole = cell.dead_or_missing or 0
    parts = [html.Span(className=f"mark {name}", style={"width": f"{max(people or 0, 0) / whole * 100:.1f}%"})
             for name, people in (("dead", cell.dead), ("missing", cell.missing)) if whole > 0]  # fmt: skip
    return html.Div(parts, className="split-bar", hidden=not parts, **attributes(aria_hidden="true"))


def _largest_record(cell: IncidentCell) -> dict[str, str]:
    """Return the largest single record where it is not the largest event: that one is recorded in parts (RULES E1)."""
    if cell.largest_incident is None or cell.largest_incident == cell.largest_event:
        return {}
    return {say("page.drawer.largest_record"): text.people(cell.largest_incident)}


def _density(people: float | None) -> str:
    """Return people per 1,000 km² with two digits that count: never 0.0 of someone."""
    if people is None:
        return "–"
    return say("page.drawer.density", people=two_digits(people) if people else text.number(0))


def _dominance(cell: IncidentCell) -> str:
    """Return the largest event and its share of the cell; what decides a colour is said where it is hatched (X5)."""
    if cell.dominance is None:
        return "–"
    return say(
        "page.drawer.dominance",
        people=cell.largest_event,
        share=text.share(cell.dominance),
        is_most=cell.dominance > HALF and (cell.dead_or_missing or 0) >= HATCHED_FROM,
    )


def small_series(years: Years) -> html.Figure:
    """Return people dead or missing per year as a row of bars with the largest number and the first and last year.

    A year outside the dates chosen is hatched and never looks like 0 (RULES P6, R11).
    """
    if not years:
        return html.Figure(html.Figcaption(say("page.drawer.not_dated")))
    highest = max((count for _, count in years if count is not None), default=0)
    largest = next((year for year, count in years if count == highest and highest > 0), None)
    bars = [_year_bar(year, count, highest or 1, is_largest=year == largest) for year, count in years]
    ends = [html.Span(str(year)) for year in dict.fromkeys((years[0][0], years[-1][0]))]
    caption = say("page.drawer.years", is_cut=any(count is None for _, count in years))
    return html.Figure([html.Ol(bars, className="small-series"),
                        html.Div(ends, className="bar-years", **attributes(aria_hidden="true")),
                        html.Figcaption(caption)])  # fmt: skip


def _year_bar(year: int, count: int | None, highest: int, *, is_largest: bool) -> html.Li:
    words = say("page.drawer.year", year=year, people=count)
    fill = html.Span(className="bar-fill", style={"height": f"{max(count or 0, 0) / highest * 100:.0f}%"})
    number = html.Span(text.number(count), className="bar-number", **attributes(aria_hidden="true"))
    return html.Li([*([number] if is_largest else []), fill, html.Span(words, className="unseen")], title=words,
                   className="outside" if count is None else "")  # fmt: skip


def incident_card(row: IncidentRow, *, cause: str | None, route: str | None) -> html.Article:
    """Return one incident: date, place, toll split, cause, quality in words, source link."""
    quality = (
        say("page.drawer.quality", quality=row.quality, words=text.QUALITY[row.quality])
        if row.quality is not None and row.quality in text.QUALITY
        else say("page.drawer.quality_not_stated")
    )
    link = (
        outside_link(row.reporter or say("page.drawer.source"), row.url)
        if is_web(row.url)
        else html.Span(_unlinked(row))
    )
    lines = [
        html.P(
            [html.Strong(text.dates(row.date_from, row.date_to)), html.Span(_toll(row), className="card-toll")],
            className="card-head",
        ),
        html.P(row.place or say("page.drawer.place_not_stated")),
        html.P(text.split(row.dead, row.missing) + ".", className="muted"),
        html.P(
            ". ".join(part for part in (cause, route) if part) + "."
            if cause or route
            else say("page.drawer.cause_not_stated")
        ),
        html.P(
            f"{text.PRECISION.get(row.location_precision or 'unknown', text.PRECISION['unknown'])}. {quality}",
            className="muted",
        ),
        html.P(link, className="card-source"),
    ]
    return html.Article(lines, className="card")


def _toll(row: IncidentRow) -> str:
    return say("page.drawer.toll", people=row.dead_or_missing)


def _unlinked(row: IncidentRow) -> str:
    no_link = say("page.words.no_link")
    return say("page.drawer.unlinked", reporter=row.reporter, no_link=no_link) if row.reporter else no_link
