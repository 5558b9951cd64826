"""The bars of one row of the series: what is stacked, where it is cut, how each part is drawn (RULES C3, R10, T2)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import polars as pl

from layouts.figures.coverage_marks import beside_of, grows_of
from layouts.figures.series_scale import Scale, scale_of

STACKS: Final = {"dead": ("dead", "missing", "unsplit"), "flow": ("flow",), "arrivals": ("arrivals",)}
WHOLE_ROW: Final = "dead"  # deaths are never cut
Window = tuple[date | None, date | None]


class Bar(NamedTuple):
    """One part of a bar: its first day, its days, from where to where it reaches, and how it is drawn."""

    first: date
    days: int
    low: float
    high: float
    kind: str
    is_other: bool  # of other places than most of the series
    grows: bool  # still being added to
    is_outside: bool  # not within the dates that are chosen


def stacked(table: pl.DataFrame, columns: Iterable[str]) -> dict[str, list[tuple[date, int, float, float]]]:
    """Return (first day, days, from, to) of every bar by column: negative numbers go down from zero (RULES C3)."""
    found: dict[str, list[tuple[date, int, float, float]]] = {}
    up, down = [0.0] * table.height, [0.0] * table.height
    for column in columns:
        bars = []
        for at, (day, days, value) in enumerate(table.select("period", "days", column).iter_rows()):
            if not value:
                continue
            ends = up if value > 0 else down
            bars.append((day, days, ends[at], ends[at] + value))
            ends[at] += value
        found[column] = bars
    return found


def bars_of(table: pl.DataFrame, row: str, window: Window) -> list[Bar]:
    """Return the parts of all bars of a row, in the order in which they are stacked."""
    beside, growing = (dict(zip(table["period"], found, strict=True))
                       for found in (beside_of(table, row), grows_of(table, row)))  # fmt: skip
    return [
        Bar(first, days, low, high, kind, beside[first], growing[first], not is_within(first, window))
        for kind, parts in stacked(table, STACKS[row]).items()
        for first, days, low, high in parts
    ]


def is_within(first: date, window: Window) -> bool:
    """Return whether a period begins within dates that are chosen; each end may be open."""
    start, end = window
    return (start is None or first >= start) and (end is None or first <= end)


def row_scale(bars: Sequence[Bar], row: str, *, is_full: bool) -> Scale:
    """Return the scale of a row: of what the chosen dates hold, else of all there is; deaths are always whole."""
    inside = [one for one in bars if not one.is_outside or row == WHOLE_ROW] or list(bars)
    tops: dict[date, float] = {}
    for one in inside:
        tops[one.first] = max(tops.get(one.first, 0.0), one.high)
    lows = [min(one.high, 0.0) for one in inside]
    return scale_of(list(tops.values()), lows, may_cut=not is_full and row != WHOLE_ROW)


def cut_runs(bars: Sequence[Bar], scale: Scale) -> list[tuple[Bar, ...]]:
    """Return the bars that reach beyond the top of their row, neighbours together."""
    found: list[list[Bar]] = []
    for one in sorted((bar for bar in bars if bar.high > scale.top), key=lambda bar: bar.first):
        last = found[-1][-1] if found else None
        if last is not None and (one.first - last.first).days == last.days:
            found[-1].append(one)
        else:
            found.append([one])
    return [tuple(run) for run in found]


def end_of(run: Sequence[Bar]) -> date:
    """Return the day after the last of neighbouring bars."""
    return run[-1].first + timedelta(days=run[-1].days)


def highest_cut(bars: Sequence[Bar], scale: Scale) -> tuple[tuple[Bar, ...], Bar] | None:
    """Return the highest bar that is cut and those that are cut with it; None where the row is whole.

    It is one of the chosen dates; where none of these is cut, one of the others.
    """
    found = cut_runs([one for one in bars if not one.is_outside], scale) or cut_runs(bars, scale)
    if not found:
        return None
    run = max(found, key=lambda some: max(one.high for one in some))
    return run, max(run, key=lambda one: one.high)
