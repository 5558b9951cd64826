"""What is no table at all: other kinds of file under any name, and what is no file."""

import gzip
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.harness.hostile.entry import Hostile, Make, counts, put, rows_of, sheets, zipped

GOOD: Final = counts()
BOOK: Final = sheets({"Data": rows_of()})
POINTER: Final = (
    "version https://git-lfs.github.com/spec/v1\n"
    "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)


def folder_of(name: str) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).mkdir()
        return folder / name

    return make


def link_to(target: str, name: str = "hostile.csv") -> Make:
    def make(folder: Path) -> Path:
        (folder / "good.csv").write_text(GOOD)
        (folder / name).symlink_to(target)
        return folder / name

    return make


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "hostile.csv")
    return folder / "hostile.csv"


def sparse(folder: Path) -> Path:
    path = folder / "hostile.csv"
    with path.open("wb") as handle:
        handle.truncate(600_000_000)
    return path


def database(folder: Path) -> Path:
    path = folder / "hostile.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE incidents (dead INTEGER)")
        made.commit()
    return path


def named(name: bytes) -> Make:
    def make(folder: Path) -> Path:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.write_text(GOOD)
        return path

    return make


FILE: Final = ("regular file",)
NO_TABLES: Final[dict[str, Hostile]] = {
    "an empty file": Hostile(put(b""), "EMPTY", ("is empty",)),
    "blanks and line ends": Hostile(put(" \r\n\t\n"), "EMPTY", ("is empty",)),
    "a mark and nothing": Hostile(put(b"\xef\xbb\xbf"), "EMPTY", ("is empty",)),
    "a wide mark and nothing": Hostile(put(b"\xff\xfe"), "EMPTY", ("is empty",)),
    "a mile of blanks": Hostile(put(b" " * 70_000 + b"\n"), "EMPTY", ("is empty",)),
    "a folder": Hostile(folder_of("hostile.csv"), "NOT_A_FILE", FILE),
    "a folder named as a workbook": Hostile(folder_of("hostile.xlsx"), "NOT_A_FILE", FILE),
    "a link to a good file": Hostile(link_to("good.csv"), "NOT_A_FILE", FILE),
    "a link that leads nowhere": Hostile(link_to("nowhere"), "NOT_A_FILE", FILE),
    "a link to itself": Hostile(link_to("hostile.csv"), "NOT_A_FILE", FILE),
    "a pipe": Hostile(fifo, "NOT_A_FILE", FILE),
    "a device without an end": Hostile(lambda _: Path("/dev/zero"), "NOT_A_FILE", FILE),
    "nothing of this name": Hostile(lambda folder: folder / "hostile.csv", "NOT_A_FILE", FILE),
    "an address": Hostile(lambda _: Path("http://127.0.0.1:9/hostile.csv"), "NOT_A_FILE", FILE),
    "a pattern": Hostile(lambda folder: folder / "*.csv", "NOT_A_FILE", FILE),
    "a name that is too long": Hostile(lambda folder: folder / ("x" * 300 + ".csv"), "NOT_A_FILE", ("too long",)),
    "a file as a folder": Hostile(lambda folder: put(GOOD, "good.csv")(folder) / "hostile.csv", "NOT_A_FILE", FILE),
    "more bytes than are read": Hostile(sparse, "LIMIT", ("600,000,000",)),
    "a name that is no text": Hostile(named(b"caf\xe9.csv"), "NAME", ("Rename it",)),
    "a name that moves the cursor": Hostile(named(b"a\x1b[2Jb.csv"), "NAME", ("Rename it",), ("\x1b",)),
    "a name of two lines": Hostile(named(b"a\nAccepted.csv"), "NAME", ("Rename it",), ("\nAccepted",)),
    "a name that runs backwards": Hostile(named("a\u202evsc.exe.csv".encode()), "NAME", ("Rename it",), ("\u202e",)),
    "a web page": Hostile(put("<!DOCTYPE html><html><body>404 Not found</body></html>"), "HTML", ("HTML page",)),
    "a web page named .xls": Hostile(put("<html><table><tr><td>unit</td></tr></table></html>", "hostile.xls"), "HTML", ("HTML page",)),
    "a web page named .xlsx": Hostile(put("\n<HTML lang='en'>", "hostile.xlsx"), "HTML", ("HTML page",)),
    "a part of a web page": Hostile(put("<table><tr><td>unit</td></tr></table>"), "XML", ("XML",)),
    "XML that names other files": Hostile(put("<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "hostile.geojson"), "XML", ("XML",)),
    "an SVG picture": Hostile(put('<svg xmlns="http://www.w3.org/2000/svg"/>'), "XML", ("XML",)),
    "a PDF": Hostile(put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), "PDF", ("is a PDF",)),
    "a PDF named .xlsx": Hostile(put(b"%PDF-1.4\n1 0 obj", "hostile.xlsx"), "PDF", ("is a PDF",)),
    "a PNG picture": Hostile(put(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)), "PICTURE", ("is a picture",)),
    "a JPEG picture": Hostile(put(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 4), "PICTURE", ("is a picture",)),
    "gzip": Hostile(put(gzip.compress(GOOD.encode(), mtime=0), "hostile.csv.gz"), "GZIP", ("inside it",)),
    "gzip named as a table": Hostile(put(gzip.compress(GOOD.encode() * 9_000, mtime=0)), "GZIP", ("inside it",)),
    "a bzip2 archive": Hostile(put(b"BZh91AY&SY" + bytes(range(128, 256)) * 4), "ARCHIVE", ("inside it",)),
    "an xz archive": Hostile(put(b"\xfd7zXZ\x00" + bytes(range(256))), "ARCHIVE", ("inside it",)),
    "a zstd archive": Hostile(put(b"\x28\xb5\x2f\xfd" + bytes(range(256))), "ARCHIVE", ("inside it",)),
    "a 7z archive": Hostile(put(b"7z\xbc\xaf\x27\x1c" + bytes(range(256))), "ARCHIVE", ("inside it",)),
    "a RAR archive": Hostile(put(b"Rar!\x1a\x07\x01\x00" + bytes(range(256))), "ARCHIVE", ("inside it",)),
    "Parquet": Hostile(put(b"PAR1" + bytes(40) + b"PAR1", "hostile.parquet"), "PARQUET", ("Parquet",)),
    "an Arrow file": Hostile(put(b"ARROW1\x00\x00" + bytes(40), "hostile.feather"), "NUL"),
    "a database that is no GeoPackage": Hostile(database, "NO_GPKG", ("no GeoPackage",)),
    "a program": Hostile(put(b"\x7fELF\x02\x01\x01" + bytes(200)), "NUL", ("no text",)),
    "a pointer to a file kept elsewhere": Hostile(put(POINTER), "POINTER", ("pointer", "Git LFS"), ("template",)),
    "a pointer named as a workbook": Hostile(put(POINTER, "hostile.xlsx"), "POINTER", ("pointer",)),
    "a pointer of git-annex": Hostile(put("/annex/objects/SHA256E-s104857--0a1b.csv\n"), "POINTER", ("pointer",)),
    "an archive of tables": Hostile(put(zipped({"a.csv": GOOD}), "hostile.zip"), "ZIP", ("a.csv", "inside it")),
    "an archive of nothing": Hostile(put(zipped({}), "hostile.zip"), "ZIP", ("no file",)),
    "prose": Hostile(put("Dear all,\nplease find the figures attached.\nBest wishes\n"), "HEADER", ("header",)),
    "one word": Hostile(put("hello"), "HEADER", ("header",)),
    "an answer that says no": Hostile(put('{"error": {"code": 403, "message": "Forbidden"}}', "hostile.json"), "LAYOUT", ("list of records",)),
    "Python's own bytes": Hostile(put(b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94."), "ENCODING", ("byte 0",)),
    "a damaged archive": Hostile(put(b"PK\x03\x04" + bytes(30), "hostile.zip"), "TRUNCATED", ("Download it again", "archive")),
    "a workbook cut short": Hostile(put(BOOK[: len(BOOK) // 2], "hostile.xlsx"), "TRUNCATED", ("Download it again",)),
}  # fmt: skip
