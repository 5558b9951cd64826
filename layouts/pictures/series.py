"""Three series on one axis of time, each with its unit; never summed, gaps stay gaps (RULES R1, T4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import floor, log10
from typing import Final

import polars as pl
import shapely

from layouts.figures import theme
from layouts.figures.coverage_marks import ABSENT, FEWER, PANELS
from layouts.figures.time_series import ceiling, ranges
from layouts.pictures import fonts
from layouts.pictures.axes import Axes
from layouts.pictures.coverage import STRIP_HIGH, draw_coverage
from layouts.pictures.description import Panel, SeriesPicture
from layouts.pictures.frame import Box
from layouts.pictures.legend import MARK
from layouts.pictures.sheet import Sheet
from layouts.pictures.swatches import FEWER_BARS, swatch
from layouts.pictures.swatches import bars as draw_bars

GRID: Final = "#e6e3db"
SERIES: Final = ("dead", "flow", "arrivals")
MOST_BARS_WITH_GAPS: Final = 400


def draw_series(sheet: Sheet, picture: SeriesPicture, box: Box, size: float) -> None:
    """Draw the panels into ``box``; their type is ``size``."""
    limits = ranges(picture.table)
    if "xaxis" not in limits:
        sheet.box(*box.sides, stroke=theme.HAIRLINE, width=1)
        sheet.text(box.left + size, box.top + 2 * size, picture.notice, size)
        return
    if sheet.size.is_quiet and picture.words.mark:  # others have a banner
        sheet.text(box.left, box.top + size, picture.words.mark, size, color=theme.DEMONSTRATION, is_bold=True)
        box = Box(box.left, box.top + 1.8 * size, box.wide, box.high - 1.8 * size)
    first, last = (date.fromisoformat(day) for day in limits["xaxis"])
    heads = [_key_lines(panel, size, box.wide) for panel in picture.panels]
    left = box.left + 1.0 * size + max(fonts.width(_tick(ceiling(picture.table, name)), size) for name in SERIES)
    spare = box.high - 1.9 * size - sum(_head_high(rows, size) for rows in heads) - 2 * 0.9 * size
    top = box.top
    inner = []
    for panel, rows, (low, high) in zip(picture.panels, heads, list(limits.values())[:3], strict=True):
        _head(sheet, panel, rows, box.left, top, size)
        top += _head_high(rows, size)
        place = Box(left, top, box.left + box.wide - left, spare / 3)
        axes = Axes(place, first, last, low, high)
        _panel(sheet, picture.table, panel, axes, size)
        inner.append(axes)
        top += spare / 3 + 0.9 * size
    _veil(sheet, picture, inner)
    for panel, axes in zip(picture.panels, inner, strict=True):  # over the veil, so that its words can be read
        draw_coverage(sheet, picture.table, panel.columns[0], axes, size)
    _years(sheet, inner[-1], first, last, size)


def _key_lines(panel: Panel, size: float, room: float) -> list[list[tuple[float, int]]]:
    """Return the keys of a panel as lines of (x, number of the key): after the title where there is room."""
    x = fonts.width(fonts.plain(panel.title), size, is_bold=True) + 1.6 * size
    lines: list[list[tuple[float, int]]] = [[]]
    for number, key in enumerate(panel.keys):
        wide = MARK * size + fonts.width(key.words, size) + 1.2 * size
        if x + wide > room and x > 0:
            x = 0.0
            lines.append([])
        lines[-1].append((x, number))
        x += wide
    return lines


def _head_high(rows: list[list[tuple[float, int]]], size: float) -> float:
    return (1.45 * len(rows) + 0.45 + STRIP_HIGH) * size


def _head(
    sheet: Sheet, panel: Panel, rows: list[list[tuple[float, int]]], left: float, top: float, size: float
) -> None:
    sheet.text(left, top + size, fonts.plain(panel.title), size, is_bold=True)
    for number, row in enumerate(rows):
        middle = top + (0.64 + 1.45 * number) * size
        for x, place in row:
            key = panel.keys[place]
            (kind, value), *_ = key.marks
            swatch(sheet, kind, value, left + x, middle, size, weight=size / 14)
            sheet.text(left + x + MARK * size, middle + 0.36 * size, key.words, size, color=theme.MUTED)


def _panel(sheet: Sheet, table: pl.DataFrame, panel: Panel, axes: Axes, size: float) -> None:
    box = axes.box
    is_empty = all(table[name].null_count() == table.height for name in panel.columns)
    for value in [0.0] if is_empty else ticks(axes.high):
        y = axes.y(value)
        sheet.line([(box.left, y), (box.left + box.wide, y)], stroke=GRID, width=0.9)
        words = _tick(value)
        sheet.text(box.left - 0.5 * size - fonts.width(words, size), y + 0.36 * size, words, size, color=theme.MUTED)
    absent = table.filter(pl.col(f"{PANELS[panel.columns[0]]}_mark") == ABSENT).select("period", "days")
    _bars(sheet, "absent", [(day, days, 0.0, axes.high) for day, days in absent.iter_rows()], axes, 1.0, size / 14)
    gap = 0.88 if table.height < MOST_BARS_WITH_GAPS else 1.0
    for kind, bars in stacked(table, panel.columns).items():
        fewer = _of_fewer(table, kind)
        _bars(sheet, kind, [one for one in bars if one[0] not in fewer], axes, gap, size / 14)
        _bars(sheet, f"fewer_{kind}", [one for one in bars if one[0] in fewer], axes, gap, size / 14)
    sheet.line([(box.left, axes.y(0)), (box.left + box.wide, axes.y(0))], stroke="#a7a9a6", width=1)


def _of_fewer(table: pl.DataFrame, kind: str) -> set[date]:
    """Return the periods of a flow that are of fewer places than others; people have one database, so none."""
    if f"fewer_{kind}" not in FEWER_BARS:
        return set()
    return set(table.filter(pl.col(f"{kind}_mark") == FEWER)["period"])


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


def _bars(sheet: Sheet, kind: str, bars: list[tuple[date, int, float, float]], axes: Axes, gap: float,
          weight: float) -> None:  # fmt: skip
    if not bars:
        return
    rectangles = []
    for day, days, low, high in bars:
        x = axes.x(day)
        wide = (axes.x(day + timedelta(days=days)) - x) * gap
        rectangles.append(shapely.box(x, axes.y(max(low, high)), x + wide, axes.y(min(low, high))))
    draw_bars(sheet, kind, rectangles, weight=weight)


def _veil(sheet: Sheet, picture: SeriesPicture, panels: list[Axes]) -> None:
    """Veil the time that is not chosen, and draw a line where the window begins and ends."""
    first = panels[0]
    right = first.box.left + first.box.wide
    edges = []
    if isinstance(picture.start, date):
        x = first.x(picture.start)
        edges.append((first.box.left, x, x))
    if isinstance(picture.end, date):
        x = first.x(picture.end + timedelta(days=1))
        edges.append((x, right, x))
    for west, east, edge in edges:
        for axes in panels:
            sheet.box(west, axes.box.top - 1, east - west, axes.box.high + 2, fill=theme.PAPER, opacity=0.78)
            ends = [(edge, axes.box.top), (edge, axes.box.top + axes.box.high)]
            sheet.line(ends, stroke=theme.FOCUS, width=1.5)


def _years(sheet: Sheet, axes: Axes, first: date, last: date, size: float) -> None:
    """Write the years under the last panel, as many as have room."""
    foot = axes.box.top + axes.box.high
    years = [year for year in range(first.year, last.year + 1) if first <= date(year, 1, 1) < last] or [first.year]
    each = axes.box.wide / max(axes.days / 365.25, 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if each * step >= 1.25 * fonts.width("2000", size) or step == 50)
    end = 0.0
    for year in years:
        x = axes.x(max(date(year, 1, 1), first))
        words = str(year)
        if year % step or x < end or x + fonts.width(words, size) > axes.box.left + axes.box.wide:
            continue
        sheet.line([(x, foot), (x, foot + 0.45 * size)], stroke=theme.MUTED, width=1)
        sheet.text(x + 0.25 * size, foot + 1.35 * size, words, size, color=theme.MUTED)
        end = x + fonts.width(words, size) * 1.2


def ticks(high: float) -> list[float]:
    """Return two to four round numbers of a range: zero, and what lies above."""
    rough = high / 3.6
    power = 10 ** floor(log10(rough)) if rough > 0 else 1
    step = max(next(digit * power for digit in (1, 2, 2.5, 5, 10) if digit * power >= rough), 1)
    step = int(step) if step == int(step) else step
    above = [step * number for number in range(1, 5) if step * number <= high]
    return [0, *above]


def _tick(value: float) -> str:
    return f"{value:,.0f}"
