"""What a file really is, told by its bytes; anything that is not what it claims is refused whole."""

import zipfile
import zlib
from pathlib import Path
from typing import Final, Literal

from data.model.errors import DataError, shown
from data.readers.encoding import encoding_of
from data.readers.json_text import read_json
from data.readers.regular_files import check_regular, refuse_other_kinds
from data.readers.sniff_lines import is_kml, is_shapefile, kind_of_json, kind_of_zip, shapefile_of

FileKind = Literal[
    "csv", "xlsx", "ods", "json", "geojson", "gpkg", "shapefile", "shapefile-zip", "kml", "kmz", "route-lines", "gml"
]
LARGEST_INFLATED: Final = 500_000_000
LARGEST_RATIO: Final = 200
MOST_MEMBERS: Final = 10_000
NOTHING: Final = b" \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"  # white space and marks of the order of bytes
HTML_SIGNS: Final = ("<!doctype html", "<html", "<head", "<body")
SPREADSHEETS: Final = {"xl/workbook.xml": "xlsx", "content.xml": "ods"}


def check_file(path: Path) -> FileKind:
    """Return what the file is; raise DataError where it is nothing that can be read, or claims another kind."""
    check_regular(path)
    with path.open("rb") as handle:
        head = handle.read(65_536)
    if not head.strip(NOTHING) and not path.read_bytes().strip(NOTHING):
        raise DataError("the file is empty. Download it again.", file=path.name, code="EMPTY")
    kind = _by_magic(path, head) or _by_text(path, head)
    _agrees(path, kind)
    return kind


def _by_magic(path: Path, head: bytes) -> FileKind | None:
    name = path.name
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _spreadsheet(path)
    if head.startswith(b"SQLite format 3\x00"):
        return "gpkg"
    if (whole := shapefile_of(path)) is not None:
        sentence = f"it is a part of the Shapefile {whole.name}. Name {whole.name}; its parts are read with it."
        raise DataError(sentence, file=name, code="PART")
    if is_shapefile(head):
        return "shapefile"
    if is_kml(head):
        return "kml"
    refuse_other_kinds(head, file=name)
    return None


def _spreadsheet(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            broken = archive.testzip() if _bounded(path, members) else None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        raise DataError(
            f"the workbook or archive is truncated or damaged ({error}). Download it again.",
            file=path.name,
            code="TRUNCATED",
        ) from error
    names = {member.filename for member in members}
    if broken is not None:
        raise DataError(f"the workbook's part {shown(broken)} is damaged.", file=path.name, code="TRUNCATED")
    if "xl/vbaProject.bin" in names or "xl/workbook.bin" in names:
        raise DataError("the workbook holds macros or is .xlsb. Save it as .xlsx.", file=path.name, code="MACRO")
    for sign, kind in SPREADSHEETS.items():
        if sign in names:
            return kind  # type: ignore[return-value]
    if (found := kind_of_zip(names)) is not None:
        return "kmz" if found == "kmz" else "shapefile-zip"
    inside = ", ".join(sorted(names)[:5]) + (", …" if len(names) > 5 else "")
    raise DataError(
        f"the file is a ZIP archive of {len(names):,} files ({inside}) and no workbook. Give the files inside it."
        if names else "the file is a ZIP archive with no file in it. Download it again.",
        file=path.name, code="ZIP",
    )  # fmt: skip


def _bounded(path: Path, members: list[zipfile.ZipInfo]) -> bool:
    """Refuse archives that would inflate beyond bounds; only the central directory has been read so far."""
    inflated = sum(member.file_size for member in members)
    worst = max((m.file_size / max(m.compress_size, 1) for m in members if m.file_size > 10_000_000), default=0)
    if len(members) > MOST_MEMBERS or inflated > LARGEST_INFLATED or worst > LARGEST_RATIO:
        raise DataError(
            f"the workbook would unpack to {inflated:,} bytes; refused as a bomb.", file=path.name, code="BOMB"
        )
    return True


def _by_text(path: Path, head: bytes) -> FileKind:
    encoding = encoding_of(path)
    text = head[encoding.skipped :].decode(encoding.codec, "ignore").lstrip("\ufeff \t\r\n")[:2000].lower()
    if text.startswith(HTML_SIGNS) or "<html" in text:
        raise DataError("the file is an HTML page, not a table. Download the data itself.", file=path.name, code="HTML")
    if text.startswith("<") and ("<gml:" in text or "opengis.net/gml" in text):
        return "gml"
    if text.startswith("<"):
        raise DataError("the file is XML. Give CSV, XLSX, JSON, GeoJSON or GeoPackage.", file=path.name, code="XML")
    if is_written_words(text):
        raise DataError(
            "the file is a text to read (headings and lists of Markdown), not a table. Give the data that it "
            "speaks of, as CSV, XLSX, JSON, GeoJSON or GeoPackage.",
            file=path.name, code="TEXT",
        )  # fmt: skip
    return _json_kind(path) if text.startswith(("[", "{")) else "csv"


def is_written_words(text: str) -> bool:
    """Return whether a text's first lines are those of Markdown: a title, or an underlined one, and words below it.

    A comment above a table ("# source: …") is no title where the lines below it are those of the table.
    """
    lines = [line.strip() for line in text.splitlines()[:40] if line.strip()]
    signs = sum(line.startswith(("# ", "## ", "### ", "- **", "* **", "|-", "| -", "===", "```")) for line in lines)
    is_titled = lines[0].startswith("# ") or (lines[1:2] != [] and set(lines[1]) in ({"="}, {"-"}))
    return is_titled and (signs > 1 or not any(sign in lines[1] for sign in ",;\t|")) if lines[1:] else False


def _json_kind(path: Path) -> FileKind:
    return kind_of_json(read_json(path)) or "json"


def _agrees(path: Path, kind: FileKind) -> None:
    """Refuse a file whose name claims a text table while it holds a workbook, or the other way round."""
    claims = path.suffix.lower()
    text, workbook = (".csv", ".tsv", ".txt", ".json", ".geojson"), (".xlsx", ".ods")
    if (claims in text and kind in ("xlsx", "ods", "gpkg")) or (claims in workbook and kind not in ("xlsx", "ods")):
        what = {
            "csv": "plain text", "xlsx": "ZIP bytes of an XLSX workbook", "ods": "ZIP bytes of an ODS workbook",
            "gpkg": "a database",
        }  # fmt: skip
        raise DataError(
            f"the name ends in {claims}, but the file holds {what.get(kind, kind)}. Rename or convert it.",
            file=path.name, code="NOT_WHAT_IT_CLAIMS",
        )  # fmt: skip
