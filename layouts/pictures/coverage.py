"""Coverage in a picture that leaves: the strip below a panel, the line where places change, the words of a gap.

The same runs, breaks and gaps as the page's chart draws (``layouts/figures/coverage_marks.py``; RULES R10, R11, P6).
"""

from typing import Final

import polars as pl
import shapely

from layouts.figures import theme
from layouts.figures.coverage_marks import (
    ABSENT,
    GROWING,
    STRIP_COLOR,
    WHOLE,
    BreakLine,
    Run,
    break_lines,
    gaps_in_words,
    lines_of,
    runs,
)
from layouts.pictures import fonts
from layouts.pictures.axes import Axes
from layouts.pictures.sheet import Hatch, Sheet

STRIP_HIGH: Final = 0.55  # with the space below it, in sizes of the type
STRIP: Final = 0.34
DOTS: Final = (1.2, 2.4)
SMALL: Final = 0.86  # of the type
LINE_HIGH: Final = 1.25
LETTER: Final = 0.62  # of the type's size: the width of a letter, rather more than less
BREAK_LINE: Final = 60  # letters
GAP_LINE: Final = 20


def draw_coverage(sheet: Sheet, table: pl.DataFrame, panel: str, axes: Axes, size: float) -> None:
    """Draw what a panel says of coverage; ``panel`` is its first column."""
    found = runs(table, panel)
    for run in found:
        _draw_run(sheet, run, axes, STRIP_COLOR[panel], size)
    for run in gaps_in_words(found):
        middle = (axes.x(run.first) + axes.x(run.end)) / 2
        room = axes.x(run.end) - axes.x(run.first)
        lines = lines_of(run.said or "", size=_letters(room, size, most=GAP_LINE))
        wide = max(fonts.width(one, SMALL * size) for one in lines)
        high = LINE_HIGH * SMALL * size * len(lines)
        if wide <= room and high <= axes.box.high:
            base = axes.box.top + (axes.box.high - high) / 2 + SMALL * size
            _words(sheet, lines, middle - wide / 2, base, size, color=theme.MUTED)
    for line in break_lines(table, panel):
        _draw_break(sheet, line, axes, size)


def _letters(room: float, size: float, *, most: int) -> int:
    """Return about how many letters of a line have room."""
    return min(max(int(room / (LETTER * SMALL * size)), 1), most)


def _draw_run(sheet: Sheet, run: Run, axes: Axes, color: str, size: float) -> None:
    """Draw one run: solid where published, hatched where it grows, an outline of some places, dots where nothing is."""
    left, right = axes.x(run.first), axes.x(run.end)
    top = axes.box.top + axes.box.high + (STRIP_HIGH - STRIP) * size
    if run.mark == ABSENT:
        middle = top + STRIP * size / 2
        sheet.line([(left, middle), (right, middle)], stroke=theme.MUTED, width=1.4, dash=DOTS)
    elif run.mark == WHOLE:
        sheet.box(left, top, right - left, STRIP * size, fill=color)
    elif run.mark == GROWING:
        hatch = Hatch(color, spacing=0.28 * size, width=0.12 * size)
        sheet.hatch(shapely.box(left, top, right, top + STRIP * size), hatch)
    else:
        sheet.box(left, top, right - left, STRIP * size, fill=theme.PAPER, stroke=color, width=1)


def _draw_break(sheet: Sheet, line: BreakLine, axes: Axes, size: float) -> None:
    x, box = axes.x(line.day), axes.box
    foot = box.top + box.high + STRIP_HIGH * size
    sheet.line([(x, box.top - 0.4 * size), (x, foot)], stroke=theme.INK, width=1.2)
    after = box.left + box.wide - x
    letters = _letters(max(after, x - box.left), size, most=BREAK_LINE)
    lines = [*lines_of(line.words, size=letters), *lines_of(line.more or "", size=letters)]
    wide = max(fonts.width(one, SMALL * size) for one in lines)
    is_right = x + 0.4 * size + wide <= box.left + box.wide
    left = x + 0.4 * size if is_right else max(box.left, x - 0.4 * size - wide)
    _words(sheet, lines, left, box.top + 0.9 * size, size, color=theme.INK)


def _words(sheet: Sheet, lines: list[str], left: float, base: float, size: float, *, color: str) -> None:
    """Write lines on a ground of paper, so that they can be read over bars."""
    small = SMALL * size
    wide = max(fonts.width(one, small) for one in lines)
    high = LINE_HIGH * small * len(lines)
    sheet.box(left - 0.15 * size, base - small, wide + 0.3 * size, high + 0.1 * size, fill=theme.PAPER, opacity=0.9)
    for number, words in enumerate(lines):
        sheet.text(left, base + number * LINE_HIGH * small, words, small, color=color)
