"""A table of text, whatever the file it came from: its columns, its cells, and the row numbers that an editor shows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import polars as pl

from data.model.errors import DataError, shown

MOST_COLUMNS: Final = 2_000
MOST_NAMED: Final = 12
TOO_WIDE: Final = "{number:,} columns are more than the {most:,} that are read. Give a table of fewer."
LONGEST_TEXT: Final = 10_000  # characters of a value that is read
TOO_LONG: Final = f"expected at most {LONGEST_TEXT:,} characters. Shorten it at its source."
NO_HEADER: Final = (
    "the first row is not a header of two named columns or more. Give a table as CSV, XLSX or JSON, its headings in "
    "the first row."
)
MOST_ROWS: Final = 5_000_000
WITHOUT_HEADING: Final = "(column {number}, no heading)"
NUMBERS: Final = r"^\d+(\.0)?$"
Fits = Callable[[Sequence[str]], bool]  # whether the headings are those of a layout that is known


class Broken(NamedTuple):
    """A row that no reader can take: why, the column at fault, what is known of the row as JSON (blank: nothing)."""

    row: int
    reason: str
    raw: str = ""
    column: str | None = None


@dataclass(frozen=True)
class TextTable:
    """One table of a file, its cells as text.

    ``frame`` has one Utf8 column per heading, blank as null; ``rows`` gives each of its rows the number that it has in
    the file (CSV: the line on which it ends, workbooks: the sheet's row, header = 1; JSON: the record's place, first =
    1). ``broken`` holds rows with a wrong number of fields or with personal data. ``sheet`` is the sheet it stands
    in; None where the file has no sheets. ``notes`` say what of the file was not read as a row, and why.
    """

    columns: list[str]
    frame: pl.DataFrame
    rows: pl.Series
    broken: list[Broken] = field(default_factory=list)
    sheet: str | None = None
    notes: tuple[str, ...] = ()


def headings(cells: Sequence[object]) -> list[str]:
    """Return a row's cells as headings: white space as one blank, those without text numbered."""
    texts = [" ".join(str(cell or "").split()) for cell in cells]
    return [text or WITHOUT_HEADING.format(number=number) for number, text in enumerate(texts, start=1)]


def is_without_heading(name: str) -> bool:
    """Return whether a column has no heading of its own."""
    return re.fullmatch(re.escape(WITHOUT_HEADING).replace(r"\{number\}", r"\d+"), name) is not None


def check_headings(columns: list[str], *, file: str, row: int = 1) -> list[str]:
    """Return the headings; raise DataError where they are no header, too many, or have one twice."""
    if len(columns) > MOST_COLUMNS:
        raise DataError(TOO_WIDE.format(number=len(columns), most=MOST_COLUMNS), file=file, code="LIMIT", row=row)
    if len([name for name in columns if not is_without_heading(name)]) < 2:
        raise DataError(NO_HEADER, file=file, code="HEADER", row=row)
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        names = ", ".join(map(shown, twice[:MOST_NAMED]))
        sentence = f"the header has {names} twice. Give each column a name of its own."
        raise DataError(sentence, file=file, code="DUPLICATE_HEADER", row=row)
    return columns


def make_table(
    frame: pl.DataFrame,
    rows: Sequence[int] | pl.Series,
    *,
    file: str,
    broken: list[Broken] | None = None,
    sheet: str | None = None,
    notes: tuple[str, ...] = (),
) -> TextTable:
    """Return a table of these cells; blank cells become null, and columns with neither heading nor cell go.

    Raises
    ------
    DataError
        It has no row, or more than can be read.
    """
    broken = broken or []
    if frame.height == 0 and not broken:
        raise DataError("the file has a header but no rows. Download it again.", file=file, code="NO_ROWS")
    if frame.height > MOST_ROWS:
        raise DataError(f"more than {MOST_ROWS:,} rows. Split it.", file=file, code="LIMIT")
    has_blank = frame.select((pl.all().str.strip_chars() == "").any()).row(0, named=True)
    names = [name for name, is_found in has_blank.items() if is_found]
    kept = frame.with_columns(pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name)) for name in names)
    unnamed = [name for name in kept.columns if is_without_heading(name)]
    empty = [name for name in unnamed if kept[name].null_count() == kept.height]
    index = [name for name in unnamed[:1] if name == kept.columns[0] and name not in empty and _is_index(kept[name])]
    notes = (*notes, *("The first column has no heading and numbers the rows: not read." for _ in index))
    kept = kept.drop(empty, index)
    numbers = rows if isinstance(rows, pl.Series) else pl.Series(rows, dtype=pl.UInt32)
    return TextTable(kept.columns, kept, numbers, broken, sheet, notes)


def is_too_long(column: str) -> pl.Expr:
    """Return whether a value is longer than a name, an id or a sentence can be."""
    return (pl.col(column).str.len_chars() > LONGEST_TEXT).fill_null(value=False)


def _is_index(cells: pl.Series) -> bool:
    return bool(cells.drop_nulls().str.contains(NUMBERS).all())
