"""The years as bars in the dates' popover, each a button: ``assets/time/years.mjs`` makes dates of one or several."""

from math import ceil
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.counting.people_by_year import PeopleByYear
from data.model.notices import say
from layouts.parts.attributes import attributes

MOST_NAMED: Final = 13  # years that stand beside each other with their name


def year_choice(people: PeopleByYear, last: str | None) -> list[Component]:
    """Return the bars of all years with what they are and how they are chosen; nothing where nothing is dated.

    ``last`` is the last day with data: a year that it cuts is paler.
    """
    if not people.years:
        return []
    top = max(people.whole.values(), default=0) or 1
    every = ceil(len(people.years) / MOST_NAMED)
    bars = [_year(year, people.whole.get(year, 0), top, is_named=(year - people.years[0]) % every == 0,
                  is_part=bool(last) and f"{year}-12-31" > str(last))
            for year in people.years]  # fmt: skip
    name = say("page.filters.by_year")
    return [
        html.P(name, className="years-head"),
        html.Div(bars, className="year-choice", role="group", **attributes(aria_label=name)),
        html.P(say("page.filters.years_hint"), className="days-hint"),
    ]


def _year(year: int, people: int, top: int, *, is_named: bool, is_part: bool) -> html.Button:
    words = say("page.filters.year_people", year=year, people=people)
    bar = html.Span(className="is-part" if is_part else "", style={"height": f"{people / top * 52:.1f}px"})
    name = html.Span(f"’{year % 100:02d}" if is_named else "\u00a0")
    return html.Button([bar, name], type="button", className="year-bar", title=words,
                       **attributes(aria_label=words, aria_pressed="false", data_year=str(year)))  # fmt: skip
