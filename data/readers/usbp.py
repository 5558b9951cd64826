"""The US Border Patrol's yearly table, printed as text: apprehensions or encounters by sector and month.

Two title lines, which say what is counted in which fiscal year; a header that is broken over lines, and in fiscal 2020
lacks bars between two months; blank lines; sub-totals among the sectors; names of sectors over three lines
(``Big Bend``, its figures, ``(formerly Marfa)``); footnotes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from data.model.errors import DataError
from data.readers.encoding import read_utf8
from data.readers.text_table import Broken, TextTable, make_table

BAR: Final = "|"
MONTHS: Final = ("October", "November", "December", "January", "February", "March", "April", "May", "June", "July",
                 "August", "September")  # fmt: skip
YEARLY: Final = "Yearly Total"
COLUMNS: Final = ("Fiscal Year", "Counted", "Border", "Sector", *MONTHS, YEARLY)
TITLE: Final = re.compile(r"Total\s+(?P<counted>[A-Z][A-Za-z ]+?)\s+[Bb]y\s+Month\s*-\s*FY\s*(?P<year>\d{4})")
AGENCY: Final = re.compile(r"United\s+States\s+Border\s+Patrol", re.IGNORECASE)
HEAD: Final = 2_000  # characters in which the titles stand
COASTAL, NORTHERN, SOUTHWEST, ALL = "Coastal Border", "Northern Border", "Southwest Border", "Monthly Total"
BORDERS: Final = {
    COASTAL: ("Livermore", "Miami", "New Orleans", "Ramey"),
    NORTHERN: ("Blaine", "Buffalo", "Detroit", "Grand Forks", "Havre", "Houlton", "Spokane", "Swanton"),
    SOUTHWEST: ("Big Bend", "Marfa", "Del Rio", "El Centro", "El Paso", "Laredo", "Rio Grande Valley", "McAllen",
                "San Diego", "Tucson", "Yuma"),
}  # fmt: skip
BORDER_OF: Final = {sector: border for border, sectors in BORDERS.items() for sector in sectors}
MOST_NAMED: Final = 5


@dataclass(frozen=True)
class _Line:
    """One row of the printed table: the line it stands on, its name, and its cells as printed."""

    row: int
    name: str
    cells: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return len(self.cells) == len(MONTHS) + 1

    def as_broken(self) -> Broken:
        """Return it as a row with a wrong number of figures."""
        reason = f"found {len(self.cells)} figures, expected {len(MONTHS) + 1}. Correct the row at its source."
        return Broken(self.row, reason)


def is_printed_table(text: str) -> bool:
    """Return whether a text is such a table: the agency, a title with a fiscal year, and bars between months."""
    head = text[:HEAD]
    return bool(AGENCY.search(head) and TITLE.search(head)) and any(
        line.count(BAR) > 8 and "October" in line and "September" in line for line in head.splitlines()
    )


def holds_printed_table(path: Path) -> bool:
    """Return whether a file's first characters are those of such a table."""
    with path.open("rb") as handle:
        return is_printed_table(handle.read(HEAD).decode("utf-8", errors="replace"))


def read_printed_table(path: Path) -> TextTable:
    """Return the printed table as a table of text; raise DataError where its title or header cannot be found.

    ``rows`` are the lines of the file. Notes say which rows' months do not add up to the yearly total that is printed,
    which sub-totals are not the sum of their sectors, and what was printed beside the table. Nothing is repaired.
    """
    content, encoding = read_utf8(path)
    text = content.decode("utf-8")
    title = TITLE.search(text[:HEAD])
    lines = [line.strip("\f\r ") for line in text.split("\n")]
    header = next((n for n, line in enumerate(lines) if tuple(re.findall("|".join(MONTHS), line)) == MONTHS), None)
    if title is None or header is None:
        raise DataError("no table of the US Border Patrol with a title, and a header of months from October on.",
                        file=path.name, code="LAYOUT", row=1)  # fmt: skip
    rows, words = _rows(lines, header)
    whole = [one for one in rows if one.is_whole]
    cells = [(title["year"], title["counted"], BORDER_OF.get(one.name), one.name, *one.cells) for one in whole]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    broken = [one.as_broken() for one in rows if not one.is_whole]
    notes = [*encoding.note, *(f"Printed beside the table: {word}" for word in words), *_unequal_sums(rows)]
    unknown = [one.name for one in rows if one.name not in BORDER_OF and one.name not in {*BORDERS, ALL}]
    notes += [f"'{name}' is no sector that is known: its border, and so its route, is not stated." for name in unknown]
    return make_table(frame, [one.row for one in whole], file=path.name, broken=broken, notes=tuple(notes))


def _rows(lines: Sequence[str], header: int) -> tuple[list[_Line], list[str]]:
    """Return the rows below the header with their names, and the words that belong to none of them."""
    rows: list[_Line] = []
    words = [line.strip() for line in lines[:header] if _is_sentence(line)]
    waiting = ""
    for number, line in enumerate(lines[header + 1 :], start=header + 2):
        cells = [cell.strip() for cell in line.split(BAR)]
        if len(cells) > 1:
            named = not re.fullmatch(r"[\d,]+|N/A", cells[0])
            rows.append(_Line(number, _sector(cells[0] if named else waiting), tuple(cells[1:] if named else cells)))
            waiting = ""
        elif line.strip().startswith("(formerly") or line.strip() in ("", "Total", "Yearly"):
            continue
        elif _is_sentence(line):
            words.append(line.strip().lstrip("*"))
        else:
            waiting = line.strip()
    return rows, words


def _is_sentence(line: str) -> bool:
    return len(line.split()) > 5 and BAR not in line and not TITLE.search(line)


def _sector(name: str) -> str:
    """Return a sector's name without its footnote mark and its former name."""
    return re.sub(r"\s*\(formerly[^)]*\)", "", name).rstrip("*").strip()


def _number(cell: str) -> int | None:
    plain = cell.replace(",", "")
    return int(plain) if plain.isdigit() else None


def _unequal_sums(rows: Sequence[_Line]) -> Iterator[str]:
    """Return a sentence for each sub-total that is not the sum of the sectors above it."""
    by_name = {one.name: one for one in rows if one.is_whole}
    sectors = [one for one in rows if one.is_whole and one.name not in {*BORDERS, ALL}]
    for name in (*BORDERS, ALL):
        if name not in by_name:
            continue
        own = [one for one in sectors if name == ALL or BORDER_OF.get(one.name) == name]
        wrong = list(_wrong_months(by_name[name], own))
        for month, added, printed in wrong[:MOST_NAMED]:
            yield f"'{name}' in {month}: its sectors add up to {added:,}, but {printed:,} is printed. Sectors count."
        if len(wrong) > MOST_NAMED:
            yield f"'{name}': {len(wrong) - MOST_NAMED} more of its figures are not the sum of its sectors."


def _wrong_months(printed: _Line, own: Sequence[_Line]) -> Iterator[tuple[str, int, int]]:
    for place, month in enumerate((*MONTHS, YEARLY)):
        said = _number(printed.cells[place])
        added = sum(_number(one.cells[place]) or 0 for one in own)
        if said is not None and said != added:
            yield month, added, said
