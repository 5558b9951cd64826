"""Damaged files by structure-aware mutation: a seed file of every kind, its bytes, texts, members or tables changed.

The same seed gives the same file. What is packed is packed again after the change, so that it reaches the reader behind
the archive, and a part of the changes is made to the bytes themselves.
"""

import io
import json
import random
import re
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl
from shapely.geometry import LineString, Point

from tests.harness.hostile.books import ods
from tests.harness.hostile.entry import counts, incident_records, incidents, rows_of, sheets, zipped
from tests.harness.lines import (
    LINE,
    collection,
    feature,
    geopackage,
    kml,
    kml_line,
    parts,
    placemark,
    shapefile,
    with_sql,
)

ODD: Final = (
    "", " ", "NaN", "1e309", "-1", str(2**63), "9" * 400, "\x00", "\ufeff", "\u202e", "\ud7ff", "x" * 20_000, "null", "true",
    "[]", "{}", '"', "'", ",", ";", "\r", "\n", "=1+1", "#REF!", "0x1F", "١٢", "2024-02-30", "91", "-181", "1e-320", "∞",
    "<", "&", "&#0;", "]]>", "<!DOCTYPE x>", "../../x", "/vsicurl/http://127.0.0.1:9/", "XFD1048576", "A1:XFD1048576",
)  # fmt: skip
POINT: Final = {"type": "Point", "coordinates": [13.1, 33.2]}
TOLL: Final = {"dead": 3, "missing": 4, "date": "2024-03-05", "cause": "Drowning", "place": "Off Libya"}
A_DAY: Final = (2024, 1, 1, 0, 0, 0)  # of every member of an archive, so that a seed gives the same bytes on any day
Change = Callable[[random.Random, bytes], bytes]


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """Return an archive of these members, the same to the byte whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, A_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def without_clock(name: str, content: bytes) -> bytes:
    """Return a member of an archive without the day on which it was made."""
    if name.endswith(".dbf"):
        return content[:1] + b"\x18\x01\x01" + content[4:]
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", content)


def repacked(archive: bytes) -> bytes:
    """Return an archive without the days on which it and its members were made."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return packed({name: without_clock(name, held.read(name)) for name in held.namelist()})


@cache
def seeds() -> dict[str, bytes]:
    """Return a whole file of every kind by the name that it has."""
    lines = [feature({"id": "a", "name": "A road", "order": 1}), feature({"id": "b"})]
    points = [feature(TOLL, POINT), feature(TOLL | {"dead": 1}, POINT)]
    with TemporaryDirectory() as place:
        folder = Path(place)
        made = geopackage(folder / "l.gpkg", {"l": (4326, [LineString(LINE), Point(1, 2)])})
        gpkg = with_sql(made, "UPDATE gpkg_contents SET last_change = '2024-01-01T00:00:00.000Z'").read_bytes()
        shapes = parts(shapefile(folder / "parts", [LineString(LINE), None], name=["a", "b"]).parent)
        table = pl.DataFrame({"unit": ["detections"], "value": ["7"]})
        table.write_parquet(folder / "t.parquet")
        parquet = (folder / "t.parquet").read_bytes()
        book = ods(["unit", "value"], ["detections", "7"])(folder).read_bytes()
    return {
        "counts.csv": counts({}, {"nationality": "Syria", "value": "1,022"}).encode(),
        "incidents.csv": incidents({}, {"Number of Dead": "2"}).encode(),
        "counts.json": json.dumps([{"unit": "detections", "value": 7}]).encode(),
        "incidents.json": json.dumps(incident_records({}, {})).encode(),
        "lines.geojson": collection(*lines).encode(),
        "points.geojson": collection(*points).encode(),
        "lines.kml": kml(placemark(kml_line()) + placemark(kml_line("1,2 3,4"))).encode(),
        "lines.kmz": packed({"doc.kml": kml(placemark(kml_line()))}),
        "lines.gpkg": gpkg,
        "lines.zip": repacked(zipped(shapes)),
        "counts.xlsx": repacked(sheets({"Data": rows_of({}, {"value": 8}), "More": rows_of({})})),
        "counts.ods": repacked(book),
        "table.parquet": parquet,
    }


