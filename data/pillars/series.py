"""A view's figure over the years: the view's own rows where they are of years, else the view is asked year by year.

A year that its sources do not cover whole, and a year for which the view is not computable, then has no figure: a gap,
and never 0 (RULES R11). Only what is of a day, such as parties to a treaty, is told of a year that is covered in part.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final

import polars as pl
from msgspec.structs import replace

from data.model.absence import PUBLISHED, UNKNOWN
from data.model.caches import kept
from data.model.days import Span
from data.pillars.figures import figures_read_once
from data.pillars.models import ACT, MOST_LINES, Answering, Asked, Finding, ViewLine, ViewPoint, ViewRow
from data.store.vintage import Vintage

MOST_YEARS: Final = 12
WHOLE: Final = "whole"  # the part of a line that is the view's own figure


@kept
def series_of(vintage: Vintage, answer: Answering, route: str | None) -> tuple[ViewLine, ...]:
    """Return the lines of a view over the years: one of its figure, or up to three of its rows where it has none."""
    with figures_read_once():
        every = answer(vintage, Asked(route))
        if every.is_by_year:
            return _of_rows(every)
        spans = spans_of(vintage, every.sources) if every.has_years else []
        if not spans:
            return ()
        last = max(span[1] for span in spans).year
        years = range(max(min(span[0] for span in spans).year, last - MOST_YEARS + 1), last + 1)
        found = {year: _of_year(vintage, answer, route, year, spans) for year in years}
    latest = next((one for one in reversed(found.values()) if one is not None), None)
    if latest is None or latest.window is None:
        return ()
    first = next(year for year, one in found.items() if one is not None)
    told = {year: one for year, one in found.items() if year >= first}
    lines = (_line(told, latest, row) for row in _rows_told(latest.rows, latest.value))
    return tuple(islice((line for line in lines if any(point.value is not None for point in line.points)), MOST_LINES))


def _of_rows(found: Finding) -> tuple[ViewLine, ...]:
    """Return the lines that the rows of a view are, on the years in which one of them has a figure."""
    lines = {(line.part, line.what): line for line in lines_of_rows(found.rows)}
    first_rows = {(row.part, row.what): row for row in reversed(found.rows)}
    heads = _rows_told([first_rows[key] for key in lines], None)
    every = (lines[row.part, row.what] for row in heads if row is not None)
    told = [*islice((line for line in every if any(one.value is not None for one in line.points)), found.most_lines)]
    known = [one.year for line in told for one in line.points if one.value is not None]
    years = range(max(min(known), max(known) - MOST_YEARS + 1), max(known) + 1) if known else range(0)
    return tuple(replace(line, points=tuple(one for one in line.points if one.year in years)) for line in told)


def lines_of_rows(rows: Sequence[ViewRow]) -> list[ViewLine]:
    """Return a line for each figure of rows that are of years, all on the same years; one without a row is a gap.

    Acts are no figures of years: they are marks beneath them.
    """
    by_figure: dict[tuple[str, str], dict[int, ViewRow]] = {}
    for row in rows:
        if row.date_from is not None and not row.part.startswith(f"{ACT}/"):
            by_figure.setdefault((row.part, row.what), {})[row.date_from.year] = row
    years = sorted({year for own in by_figure.values() for year in own})
    span = range(years[0], years[-1] + 1) if years else range(0)
    heads = [(next(iter(own.values())), own) for own in by_figure.values()]
    return [
        ViewLine(part=head.part, name=head.name, what=head.what, unit=head.unit,
                 points=tuple(_point(year, own.get(year)) for year in span))
        for head, own in heads
    ]  # fmt: skip


def _point(year: int, row: ViewRow | None) -> ViewPoint:
    return ViewPoint(year=year, value=row.value if row else None, status=row.status if row else UNKNOWN)


def spans_of(vintage: Vintage, sources: Sequence[str]) -> list[Span]:
    """Return the first and the last day of each data set; one without days is left out."""
    rows = vintage.sources.filter(pl.col("source").is_in(list(sources))).group_by("source").agg(
        pl.col("first_date").min(), pl.col("last_date").max()
    )  # fmt: skip
    return list(rows.drop_nulls().select("first_date", "last_date").iter_rows())


def _of_year(
    vintage: Vintage, answer: Answering, route: str | None, year: int, spans: Sequence[Span]
) -> Finding | None:
    """Return what the view finds of a year; None where it finds nothing, or a source covers only a part of it."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    if not all(first <= end and start <= last for first, last in spans):
        return None
    found = answer(vintage, Asked(route, start, end))
    is_of_a_day = found.window is not None and found.window[0] == found.window[1]
    is_whole = all(first <= start and end <= last for first, last in spans)
    return found if found.sentence is not None and (is_whole or is_of_a_day) else None


def _rows_told(rows: Sequence[ViewRow], value: float | None) -> Sequence[ViewRow | None]:
    """Return which rows may have a line; of a view that has one figure of its own, that alone (None)."""
    if value is not None:
        return [None]
    if not rows:
        return []
    first = rows[0]
    same_part = [row for row in rows if row.part == first.part]
    same_figure = [row for row in rows if row.what == first.what]
    return same_part if len(same_part) > 1 else same_figure


def _line(found: dict[int, Finding | None], latest: Finding, row: ViewRow | None) -> ViewLine:
    points = tuple(_points(found, row))
    if row is None:
        return ViewLine(part=WHOLE, name="", what="", unit=latest.unit or "", points=points)
    return ViewLine(part=row.part, name=row.name, what=row.what, unit=row.unit, points=points)


def _points(found: dict[int, Finding | None], wanted: ViewRow | None) -> Iterator[ViewPoint]:
    for year, one in found.items():
        if wanted is None:
            value = one.value if one else None
            yield ViewPoint(year=year, value=value, status=UNKNOWN if value is None else PUBLISHED)
            continue
        same = (row for row in (one.rows if one else ()) if (row.part, row.what) == (wanted.part, wanted.what))
        yield _point(year, next(same, None))
