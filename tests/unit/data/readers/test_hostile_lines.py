"""Files of lines that are damaged, ambiguous or made to harm: a sentence or a quarantine, and never a line too many."""

import json
import sqlite3
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import LineString, Point, Polygon

from data.model.errors import DataError
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.lines import (
    LINE,
    blob,
    collection,
    crs,
    feature,
    geopackage,
    kml,
    kml_line,
    line,
    parts,
    placemark,
    shapefile,
    with_sql,
    write,
    zipped,
)
from tests.harness.reading import read_one

SHAPE = LineString(LINE)
METRES = line((1113194.9, 4300621.4), (1335833.8, 4439106.7))
Make = Callable[[Path], Path]


def geojson(*features: Any, **more: Any) -> Make:
    return lambda folder: write(folder, collection(*features, **more))


def text(content: str | bytes, name: str = "lines.geojson") -> Make:
    return lambda folder: write(folder, content, name)


def of_kml(inside: str, head: str = '<?xml version="1.0"?>') -> Make:
    return text(kml(inside, head), "lines.kml")


def packed(name: str, content: bytes | str = b"x", *, kmz: bool = False) -> Make:
    def make(folder: Path) -> Path:
        good: dict[str, bytes | str] = (
            {"doc.kml": kml(placemark(kml_line()))} if kmz else dict(parts(shapefile(folder / "s", [SHAPE]).parent))
        )
        return write(folder, zipped(good | {name: content}), "lines.kmz" if kmz else "lines.zip")

    return make


def linked(folder: Path) -> Path:
    path = folder / "lines.zip"
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo("lines.shp")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    return path


def twice(folder: Path) -> Path:
    path = folder / "lines.kmz"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("doc.kml", kml(placemark(kml_line())))
            archive.writestr("doc.kml", kml(placemark(kml_line("1,1 2,2"))))
    return path


def layer(*statements: str, name: str = "a.gpkg") -> Make:
    return lambda folder: with_sql(geopackage(folder / name, {"sea": (4326, [SHAPE])}), *statements)


def cut(make: Make, keep: float) -> Make:
    def made(folder: Path) -> Path:
        path = make(folder)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
        return path

    return made


def other_parts(ending: str, content: bytes) -> Make:
    def made(folder: Path) -> Path:
        path = shapefile(folder, [SHAPE])
        path.with_suffix(ending).write_bytes(content)
        return path

    return made


def bare_database(folder: Path) -> Path:
    with closing(sqlite3.connect(folder / "a.gpkg")) as database:
        database.execute("CREATE TABLE t (a)")
        database.commit()
    return folder / "a.gpkg"


