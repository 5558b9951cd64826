"""Days and stretches of days: which are covered, which are missing, and how a sentence names them."""

from calendar import month_name
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import numpy as np

MOST_NAMED: Final = 3
HALVES: Final = {(1, 6): "the first half", (7, 12): "the second half"}

Span = tuple[date, date]
ONE_DAY: Final = timedelta(days=1)


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


def day_words(day: date) -> str:
    """Return ``3 March 2018``."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def _is_whole_months(first: date, last: date) -> bool:
    return first.day == 1 and (last + ONE_DAY).day == 1


def span_words(first: date, last: date) -> str:
    """Return the shortest exact name of a stretch, such as ``2018``, ``March 2018`` or ``3 to 9 March 2018``."""
    if first == last:
        return day_words(first)
    if _is_whole_months(first, last):
        return _months_words(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def _months_words(first: date, last: date) -> str:
    """Return whole months in words: as a year, as years, as a half-year, else month by month."""
    months = (first.month, last.month)
    if months == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    end = f"{month_name[last.month]} {last.year}"
    if first.year != last.year:
        return f"{month_name[first.month]} {first.year} to {end}"
    if months in HALVES:
        return f"{HALVES[months]} of {first.year}"
    return end if first.month == last.month else f"{month_name[first.month]} to {end}"


def window_words(first: date, last: date) -> str:
    """Return a window as a sentence ends with it: ``in 2018``, ``on 3 March 2018``, ``from 3 to 9 March 2018``."""
    if first == last:
        return f"on {day_words(first)}"
    words = span_words(first, last)
    return f"from {words}" if " to " in words else f"in {words}"


def missing_words(missing: list[Span]) -> str:
    """Return stretches in words: at most three are named, the rest are counted with their days."""
    named = [span_words(*span) for span in missing[:MOST_NAMED]]
    rest = missing[MOST_NAMED:]
    if rest:
        days = sum(length(*span) for span in rest)
        more = f"{len(rest)} more {'stretch' if len(rest) == 1 else 'stretches'}"
        named.append(f"{more} ({days:,} {'day' if days == 1 else 'days'})")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
