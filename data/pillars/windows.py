"""Which days a view is of: those that are asked for, else the last whole year that its figures cover."""

from datetime import date

import polars as pl

from data.model.days import Span
from data.pillars.models import Asked


def span_of(rows: pl.DataFrame) -> Span | None:
    """Return the first and the last day of rows (date_from, date_to); None where none is dated."""
    first, last = rows["date_from"].min(), rows["date_to"].max()
    return (first, last) if isinstance(first, date) and isinstance(last, date) else None


def window_of(asked: Asked, covered: Span) -> Span:
    """Return the window of a view; ``covered`` are the first and the last day of its figures.

    Where no day is asked for it is the last whole calendar year of these, else all of them. An open end is theirs.
    """
    first, last = covered
    if asked.start is None and asked.end is None:
        year = last.year if last == date(last.year, 12, 31) else last.year - 1
        return (date(year, 1, 1), date(year, 12, 31)) if date(year, 1, 1) >= first else covered
    return asked.start or min(first, asked.end or first), asked.end or max(last, asked.start or last)


def whole_years(window: Span) -> Span:
    """Return the calendar years that a window touches, as figures by year can answer for no part of one."""
    return date(window[0].year, 1, 1), date(window[1].year, 12, 31)
