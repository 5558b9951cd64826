"""The legends of a picture: beside it in a column, or under it side by side."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from layouts.figures import theme
from layouts.pictures import fonts
from layouts.pictures.description import Block, Row
from layouts.pictures.sheet import Sheet, height
from layouts.pictures.swatches import swatch

MARK: Final = 1.95  # what one mark takes, in sizes of the type
LINE: Final = 1.5  # from row to row
BETWEEN: Final = 1.1  # between two blocks


class Legend:
    """Blocks set in a type of one size, with what room they have: in one column of rows, or in more."""

    def __init__(self, blocks: Sequence[Block], size: float, room: float, *, is_beside: bool) -> None:
        """Share the room among the blocks: all of it to each where they stand one above the other."""
        self.blocks, self.size, self.is_beside = blocks, size, is_beside
        self.gap, self._weight = 2.2 * size, 1.0
        if is_beside or not blocks:
            self.rooms = [room] * len(blocks)
            return
        needs = [_need(block, size) for block in blocks]
        left = room - self.gap * (len(blocks) - 1)
        spare = (left - sum(needs)) / len(needs)
        self.rooms = [need + spare for need in needs] if spare >= 0 else _squeezed(blocks, size, needs, left)

    @property
    def high(self) -> float:
        """Return how high the legend is."""
        found = [self._block_height(block, room) for block, room in zip(self.blocks, self.rooms, strict=True)]
        if not found:
            return 0.0
        return sum(found) + BETWEEN * self.size * (len(found) - 1) if self.is_beside else max(found)

    def draw(self, sheet: Sheet, x: float, top: float, *, weight: float) -> None:
        """Draw every block; ``weight`` is that of the lines on the map."""
        self._weight = weight
        for block, room in zip(self.blocks, self.rooms, strict=True):
            self._draw(sheet, block, x, top, room)
            if self.is_beside:
                top += self._block_height(block, room) + BETWEEN * self.size
            else:
                x += room + self.gap

    def _columns(self, block: Block, room: float) -> list[list[tuple[Row, list[str]]]]:
        tries = [self._set(block, room, number) for number in ((1,) if self.is_beside else (1, 2, 3))]
        kept = [tried for number, tried in enumerate(tries) if number == 0 or self._is_whole(tried, number)]
        return min(kept, key=lambda tried: max(map(self._column_height, tried), default=0))

    def _is_whole(self, columns: list[list[tuple[Row, list[str]]]], number: int) -> bool:
        """Return whether no word is broken in columns, and in three of them no row."""
        rows = [(row, lines) for column in columns for row, lines in column]
        return all(" ".join(lines) == fonts.plain(row.words) and (number < 2 or len(lines) == 1) for row, lines in rows)

    def _set(self, block: Block, room: float, number: int) -> list[list[tuple[Row, list[str]]]]:
        each = (room - self.size * (number - 1)) / number
        rows = [(row, self._row(row, each)) for row in block.rows]
        most = ceil(len(rows) / number) or 1
        return [rows[at : at + most] for at in range(0, len(rows), most)]

    def _column_height(self, column: list[tuple[Row, list[str]]]) -> float:
        return sum(self._row_height(lines) for _, lines in column)

    def _row(self, row: Row, room: float) -> list[str]:
        return fonts.wrapped(row.words, self.size, room - MARK * self.size * len(row.marks) - 0.3 * self.size)

    def _heads(self, block: Block, room: float) -> tuple[list[str], list[str], list[str]]:
        return (
            fonts.wrapped(block.name, self.size, room, is_bold=True),
            fonts.wrapped(block.unit, self.size, room),
            fonts.wrapped(block.caution, 0.92 * self.size, room),
        )

    def _block_height(self, block: Block, room: float) -> float:
        name, unit, caution = self._heads(block, room)
        columns = [self._column_height(column) for column in self._columns(block, room)]
        said = height(caution, 0.92 * self.size) + (0.3 * self.size if caution else 0)
        return height(name, self.size) + height(unit, self.size) + 0.35 * self.size + max(columns, default=0) + said

    def _row_height(self, lines: list[str]) -> float:
        return max(LINE * self.size, height(lines, self.size) + 0.16 * self.size)

    def _draw(self, sheet: Sheet, block: Block, x: float, top: float, room: float) -> None:
        name, unit, caution = self._heads(block, room)
        top = sheet.lines(x, top, name, self.size, is_bold=True)
        top = sheet.lines(x, top, unit, self.size, color=theme.MUTED) + 0.35 * self.size
        columns, ends = self._columns(block, room), [top]
        each = (room - self.size * (len(columns) - 1)) / max(len(columns), 1)
        for number, column in enumerate(columns):
            ends.append(self._draw_rows(sheet, column, x + number * (each + self.size), top))
        if caution:
            sheet.lines(x, max(ends) + 0.3 * self.size, caution, 0.92 * self.size, color=theme.MUTED)

    def _draw_rows(self, sheet: Sheet, rows: list[tuple[Row, list[str]]], x: float, top: float) -> float:
        for row, lines in rows:
            high = self._row_height(lines)
            middle = top + high / 2
            for number, (kind, value) in enumerate(row.marks):
                swatch(sheet, kind, value, x + number * MARK * self.size, middle, self.size, weight=self._weight)
            indent = MARK * self.size * len(row.marks) + 0.3 * self.size
            sheet.lines(x + indent, middle - height(lines, self.size) / 2, lines, self.size)
            top += high
        return top


def _need(block: Block, size: float) -> float:
    """Return what room a block wants: its head in one line, its rows in two or three columns."""
    head = max(fonts.width(block.name, size, is_bold=True), fonts.width(block.unit, size))
    words = max((fonts.width(row.words, size) for row in block.rows), default=0)
    marks = max((len(row.marks) for row in block.rows), default=0)
    each = words + MARK * size * marks + 0.5 * size
    number = 1 if len(block.rows) <= 3 else 2
    return max(head, number * each + (number - 1) * size)


def _squeezed(blocks: Sequence[Block], size: float, needs: list[float], left: float) -> list[float]:
    """Share too little room: each block the width of its widest word, as far as that goes, the rest by need."""
    words = [max((_word(row, size) for row in block.rows), default=0.0) for block in blocks]
    rest = max(left - sum(words), 0.0)
    wants = [max(need - word, 0.0) for need, word in zip(needs, words, strict=True)]
    rooms = [word + rest * want / (sum(wants) or 1) for word, want in zip(words, wants, strict=True)]
    return [room * min(1.0, left / sum(rooms)) for room in rooms]


def _word(row: Row, size: float) -> float:
    """Return what room the widest word of a row needs, marks before it."""
    widest = max((fonts.width(word, size) for word in row.words.split()), default=0.0)
    return widest + MARK * size * len(row.marks) + 0.35 * size
