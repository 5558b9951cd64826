"""Workbooks: damaged, locked, huge in little, with sheets, cells and types that are not what they seem."""

import io
import zipfile
from datetime import date, datetime
from typing import Final

from tests.harness.hostile.entry import COUNT, COUNTS, Hostile, Make, counts, edited, put, rows_of, sheets, zipped

WHOLE: Final = {"accepted": 1, "value": 7}
PLAIN: Final = sheets({"Data": rows_of()})
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET: Final = "xl/worksheets/sheet1.xml"
LAUGHS: Final = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FAR: Final = b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
ODS: Final = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:'
    'text:1.0"><office:body><office:spreadsheet><table:table table:name="Data">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def xlsx(book: bytes, name: str = "hostile.xlsx") -> Make:
    return put(book, name)


def data(*rows: dict[str, object]) -> Make:
    return xlsx(sheets({"Data": rows_of(*rows)}))


def changed(part: str, old: bytes, new: bytes, book: bytes = PLAIN) -> Make:
    return xlsx(edited(book, part, old, new))


def with_member(name: str, content: bytes = b"x") -> Make:
    return xlsx(zipped(members(PLAIN) | {name: content}))


def members(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without(part: str) -> Make:
    return xlsx(zipped({name: held for name, held in members(PLAIN).items() if name != part}))


def ods(*rows: list[object], more: str = "", name: str = "hostile.ods") -> Make:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    made = [f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>" for row in rows]
    content = ODS.format("".join(made) + more)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = ('<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>')  # fmt: skip
    return put(zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}), name)


def elsewhere(end: bytes) -> bytes:
    """Return a workbook whose sheet has this end and does not stand where sheets do."""
    part = "xl/others/one.xml"
    moved = {name: held.replace(b"worksheets/sheet1.xml", b"others/one.xml") for name, held in members(PLAIN).items()}
    moved[part] = moved.pop(SHEET).replace(b"</row></sheetData>", end)
    return zipped(moved)


