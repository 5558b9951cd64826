"""Days and stretches of days: which are covered, which are missing, and how a sentence names them."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta
from typing import Final

import numpy as np

from data.model.notices import Notice

MOST_NAMED: Final = 3
HALVES: Final = {(1, 6): "first", (7, 12): "second"}
WHOLES: Final = ("days.span.year", "days.span.half_year", "days.span.month")  # a stretch that has one name

Span = tuple[date, date]
ONE_DAY: Final = timedelta(days=1)
EARLIEST: Final = date(1990, 1, 1)  # of what anything speaks of (RULES Q8)


SHORT: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?")  # a year, or a month of it


def day_of_short(text: str, *, is_last: bool) -> str:
    """Return the first or last day of a year (2024) or month (2024-06) as text; any other text as it is."""
    found = SHORT.fullmatch(text.strip())
    if not found or not EARLIEST.year <= int(found[1]) <= MAXYEAR:
        return text
    year, month = int(found[1]), int(found[2] or (12 if is_last else 1))
    if not 1 <= month <= 12:
        return text
    return date(year, month, monthrange(year, month)[1] if is_last else 1).isoformat()


def today() -> date:
    """Return the day as the calendar has it where the program runs: vintages and files are dated by it."""
    return date.today()  # noqa: DTZ011 — a calendar day, not an instant


def latest_day() -> date:
    """Return the last day that a table may speak of: a year from today (RULES Q8)."""
    return today() + 366 * ONE_DAY


def length(first: date, last: date) -> int:
    """Return how many days a stretch has, both its ends included."""
    return (last - first).days + 1


def mask(spans: Iterable[Span], window: Span) -> np.ndarray:
    """Return for each day of the window whether a span holds it; what reaches over its edges is cut off."""
    start, days = window[0], length(*window)
    steps = np.zeros(days + 1, dtype=np.int64)
    for first, last in spans:
        begin, end = max((first - start).days, 0), min((last - start).days + 1, days)
        if begin < end:
            steps[begin] += 1
            steps[end] -= 1
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def stretches(is_in: np.ndarray, start: date) -> list[Span]:
    """Return the unbroken stretches of true days; ``start`` is the first day of the array."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_in.astype(np.int8), [0]))))
    return [
        (start + timedelta(days=int(begin)), start + timedelta(days=int(end) - 1))
        for begin, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def _is_whole_months(first: date, last: date) -> bool:
    return first.day == 1 and (last + ONE_DAY).day == 1


def span_words(first: date, last: date) -> Notice:
    """Return the shortest exact name of a stretch, such as ``2018``, ``March 2018`` or ``3 to 9 March 2018``."""
    if first == last:
        return Notice("days.span.day", day=first)
    if _is_whole_months(first, last):
        return _months_words(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return Notice("days.span.days_of_month", first_day=first.day, last=last)
    return Notice("days.span.days", first=first, last=last)


def _months_words(first: date, last: date) -> Notice:
    """Return whole months in words: as a year, as years, as a half-year, else month by month."""
    months = (first.month, last.month)
    if months == (1, 12):
        if first.year == last.year:
            return Notice("days.span.year", year=first.year)
        return Notice("days.span.years", first=first.year, last=last.year)
    if first.year != last.year:
        return Notice("days.span.months", first=first, last=last)
    if months in HALVES:
        return Notice("days.span.half_year", half=HALVES[months], year=first.year)
    if first.month == last.month:
        return Notice("days.span.month", month=first)
    return Notice("days.span.months_of_year", first=first, last=last)


def window_words(first: date, last: date) -> Notice:
    """Return a window as a sentence ends with it: ``in 2018``, ``on 3 March 2018``, ``from 3 to 9 March 2018``."""
    if first == last:
        return Notice("days.window.day", day=first)
    span = span_words(first, last)
    return Notice("days.window.inside" if span.code in WHOLES else "days.window.between", span=span)


def missing_words(missing: list[Span]) -> Notice:
    """Return stretches in words: at most three are named, the rest are counted with their days."""
    named = [span_words(*span) for span in missing[:MOST_NAMED]]
    rest = missing[MOST_NAMED:]
    if rest:
        days = sum(length(*span) for span in rest)
        named.append(Notice("days.more_stretches", number=len(rest), days=days))
    return named[0] if len(named) == 1 else Notice("days.stretches", stretches=named)
