"""What stands around every picture: title, notes, legend, sources, terms; and the room that is left for the picture.

The type of a size is kept as long as the words leave the picture its room; many words are set smaller, never cut.
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from layouts.figures import theme
from layouts.pictures import fonts
from layouts.pictures.description import Block, Size, Words
from layouts.pictures.legend import Legend
from layouts.pictures.sheet import Sheet, height

SMALLER: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
PAGE: Final = 1440 * 900  # pixels of the page: a picture shows as much ground around the same middle
ONE_LINE: Final = 0.84  # how much smaller a title may be to stand in one line
LEGEND: Final = 0.93  # its type, of the body's
BESIDE: Final = 0.215  # the share of the width that a legend beside the picture takes


@dataclass(frozen=True)
class Box:
    """A place on the sheet: its upper left corner, width and height."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Return left, top, width, height."""
        return self.left, self.top, self.wide, self.high


class Frame:
    """The words of a picture set in one type, ``factor`` times that of the size."""

    def __init__(self, size: Size, words: Words, blocks: tuple[Block, ...], factor: float) -> None:
        """Break every text into lines and find what is left."""
        self.size, self.factor = size, factor
        self.title_size, self.body, self.small = size.title * factor, size.body * factor, size.small * factor
        room = size.width - 2 * size.margin
        words = _without(words) if size.is_quiet else words
        self.banner = fonts.balanced(words.banner, self.body, room, is_bold=True)
        self.title_size = _in_one_line(words.title, self.title_size, room)
        self.title = fonts.balanced(words.title, self.title_size, room, is_bold=True)
        self.notes = fonts.wrap_text(words.notes, self.body, room)
        self.gap = 0.9 * self.body
        self.column = (room - 2.2 * self.small * (size.columns - 1)) / size.columns
        said = [fonts.wrap_text(part, self.small, self.column) for part in (*words.sources, *words.terms)]
        self.foot = _shared(said, size.columns)
        beside = BESIDE * size.width if size.is_beside and blocks else 0.0
        self.legend = Legend(blocks, self.body * LEGEND, beside or room, is_beside=bool(beside))
        top, bottom = self._top(), self._bottom()
        for share in SMALLER[1:6] if beside else ():
            if self.legend.high <= bottom - top:
                break
            self.legend = Legend(blocks, self.body * LEGEND * share, beside, is_beside=True)
        wide = room - (beside + 1.6 * self.gap if beside else 0)
        self.box = Box(size.margin, top, wide, bottom - top)
        # Lines and dots of the page, on a picture that shows as much ground in other units, for other distances.
        self.factor_of_page = sqrt(max(self.box.wide * self.box.high, 1) / PAGE)
        self.weight = max(0.7, self.body / 14 * min(1.0, sqrt(self.factor_of_page)))

    @property
    def banner_high(self) -> float:
        """Return how high the strip of invented data is."""
        return height(self.banner, self.body) + 0.9 * self.body if self.banner else 0.0

    def _top(self) -> float:
        if self.size.is_quiet:
            self.title_top = self.size.margin
            return self.size.margin
        start = self.size.edge + self.banner_high + (0.6 if self.banner else 0.85) * self.size.margin
        self.title_top = start
        head = height(self.title, self.title_size) + height(self.notes, self.body)
        return start + head + (0.25 * self.body if self.notes else 0) + self.gap

    def _foot_high(self) -> float:
        return max(sum(height(lines, self.small) + 0.42 * self.small for lines in column) for column in self.foot)

    def _bottom(self) -> float:
        if self.size.is_quiet:
            below = self.foot_top = self.rule = self.size.height - self.size.margin
        else:
            self.foot_top = self.size.height - self.size.edge - 0.7 * self.size.margin - self._foot_high()
            self.rule = self.foot_top - 0.75 * self.small
            below = self.rule - self.gap
        if self.legend.blocks and not self.legend.is_beside:
            self.legend_top = below - self.legend.high
            return self.legend_top - self.gap
        return below

    @property
    def fits(self) -> bool:
        """Return whether the picture keeps its room, and a legend beside it ends above the foot."""
        is_high = self.box.high >= self.size.least * self.size.height
        return is_high and not (self.legend.is_beside and self.legend.high > self.box.high)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything but the picture."""
        left, size = self.size.margin, self.size
        if self.banner:
            sheet.box(0, size.edge * 0.5, size.width, self.banner_high, fill=theme.DEMONSTRATION_PAPER)
            sheet.lines(left, size.edge * 0.5 + 0.4 * self.body, self.banner, self.body, color=theme.DEMONSTRATION,
                        is_bold=True)  # fmt: skip
        end = sheet.lines(left, self.title_top, self.title, self.title_size, is_bold=True)
        sheet.lines(left, end + 0.25 * self.body, self.notes, self.body, color=theme.MUTED)
        if self.legend.is_beside:
            self.legend.draw(sheet, self.box.left + self.box.wide + 1.6 * self.gap, self.box.top, weight=self.weight)
        elif self.legend.blocks:
            self.legend.draw(sheet, left, self.legend_top, weight=self.weight)
        if size.is_quiet:
            return
        sheet.line([(left, self.rule), (size.width - left, self.rule)], stroke=theme.HAIRLINE, width=1)
        for number, column in enumerate(self.foot):
            top = self.foot_top
            for lines in column:
                x = left + number * (self.column + 2.2 * self.small)
                top = sheet.lines(x, top, lines, self.small, color=theme.MUTED) + 0.42 * self.small


def _in_one_line(title: str, size: float, room: float) -> float:
    """Return the size of a title: a little smaller where that sets it in one line."""
    needed = fonts.width(fonts.plain(title), size, is_bold=True)
    return size * room / needed * 0.995 if room < needed <= room / ONE_LINE else size


def _without(words: Words) -> Words:
    """Return words that stand nowhere on a quiet picture; what is said of it in its file stays."""
    return replace(words, title="", notes="", sources=(), terms=(), banner="")


def framed(size: Size, words: Words, blocks: tuple[Block, ...]) -> Frame:
    """Return the frame with the largest type that leaves the picture its room."""
    frames = (Frame(size, words, blocks, factor) for factor in SMALLER)
    for frame in frames:
        if frame.fits:
            return frame
    return Frame(size, words, blocks, SMALLER[-1])


def _shared(parts: list[list[str]], columns: int) -> list[list[list[str]]]:
    """Return paragraphs in columns of about the same height, in order."""
    found: list[list[list[str]]] = [[]]
    whole = sum(len(part) + 0.3 for part in parts)
    used = 0.0
    for part in parts:
        if len(found) < columns and found[-1] and used + len(part) / 2 > whole * len(found) / columns:
            found.append([])
        found[-1].append(part)
        used += len(part) + 0.3
    return found
