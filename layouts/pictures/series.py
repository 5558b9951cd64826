"""Three series on one axis of time, each with its unit; never summed, gaps stay gaps (RULES R1, T4)."""

from datetime import date, timedelta
from itertools import groupby
from typing import Final

import shapely
from matplotlib.path import Path

from data.model.notices import say
from layouts.figures import theme
from layouts.figures.coverage_marks import ABSENT, runs, stretches_beside
from layouts.figures.series_bars import Bar, bars_of, cut_runs, end_of, highest_cut, row_scale
from layouts.figures.series_rows import GAP, Axis
from layouts.figures.series_scale import Scale
from layouts.pictures import fonts
from layouts.pictures.axes import Axes
from layouts.pictures.coverage import STRIP_HIGH, draw_coverage
from layouts.pictures.description import Panel, SeriesPicture
from layouts.pictures.frame import Box
from layouts.pictures.legend import MARK
from layouts.pictures.sheet import Sheet
from layouts.pictures.swatches import BARS, FEWER_BARS, swatch
from layouts.pictures.swatches import bars as draw_bars
from layouts.text import page as text

GRID: Final = "#e6e3db"
GROWING_OPACITY: Final = 0.35
OUTSIDE_OPACITY: Final = 0.6
MOST_BARS_WITH_GAPS: Final = 400


def draw_series(sheet: Sheet, picture: SeriesPicture, box: Box, size: float) -> None:
    """Draw the panels into ``box``; their type is ``size``."""
    if picture.table.is_empty():
        sheet.box(*box.sides, stroke=theme.HAIRLINE, width=1)
        sheet.text(box.left + size, box.top + 2 * size, picture.notice, size)
        return
    if sheet.size.is_quiet and picture.words.mark:  # others have a banner
        sheet.text(box.left, box.top + size, picture.words.mark, size, color=theme.DEMONSTRATION, is_bold=True)
        box = Box(box.left, box.top + 1.8 * size, box.wide, box.high - 1.8 * size)
    window = picture.start, picture.end
    rows = {panel.columns[0]: bars_of(picture.table, panel.columns[0], window) for panel in picture.panels}
    scales = {key: row_scale(bars, key, is_full=picture.is_full) for key, bars in rows.items()}
    axis = Axis(picture.table)
    heads = [_key_lines(panel, size, box.wide) for panel in picture.panels]
    count = len(picture.panels)
    left = box.left + 1.0 * size + max(fonts.width(_tick(one.top), size) for one in scales.values())
    spare = box.high - (1.0 + (0.9 + STRIP_HIGH) * count) * size - sum(_head_high(lines, size) for lines in heads)
    top = box.top
    for panel, lines in zip(picture.panels, heads, strict=True):
        key = panel.columns[0]
        _head(sheet, panel, lines, box.left, top, size)
        top += _head_high(lines, size)
        place = Box(left, top, box.left + box.wide - left, spare / count)
        axes = Axes(place, axis.first, axis.end, scales[key].low, scales[key].top)
        _panel(sheet, picture, key, rows[key], scales[key], axes, size)
        draw_coverage(sheet, picture.table, key, axes, size)
        top += spare / count + (0.9 + STRIP_HIGH) * size
    _years(sheet, axes, axis.first, axis.end, size)


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
    return (1.45 * len(rows) + 0.45) * size


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


