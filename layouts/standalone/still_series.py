"""The still series of the first picture: three rows of bars on one axis of time, each with what is not counted.

The bars are an SVG that is stretched to its row; all words stand beside and over it, so they are never stretched.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

import polars as pl
from markupsafe import Markup

from layouts.figures import theme
from layouts.figures.coverage_marks import (
    ABSENT,
    FEWER,
    PANELS,
    STRIP_COLOR,
    WHOLE,
    break_lines,
    gaps_in_words,
    runs,
)
from layouts.figures.time_series import PALE, ceiling
from layouts.pictures.series import stacked, ticks
from layouts.text import page as text

WIDE, HIGH = 4000, 100  # of the drawing's own units
FOOT: Final = 88  # where the bars stand
STRIP: Final = (92, 8)  # of what is counted: top and height
GAP: Final = 0.86
COLUMNS: Final = {"dead": ("dead", "missing", "unsplit"), "flow": ("flow",), "arrivals": ("arrivals",)}
COLORS: Final = {"dead": theme.DEAD, "missing": theme.MISSING, "unsplit": "#d8c3d2", "flow": theme.INTERCEPTED,
                 "arrivals": theme.ARRIVED}  # fmt: skip


class Span(NamedTuple):
    """A part of the axis, in percent of its width, with words in it."""

    left: float
    width: float
    words: str = ""


class Year(NamedTuple):
    """A year on the axis: where it begins, in percent, its number, and the address that shows it alone."""

    left: float
    year: int
    address: str
    is_minor: bool


class Row(NamedTuple):
    """One series: its name, its unit, its bars, its highest tick, the spans without a figure, its breaks."""

    name: str
    unit: str
    svg: Markup
    tick: str
    tick_top: float
    absent: tuple[Span, ...]
    breaks: tuple[Span, ...]


class StillSeries(NamedTuple):
    """Three rows, the years under them, and the spans that are not chosen."""

    rows: tuple[Row, ...]
    years: tuple[Year, ...]
    veils: tuple[Span, ...]


class _Axis:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, max((last - first).days, 1)

    def percent(self, day: date) -> float:
        return round(100 * min(max((day - self.first).days / self.days, 0.0), 1.0), 2)

    def span(self, first: date, end: date, words: str = "") -> Span:
        left = self.percent(first)
        return Span(left, round(self.percent(end) - left, 2), words)


def still_series(
    table: pl.DataFrame,
    titles: tuple[str, ...],
    window: tuple[date | None, date | None],
    address_of: Callable[[int], str],
) -> StillSeries | None:
    """Return the series of ``table`` (``layouts.figures.time_series.COLUMNS``); None where it has no period.

    ``window`` is what is chosen of it, and ``address_of`` the address that shows a year alone.
    """
    if table.is_empty():
        return None
    first, (begun, days) = table["period"][0], table.select("period", "days").row(-1)
    last = begun + timedelta(days=days)
    axis = _Axis(first, last)
    rows = tuple(_row(table, panel, title, axis) for panel, title in zip(COLUMNS, titles, strict=True))
    return StillSeries(rows, tuple(_years(axis, first, last, address_of)), tuple(_veils(axis, window, last)))


def _row(table: pl.DataFrame, panel: str, title: str, axis: _Axis) -> Row:
    high, found = ceiling(table, panel), runs(table, panel)
    worded = {run.first: run.said for run in gaps_in_words(found)}
    is_empty = all(table[name].null_count() == table.height for name in COLUMNS[panel])
    top = 0 if is_empty else ticks(high)[-1]
    absent = tuple(axis.span(run.first, run.end, worded.get(run.first) or "") for run in found if run.mark == ABSENT)
    breaks = tuple(axis.span(line.day, line.day, line.words) for line in break_lines(table, panel))
    bars = "".join(_bars(table, panel, column, axis, high) for column in COLUMNS[panel])
    strip = "".join(_strip(axis.span(run.first, run.end), run.mark, STRIP_COLOR[panel]) for run in found)
    svg = (
        f'<svg class="still-bars" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" aria-hidden="true">{bars}'
        f'<path d="M0 {FOOT}H{WIDE}" stroke="{theme.MUTED}" stroke-width=".8" vector-effect="non-scaling-stroke"/>'
        f"{strip}</svg>"
    )
    name, _, unit = title.partition(", ")
    return Row(name, unit, Markup(svg), text.number(int(top)) if top else "", round(FOOT * (1 - top / high), 1),  # noqa: S704
               absent, breaks)  # fmt: skip


def _bars(table: pl.DataFrame, panel: str, column: str, axis: _Axis, high: float) -> str:
    """Return the bars of a column as one path, and paler those of periods of fewer places (RULES R10)."""
    fewer = set(table.filter(pl.col(f"{PANELS[panel]}_mark") == FEWER)["period"]) if panel != "dead" else set()
    data = {False: "", True: ""}
    for day, days, low, top in stacked(table, COLUMNS[panel])[column]:
        left = WIDE * (day - axis.first).days / axis.days
        wide = round(WIDE * days / axis.days * GAP, 1)
        y, height = FOOT * (1 - max(low, top) / high), FOOT * abs(top - low) / high
        data[day in fewer] += f"M{left:.0f} {max(y, 0):.1f}h{wide:g}v{height:.1f}h-{wide:g}z"
    return "".join(
        f'<path d="{path}" fill="{COLORS[column]}"{f" fill-opacity={chr(34)}{PALE}{chr(34)}" if is_pale else ""}/>'
        for is_pale, path in data.items()
        if path
    )


def _strip(span: Span, mark: str, color: str) -> str:
    """Return a run of the strip: solid where all is counted, an outline where some is, dots where nothing is."""
    left, wide, (top, high) = span.left * WIDE / 100, span.width * WIDE / 100, STRIP
    if mark == WHOLE:
        return f'<rect x="{left:.0f}" y="{top}" width="{wide:.0f}" height="{high}" fill="{color}"/>'
    if mark == ABSENT:
        return (f'<path d="M{left:.0f} {top + high / 2:g}h{wide:.0f}" stroke="{theme.MUTED}" stroke-width="1.4" '
                'stroke-dasharray="1.2 2.4" vector-effect="non-scaling-stroke"/>')  # fmt: skip
    return (f'<rect x="{left:.0f}" y="{top}" width="{wide:.0f}" height="{high - 1}" fill="none" stroke="{color}" '
            'vector-effect="non-scaling-stroke"/>')  # fmt: skip


def _years(axis: _Axis, first: date, last: date, address_of: Callable[[int], str]) -> list[Year]:
    """Return the years that begin on the axis; every second one may be left out where there is little room."""
    begun = [year for year in range(first.year, last.year + 1) if first <= date(year, 1, 1) < last]
    return [Year(axis.percent(date(year, 1, 1)), year, address_of(year), is_minor=place % 2 == 1)
            for place, year in enumerate(begun)]  # fmt: skip


def _veils(axis: _Axis, window: tuple[date | None, date | None], last: date) -> list[Span]:
    start, end = window
    found = [axis.span(axis.first, start)] if start else []
    if end and end + timedelta(days=1) < last:
        found.append(axis.span(end + timedelta(days=1), last))
    return [one for one in found if one.width > 0]
