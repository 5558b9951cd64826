"""Periods of a window, and how much of each a set of days covers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.counting.measures import STEP_OF
from data.counting.windows import Window, clipped

NO_DAY: Final = "none"
SOME_DAYS: Final = "some"
EVERY_DAY: Final = "every"


def first_days(first: date, last: date, step: str) -> list[date]:
    """Return the first day of every period from one that holds a day to one that holds another."""
    days = pl.Series([first, last]).dt.truncate(STEP_OF[step])
    return pl.date_range(days[0], days[1], STEP_OF[step], eager=True).to_list()


def period_windows(steps: Sequence[date], step: str) -> list[Window]:
    """Return each period whole, by its first day."""
    ends = pl.Series(steps, dtype=pl.Date).dt.offset_by(STEP_OF[step]).to_list()
    return [Window(first, end - timedelta(days=1)) for first, end in zip(steps, ends, strict=True)]


def reach(window: Window, spans: Sequence[Window]) -> str:
    """Return how much of a window some spans hold, which do not overlap: every day, some, or none."""
    held = sum(span.days for span in clipped(spans, window.first, window.last))
    return EVERY_DAY if held == window.days else SOME_DAYS if held else NO_DAY
