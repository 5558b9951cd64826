"""CSV into tables of text: its delimiter, its header below titles, and every row with its line."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from data.model.errors import DataError
from data.readers.csv_scan import Scan, is_blank, scan
from data.readers.encoding import read_utf8
from data.readers.grid import LOOKED_AT, ROW, tables_of
from data.readers.text_table import (
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_WIDE,
    Broken,
    Fits,
    TextTable,
    check_headings,
    headings,
    make_table,
)

LONGEST_FIELD: Final = 10_000_000
HEAD: Final = 200_000
DELIMITERS: Final = (",", ";", "\t", "|")
STATED: Final = frozenset(",;\t|:^~#")  # what a first line such as ``sep=;`` may name; else it is a comma
AT_ONCE: Final = 250_000  # records
MOST_BROKEN: Final = 1_000  # more, and the rows are read one by one
csv.field_size_limit(LONGEST_FIELD)
Row = tuple[int, list[str]]  # the line on which a row ends, and its fields


def read_csv(path: Path, fits: Fits) -> list[TextTable]:
    """Return the tables of a CSV file; where no header is known, the one that its first row would make.

    Raises
    ------
    DataError
        A quotation mark is not closed, the header has a name twice, or there is no row.
    """
    content, encoding = read_utf8(path)
    content, stated = _separator(content)
    _check_width(content, file=path.name)
    delimiter, place = _delimiter(content, stated, fits)
    skipped = 1 if stated else 0
    if place is None and (shown := _likely_header(content, delimiter)):
        found = [TextTable(shown, pl.DataFrame(schema=dict.fromkeys(shown, pl.String)), pl.Series([], dtype=pl.UInt32))]
    elif place == 0:
        found = [_read_quickly(path, content, delimiter, skipped) or _read_each(path, content, delimiter, skipped)]
    else:
        grid = _grid(_narrow(_rows(path, content, delimiter, skipped), file=path.name))
        found = tables_of(grid, file=path.name, fits=fits) or [_read_each(path, content, delimiter, skipped)]
    return [TextTable(t.columns, t.frame, t.rows, t.broken, None, (*encoding.note, *t.notes)) for t in found]


def _separator(content: bytes) -> tuple[bytes, str | None]:
    """Return the text after a first line such as ``sep=;``, and the delimiter that it names."""
    if content[:4].lower() != b"sep=":
        return content, None
    first, _, rest = content.partition(b"\n")
    named = first.decode().rstrip("\r")[4:5]
    return rest, named if named in STATED else ","


def _check_width(content: bytes, *, file: str) -> None:
    """Refuse a first line of more columns than are read, before any of it is made a heading."""
    first = content.partition(b"\n")[0]
    most = max(first.count(one.encode()) for one in DELIMITERS) + 1
    if most > MOST_COLUMNS and b'"' not in first:
        raise DataError(TOO_WIDE.format(number=most, most=MOST_COLUMNS), file=file, code="LIMIT", row=1)


def _delimiter(content: bytes, stated: str | None, fits: Fits) -> tuple[str, int | None]:
    """Return the delimiter, and the place of the row whose headings are known; None where none is."""
    head = content[:HEAD].decode("utf-8", "ignore")
    first = head.split("\n", 1)[0]
    likely = [stated] if stated else sorted(DELIMITERS, key=first.count, reverse=True)
    for delimiter in likely:
        for place, row in enumerate(_head_rows(head, delimiter)):
            names = _trimmed(row) if len(row) <= MOST_COLUMNS else []
            if len(names) > 1 and fits(headings(names)):
                return delimiter, place
    return likely[0], None


def _likely_header(content: bytes, delimiter: str) -> list[str]:
    """Return the headings of a table that no layout fits, where its first row is none: a title, or names twice."""
    rows = [_trimmed(row) for row in _head_rows(content[:HEAD].decode("utf-8", "ignore"), delimiter)]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    least = (max(map(len, rows), default=0) + 1) // 2
    row = next((row for row in rows if len(row) > 1 and len(row) >= least), [])
    columns = headings(row)
    if row and (row is not rows[0] or len(set(columns)) < len(columns)) and len(rows) > 2:
        return list(dict.fromkeys(columns))
    return []


def _head_rows(head: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)):
            if number >= LOOKED_AT:
                return
            yield row
    except csv.Error:
        return


def _trimmed(row: Sequence[str]) -> list[str]:
    width = max((place + 1 for place, cell in enumerate(row) if cell.strip()), default=0)
    return list(row[:width])


def _read_quickly(path: Path, content: bytes, delimiter: str, skipped: int) -> TextTable | None:
    """Return the table through Polars; None where its records are not plain enough to be sure that none is lost."""
    found = scan(content, delimiter)
    if not found.is_regular or not found.ends.size:
        return None
    width = int(found.fields[0])
    blank = is_blank(content, found)
    wrong = np.flatnonzero((found.fields != width) & ~blank)
    if wrong.size > MOST_BROKEN or (found.ends - found.starts).max() > LONGEST_FIELD:
        return None
    good = (found.fields == width) & ~blank
    frame = _parsed(content, found, good, delimiter, width)
    if frame is None:
        return None
    cells = [_one(content, found, place, delimiter) for place in [0, *wrong]]
    lines = found.lines[good][1:] + skipped
    body = frame[1:]
    blank_row = body.select(pl.all_horizontal(pl.all().fill_null("").str.strip_chars() == "").alias("b"))["b"]
    named = len(_trimmed(cells[0]))
    if width == 1 or any(_fitted(row, named, width) for row in cells[1:]):
        return None  # what lacks or is too many there is blank
    columns = check_headings(headings(cells[0]), file=path.name, row=1 + skipped)
    broken = [_broken(int(found.lines[place]) + skipped, row, width)
              for place, row in zip(wrong, cells[1:], strict=True)]  # fmt: skip
    table = body.rename(dict(zip(body.columns, columns, strict=True)))
    rows = pl.Series(lines, dtype=pl.UInt32)
    del frame, body  # large: what is made of them needs the room
    if blank_row.any():
        table, rows = table.filter(~blank_row), rows.filter(~blank_row)
    return make_table(table, rows, file=path.name, broken=broken)


def _parsed(content: bytes, found: Scan, good: np.ndarray, delimiter: str, width: int) -> pl.DataFrame | None:
    """Return the good records as Polars reads them, some at a time to need little room; None where it finds others."""
    frames = []
    for first in range(0, good.size, AT_ONCE):
        here = slice(first, first + AT_ONCE)
        if not good[here].any():
            continue
        kept = _only(content, found.starts[here], found.ends[here], good[here])
        try:
            frame = pl.read_csv(kept, has_header=False, infer_schema=False, separator=delimiter, encoding="utf8")
        except pl.exceptions.PolarsError:
            return None
        if frame.height != int(good[here].sum()) or frame.width != width:
            return None
        frames.append(frame)
    return pl.concat(frames) if frames else None


def _only(content: bytes, starts: np.ndarray, ends: np.ndarray, good: np.ndarray) -> bytes:
    if good.all():
        return content[starts[0] : ends[-1] + 1]
    view = memoryview(content)
    edges = np.flatnonzero(np.diff(good.astype(np.int8), prepend=0, append=0))
    return b"".join(view[starts[first] : ends[last - 1] + 1] for first, last in edges.reshape(-1, 2))


def _one(content: bytes, found: Scan, place: int, delimiter: str) -> list[str]:
    text = content[found.starts[place] : found.ends[place]].decode().removesuffix("\r")
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def _broken(line: int, row: Sequence[str], width: int) -> Broken:
    reason = f"found {len(row):,} fields, expected {width}. Correct the row at its source."
    return Broken(line, reason)


def _rows(path: Path, content: bytes, delimiter: str, skipped: int) -> Iterator[Row]:
    """Return every row that is not an empty line, with the line on which it ends."""
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(content), "utf-8", newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader):
            if number > MOST_ROWS:
                raise DataError(f"more than {MOST_ROWS:,} rows. Split it.", file=path.name, code="LIMIT")
            yield reader.line_num + skipped, row
    except csv.Error as error:
        if "field larger" in str(error):
            raise DataError(
                f"a field is longer than the {LONGEST_FIELD:,} characters that are read; perhaps a quotation mark "
                "before it is not closed. Correct it at its source.", file=path.name, code="LIMIT", row=reader.line_num,
            ) from error  # fmt: skip
        raise DataError(
            f"a quotation mark or field is not closed ({error}). Correct it at its source.",
            file=path.name, code="QUOTE", row=reader.line_num,
        ) from error  # fmt: skip


def _read_each(path: Path, content: bytes, delimiter: str, skipped: int) -> TextTable:
    """Return the table row by row: what is missing or too much at a row's end is told from blank cells."""
    rows = (row for row in _rows(path, content, delimiter, skipped) if any(cell.strip() for cell in row[1]))
    line, header = next(rows, (1, []))
    columns = headings(header)
    named = len(_trimmed(header))
    lines: list[int] = []
    cells: list[list[str]] = []
    broken: list[Broken] = []
    for number, row in rows:
        fitted = _fitted(row, named, len(columns))
        if fitted is None:
            broken.append(_broken(number, row, len(columns)))
        else:
            lines.append(number)
            cells.append(fitted)
    names = check_headings(columns, file=path.name, row=line)
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    return make_table(frame, lines, file=path.name, broken=broken)