def flipped(book: bytes) -> bytes:
    """Return a workbook with one bit of a sheet's packed bytes turned."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        place = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 40
    return book[:place] + bytes([book[place] ^ 0xFF]) + book[place + 1 :]


def locked(book: bytes) -> bytes:
    """Return an archive whose members say that they need a password."""
    made = bytearray(book)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(sign)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(sign, place + 4)
    return bytes(made)


BLANKS: Final = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
FULL: Final = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
BOOKS: Final[dict[str, Hostile]] = {
    "an old workbook": Hostile(put(OLE + b"Workbook", "hostile.xls"), "OLD_WORKBOOK", (".xls", "password", ".xlsx")),
    "a workbook with a password": Hostile(put(OLE + "EncryptedPackage".encode("utf-16-le"), "hostile.xlsx"), "OLD_WORKBOOK", ("password",)),
    "an archive with a password": Hostile(xlsx(locked(PLAIN)), "TRUNCATED", ("encrypted",)),
    "a workbook named .csv": Hostile(put(PLAIN), "NOT_WHAT_IT_CLAIMS", ("XLSX workbook", "Rename")),
    "a workbook named .json": Hostile(put(PLAIN, "hostile.json"), "NOT_WHAT_IT_CLAIMS", ("XLSX workbook",)),
    "a workbook named .xls": Hostile(put(PLAIN, "hostile.xls"), **WHOLE),
    "a table named .xlsx": Hostile(put(counts(), "hostile.xlsx"), "NOT_WHAT_IT_CLAIMS", ("plain text",)),
    "a table named .xls": Hostile(put(counts(), "hostile.xls"), **WHOLE),
    "a table named .ods": Hostile(put(counts(), "hostile.ods"), "NOT_WHAT_IT_CLAIMS", ("plain text",)),
    "one bit turned": Hostile(xlsx(flipped(PLAIN)), "TRUNCATED", ("Download it again",)),
    "its end cut off": Hostile(xlsx(PLAIN[:-60]), "TRUNCATED", ("Download it again",)),
    "its start cut off": Hostile(xlsx(PLAIN[100:]), "ENCODING", ("Download the file again",)),
    "a workbook with macros": Hostile(with_member("xl/vbaProject.bin"), "MACRO", ("macros",)),
    "a workbook of bytes": Hostile(xlsx(zipped({"xl/workbook.bin": b"x"}), "hostile.xlsb"), "MACRO", (".xlsb",)),
    "a bomb of blanks": Hostile(xlsx(zipped(members(PLAIN) | {"xl/media/a.bin": b" " * 60_000_000})), "BOMB", ("unpack", "60,")),
    "more members than are read": Hostile(xlsx(zipped(members(PLAIN) | {f"x/{n}": b"" for n in range(10_001)})), "BOMB"),
    "an archive in the archive": Hostile(with_member("more.xlsx", PLAIN), **WHOLE),
    "a member that leads out": Hostile(with_member("../../evil"), **WHOLE),
    "no workbook in the workbook": Hostile(xlsx(zipped({"xl/workbook.xml": b""})), "WORKBOOK", ("damaged",)),
    "a sheet that is not there": Hostile(without(SHEET), "WORKBOOK", ("'Data' not found",)),
    "texts that are not there": Hostile(without("xl/sharedStrings.xml"), "WORKBOOK"),
    "relations that are not there": Hostile(without("xl/_rels/workbook.xml.rels"), "WORKBOOK"),
    "a sheet that is no XML": Hostile(changed(SHEET, b"<sheetData>", b"<sheetData><<"), "WORKBOOK"),
    "a sheet that breaks off": Hostile(changed(SHEET, b"</sheetData>", b""), "WORKBOOK"),
    "entities in a sheet": Hostile(changed(SHEET, b"<worksheet", LAUGHS + b"<worksheet"), "ENTITY", ("document type",)),
    "an entity from outside": Hostile(changed("xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><sst'), "ENTITY", ("document type",)),
    "a cell far from the table": Hostile(changed(SHEET, b"</row></sheetData>", FAR), "LIMIT", ("far from the table",)),
    **{
        f"a cell far away, {how}": Hostile(changed(SHEET, b"</row></sheetData>", b'</row><row r="1048576">' + cell + b"</row></sheetData>"), "LIMIT", ("1,048,576 rows",))
        for how, cell in {
            "in other quotation marks": b"<c r='XFD1048576'><v>1</v></c>",
            "behind a line break": b'<c\nr="XFD1048576"><v>1</v></c>',
            "behind blanks": b'<c r = "XFD1048576"><v>1</v></c>',
            "in small letters": b'<c r="xfd1048576"><v>1</v></c>',
        }.items()
    },
    "a cell far away in a sheet that stands elsewhere": Hostile(xlsx(elsewhere(FAR)), "LIMIT", ("1,048,576 rows",)),
    "a text that is counted beyond its end": Hostile(changed(SHEET, b"<v>0</v>", b"<v>4000000000</v>"), "WORKBOOK"),
    "no sheet with anything": Hostile(xlsx(sheets({"Data": []})), "NO_ROWS", ("no visible sheet",)),
    "all that matters in a hidden sheet": Hostile(xlsx(sheets({"Read me": [["see", "below"]], "Data": rows_of()}, hidden=["Data"])), "LAYOUT", ("'Data' is hidden",)),
    "a hidden sheet beside a good one": Hostile(xlsx(sheets({"Data": rows_of(), "Old": rows_of({"value": "900"})}, hidden=["Old"])), **WHOLE, says=("'Old' is hidden",)),
    "two sheets that say the same": Hostile(xlsx(sheets({"Data": rows_of(), "Copy": rows_of()})), accepted=1, duplicates=1, value=7, says=("repeats rows",)),
    "a sheet that no layout knows beside a good one": Hostile(xlsx(sheets({"Data": rows_of(), "Notes": [["a", "b"], [1, 2]]})), **WHOLE, says=("'Notes' has no table",)),
    "headings alone in a sheet": Hostile(xlsx(sheets({"Data": [list(COUNTS)]})), "NO_ROWS", ("no rows",)),
    "a sheet of 16,000 columns": Hostile(xlsx(sheets({"Data": [[f"c{n}" for n in range(16_000)], [1] * 16_000]})), "LIMIT", ("16,000 columns",)),
    "a heading twice in a sheet": Hostile(xlsx(sheets({"Data": [[*COUNTS, "value"], [*COUNT.values(), "9"]]})), "DUPLICATE_HEADER", ("value",)),
    "a fault in a cell": Hostile(changed(SHEET, b'<c r="H2" t="s"><v>', b'<c r="H2" t="e"><v>#REF!</v></c><c r="I2" t="s"><v>'), "NOTHING_ACCEPTED", ("#REF!",)),
    "a formula without its value": Hostile(data({}, {"value": "=SUM(H2:H2)", "nationality": "Syria"}), accepted=2, value=7, says=("0",)),
    "a number that is text": Hostile(data({"value": "7 people"}), "NOTHING_ACCEPTED", ("7 people",)),
    "a number of its own type": Hostile(data({"value": 7}), **WHOLE),
    "a number with decimals": Hostile(data({}, {"value": 7.25, "nationality": "Syria"}), accepted=1, quarantined=1, value=7, set_aside=[(3, "value", "7.25")]),
    "a number as large as a float can be": Hostile(data({}, {"value": 1.5e308, "nationality": "Syria"}), accepted=1, quarantined=1, value=7),
    "true for a number": Hostile(data({}, {"value": True, "nationality": "Syria"}), accepted=1, quarantined=1, value=7, set_aside=[(3, "value", "true")]),
    "a day of its own type": Hostile(xlsx(sheets({"Data": rows_of({"date_from": date(2024, 1, 1), "date_to": datetime(2024, 1, 31)})}, default_date_format="yyyy-mm-dd", remove_timezone=True)), **WHOLE),  # noqa: DTZ001
    "a day counted from 1904": Hostile(xlsx(sheets({"Data": rows_of({"date_from": date(2024, 1, 1), "date_to": date(2024, 1, 31)})}, default_date_format="yyyy-mm-dd", date_1904=True)), **WHOLE, stored={"date_from": "2024-01-01"}),
    "a day without its form": Hostile(data({}, {"date_from": 45292, "nationality": "Syria"}), accepted=1, quarantined=1, value=7, set_aside=[(3, "date_from", "45292")]),
    "an OpenDocument sheet": Hostile(ods(*rows_of()), **WHOLE),
    "an OpenDocument sheet named .xlsx": Hostile(ods(*rows_of(), name="hostile.xlsx"), **WHOLE),
    "an OpenDocument sheet with a blank end": Hostile(ods(*rows_of(), more=BLANKS), **WHOLE),
    "an OpenDocument sheet of a million full rows": Hostile(ods(*rows_of(), more=FULL), "LIMIT", ("repeat 1,000,000 times",)),
    "an OpenDocument sheet that breaks off": Hostile(put(zipped({"content.xml": ODS[:300]}), "hostile.ods"), "WORKBOOK"),
    "an OpenDocument text": Hostile(put(zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office:document-content/>"}), "hostile.odt"), "WORKBOOK"),
    "a Word file": Hostile(put(zipped({"word/document.xml": "<w:document/>"}), "hostile.docx"), "ZIP", ("word/document.xml",)),
}  # fmt: skip