def with_journal(folder: Path) -> Path:
    path = layer()(folder)
    (folder / "a.gpkg-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + b"x" * 512)
    return path


def bad_blob(content: str) -> Make:
    return layer("DROP TRIGGER IF EXISTS rtree_sea_geom_update6", "DROP TRIGGER IF EXISTS rtree_sea_geom_update7",
                 "DROP TRIGGER IF EXISTS rtree_sea_geom_update4", "DROP TRIGGER IF EXISTS rtree_sea_geom_update2",
                 "DROP TRIGGER IF EXISTS rtree_sea_geom_update5", "DROP TRIGGER IF EXISTS rtree_sea_geom_update3",
                 f"UPDATE sea SET geom = {content}")  # noqa: S608  # fmt: skip


LAUGHS = '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DEEP: dict[str, Any] = {"type": "Point", "coordinates": [1, 2]}
for _ in range(80):
    DEEP = {"type": "GeometryCollection", "geometries": [DEEP]}

REFUSED: dict[str, tuple[Make, str]] = {
    "points only": (geojson(feature(geometry={"type": "Point", "coordinates": [12.5, 35.5]})), "no line in it"),
    "areas only": (geojson(feature(geometry={"type": "Polygon", "coordinates": [[*LINE, [11, 38], LINE[0]]]})), "no line in it"),
    "no features": (geojson(), "no line in it"),
    "features are an object": (text('{"type": "FeatureCollection", "features": {}}'), "features"),
    "features are missing": (text('{"type": "FeatureCollection"}'), "features"),
    "all null": (geojson(feature(geometry=None), feature(geometry=None)), "no line in it"),
    "metres": (geojson(feature(geometry=METRES)), "metres without a coordinate system; name it"),
    "metres and a little": (geojson(*[feature(geometry=METRES)] * 3, feature(geometry=line((1e6, 5), (2e6, 6)))), "metres without"),
    "a linked system": (geojson(feature(), crs={"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}), "never followed"),
    "a link that calls itself a name": (geojson(feature(), crs={"type": "name", "properties": {"href": "file:///etc/passwd"}}), "never followed"),
    "an unknown system": (geojson(feature(), crs=crs("EPSG:999999")), "not known"),
    "a system that is a path": (geojson(feature(), crs=crs("/vsicurl/http://127.0.0.1:9/x.prj")), "not known"),
    "a system that is an address": (geojson(feature(), crs=crs("http://127.0.0.1:9/crs")), "not known"),
    "a system that is PROJ text": (geojson(feature(), crs=crs("+proj=merc +nadgrids=/etc/passwd")), "not known"),
    "a vertical system": (geojson(feature(), crs=crs("EPSG:5773")), "no places on the globe"),
    "a system without a name": (geojson(feature(), crs={"type": "name", "properties": {}}), "names none"),
    "a system that is a text": (geojson(feature(), crs="EPSG:3857"), "names none"),
    "not a number": (text('{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[NaN, 1], [2, 3]]}}]}'), "NaN"),
    "JSON breaks off": (cut(geojson(feature(), feature()), 0.7), "breaks off"),
    "the same key twice": (text('{"type": "FeatureCollection", "features": [], "features": []}'), "twice"),
    "a database that is no GeoPackage": (bare_database, "no GeoPackage"),
    "a GeoPackage that breaks off": (cut(layer(), 0.4), "damaged"),
    "a GeoPackage of points": (lambda folder: geopackage(folder / "p.gpkg", {"p": (4326, [Point(1, 2)])}), "no line in it"),
    "a GeoPackage without layers": (layer("UPDATE gpkg_contents SET data_type = 'attributes'"), "no layer of shapes"),
    "a layer of no system that is described": (layer("PRAGMA foreign_keys = OFF", "UPDATE gpkg_geometry_columns SET srs_id = 77"), "not described"),
    "a layer whose table is gone": (layer("PRAGMA foreign_keys = OFF", "UPDATE gpkg_contents SET table_name = 'x'", "UPDATE gpkg_geometry_columns SET table_name = 'x'"), "damaged"),
    "a layer whose shapes are elsewhere": (layer("UPDATE gpkg_geometry_columns SET column_name = 'nowhere'"), "no column 'nowhere'"),
    "a GeoPackage that is being written": (with_journal, "journal"),
    "shapes that are text": (bad_blob("'LINESTRING (1 2, 3 4)'"), "no line in it"),
    "shapes that break off": (bad_blob("substr(geom, 1, 20)"), "no line in it"),
    "a GeoPackage in metres of no system": (lambda folder: with_sql(geopackage(folder / "m.gpkg", {"m": (3857, [LineString(METRES["coordinates"])])}), "UPDATE gpkg_geometry_columns SET srs_id = -1"), "metres without"),
    "a .shp that breaks off": (cut(lambda folder: shapefile(folder, [SHAPE] * 5), 0.3), "lines.shp"),
    "a .prj that describes nothing": (other_parts(".prj", b"hello"), "no coordinate system"),
    "a .prj of a local system": (other_parts(".prj", b'LOCAL_CS["x",UNIT["metre",1]]'), "coordinate system"),
    "a .prj that never ends": (other_parts(".prj", b"GEOGCS[" * 10_000), "no coordinate system"),
    "a part instead of the .shp": (lambda folder: shapefile(folder, [SHAPE]).with_suffix(".dbf"), "Name lines.shp"),
    "a Shapefile of areas": (lambda folder: shapefile(folder, [Polygon([*LINE, (11, 38)])]), "no line in it"),
    "a name that leads out": (packed("../../evil.shp"), "leads out"),
    "a name from the root": (packed("/etc/evil.shp"), "leads out"),
    "a name with a drive": (packed("C:\\evil.shp"), "leads out"),
    "an archive in the archive": (packed("more.zip", zipped({"a": "b"})), "another archive"),
    "a link in the archive": (linked, "link"),
    "a member that is there twice": (twice, "twice"),
    "a .shp that is none": (text(zipped({"lines.shp": b"no shapes"}), "lines.zip"), "no .shp"),
    "an archive that breaks off": (cut(packed("more.txt"), 0.6), "damaged"),
    "entities": (of_kml(placemark(kml_line(), "&c;"), LAUGHS), "document type"),
    "an entity from outside": (of_kml(placemark(kml_line(), "&x;"), OUTSIDE), "document type"),
    "entities in a KMZ": (packed("more.kml", LAUGHS + kml(placemark(kml_line())), kmz=True), "document type"),
    "entities in UTF-16": (text(('<?xml version="1.0" encoding="utf-16"?>' + LAUGHS + kml(placemark(kml_line()), "")).encode("utf-16"), "lines.kml"), ""),
    "KML that breaks off": (cut(of_kml(placemark(kml_line())), 0.8), "damaged"),
    "KML of an unknown encoding": (of_kml(placemark(kml_line()), '<?xml version="1.0" encoding="x-none"?>'), "damaged"),
    "KML of points": (of_kml(placemark("<Point><coordinates>1,2</coordinates></Point>")), "no line in it"),
    "KML without placemarks": (of_kml("<Folder/>"), "no line in it"),
    "KML that only links": (of_kml("<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>"), "no line in it"),
    "KML with blanks in its tuples": (of_kml(placemark(kml_line("10, 36 12, 37"))), "without blanks"),
    "drawn routes without lines": (text('{"ROUTE_LINES": []}', "routes.json"), "no line"),
    "drawn routes of words": (text('{"ROUTE_LINES": ["a", {"coords": "b"}, {"coords": [["1", "2"]]}]}', "routes.json"), "no line in it"),
    "TopoJSON": (text('{"type": "Topology", "objects": {}, "arcs": []}'), ""),
    "collections without an end": (geojson(feature(geometry=DEEP)), "no line in it"),
    "too many vertices": (geojson(*[feature(geometry=line(*([(1, 1), (2, 2)] * 50_001)))] * 10), "vertices"),
}  # fmt: skip

SET_ASIDE: dict[str, Any] = {
    "nothing": None,
    "an empty object": {},
    "a text": "LINESTRING (1 2, 3 4)",
    "no coordinates": {"type": "LineString"},
    "empty coordinates": {"type": "LineString", "coordinates": []},
    "one place": line((1, 2)),
    "one place again and again": line((1, 2), (1, 2), (1, 2)),
    "one place, a full turn away": line((10, 5), (370 - 360, 5)),
    "the date line from both sides": line((180, 5), (-180, 5)),
    "words for numbers": line(("1", "2"), ("3", "4")),
    "true and false": line((True, False), (1, 2)),
    "null in a pair": line((None, 1), (2, 3)),
    "a number instead of a pair": {"type": "LineString", "coordinates": [1, 2, 3, 4]},
    "one number in a pair": line((1,), (2,)),
    "pairs nested once too often": {"type": "LineString", "coordinates": [LINE]},
    "pairs nested once too little": {"type": "MultiLineString", "coordinates": LINE},
    "an infinite number": {"type": "LineString", "coordinates": [[10**400, 1], [2, 3]]},
    "beyond the pole": line((1, 91), (2, 3)),
    "exchanged": line((36, 135), (37, 140)),
    "beyond a full turn": line((361, 1), (2, 3)),
    "metres among degrees": METRES,
    "opposite places": line((0, 0), (180, 0)),
    "pole to pole": line((0, 90), (0, -90)),
    "a point": {"type": "Point", "coordinates": [1, 2]},
    "many points": {"type": "MultiPoint", "coordinates": LINE},
    "an area": {"type": "Polygon", "coordinates": [[*LINE, [11, 38], LINE[0]]]},
    "a collection of points": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]},
    "an empty collection": {"type": "GeometryCollection", "geometries": []},
    "a collection of nothing": {"type": "GeometryCollection", "geometries": None},
    "a curve": {"type": "CircularString", "coordinates": LINE},
    "a type that is a list": {"type": ["LineString"], "coordinates": LINE},
    "one good part and one bad": {"type": "MultiLineString", "coordinates": [LINE, [[1, 95], [2, 3]]]},
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_rightly_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    make, words = REFUSED[name]
    path = make(tmp_path)
    store = Store(tmp_path / "store")
    ingest([write(tmp_path / "good", collection(feature()), "good.geojson")], store)
    with pytest.raises(DataError) as refused:
        ingest([path], store)
    assert words in str(refused.value)
    assert path.name in str(refused.value)
    assert store.current().segments["segment_id"].to_list() == ["good.geojson:1"]


@pytest.mark.parametrize("name", SET_ASIDE)
def test_a_feature_that_is_no_line_is_quarantined_beside_good_ones(tmp_path: Path, name: str) -> None:
    content = collection(feature({"id": "a"}), feature({"id": "b"}, SET_ASIDE[name]), feature({"id": "c"}))
    result = read_one(write(tmp_path, content))
    assert result.frame["segment_id"].to_list() == ["lines.geojson:a", "lines.geojson:c"]
    assert (result.rows_read, result.accepted, result.quarantined) == (3, 2, 1)
    row = result.quarantine.row(0, named=True)
    assert (row["row"], row["column"]) == (2, "geometry")
    assert row["reason"].endswith((".", ")"))


@pytest.mark.parametrize("one", [None, 7, "x", [], {}, {"type": "Topology"}])
def test_what_is_no_feature_is_quarantined(tmp_path: Path, one: object) -> None:
    result = read_one(write(tmp_path, collection(feature(), one)))
    assert (result.accepted, result.quarantined) == (1, 1)


def test_only_exchanged_degrees_are_told_that_they_may_be(tmp_path: Path) -> None:
    shapes = [SET_ASIDE[name] for name in ("exchanged", "metres among degrees", "beyond a full turn")]
    reasons = read_one(
        write(tmp_path, collection(*[feature()] * 4, *(feature(geometry=one) for one in shapes)))
    ).quarantine["reason"]
    assert ["exchanged" in one for one in reasons] == [True, False, False]


@pytest.mark.parametrize(
    ("view", "words"),
    [("SELECT 1 AS fid, load_extension('/tmp/x.so') AS geom", "damaged"),
     ("WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid, NULL AS geom FROM n WHERE fid < 0", "does not end")],
)  # fmt: skip
def test_a_view_calls_no_function_of_programs_and_is_stopped(tmp_path: Path, view: str, words: str) -> None:
    path = layer(f"CREATE VIEW v AS {view}",
                 "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', 4326)",
                 "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'LINESTRING', 4326, 0, 0)")(tmp_path)  # fmt: skip
    with pytest.raises(DataError, match=words):
        read_one(path)


def test_a_curve_in_a_geopackage_is_quarantined(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "a.gpkg", {"sea": (4326, [SHAPE, SHAPE])})
    curve = b"GP\x00\x01" + struct.pack("<iBII", 4326, 1, 8, 3) + struct.pack("<6d", 0, 0, 1, 1, 2, 0)
    assert blob(SHAPE)[:2] == curve[:2]
    with closing(sqlite3.connect(path)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE sea SET geom = ? WHERE fid = 2", (curve,))
        database.commit()
    result = read_one(path)
    assert (result.accepted, result.quarantined) == (1, 1)


def test_there_are_enough_hostile_files_of_lines() -> None:
    assert len(REFUSED) + len(SET_ASIDE) >= 40
    assert json.loads(collection(feature()))