def _fitted(row: list[str], named: int, width: int) -> list[str] | None:
    """Return a row as wide as the header where only blank cells without a heading lack or are too many."""
    if named <= len(row) <= width:
        return row + [""] * (width - len(row))
    return row[:width] if len(row) > width and not any(cell.strip() for cell in row[width:]) else None


def _narrow(rows: Iterator[Row], *, file: str) -> Iterator[Row]:
    """Return the rows; raise DataError at one of more columns than are read, which would make all others as wide."""
    for line, row in rows:
        if len(row) > MOST_COLUMNS:
            raise DataError(TOO_WIDE.format(number=len(row), most=MOST_COLUMNS), file=file, code="LIMIT", row=line)
        yield line, row


def _grid(rows: Iterator[Row]) -> pl.DataFrame:
    """Return the rows as a grid, the short ones filled with nulls; blank cells are null, blank rows stay."""
    held = list(rows)
    width = max((len(row) for _, row in held), default=0)
    columns = {f"c{n}": [(row[n].strip() and row[n]) or None if n < len(row) else None for _, row in held]
               for n in range(width)}  # fmt: skip
    return pl.DataFrame({ROW: [line for line, _ in held], **columns},
                        schema={ROW: pl.UInt32, **dict.fromkeys(columns, pl.String)})  # fmt: skip
