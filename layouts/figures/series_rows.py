"""The rows of the dock as shares of their width and height, from which the page's HTML is filled; no pixel in here.

Bars are paths in a box of one unit a day and 1,000 of height; strips, hatches and words lie at shares of the axis. So
the same text fits every width, follows the theme by the stylesheet's tokens, prints, and needs no script to be seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from layouts.figures.coverage_marks import ABSENT, FEWER, LEAST_SHARE, break_lines, runs, stretches_beside
from layouts.figures.series_bars import Bar, Window, bars_of, cut_runs, end_of, highest_cut, row_scale
from layouts.figures.series_scale import EMPTY_TOP, Scale

HIGH: Final = 1000
GAP: Final = 0.08  # of a step, on each side of a bar
FAR: Final = 0.7  # of the axis: words beyond it stand on the other side of what they speak of
Say = Callable[[float, date], str]


@dataclass(frozen=True)
class Span:
    """A stretch of the axis in percent, what kind it is of, and its words."""

    left: float
    width: float
    kind: str = ""
    words: str = ""
    more: str = ""
    is_far: bool = False


@dataclass(frozen=True)
class SeriesRow:
    """One row: its id and words, its bars by class, its gridlines, and all that is said of coverage."""

    key: str
    name: str
    unit: str
    total: str
    paths: tuple[tuple[str, str], ...]
    foot: float  # percent of the height at which zero lies
    ticks: tuple[tuple[float, str], ...]
    hatches: tuple[Span, ...]
    torn: tuple[Span, ...]
    cut: Span | None
    breaks: tuple[Span, ...]
    strip: tuple[Span, ...]


class Axis:
    """The days of all rows, as shares of the width."""

    def __init__(self, table: pl.DataFrame) -> None:
        """Take the periods, of which there is at least one."""
        last, days = table.select("period", "days").row(-1)
        self.first: date = table["period"][0]
        self.end: date = last + timedelta(days=days)
        self.days = (self.end - self.first).days

    def share(self, day: date) -> float:
        """Return where a day begins, in percent."""
        return float(round(min(max((day - self.first).days / self.days, 0.0), 1.0) * 100, 3))

    def span(
        self, first: date, end: date, *, kind: str = "", words: str = "", more: str = "", is_far: bool = False
    ) -> Span:
        """Return the stretch from a day to the day before ``end``."""
        left = self.share(first)
        return Span(left, round(self.share(end) - left, 3), kind, words, more, is_far)

    def years(self) -> list[Span]:
        """Return the years, each with its number in full and short."""
        found = []
        for year in range(self.first.year, (self.end - timedelta(days=1)).year + 1):
            ends = max(date(year, 1, 1), self.first), min(date(year + 1, 1, 1), self.end)
            found.append(self.span(*ends, words=str(year), more=f"’{year % 100:02d}"))
        return found


def series_row(
    table: pl.DataFrame, key: str, words: Mapping[str, str], window: Window, *, is_full: bool, cut_words: Say,
    tick_words: Callable[[int], str],
) -> SeriesRow:  # fmt: skip
    """Return a row of a table that has periods; ``words`` are its name, unit and total."""
    axis, bars = Axis(table), bars_of(table, key, window)
    scale = row_scale(bars, key, is_full=is_full)
    marks = runs(table, key)
    has_scale = scale.top != EMPTY_TOP or bool(bars)
    return SeriesRow(
        key=key, **words, paths=_paths(bars, axis, scale), foot=round(scale.share(0) * 100, 2),
        ticks=tuple((round(scale.share(one) * 100, 2), tick_words(one)) for one in scale.ticks if has_scale),
        hatches=tuple(_hatches(axis, table, key)),
        torn=tuple(axis.span(run[0].first, end_of(run)) for run in cut_runs(bars, scale)),
        cut=_cut(bars, scale, axis, cut_words, [one.day for one in break_lines(table, key)]),
        breaks=tuple(_breaks(table, key, axis)),
        strip=tuple(axis.span(one.first, one.end, kind=one.mark) for one in marks),
    )  # fmt: skip


def _paths(bars: Sequence[Bar], axis: Axis, scale: Scale) -> tuple[tuple[str, str], ...]:
    found: dict[str, list[str]] = {}
    for one in bars:
        states = {"other": one.is_other, "grows": one.grows, "outside": one.is_outside}
        name = " ".join([one.kind, *(state for state, is_so in states.items() if is_so)])
        found.setdefault(name, []).append(_rectangle(one, axis, scale))
    return tuple((name, "".join(parts)) for name, parts in found.items())


def _rectangle(one: Bar, axis: Axis, scale: Scale) -> str:
    left = (one.first - axis.first).days + GAP * one.days
    ends = sorted(round(HIGH * (1 - scale.share(value))) for value in (one.low, one.high))
    wide = (1 - 2 * GAP) * one.days
    return f"M{left:.1f} {ends[0]}h{wide:.1f}V{ends[1]}h-{wide:.1f}z"


def _hatches(axis: Axis, table: pl.DataFrame, key: str) -> list[Span]:
    """Return where a row is hatched: no figure at all, with words where there is room, or of other places."""
    found = [axis.span(first, end, kind=FEWER) for first, end in stretches_beside(table, key)]
    for one in runs(table, key):
        if one.mark == ABSENT:
            is_wide = (one.end - one.first).days >= LEAST_SHARE * axis.days
            found.append(axis.span(one.first, one.end, kind=ABSENT, words=(one.said or "") if is_wide else ""))
    return sorted(found, key=lambda one: one.left)


def _cut(bars: Sequence[Bar], scale: Scale, axis: Axis, words: Say, breaks: Sequence[date]) -> Span | None:
    """Return the words on the highest bar that is cut, beside the bars that are cut with it, up to the next break."""
    found = highest_cut(bars, scale)
    if found is None:
        return None
    run, highest = found
    end = end_of(run)
    is_far = axis.share(end) > FAR * 100
    until = run[0].first if is_far else min([one for one in breaks if one > end], default=axis.end)
    return axis.span(axis.first if is_far else end, until, words=words(highest.high, highest.first), is_far=is_far)


def _breaks(table: pl.DataFrame, key: str, axis: Axis) -> list[Span]:
    """Return the lines where places change, each with the room to the next, or to what lies before it."""
    lines = break_lines(table, key)
    ends = [*(one.day for one in lines[1:]), axis.end][: len(lines)]
    found = []
    for at, (one, end) in enumerate(zip(lines, ends, strict=True)):
        before = lines[at - 1].day if at else axis.first
        is_far = axis.share(one.day) > FAR * 100 and one.day - before > end - one.day
        room = (before, one.day) if is_far else (one.day, end)
        found.append(axis.span(*room, words=one.words, more=one.more or "", is_far=is_far))
    return found
