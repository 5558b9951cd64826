"""GeoPackage, read as the database that it is: every layer of lines, no program code of the file, nothing written.

The file is copied first, so that one which is open in another program is neither locked nor changed, and what lies in
the log beside it (``-wal``) is read too. SQLite is told not to trust the file's schema, so that no view of it calls a
function that could reach outside.
"""

import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.errors import ShapelyError

from data.model.errors import DataError, shown
from data.readers.coordinates import System, UnknownSystemError, named_system, system_of_text
from data.readers.line_layers import Feature, Layer, feature_of_shape, refused_system

ENVELOPES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes of the envelope, by its code in the header
UNDEFINED_CARTESIAN, UNDEFINED_GEOGRAPHIC = -1, 0
MOST_ROWS: Final = 1_000_000
MOST_STEPS: Final = 20_000  # of 10,000 instructions of SQLite: a view that never ends is stopped
LAYERS: Final = "SELECT c.table_name, c.data_type, g.column_name, g.srs_id FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g USING (table_name) ORDER BY c.rowid"  # noqa: E501


def read_geopackage(path: Path) -> list[Layer]:
    """Return every layer with a geometry, lines or not; tables without one are named in the first layer's notes.

    Raises
    ------
    DataError
        It is damaged, being written to, no GeoPackage, or has no layer.
    """
    with _opened(path) as database:
        try:
            tables = database.execute(LAYERS).fetchall()
            layers = [_layer(database, *row, file=path.name) for row in tables if row[1] == "features" and row[2]]
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: of a damaged name in what SQLite says
            raise _refusal(error, file=path.name) from error
    if not layers:
        raise DataError(
            "the GeoPackage has no layer of shapes: there is no line in it.", file=path.name, code="NO_ROWS"
        )
    others = [row[0] for row in tables if row[1] != "features"]
    layers[0].notes += [f"The table '{shown(name)}' has no shapes and was not read." for name in others]
    return layers


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size:
        raise DataError(
            "another program was writing it: a journal lies beside it. Close that program and give the file again.",
            file=path.name, code="LOCKED",
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "lines.gpkg"
        shutil.copyfile(path, copy)
        log = path.with_name(path.name + "-wal")
        if log.is_file() and not log.is_symlink():
            shutil.copyfile(log, copy.with_name("lines.gpkg-wal"))
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as database:
            database.text_factory = lambda raw: raw.decode("utf-8", "replace")
            steps = iter(range(MOST_STEPS))
            database.set_progress_handler(lambda: next(steps, None) is None, 10_000)
            database.execute("PRAGMA trusted_schema = OFF")
            yield database


def _refusal(error: sqlite3.Error | UnicodeDecodeError, *, file: str) -> DataError:
    words = str(error)
    if words == "interrupted":
        return DataError("reading a view of it does not end. Save the lines as a table.", file=file, code="LIMIT")
    if "no such table: gpkg" in words or "no such column" in words:
        return DataError(
            "it is a database, but no GeoPackage. Save the lines as GeoPackage.", file=file, code="NO_GPKG"
        )
    return DataError(f"the GeoPackage is damaged ({words}). Save it again.", file=file, code="GEOMETRY")


def _layer(database: sqlite3.Connection, table: str, _kind: str, column: str, srs: Any, *, file: str) -> Layer:
    try:
        system = _system(database, srs)
    except UnknownSystemError as error:
        raise refused_system(error, file=file) from error
    rows = database.execute(f"SELECT * FROM {_quoted(table)} LIMIT {MOST_ROWS + 1}")  # noqa: S608
    names = [one[0] for one in rows.description]
    if column not in names:
        raise DataError(
            f"layer '{shown(table)}' has no column '{shown(column)}'. Save it again.", file=file, code="GEOMETRY"
        )
    features = []
    for number, values in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise DataError(
                f"layer '{shown(table)}' has more than {MOST_ROWS:,} rows. Split it.", file=file, code="LIMIT"
            )
        record = dict(zip(names, values, strict=True))
        features.append(_feature(number, record, record.pop(column)))
    return Layer(table, features, system, is_named=system is not None)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _feature(row: int, attributes: dict[str, Any], blob: Any) -> Feature:
    if blob is None:
        return feature_of_shape(row, attributes, None)
    try:
        return feature_of_shape(row, attributes, shapely.from_wkb(_wkb(blob)))
    except (ShapelyError, NotImplementedError, ValueError, TypeError, struct.error, IndexError, KeyError):
        return Feature(
            row,
            attributes,
            fault=f"found {shown(blob[:20] if isinstance(blob, bytes | str) else blob)}, no geometry that can be read.",
        )


def _wkb(blob: Any) -> bytes:
    """Return the geometry in a GeoPackage's binary form without its header (OGC 12-128, 2.1.3)."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        raise ValueError("no geometry of a GeoPackage")
    return blob[8 + ENVELOPES[blob[3] >> 1 & 7] :]


def _system(database: sqlite3.Connection, srs: Any) -> System | None:
    if srs in (UNDEFINED_CARTESIAN, UNDEFINED_GEOGRAPHIC, None):
        return None
    found = database.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (srs,)
    ).fetchone()
    if found is None:
        raise UnknownSystemError(f"the coordinate system {shown(srs)} is not described in the file. Save it again.")
    organization, code, definition = found
    if str(organization).upper() in ("EPSG", "ESRI"):
        try:
            return named_system(f"{organization}:{code}")
        except UnknownSystemError:
            pass  # a code of its own; its text says what it is
    return system_of_text(str(definition))
