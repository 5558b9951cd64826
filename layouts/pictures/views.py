"""A view of the pillars as a picture: its figure over the years, or its rows where it has none; gaps are hatched."""

from collections.abc import Sequence
from typing import Final

import shapely

from data.pillars.models import View, ViewLine, ViewRow
from layouts.figures import theme
from layouts.pictures import fonts
from layouts.pictures.description import ViewPicture
from layouts.pictures.frame import Box
from layouts.pictures.sheet import Sheet
from layouts.pictures.swatches import bars as draw_bars
from layouts.text.views import line_names, value_words

OTHER: Final = "#a7a9a6"  # years other than those of the figure
MOST_ROWS: Final = 12
MOST_IN_A_COLUMN: Final = 4
GAP: Final = 0.09  # of a step, on each side of a bar
NAMES: Final = 0.36  # the most of the width that names of rows take


def draw_view(sheet: Sheet, picture: ViewPicture, box: Box, size: float) -> None:
    """Draw a view into ``box``; its type is ``size``."""
    view = picture.view
    if sheet.size.is_quiet and picture.words.mark:  # others have a banner
        sheet.text(box.left, box.top + size, picture.words.mark, size, color=theme.DEMONSTRATION, is_bold=True)
        box = Box(box.left, box.top + 1.8 * size, box.wide, box.high - 1.8 * size)
    rows = [row for row in view.rows if row.value is not None][:MOST_ROWS]
    if view.series:
        _draw_lines(sheet, view, box, size)
    elif rows:
        _draw_rows(sheet, rows, box, size)
    else:
        sheet.box(*box.sides, stroke=theme.HAIRLINE, width=1)


def _draw_lines(sheet: Sheet, view: View, box: Box, size: float) -> None:
    top = max((one.value for line in view.series for one in line.points if one.value is not None), default=0) or 1
    columns = 1 if len(view.series) <= MOST_IN_A_COLUMN else 2
    rows = -(-len(view.series) // columns)
    high, wide = box.high / rows, (box.wide - (columns - 1) * size) / columns
    small = min(size, high / 8)
    for at, (line, name) in enumerate(zip(view.series, line_names(view.series), strict=True)):
        place = Box(box.left + at % columns * (wide + size), box.top + at // columns * high, wide, high - 0.6 * small)
        _draw_line(sheet, view, line, name, place, small, top)


def _draw_line(
    sheet: Sheet, view: View, line: ViewLine, name: str | None, box: Box, size: float, top: float
) -> None:  # fmt: skip
    head = 1.6 * size if name else 0.0
    sheet.text(box.left, box.top + size, name or "", size, is_bold=True)
    foot, high = box.top + box.high - 1.5 * size, box.high - head - 3.0 * size
    step = box.wide / len(line.points)
    small = _fitting(size, step, [value_words(one.value, line.unit, one.status) for one in line.points if one.value])
    gaps = []
    for at, one in enumerate(line.points):
        left, wide = box.left + (at + GAP) * step, (1 - 2 * GAP) * step
        _centred(sheet, str(one.year), left + wide / 2, foot + 1.2 * size, small, color=theme.MUTED)
        if one.value is None:
            gaps.append(shapely.box(left, foot - high, left + wide, foot))
            continue
        tall = max(one.value, 0) / top * high
        sheet.box(left, foot - tall, wide, tall, fill=theme.INK if _is_of(view, one.year) else OTHER)
        _centred(sheet, value_words(one.value, line.unit), left + wide / 2, foot - tall - 0.4 * size, small)
    draw_bars(sheet, "absent", gaps, weight=size / 14)
    for day in view.acts_on(line):
        share = (day.year + (day - day.replace(month=1, day=1)).days / 366 - line.points[0].year) / len(line.points)
        if 0 <= share <= 1:
            sheet.box(box.left + share * box.wide - 0.1 * size, foot, 0.2 * size, 0.35 * size, fill=theme.INK)
    sheet.line([(box.left, foot), (box.left + box.wide, foot)], stroke=OTHER, width=1)


def _is_of(view: View, year: int) -> bool:
    """Return whether the view's own figure is of a year."""
    first, last = view.date_from, view.date_to
    return first is not None and last is not None and first.year <= year <= last.year


def _fitting(size: float, step: float, words: Sequence[str]) -> float:
    """Return the size of type at which the widest of some words, and a year, stay within their bar."""
    widest = max(fonts.width(one, size) for one in (*words, "2000"))
    return min(0.9 * size, size * 0.96 * step / widest)


def _centred(sheet: Sheet, words: str, middle: float, baseline: float, size: float, *, color: str = theme.INK) -> None:
    sheet.text(middle - fonts.width(words, size) / 2, baseline, words, size, color=color)


def _draw_rows(sheet: Sheet, rows: Sequence[ViewRow], box: Box, size: float) -> None:
    """Draw a bar for each row, all of one unit, with its name before it and its value behind."""
    shown = [row for row in rows if row.unit == rows[0].unit]
    top = max(row.value or 0 for row in shown) or 1
    step = min(box.high / len(shown), 2.4 * size)
    small = min(size, 0.6 * step)
    room = NAMES * box.wide
    values = [value_words(row.value, row.unit) for row in shown]
    wide = box.wide - room - small - max(fonts.width(one, small) for one in values)
    for at, (row, value) in enumerate(zip(shown, values, strict=True)):
        foot = box.top + (at + 0.7) * step
        name = fonts.wrapped(row.name, small, room - small)
        sheet.text(box.left, foot, f"{name[0]}…" if len(name) > 1 else row.name, small)
        long = max(row.value or 0, 0) / top * wide
        sheet.box(box.left + room, foot - 0.62 * step + 0.12 * step, long, 0.6 * step, fill=OTHER)
        sheet.text(box.left + room + long + 0.5 * small, foot, value, small)
