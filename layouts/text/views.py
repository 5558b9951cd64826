"""The words of a view of the pillars: its figures, its rows, its sources, and its figure over the years."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from data.model.absence import PUBLISHED, WORDS
from data.model.days import span_words, window_words
from data.model.notices import Notice, decimal, number, say
from data.pillars.models import Asked, ViewLine, ViewRow, ViewSource
from data.risk.formulas import in_percent

SHARE: Final = "share"
WHOLE_FROM: Final = 100  # from which a figure is written without decimals


def selection_words(asked: Asked, routes: Mapping[str, str]) -> str:
    """Return of which route and days the figures of views are; ``routes`` names each by its id."""
    name = routes.get(asked.route, asked.route) if asked.route else None
    return say("pillars.page.is_of", route=name, when=_window(asked.start, asked.end))


def _window(first: date | None, last: date | None) -> Notice | None:
    if first and last:
        return window_words(first, last)
    if first:
        return Notice("pillars.page.since", first=first)
    return Notice("pillars.page.until", last=last) if last else None


def source_words(one: ViewSource) -> str:
    """Return a source with its terms and the days that it covers."""
    days = span_words(one.first_date, one.last_date) if one.first_date and one.last_date else None
    return say("pillars.page.of_source", title=one.title, licence=one.licence or None, days=days)


def row_cells(row: ViewRow) -> tuple[str, str, str, str]:
    """Return a row as its table has it: of what, which figure, its value, what is divided by what."""
    of = f"{row.name} · {row.note}" if row.note else row.name
    quotient = ""
    if row.numerator is not None and row.denominator is not None:
        quotient = say("pillars.row.quotient", above=number(row.numerator), below=number(row.denominator))
    elif row.numerator is not None:
        quotient = number(row.numerator)
    return of, row.what, value_words(row.value, row.unit, row.status), quotient


def value_words(value: float | None, unit: str, status: str = PUBLISHED) -> str:
    """Return a figure as a reader sees it; where there is none, the kind of absence: never 0."""
    if value is None:
        return WORDS[status]
    if unit == SHARE:
        return str(Notice("risk.percent", value=in_percent(value, decimals=1)))
    return number(value) if value == round(value) or abs(value) >= WHOLE_FROM else decimal(Decimal(f"{value:.1f}"))


def line_names(lines: Sequence[ViewLine]) -> list[str | None]:
    """Return whose figure each line is, without what all have in common; None where it is the view's own."""
    if len({(line.name, line.what) for line in lines}) < 2:
        return [line.name or None for line in lines]
    is_one_place, is_one_figure = (len({of(line) for line in lines}) == 1 for of in (_place, _figure))
    if is_one_place:
        return [line.what for line in lines]
    return [line.name if is_one_figure else say("pillar_views.series.name", name=line.name, what=line.what)
            for line in lines]  # fmt: skip


def _place(line: ViewLine) -> str:
    return line.name


def _figure(line: ViewLine) -> str:
    return line.what


def line_words(line: ViewLine, name: str | None) -> str:
    """Return a line in words: its first, last and highest figure, and the years without one."""
    held = [one for one in line.points if one.value is not None]
    gaps = [str(one.year) for one in line.points if one.value is None] or None
    if not held:
        return say("pillar_views.series.none", name=name)
    first, last = held[0], held[-1]
    highest = max(held, key=lambda one: (one.value or 0, one.year))
    told = {"first": str(first.year), "first_value": value_words(first.value, line.unit)}
    if first is last:
        return say("pillar_views.series.one", name=name, gaps=gaps, **told)
    return say(
        "pillar_views.series.words", name=name, gaps=gaps, **told, last=str(last.year),
        last_value=value_words(last.value, line.unit), highest=value_words(highest.value, line.unit),
        year=str(highest.year),
    )  # fmt: skip


def end_words(line: ViewLine) -> tuple[str, str]:
    """Return the first and the last figure of a line, each with its year."""
    first, last = (
        say("pillar_views.series.end", year=str(one.year), value=value_words(one.value, line.unit, one.status))
        for one in (line.points[0], line.points[-1])
    )
    return first, last


def series_cells(lines: Sequence[ViewLine]) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows of the table of some lines: a year each, with the figure of every line."""
    figure = say("pillar_views.series.figure")
    heads = [say("pillar_views.series.year"), *(name or figure for name in line_names(lines))]
    rows = [
        [str(at[0].year), *(value_words(one.value, line.unit, one.status) for line, one in zip(lines, at, strict=True))]
        for at in zip(*(line.points for line in lines), strict=True)
    ]
    return heads, rows
