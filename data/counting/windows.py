"""Stretches of days, both ends included: joined, cut, shared, compared. Knows nothing of sources."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from data.model.days import ONE_DAY

ALIKE = 0.025


class Window(NamedTuple):
    """First and last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.last - self.first).days + 1

    def within(self, spans: Iterable["Window"]) -> bool:
        """Return whether one span holds every day."""
        return any(span.first <= self.first and self.last <= span.last for span in spans)

    def touches(self, spans: Iterable["Window"]) -> bool:
        """Return whether a span holds some of the days."""
        return any(span.first <= self.last and self.first <= span.last for span in spans)


def joined(spans: Iterable[Window]) -> tuple[Window, ...]:
    """Return spans, sorted by first day, with those that overlap or meet as one."""
    found: list[Window] = []
    for span in spans:
        if found and span.first <= found[-1].last + ONE_DAY:
            found[-1] = Window(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)


def alike(first: Window, second: Window) -> bool:
    """Return whether two windows are as long, to a day or a fortieth, as two halves, quarters or years are."""
    short, long = sorted((first.days, second.days))
    return long - short <= max(1, ALIKE * long)


def last_full_years(spans: Sequence[Window]) -> tuple[Window, Window] | None:
    """Return the last two years in a row of which every day is covered, the earlier first; None: there are none."""
    years = [
        Window(date(year, 1, 1), date(year, 12, 31))
        for span in spans
        for year in range(span.first.year, span.last.year + 1)
    ]
    whole = [year for year in years if year.within(spans)]
    pairs = [pair for pair in pairwise(whole) if pair[1].first == pair[0].last + ONE_DAY]
    return pairs[-1] if pairs else None


def clipped(spans: Sequence[Window], first: date | None, last: date | None) -> tuple[Window, ...]:
    """Return what of the spans lies between two days."""
    cut = (Window(max(span.first, first or span.first), min(span.last, last or span.last)) for span in spans)
    return tuple(span for span in cut if span.first <= span.last)


def shared(some: Sequence[Window], others: Sequence[Window]) -> tuple[Window, ...]:
    """Return the days that both hold; each is in order and without overlap."""
    both = (Window(max(one.first, two.first), min(one.last, two.last)) for one in some for two in others)
    return tuple(span for span in both if span.first <= span.last)


def outside(spans: Sequence[Window], window: Window) -> tuple[Window, ...]:
    """Return the days of a window that no span holds; ``spans`` are in order and without overlap."""
    found, first = [], window.first
    for span in clipped(spans, window.first, window.last):
        if first < span.first:
            found.append(Window(first, span.first - ONE_DAY))
        first = span.last + ONE_DAY
    return (*found, Window(first, window.last)) if first <= window.last else tuple(found)
