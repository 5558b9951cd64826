"""CSV, XLSX, ODS and JSON into one shape: a table of text, with the row numbers an editor shows."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from data.errors import DataError
from data.readers.sniff import FileKind, read_json

MOST_COLUMNS: Final = 2_000
MOST_ROWS: Final = 5_000_000
LONGEST_FIELD: Final = 10_000_000
DELIMITERS: Final = (",", ";", "\t", "|")
csv.field_size_limit(LONGEST_FIELD)


@dataclass(frozen=True)
class TextTable:
    """A file's cells as text.

    ``frame`` has one Utf8 column per header, blank as null; ``rows`` gives each of its rows the number that it
    has in the file (CSV: the line on which it ends, workbooks: the sheet's row, header = 1; JSON: the record's
    place, first = 1). ``broken`` holds rows with a wrong number of fields: (row, reason, raw text).
    """

    columns: list[str]
    frame: pl.DataFrame
    rows: list[int]
    broken: list[tuple[int, str, str]] = field(default_factory=list)
    sheet: str | None = None


def read_text_table(path: Path, kind: FileKind) -> TextTable:
    """Return the file's table; raise DataError where it cannot be one."""
    if kind == "csv":
        return _read_csv(path)
    if kind == "json":
        return _read_records(path)
    return _read_workbook(path)


def _read_csv(path: Path) -> TextTable:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        first = handle.readline()
        if not first.lower().startswith("sep="):
            handle.seek(0)
            delimiter = max(DELIMITERS, key=first.count)
        else:
            delimiter = first.strip()[4:5] or ","
        reader = csv.reader(handle, delimiter=delimiter, strict=True)
        try:
            return _lines(path, reader)
        except csv.Error as error:
            raise DataError(
                f"a quotation mark or field is not closed ({error}). Correct it at its source.",
                file=path.name, code="QUOTE", row=reader.line_num,
            ) from error  # fmt: skip


def _lines(path: Path, reader: "csv._reader") -> TextTable:  # type: ignore[name-defined]
    columns = _header(path, next(reader, []))
    rows: list[int] = []
    cells: list[list[str]] = []
    broken: list[tuple[int, str, str]] = []
    for line in reader:
        if not any(cell.strip() for cell in line) and len(line) <= 1:
            continue
        if len(line) == len(columns):
            rows.append(reader.line_num)
            cells.append(line)
        else:
            reason = f"found {len(line)} fields, expected {len(columns)}. Correct the row at its source."
            broken.append((reader.line_num, reason, reader_text(line)))
        if len(rows) > MOST_ROWS:
            raise DataError(f"more than {MOST_ROWS:,} rows. Split it.", file=path.name, code="LIMIT")
    return _table(path, columns, cells, rows, broken)


def reader_text(line: Sequence[str]) -> str:
    """Return a broken row as it may be kept."""
    return " | ".join(line)[:10_000]


def _header(path: Path, cells: Sequence[object]) -> list[str]:
    columns = [" ".join(str(cell).split()) for cell in cells]
    if len(columns) > MOST_COLUMNS:
        raise DataError(f"{len(columns):,} columns are too many.", file=path.name, code="LIMIT", row=1)
    if len(columns) < 2 or not all(columns):
        raise DataError("the first row is not a header of named columns.", file=path.name, code="HEADER", row=1)
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise DataError(f"the header has {', '.join(twice)} twice.", file=path.name, code="DUPLICATE_HEADER", row=1)
    return columns


def _table(
    path: Path,
    columns: list[str],
    cells: list[list[str]],
    rows: list[int],
    broken: list[tuple[int, str, str]],
    sheet: str | None = None,
) -> TextTable:
    if not rows and not broken:
        raise DataError("the file has a header but no rows. Download it again.", file=path.name, code="NO_ROWS")
    frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String), orient="row")
    blank = pl.all().str.strip_chars() == ""
    return TextTable(columns, frame.with_columns(pl.when(~blank).then(pl.all())), rows, broken, sheet)


def _read_workbook(path: Path) -> TextTable:
    try:
        book = fastexcel.read_excel(path)
        for name in book.sheet_names:
            sheet = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
            if sheet.height > 0 and sheet.width > 1:
                return _sheet(path, sheet, name)
    except fastexcel.FastExcelError as error:
        raise DataError(f"the workbook cannot be read ({error}).", file=path.name, code="WORKBOOK") from error
    raise DataError("no sheet of the workbook holds a table.", file=path.name, code="NO_ROWS")


def _sheet(path: Path, sheet: pl.DataFrame, name: str) -> TextTable:
    head = sheet.row(0)
    width = max((i + 1 for i, cell in enumerate(head) if cell), default=0)
    columns = _header(path, [cell or "" for cell in head[:width]])
    body = sheet[:, :width].slice(1).with_row_index("__row", offset=2)
    body = body.filter(pl.any_horizontal(pl.exclude("__row").is_not_null()))
    cells = [["" if cell is None else str(cell) for cell in row[1:]] for row in body.iter_rows()]
    return _table(path, columns, cells, body["__row"].to_list(), [], sheet=name)


def _read_records(path: Path) -> TextTable:
    records = read_json(path)
    columns: dict[str, None] = {}
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise DataError(
                "found a value, expected an object with named fields.", file=path.name, code="LAYOUT", row=number
            )
        for key, value in record.items():
            if isinstance(value, dict | list):
                raise DataError("found a nested value, expected text or a number.", file=path.name, code="NESTED",
                                row=number, column=key)  # fmt: skip
            columns.setdefault(key)
    names = _header(path, list(columns))
    cells = [[_text(record.get(key)) for key in columns] for record in records if isinstance(record, dict)]
    return _table(path, names, cells, list(range(1, len(cells) + 1)), [])


def _text(value: object) -> str:
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