def _panel(sheet: Sheet, picture: SeriesPicture, key: str, bars: list[Bar], scale: Scale, axes: Axes,
           size: float) -> None:  # fmt: skip
    box, table = axes.box, picture.table
    for value in [0, *scale.ticks] if bars else [0]:
        y = axes.y(value)
        sheet.line([(box.left, y), (box.left + box.wide, y)], stroke=GRID, width=0.9)
        words = _tick(value)
        sheet.text(box.left - 0.5 * size - fonts.width(words, size), y + 0.36 * size, words, size, color=theme.MUTED)
    absent = [(one.first, one.end) for one in runs(table, key) if one.mark == ABSENT]
    hatched = [*absent, *stretches_beside(table, key)]  # hatched too where other places are counted
    whole = [shapely.box(axes.x(first), box.top, axes.x(end), box.top + box.high) for first, end in hatched]
    draw_bars(sheet, "absent", whole, weight=size / 14)
    gap = GAP if table.height < MOST_BARS_WITH_GAPS else 0.0
    for kind, parts in groupby(sorted(bars, key=_look), key=_look):
        _draw(sheet, kind, [_rectangle(one, axes, gap) for one in parts], weight=size / 14)
    sheet.line([(box.left, axes.y(0)), (box.left + box.wide, axes.y(0))], stroke="#a7a9a6", width=1)
    _torn(sheet, picture, bars, scale, axes, size)


def _look(one: Bar) -> tuple[str, bool, bool]:
    """Return how a part of a bar is drawn: its colour, whether it grows, whether it is outside the chosen dates."""
    is_paler = one.is_other and f"fewer_{one.kind}" in FEWER_BARS
    return f"fewer_{one.kind}" if is_paler else one.kind, one.grows, one.is_outside


def _rectangle(one: Bar, axes: Axes, gap: float) -> shapely.Geometry:
    x, end = axes.x(one.first), axes.x(one.first + timedelta(days=one.days))
    low, high = (min(max(value, axes.low), axes.high) for value in sorted((one.low, one.high)))
    side = gap * (end - x)
    return shapely.box(x + side, axes.y(high), end - side, axes.y(low))


def _draw(sheet: Sheet, look: tuple[str, bool, bool], rectangles: list[shapely.Geometry], *, weight: float) -> None:
    """Draw bars of one look: those still being added to are pale with an outline, those of other dates at 60%."""
    kind, grows, is_outside = look
    color = (BARS | FEWER_BARS)[kind][0]
    if not grows and not is_outside:
        draw_bars(sheet, kind, rectangles, weight=weight)
        return
    whole = Path.make_compound_path(*(Path(shapely.get_coordinates(one), closed=True) for one in rectangles))
    sheet.path(whole, fill=color, opacity=GROWING_OPACITY if grows else OUTSIDE_OPACITY)
    if grows:
        sheet.path(whole, stroke=color, width=0.9, opacity=OUTSIDE_OPACITY if is_outside else 1)


def _torn(sheet: Sheet, picture: SeriesPicture, bars: list[Bar], scale: Scale, axes: Axes, size: float) -> None:
    """Tear the bars that reach beyond the top, and say how high the highest is."""
    for run in cut_runs(bars, scale):
        first, end, y = axes.x(run[0].first), axes.x(end_of(run)), axes.box.top + 0.45 * size
        step = 0.28 * size
        number = max(round((end - first) / step), 2)
        zigzag = [(first + (end - first) * at / number, y + (step if at % 2 else 0)) for at in range(number + 1)]
        sheet.line(zigzag, stroke=theme.PAPER, width=0.16 * size)
    found = highest_cut(bars, scale)
    if found is None:
        return
    run, highest = found
    words = say("page.series.cut", value=int(highest.high), period=text.period(highest.first, picture.step))
    x, wide = axes.x(end_of(run)) + 0.4 * size, fonts.width(words, 0.9 * size)
    if x + wide > axes.box.left + axes.box.wide:
        x = axes.x(run[0].first) - 0.4 * size - wide
    sheet.text(x, axes.box.top + 0.75 * size, words, 0.9 * size, halo=0.12 * size)


def _years(sheet: Sheet, axes: Axes, first: date, last: date, size: float) -> None:
    """Write the years under the last panel, as many as have room."""
    foot = axes.box.top + axes.box.high + STRIP_HIGH * size
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


def _tick(value: float) -> str:
    return f"{value:,.0f}"
