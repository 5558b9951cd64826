"""Workbooks into tables of text: every table of every visible sheet whose headings are known; hidden sheets never."""

from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from data.model.errors import DataError, shown
from data.readers.grid import ROW, first_row, tables_of
from data.readers.personal import check_names_of_sheets
from data.readers.text_table import MOST_COLUMNS, TOO_WIDE, Fits, TextTable, headings
from data.readers.us_ice import ice_tables
from data.readers.workbook_parts import Odd, check_extent, odd_cells

NOTHING: Final = "no visible sheet of the workbook holds a table."


def read_workbook(path: Path, kind: str, fits: Fits) -> list[TextTable]:
    """Return the tables of all visible sheets; where no header is known, one table that its first rows would make.

    Its ``rows`` are the sheet's own. Notes name the sheets that were not read, and why.
    """
    check_extent(path, kind)
    odd = odd_cells(path) if kind == "xlsx" else {}
    found: list[TextTable] = []
    unknown: list[TextTable] = []
    notes: list[str] = []
    sheets = _sheets(path, odd)
    if tables := ice_tables(sheets):
        return tables
    for name, visible, grid in sheets:
        tables = tables_of(grid, file=path.name, fits=fits, sheet=name) if visible else []
        found += tables
        if not visible:
            notes.append(f"Sheet '{name}' is hidden: not read.")
        elif not tables and grid.height:
            notes.append(f"Sheet '{name}' has no table whose headings are known: not read.")
            unknown += _unknown(grid, name)
    if not found and not unknown:
        raise DataError(" ".join([NOTHING, *notes]), file=path.name, code="NO_ROWS")
    first = (found or unknown)[0]
    noted = TextTable(first.columns, first.frame, first.rows, first.broken, first.sheet, (*notes, *first.notes))
    return [noted, *found[1:]]


def _sheets(path: Path, odd: dict[str, Odd]) -> list[tuple[str, bool, pl.DataFrame]]:
    try:
        book = fastexcel.read_excel(path.read_bytes())  # by its bytes, as a name may say another kind
        check_names_of_sheets(book.sheet_names, file=path.name)
        found = []
        for name in book.sheet_names:
            sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            visible = sheet.visible == "visible"
            if visible and sheet.width > MOST_COLUMNS:
                sentence = f"sheet '{shown(name)}': {TOO_WIDE.format(number=sheet.width, most=MOST_COLUMNS)}"
                raise DataError(sentence, file=path.name, code="LIMIT")
            found.append((name, visible, _grid(sheet.to_polars(), odd.get(name, {})) if visible else pl.DataFrame()))
    except fastexcel.FastExcelError as error:
        why = str(error).partition("\n")[0].partition("\\n")[0]
        sentence = f"the workbook is damaged or no workbook ({why}). Open it and save it again as .xlsx."
        raise DataError(sentence, file=path.name, code="WORKBOOK") from error
    return found


def _grid(sheet: pl.DataFrame, odd: Odd) -> pl.DataFrame:
    """Return the cells as text, blank as null, with each row's number; what has no value keeps its own words."""
    cells = sheet.with_columns(pl.when(pl.all().str.strip_chars() != "").then(pl.all()))
    for (row, column), text in odd.items():
        if row < cells.height and 0 <= column < cells.width:
            cells[row, column] = text
    return cells.with_row_index(ROW, offset=1)


def _unknown(grid: pl.DataFrame, name: str) -> list[TextTable]:
    cells = first_row(grid)
    if len(cells) < 2:
        return []
    columns = headings(cells)
    return [TextTable(columns, pl.DataFrame(schema=dict.fromkeys(columns, pl.String)), pl.Series([], dtype=pl.UInt32),
                      sheet=name)]  # fmt: skip