def damaged(seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of the damaged file of a seed."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    name = chance.choice(sorted(seeds()))
    content = seeds()[name]
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        content = chance.choice(CHANGES[Path(name).suffix])(chance, content)
    return name, content


def of_bytes(chance: random.Random, content: bytes) -> bytes:  # noqa: PLR0911  # a kind of damage each
    """Return bytes of which some are turned, cut out, repeated, put in or cut off."""
    if not content:
        return content
    at, length = chance.randrange(len(content)), chance.choice((1, 2, 4, 16, 200))
    kind = chance.randrange(6)
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + content[at + length :]
    if kind == 2:
        return content[:at] + content[at : at + length] * chance.choice((2, 9, 400)) + content[at + length :]
    if kind == 3:
        return content[:at] + chance.randbytes(length) + content[at + length :]
    if kind == 4:
        return (
            content[:at]
            + chance.choice((b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80"))
            + content[at + 4 :]
        )
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def of_text(chance: random.Random, content: bytes) -> bytes:
    """Return a text of which one word, number or mark is another."""
    text = content.decode("utf-8", "replace")
    found = list(re.finditer(r"[\w.\-]+|[^\w\s]", text))
    if not found:
        return content
    one = chance.choice(found)
    new = chance.choice((chance.choice(ODD), chance.choice(found)[0], one[0] * chance.choice((2, 300))))
    return (text[: one.start()] + new + text[one.end() :]).encode("utf-8", "replace")


def of_csv(chance: random.Random, content: bytes) -> bytes:
    """Return a table of which a field, a row, a heading or the marks between them are others."""
    rows = [line.split(b",") for line in content.splitlines()]
    if not rows or not any(rows):
        return content
    row = chance.choice(rows)
    kind = chance.randrange(5)
    if kind == 0 and row:
        row[chance.randrange(len(row))] = chance.choice(ODD).encode("utf-8", "replace")
    elif kind == 1:
        rows.append(chance.choice(rows))
    elif kind == 2:
        row += row * chance.choice((1, 50))
    elif kind == 3 and row:
        row.pop()
    else:
        return content.replace(b",", chance.choice((b";", b"\t", b"|", b",,", b'","')))
    return chance.choice((b"\r\n", b"\n", b"\r")).join(b",".join(one) for one in rows)


def of_json(chance: random.Random, content: bytes) -> bytes:
    """Return JSON of which one value is of another kind, gone, doubled or deep."""
    try:
        tree: Any = json.loads(content)
    except (ValueError, RecursionError):
        return of_text(chance, content)
    holder, key = tree, None
    for _ in range(chance.randrange(1, 7)):
        inner: Any = holder if key is None else holder[key]
        if not isinstance(inner, dict | list) or not inner:
            break
        holder = inner
        key = chance.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
    if key is None:
        return of_text(chance, content)
    holder[key] = _other(chance, holder[key])
    return json.dumps(tree).encode("utf-8", "replace")


def _other(chance: random.Random, value: Any) -> Any:
    deep: Any = value
    for _ in range(chance.choice((1, 60))):
        deep = chance.choice(({"type": "GeometryCollection", "geometries": [deep]}, [deep]))
    return chance.choice((None, True, [], {}, -1, 1e308, 10**30, chance.choice(ODD), [value, value], str(value), deep))


def of_zip(chance: random.Random, content: bytes) -> bytes:
    """Return an archive of which one member is changed by its own kind, gone, renamed or there twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        return of_bytes(chance, content)
    except Exception:  # noqa: BLE001  # zlib.error and others of a damaged member
        return of_bytes(chance, content)
    if not members:
        return of_bytes(chance, content)
    name = chance.choice(sorted(members))
    kind = chance.randrange(8)
    if kind == 0:
        del members[name]
    elif kind == 1:
        members[chance.choice(("x", "../x", "/x", "xl/vbaProject.bin", "more.kml", name.upper()))] = members[name]
    elif name.endswith((".xml", ".rels", ".kml", ".prj", ".cpg")):
        members[name] = chance.choice((of_text, of_xml, of_text, of_bytes))(chance, members[name])
    else:
        members[name] = of_bytes(chance, members[name])
    return packed(members)


def of_xml(chance: random.Random, content: bytes) -> bytes:
    """Return XML of which an attribute or a text is odd, or an element is gone, doubled or nested."""
    text = content.decode("utf-8", "replace")
    found = list(re.finditer(r'"([^"<>]*)"|>([^<>]+)<', text))
    elements = list(re.finditer(r"<(\w+)[^<>]*>[^<>]*</\1>|<\w+[^<>]*/>", text))
    if elements and chance.random() < 0.4:
        one = chance.choice(elements)
        new = chance.choice(("", one[0] * 2, one[0] * 500, "<x>" * 300 + one[0] + "</x>" * 300))
        return (text[: one.start()] + new + text[one.end() :]).encode()
    if not found:
        return content
    one = chance.choice(found)
    group = 1 if one[1] is not None else 2
    return (text[: one.start(group)] + chance.choice(ODD) + text[one.end(group) :]).encode("utf-8", "replace")


def of_database(chance: random.Random, content: bytes) -> bytes:
    """Return a GeoPackage of which a value of some table is odd, or a table is gone."""
    with TemporaryDirectory() as place:
        path = Path(place) / "x.gpkg"
        path.write_bytes(content)
        with closing(sqlite3.connect(path)) as database:
            try:
                _change_table(chance, database)
                database.commit()
            except (sqlite3.Error, OverflowError, ValueError):
                return of_bytes(chance, content)
        return path.read_bytes()


def _change_table(chance: random.Random, database: sqlite3.Connection) -> None:
    database.executescript("".join(f'DROP TRIGGER "{row[0]}";' for row in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()))  # fmt: skip
    tables = ["l", "l", "gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"]
    table = chance.choice(tables)
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    if chance.random() < 0.1 or not columns:
        database.execute(f'DROP TABLE "{table}"')
        return
    value: Any = chance.choice(
        (None, -1, 2**62, 1e308, chance.randbytes(40), b"GP\x00\x01" + chance.randbytes(60), *ODD)
    )
    database.execute(f'UPDATE "{table}" SET "{chance.choice(columns)}" = ?', (value,))  # noqa: S608


CHANGES: Final[dict[str, Sequence[Change]]] = {
    ".csv": (of_csv, of_csv, of_text, of_bytes), ".json": (of_json, of_json, of_text, of_bytes),
    ".geojson": (of_json, of_json, of_text, of_bytes), ".kml": (of_xml, of_xml, of_text, of_bytes),
    ".kmz": (of_zip, of_zip, of_bytes), ".zip": (of_zip, of_zip, of_bytes), ".xlsx": (of_zip, of_zip, of_zip, of_bytes),
    ".ods": (of_zip, of_zip, of_bytes), ".gpkg": (of_database, of_database, of_bytes), ".parquet": (of_bytes,),
}  # fmt: skip
