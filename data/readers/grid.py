"""Tables in a grid of cells: below titles, one under another or side by side; told by headings that are known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.model.errors import shown
from data.readers.text_table import MOST_COLUMNS, Fits, TextTable, check_headings, headings, make_table

ROW: Final = "__row"
LOOKED_AT: Final = 60  # rows from the top of which each may be a header; below them those after a blank row
A_NUMBER: Final = r"^[\s\d.,'+-]+$"


@dataclass(frozen=True)
class _Header:
    """Where a table begins: the place of its header row, its first and last column, and its headings."""

    place: int
    first: int
    last: int
    columns: list[str]


def tables_of(grid: pl.DataFrame, *, file: str, fits: Fits, sheet: str | None = None) -> list[TextTable]:
    """Return every table of a grid whose headings are known, in order.

    Parameters
    ----------
    grid : DataFrame
        Utf8 columns of any name, null where blank, and ``__row``: each row's number as an editor shows it.
    fits : callable
        Whether headings are those of a known layout.
    """
    cells = grid.drop(ROW)
    if not cells.width:
        return []
    found = list(_headers(cells, fits))
    starts = sorted({header.place for header in found})
    ends = dict(zip(starts, [*starts, grid.height][1:], strict=True))
    return [
        _table(grid, header, ends[header.place], file=file, sheet=sheet, is_first=number == 0)
        for number, header in enumerate(found)
    ]


def first_row(grid: pl.DataFrame) -> list[str]:
    """Return the cells of the first row that could be a header, for a sentence that says what a file looks like.

    A row of words above a table is shorter than the table is wide.
    """
    rows = grid.drop(ROW).head(LOOKED_AT).rows()
    named = [[cell for cell in row if cell] for row in rows]
    least = max(2, (max(map(len, named), default=0) + 1) // 2)
    return next((row for row in named if len(row) >= least), named[0] if named else [])


def _headers(cells: pl.DataFrame, fits: Fits) -> Iterator[_Header]:
    filled = cells.select(pl.sum_horizontal(pl.all().is_not_null()).alias("n"))["n"]
    after_blank = (filled.shift(1) == 0).fill_null(value=True)
    likely = (pl.Series(range(cells.height)) < LOOKED_AT) | after_blank
    for place in (likely & filled.is_between(2, MOST_COLUMNS)).arg_true():
        row = list(cells.row(place))
        for first, last in _blocks(row, fits):
            yield _Header(place, first, last, headings(row[first:last]))


def _blocks(row: list[str | None], fits: Fits) -> list[tuple[int, int]]:
    """Return the columns of each table whose header stands in a row: all of them, or runs between blank columns."""
    width = max((place + 1 for place, cell in enumerate(row) if cell), default=0)
    columns = headings(row[:width])
    if fits(columns) and len(set(columns)) == len(columns):
        return [(0, len(row))]
    runs: list[tuple[int, int]] = []
    for place, cell in enumerate(row):
        if cell and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif cell:
            runs.append((place, place + 1))
    parts = [(first, last) for first, last in runs if fits(headings(row[first:last]))]
    return parts or ([(0, len(row))] if fits(columns) else [])


def _table(grid: pl.DataFrame, header: _Header, end: int, *, file: str, sheet: str | None, is_first: bool) -> TextTable:
    names = grid.columns
    names.remove(ROW)
    wanted = names[header.first : header.last]
    row = int(grid[ROW][header.place])
    above = grid[: header.place].filter(pl.any_horizontal(pl.col(wanted).is_not_null())) if is_first else grid[:0]
    body = grid[header.place + 1 : end].select(ROW, *wanted).filter(pl.any_horizontal(pl.col(wanted).is_not_null()))
    body, below = _without_words_below(body, wanted)
    columns = check_headings(header.columns, file=file, row=row)
    beside = f"columns {header.first + 1} to {header.last}" if header.first else ""
    notes = [_words("above the header", above.select(ROW, *wanted)), _words("below the table", below)]
    if row > 1:
        notes.insert(0, f"The header was found in row {row:,}.")
    return make_table(
        body.select(pl.col(old).alias(new) for old, new in zip(wanted, columns, strict=True)),
        body[ROW],
        file=file,
        sheet=", ".join(text for text in (sheet, beside) if text) or None,
        notes=tuple(note for note in notes if note),
    )


def _without_words_below(body: pl.DataFrame, wanted: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows, and those after the last of them that hold one text alone: footnotes and sources."""
    if len(wanted) < 3:
        return body, body.clear()
    filled = body.select(pl.sum_horizontal(pl.col(wanted).is_not_null()).alias("n"))["n"]
    number = body.select(pl.any_horizontal(pl.col(wanted).str.contains(A_NUMBER)).fill_null(value=False).alias("n"))[
        "n"
    ]
    rows = ((filled > 1) | number).arg_true()
    last = int(rows[-1]) + 1 if rows.len() else 0
    return body[:last], body[last:]


def _words(where: str, rows: pl.DataFrame) -> str:
    """Return the note that names rows of words; blank where there are none."""
    if rows.is_empty():
        return ""
    first = next(cell for cell in rows.row(0)[1:] if cell)
    places = f"row {rows[ROW][0]:,}" if rows.height == 1 else f"rows {rows[ROW][0]:,} to {rows[ROW][-1]:,}"
    return f"{rows.height:,} {'row' if rows.height == 1 else 'rows'} of words {where} ({places}): '{shown(first)}'."
