"""What a workbook's parts say before any sheet is opened: how large it claims to be, and cells without a value."""

import re
import zipfile
from pathlib import Path
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import unescape

from data.model.errors import DataError

MOST_CELLS: Final = 60_000_000
PARSED: Final = re.compile(r"xl/(worksheets/[^/]+|sharedStrings|workbook)\.xml|content\.xml")
# In any form that a reader of XML takes: other quotation marks, blanks around the sign, small letters.
FAR: Final = re.compile(rb"\sr\s*=\s*[\"'](?:[A-Za-z]{3}\d|[A-Za-z]{2}\d{5}|[A-Za-z]\d{6})")
ANY_PLACE: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,10})[\"']")
PLACE: Final = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
CELL: Final = re.compile(rb"<c ([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
REPEATED: Final = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d{4,})\"[^>]*?(/?)>")
SHEET: Final = re.compile(rb'<(?:\w+:)?sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
RELATION: Final = re.compile(rb"<Relationship [^>]*>")
Odd = dict[tuple[int, int], str]  # (row, column), both from 0, the column from the first that holds anything


def check_extent(path: Path, kind: str) -> None:
    """Raise DataError where a sheet claims more cells than can be read: a few bytes may claim 17 thousand million.

    A part that is no whole XML, or has a document type, is refused: its reader would go on, and lose cells in silence.
    """
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if PARSED.fullmatch(name):
                _check_xml(path, name, archive.read(name))
            if kind == "xlsx" and b"sheetData" in (content := archive.read(name)):  # a sheet may stand anywhere
                if not PARSED.fullmatch(name):
                    _check_xml(path, name, content)
                _check_sheet(path, content)
            elif kind == "ods" and name == "content.xml":
                _check_repeats(path, archive.read(name))


def _check_xml(path: Path, name: str, xml: bytes) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise DataError(
            f"the workbook's part {name} declares a document type, which may name other files. Save it again without.",
            file=path.name, code="ENTITY",
        )  # fmt: skip

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003  # it takes no keyword
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that nobody knows
        raise DataError(
            f"the workbook's part {name} is damaged ({error}). Open it and save it again.", file=path.name,
            code="WORKBOOK",
        ) from error  # fmt: skip


def _check_sheet(path: Path, xml: bytes) -> None:
    if not FAR.search(xml):
        return
    places = ANY_PLACE.findall(xml)
    rows, columns = max(int(row) for _, row in places), max(column_number(letters.upper()) for letters, _ in places)
    if rows * columns > MOST_CELLS:
        raise DataError(
            f"a sheet claims {rows:,} rows of {columns:,} columns, with {len(places):,} cells filled. Delete the cells "
            "that stand far from the table and save it again.", file=path.name, code="LIMIT",
        )  # fmt: skip


def _check_repeats(path: Path, xml: bytes) -> None:
    """Refuse rows or cells with content that are said to repeat thousands of times; empty ones fill a sheet's end."""
    for found in REPEATED.finditer(xml):
        whole = found[0].startswith(b"number-rows")
        end = xml.find(b"</table:table-row>" if whole else b"</table:table-cell>", found.end())
        inside = b"" if found[2] else xml[found.end() : end]
        if b"<text:p" in inside or b"office:value" in found[0] or b"office:value" in inside:
            raise DataError(
                f"a row or cell with content is said to repeat {int(found[1]):,} times. Save it again without that.",
                file=path.name, code="LIMIT",
            )  # fmt: skip


def column_number(letters: bytes) -> int:
    """Return a column's number, A = 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def odd_cells(path: Path) -> dict[str, Odd]:
    """Return the cells of each sheet of an XLSX that hold an error, or a formula whose value was never stored."""
    with zipfile.ZipFile(path) as archive:
        return {name: _odd_of(archive.read(part)) for name, part in _parts(archive).items()}


def _odd_of(xml: bytes) -> Odd:
    found: Odd = {}
    first = None  # column that holds anything: a sheet's cells are given from there on
    if b't="e"' not in xml and not re.search(rb"</f>\s*(<v></v>|<v/>)?\s*</c>|<f/>", xml):
        return found
    for cell in CELL.finditer(xml):
        place, content = PLACE.search(b" " + cell[1]), cell[2] or b""
        value = re.search(rb"<v>(.*?)</v>", content, re.DOTALL)
        is_error, is_bare = b't="e"' in cell[1], b"<f" in content and not (value and value[1])
        number = column_number(place[1]) if place else None
        if number and (b"<v>" in content or b"<is>" in content):
            first = number if first is None else min(first, number)
        if place and (is_error or is_bare):
            text = value[1].decode("utf-8", "replace") if is_error and value else "=formula without a value"
            found[int(place[2]) - 1, column_number(place[1])] = text
    return {(row, column - (first or 1)): text for (row, column), text in found.items()}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {}
    for relation in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        told = dict(re.findall(rb'(\w+)="([^"]*)"', relation))
        target = told.get(b"Target", b"").decode("utf-8", "replace").lstrip("/")
        targets[told.get(b"Id", b"")] = target if target.startswith("xl/") else f"xl/{target}"
    sheets = SHEET.findall(archive.read("xl/workbook.xml"))
    named = {
        unescape(name.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"}): targets.get(key, "")
        for name, key in sheets
    }
    return {name: part for name, part in named.items() if part in names}
