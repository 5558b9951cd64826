"""Lines of every form that people have: each line with its place, its attributes and its layer."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, MultiLineString, Point

from data.readers.result import ReadResult
from tests.harness.lines import (
    LINE,
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
IN_METRES = line((1113194.9079327357, 4300621.372044271), (1335833.8895192828, 4439106.787250583))


def read(folder: Path, content: str | bytes, name: str = "lines.geojson") -> ReadResult:
    return read_one(write(folder, content, name))


def near(result: ReadResult, points: list[list[float]] = LINE, at: int = 0) -> bool:
    found = result.frame["points"].to_list()[at]
    pairs = zip(found, points, strict=True)
    return all(abs(x - u) < 1e-4 and abs(y - v) < 1e-4 for (x, y), (u, v) in pairs)


def column(result: ReadResult, name: str) -> Any:
    return result.frame[name].to_list()


@pytest.mark.parametrize(
    ("value", "means"),
    [("false", False), ("no", False), ("0", False), (0, False), (False, False), ("N", False), (0.0, False), ("FALSE", False),
     ("true", True), ("yes", True), ("1", True), (1, True), (True, True), (" Yes ", True), (1.0, True), (None, None), ("", None)],
)  # fmt: skip
def test_a_word_for_true_or_false_is_read_as_it_is_meant(tmp_path: Path, value: object, means: bool | None) -> None:
    result = read(tmp_path, collection(feature({"is_major": value})))
    assert column(result, "is_major") == [means]
    assert result.attributes.is_empty()


@pytest.mark.parametrize("value", ["maybe", 2, -1, [], {"a": 1}, ["true"], "falsch"])
def test_a_word_that_is_neither_stands_as_unknown_and_is_told_with_its_row(tmp_path: Path, value: object) -> None:
    result = read(tmp_path, collection(feature(), feature({"is_major": value})))
    assert column(result, "is_major") == [None, None]
    assert result.attributes.select("row", "column").rows() == [(2, "is_major")]
    assert (result.rows_read, result.accepted, result.quarantined) == (2, 2, 0)


@pytest.mark.parametrize(
    ("value", "kept"), [(2, 2), ("2", 2), (1.0, 1), ("1.0", 1), (" 3 ", 3), (None, None), ("", None), (-1, -1), (0, 0)]
)
def test_an_order_is_a_whole_number_however_it_is_written(tmp_path: Path, value: object, kept: int | None) -> None:
    result = read(tmp_path, collection(feature({"order": value})))
    assert (column(result, "order"), result.attributes.height) == ([kept], 0)


@pytest.mark.parametrize("value", ["1a", 1.5, True, [1], {"n": 1}, 10**12, "1e400", "nan", "I", 2**31])
def test_an_order_that_is_none_is_told_and_the_line_is_read(tmp_path: Path, value: object) -> None:
    result = read(tmp_path, collection(feature({"order": value})))
    assert (column(result, "order"), result.accepted, result.quarantined) == ([None], 1, 0)
    assert result.attributes.select("row", "column").rows() == [(1, "order")]


@pytest.mark.parametrize(
    ("value", "kept"),
    [("Τρίπολη – Λαμπεντούζα", "Τρίπολη – Λαμπεντούζα"), ("طرابلس", "طرابلس"), ("中 → 欧", "中 → 欧"), (12, "12"), (1.0, "1"), (1.5, "1.5"),
     ("a\nb\x00c", "a b c"), ("  ", None), ("\u202eabc", "abc"), ({"en": "A"}, None), (["A"], None), (False, None), ("x" * 100_000, None)],
)  # fmt: skip
def test_a_name_may_be_of_any_script_and_a_number_is_a_name(tmp_path: Path, value: object, kept: str | None) -> None:
    result = read(tmp_path, collection(feature({"name": value})))
    assert column(result, "name") == [kept]
    assert result.attributes.height == int(kept is None and str(value).strip() != "")


def test_a_name_with_a_phone_number_is_not_kept_anywhere(tmp_path: Path) -> None:
    result = read(tmp_path, collection(feature({"name": "call +39 055 123 4567 8"})))
    assert column(result, "name") == [None]
    assert "055" not in str(result.attributes.rows())


def test_properties_of_any_type_are_listed_as_unread(tmp_path: Path) -> None:
    result = read(
        tmp_path, collection(feature({"name": "A", "deep": {"a": [1, {"b": None}]}, "n": [1]}), feature(None))
    )
    assert result.unread_columns == ("deep", "n")
    assert result.accepted == 2


def test_ids_carry_their_file_and_equal_ids_are_told_apart_by_row(tmp_path: Path) -> None:
    result = read(tmp_path, collection(feature({"id": 7}), feature({"id": 7}), feature({}, id="x"), feature()))
    assert column(result, "segment_id") == [
        "lines.geojson:7",
        "lines.geojson:7-2",
        "lines.geojson:x",
        "lines.geojson:4",
    ]


@pytest.mark.parametrize(
    "name",
    ["EPSG:3857", "urn:ogc:def:crs:EPSG::3857", "urn:ogc:def:crs:EPSG:6.9:3857", "urn:x-ogc:def:crs:EPSG::3857", "epsg:3857",
     "http://www.opengis.net/def/crs/EPSG/0/3857", "https://www.opengis.net/def/crs/EPSG/0/3857",
     "http://www.opengis.net/gml/srs/epsg.xml#3857", "ESRI:102100"],
)  # fmt: skip
def test_metres_of_a_named_system_become_degrees(tmp_path: Path, name: str) -> None:
    result = read(tmp_path, collection(feature(geometry=IN_METRES), crs=crs(name)))
    assert near(result)
    assert "degrees of WGS 84" in " ".join(result.notes)


def test_the_oldest_form_of_a_named_system_is_read(tmp_path: Path) -> None:
    old = {"type": "EPSG", "properties": {"code": 3857}}
    assert near(read(tmp_path, collection(feature(geometry=IN_METRES), crs=old)))


@pytest.mark.parametrize("name", ["EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84",
                                  "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84", "CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"])  # fmt: skip
def test_longitude_stays_first_whatever_the_axes_of_the_name(tmp_path: Path, name: str) -> None:
    assert column(read(tmp_path, collection(feature(), crs=crs(name))), "points") == [LINE]


def test_degrees_of_another_ellipsoid_are_brought_to_wgs_84(tmp_path: Path) -> None:
    pulkovo = [[30.0, 60.0], [31.0, 61.0]]
    found = column(read(tmp_path, collection(feature(geometry=line(*pulkovo)), crs=crs("EPSG:4284"))), "points")[0]
    assert 0.0005 < abs(found[0][0] - 30.0) < 0.01


def test_longitudes_to_360_are_wrapped_with_a_line_in_the_log(tmp_path: Path) -> None:
    result = read(tmp_path, collection(feature(geometry=line((170, -21), (181, -19), (190, -17)))))
    assert column(result, "points") == [[[170, -21], [-179, -19], [-170, -17]]]
    assert result.log.select("row", "column", "found", "kept").rows() == [(1, "longitude", "181", "-179")]


@pytest.mark.parametrize(
    "points", [[(-190, 0), (-170, 1)], [(359.5, 10), (0.5, 10)], [(180, 1), (-180, 2)], [(360, 1), (1, 2)]]
)
def test_a_line_near_the_date_line_or_the_meridian_stays_short(
    tmp_path: Path, points: list[tuple[float, float]]
) -> None:
    result = read(tmp_path, collection(feature(geometry=line(*points))))
    assert column(result, "length_km")[0] < 2_300
    assert all(abs(x) <= 180 for x, _ in column(result, "points")[0])


def test_heights_and_measures_are_left_out_and_parts_are_lines(tmp_path: Path) -> None:
    several = {"type": "MultiLineString", "coordinates": [[[10, 36, 5], [12, 37, 6]], [[20, 30, 1, 2], [21, 31, 1, 2]]]}
    result = read(tmp_path, collection(feature({"id": "m"}, several)))
    assert column(result, "points") == [LINE, [[20, 30], [21, 31]]]
    assert column(result, "segment_id") == ["lines.geojson:m.1", "lines.geojson:m.2"]
    assert (result.rows_read, result.accepted) == (1, 1)


def test_lines_of_a_collection_are_read_and_the_rest_of_it_is_told(tmp_path: Path) -> None:
    inner = [{"type": "Point", "coordinates": [1, 2]}, {"type": "GeometryCollection", "geometries": [line(*LINE)]}]
    result = read(tmp_path, collection(feature(geometry={"type": "GeometryCollection", "geometries": inner})))
    assert column(result, "points") == [LINE]
    assert "1 Point" in " ".join(result.notes)


@pytest.mark.parametrize("content", [json.dumps(line(*LINE)), json.dumps(feature()),
                                     json.dumps({"type": "GeometryCollection", "geometries": [line(*LINE)]})])  # fmt: skip
def test_a_single_feature_or_geometry_is_a_file_of_lines(tmp_path: Path, content: str) -> None:
    assert column(read(tmp_path, content), "points") == [LINE]


def test_all_layers_of_a_geopackage_are_read_with_their_own_systems_and_named(tmp_path: Path) -> None:
    mercator = LineString(IN_METRES["coordinates"])
    path = geopackage(
        tmp_path / "two.gpkg", {"sea": (4326, [SHAPE]), "land": (3857, [mercator]), "ports": (4326, [Point(1, 2)])}
    )
    result = read_one(path)
    assert (result.rows_read, result.accepted, result.quarantined) == (3, 2, 1)
    assert column(result, "segment_id") == ["two.gpkg:sea:1", "two.gpkg:land:1"]
    assert near(result, at=1)
    notes = " ".join(result.notes)
    assert "Layer 'sea': 1 lines" in notes
    assert "Layer 'ports': no line in it." in notes
    assert result.quarantine["sheet"].to_list() == ["ports"]


def test_a_table_without_shapes_beside_the_lines_is_named(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "a.gpkg", {"sea": (4326, [SHAPE])})
    with_sql(path, "CREATE TABLE notes (fid INTEGER PRIMARY KEY, word TEXT)",
             "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('notes', 'attributes', 'notes')")  # fmt: skip
    assert "'notes'" in " ".join(read_one(path).notes)


def test_what_lies_in_the_log_beside_a_geopackage_is_read_and_nothing_is_written(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "a.gpkg", {"sea": (4326, [SHAPE])})
    with closing(sqlite3.connect(path)) as open_elsewhere:
        open_elsewhere.execute("PRAGMA journal_mode = WAL")
        open_elsewhere.execute("CREATE TEMP TABLE t AS SELECT * FROM sea")
        # the triggers of the layer call functions that only programs of maps have
        for (name,) in open_elsewhere.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            open_elsewhere.execute(f'DROP TRIGGER "{name}"')
        open_elsewhere.execute("INSERT INTO sea (geom, name) SELECT geom, 'late' FROM t")
        open_elsewhere.commit()
        before = {one.name: one.read_bytes() for one in tmp_path.iterdir() if not one.name.endswith("-shm")}
        result = read_one(path)
        assert {one.name: one.read_bytes() for one in tmp_path.iterdir() if not one.name.endswith("-shm")} == before
    assert column(result, "name") == ["sea", "late"]


@pytest.mark.parametrize("form", ["parts", "zip", "zip in folders"])
def test_a_shapefile_is_read_as_parts_or_zipped(tmp_path: Path, form: str) -> None:
    path = shapefile(
        tmp_path / "s", [SHAPE, None, MultiLineString([LINE, [(1, 1), (2, 2)]])], name=["Ä", "B", "C"], order=[1, 2, 3]
    )
    if form != "parts":
        stem = "a/b/" if form == "zip in folders" else ""
        path = write(
            tmp_path, zipped({stem + name: content for name, content in parts(path.parent).items()}), "lines.zip"
        )
    result = read_one(path)
    assert (result.rows_read, result.accepted, result.quarantined) == (3, 2, 1)
    assert column(result, "name") == ["Ä", "C", "C"]
    assert column(result, "order") == [1, 3, 3]
    assert column(result, "points")[0] == LINE


def test_every_shapefile_of_an_archive_is_a_layer(tmp_path: Path) -> None:
    one, two = parts(shapefile(tmp_path / "1", [SHAPE]).parent), parts(shapefile(tmp_path / "2", [SHAPE, SHAPE]).parent)
    renamed = {name.replace("lines", "more"): content for name, content in two.items()}
    result = read_one(write(tmp_path, zipped({**one, **renamed, "__MACOSX/._lines.shp": b"x"}), "both.zip"))
    assert column(result, "segment_id") == ["both.zip:lines:1", "both.zip:more:1", "both.zip:more:2"]


@pytest.mark.parametrize("system", [3857, 32633, 3035, 2154])
def test_the_system_beside_a_shapefile_is_followed(tmp_path: Path, system: int) -> None:
    there = Transformer.from_crs(4326, system, always_xy=True)
    assert near(
        read_one(shapefile(tmp_path, [shapely.transform(SHAPE, there.transform, interleaved=False)], system=system))
    )


def test_a_shapefile_without_its_table_or_index_is_read_and_says_so(tmp_path: Path) -> None:
    path = shapefile(tmp_path, [SHAPE])
    for ending in (".dbf", ".shx"):
        path.with_suffix(ending).unlink()
    result = read_one(path)
    assert column(result, "points") == [LINE]
    assert "no .dbf" in " ".join(result.notes)


EXTENDED = '<ExtendedData><Data name="route"><value>Central Mediterranean</value></Data><Data name="order"><value>4</value></Data></ExtendedData>'


@pytest.mark.parametrize("name", ["lines.kml", "lines.kmz"])
def test_lines_of_kml_in_nested_folders_are_read_with_their_data(tmp_path: Path, name: str) -> None:
    nested = f"<Folder><Folder>{placemark(kml_line(), 'Β', EXTENDED)}</Folder></Folder>"
    several = placemark(f"<MultiGeometry>{kml_line()}<Point><coordinates>1,2</coordinates></Point></MultiGeometry>")
    point = placemark("<Point><coordinates>1,2</coordinates></Point>")
    text = kml(nested + several + point)
    content = text if name.endswith("kml") else zipped({"doc.kml": text, "files/icon.png": b"x"})
    result = read(tmp_path, content, name)
    assert (result.rows_read, result.accepted, result.quarantined) == (3, 2, 1)
    assert column(result, "points") == [LINE, LINE]
    assert (column(result, "name")[0], column(result, "route")[0], column(result, "order")[0]) == (
        "Β",
        "central-mediterranean",
        4,
    )


def test_a_track_is_a_line_and_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    track = "<gx:Track xmlns:gx='http://www.google.com/kml/ext/2.2'><gx:coord>10 36 0</gx:coord><gx:coord>12 37 0</gx:coord></gx:Track>"
    link = "<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>"
    result = read(tmp_path, kml(placemark(track) + link), "lines.kml")
    assert column(result, "points") == [LINE]
    assert "not followed" in " ".join(result.notes)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_kml_is_read_in_the_encoding_that_it_states(tmp_path: Path, codec: str) -> None:
    stated = f'<?xml version="1.0" encoding="{codec.removesuffix("-sig")}"?>'
    text = kml(placemark(kml_line(), "Málaga"), stated)
    assert column(read(tmp_path, text.encode(codec), "lines.kml"), "name") == ["Málaga"]


def test_pairs_of_drawn_routes_are_latitude_first(tmp_path: Path) -> None:
    text = json.dumps(
        {
            "HUBS": [],
            "ROUTE_LINES": [{"route": "Central Mediterranean", "major": False, "coords": [[36, 10], [37, 12]]}],
        }
    )
    result = read(tmp_path, text, "routes.json")
    assert (column(result, "points"), column(result, "is_major"), result.source) == ([LINE], [False], "coppola-routes")
