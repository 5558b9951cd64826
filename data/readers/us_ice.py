"""US Immigration and Customs Enforcement's yearly workbook: of its many tables, three that count people.

Its sheets hold several tables each, one beside another, and say of which day they are in words below, or in a sheet of
footnotes. Read are the people in alternatives to detention by technology, the people detained by disposition, and the
average of people detained over the fiscal year, by state. Names and street addresses of places are left at the door,
and sheets on small groups are not opened (RULES 9).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.readers.grid import ROW
from data.readers.text_table import TextTable

STATISTIC, FIRST, LAST, PEOPLE = "ICE statistic", "First day", "Last day", "People"
TECHNOLOGY, DISPOSITION, STATE = "Technology", "Disposition", "State"
COLUMNS: Final = (STATISTIC, FIRST, LAST, TECHNOLOGY, DISPOSITION, STATE, PEOPLE)
ALTERNATIVES, DETAINED, AVERAGE = "alternatives to detention", "detained", "detained on average"
LEVELS: Final = ("Level A", "Level B", "Level C", "Level D")  # of security: each person is in one
DAY: Final = r"(\d{1,2})[./](\d{1,2})[./](\d{4})"
REPORT: Final = re.compile(rf"Participants Report,?\s*{DAY}")
SNAPSHOT: Final = re.compile(rf"National Docket data are a snapshot as of\s*{DAY}")
FETCHED: Final = re.compile(rf"Data Source:.*?{DAY}")
FISCAL: Final = re.compile(r"\bFY\s?(?:20)?(\d\d)\b")
Cell = str | None
Row = tuple[int, Sequence[Cell]]


def ice_tables(sheets: Iterable[tuple[str, bool, pl.DataFrame]]) -> list[TextTable]:
    """Return the three tables of such a workbook, a table for each sheet that holds one; none of any other workbook.

    ``sheets`` are names, whether each is visible, and cells with ``__row``, as a workbook is read.
    """
    rows = {name: list(_rows(grid)) for name, visible, grid in sheets if visible and grid.width > 1}
    if not any(_place(each, "Technology", "Count", "Daily Tech Cost") for each in rows.values()):
        return []
    words = "\n".join(cell for each in rows.values() for _, cells in each for cell in cells if cell)
    found = {name: [*_alternatives(each), *_detained(each, words), *_averages(each)] for name, each in rows.items()}
    others = [name for name, each in found.items() if not each]
    note = f"Not opened, as they count no people by state or hold small groups: {', '.join(map(str.strip, others))}."
    tables = [_table(name, each) for name, each in found.items() if each]
    return [*(TextTable(one.columns, one.frame, one.rows, [], one.sheet, (note,)) for one in tables[:1]), *tables[1:]]


def _rows(grid: pl.DataFrame) -> Iterator[Row]:
    for cells in grid.drop(ROW).with_columns(grid[ROW]).iter_rows():
        yield int(cells[-1]), cells[:-1]


def _table(name: str, found: Sequence[tuple[int, Mapping[str, Cell]]]) -> TextTable:
    frame = pl.DataFrame([one for _, one in found], schema=dict.fromkeys(COLUMNS, pl.String))
    return TextTable(list(COLUMNS), frame, pl.Series([row for row, _ in found], dtype=pl.UInt32), [], name.strip())


def _place(rows: Sequence[Row], *headings: str) -> int | None:
    """Return where in the rows a header stands whose first cells are these; None where it is nowhere."""
    return next((at for at, (_, cells) in enumerate(rows) if tuple(cells[: len(headings)]) == headings), None)


def _until_total(rows: Sequence[Row], start: int) -> Iterator[Row]:
    """Yield the rows below a header up to the first that has no number."""
    for row, cells in rows[start + 1 :]:
        if not cells[0] or not cells[1]:
            return
        yield row, cells


def _alternatives(rows: Sequence[Row]) -> Iterator[tuple[int, dict[str, Cell]]]:
    start = _place(rows, "Technology", "Count", "Daily Tech Cost")
    if start is None:
        return
    below = "\n".join(cells[0] or "" for _, cells in rows[start:])
    day = _day(REPORT.search(below))
    for row, cells in _until_total(rows, start):
        yield row, {STATISTIC: ALTERNATIVES, FIRST: day, LAST: day, TECHNOLOGY: cells[0], PEOPLE: cells[1]}


def _detained(rows: Sequence[Row], words: str) -> Iterator[tuple[int, dict[str, Cell]]]:
    start = _place(rows, "Processing Disposition")
    if start is None:
        return
    whole = list(rows[start][1]).index("Total")
    day = _day(SNAPSHOT.search(words))
    for row, cells in _until_total(rows, start):
        yield row, {STATISTIC: DETAINED, FIRST: day, LAST: day, DISPOSITION: cells[0], PEOPLE: cells[whole]}


def _averages(rows: Sequence[Row]) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Yield the average of each place as a part of its state's; nothing else of the place is taken."""
    start = _place(rows, "Name", "Address", "City", "State")
    if start is None:
        return
    heads = list(rows[start][1])
    state, levels = heads.index("State"), [heads.index(one) for one in LEVELS if one in heads]
    above = "\n".join(cell for _, cells in rows[: start + 1] for cell in cells if cell)
    first, last = _fiscal_year(above)
    for row, cells in rows[start + 1 :]:
        if cells[state] and len(levels) == len(LEVELS):
            yield row, {STATISTIC: AVERAGE, FIRST: first, LAST: last, STATE: cells[state],
                        PEOPLE: _sum([cells[one] for one in levels])}  # fmt: skip


def _sum(cells: Sequence[Cell]) -> Cell:
    """Return the sum of numbers as text; null where one of them is none."""
    try:
        return repr(sum(float(cell) for cell in cells if cell is not None)) if None not in cells else None
    except ValueError:
        return None


def _day(found: re.Match[str] | None) -> Cell:
    """Return the day that was found, as month, day and year, in ISO's form; null where none is, or none of a month."""
    if found is None:
        return None
    month, day, year = map(int, found.groups()[-3:])
    return f"{year:04}-{month:02}-{day:02}"


def _fiscal_year(words: str) -> tuple[Cell, Cell]:
    """Return the first day of the fiscal year, which begins in October, and its last, or the day of the figures."""
    named, fetched = FISCAL.search(words), _day(FETCHED.search(words))
    if named is None:
        return None, None
    year = 2000 + int(named[1])
    end = (date(year, 10, 1) - timedelta(days=1)).isoformat()
    return f"{year - 1}-10-01", min(end, fetched) if fetched else end
