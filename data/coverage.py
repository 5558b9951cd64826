"""Which days a source speaks of: outside them is no data, inside them a period without a record is nobody recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from data.days import Span
from data.measures import of_source
from data.selection import Selection
from data.vintage import Vintage

DAY = timedelta(days=1)
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


def covered(vintage: Vintage, source: str | None) -> tuple[Window, ...]:
    """Return the spans of days that a source's editions cover, in order, joined where they meet.

    An edition is taken to cover its first record's month from the first day, and nothing after its last record.
    """
    dated = vintage.sources.filter((pl.col("source") == pl.lit(source)) & pl.col("last_date").is_not_null())
    rows = dated.select(pl.col("first_date").dt.month_start(), "last_date").sort("first_date").iter_rows()
    return joined(Window(first, last) for first, last in rows)


@lru_cache(maxsize=8)
def incident_days(vintage: Vintage, source: str | None) -> Span | None:
    """Return the first and last day that an incident database covers; None where it has no dated record.

    It is taken to cover its first record's month from the first day, as ``covered`` does, and nothing after its
    last record.
    """
    rows = of_source(vintage, Selection(source=source))
    first, last = rows.select(pl.col("date_from").min(), pl.col("date_to").max()).collect().row(0)
    return None if first is None else (first.replace(day=1), last)


def joined(spans: Iterable[Window]) -> tuple[Window, ...]:
    """Return spans, sorted by first day, with those that overlap or meet as one."""
    found: list[Window] = []
    for span in spans:
        if found and span.first <= found[-1].last + DAY:
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
    pairs = [pair for pair in pairwise(whole) if pair[1].first == pair[0].last + DAY]
    return pairs[-1] if pairs else None


def clipped(spans: Sequence[Window], first: date | None, last: date | None) -> tuple[Window, ...]:
    """Return what of the spans lies between two days."""
    cut = (Window(max(span.first, first or span.first), min(span.last, last or span.last)) for span in spans)
    return tuple(span for span in cut if span.first <= span.last)


def unread(vintage: Vintage) -> Vintage:
    """Return the same vintage with no table in memory: what is read of it is let go with it."""
    return replace(vintage)
