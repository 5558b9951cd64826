"""No file makes a reader call out or read another file: a listener hears nothing, a canary is seen nowhere."""

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from shapely.geometry import LineString

from data.__main__ import main
from data.readers.shapefile_lines import ALONE, CHILD
from tests.harness.gml import gml, polygon
from tests.harness.hostile.books import SHEET, changed, with_member
from tests.harness.lines import (
    LINE,
    collection,
    feature,
    geopackage,
    kml,
    kml_line,
    placemark,
    shapefile,
    with_sql,
    zipped,
)

CANARY = "CANARY-7d1f0a"
SHAPE = LineString(LINE)


@pytest.fixture
def calls() -> Iterator[tuple[int, list[bytes]]]:
    """Yield the port of a listener on this machine, and what it heard."""
    heard: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                heard.append(b"called")
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], heard


def text(name: str, content: str) -> Callable[[Path, str, Path], Path]:
    def make(folder: Path, address: str, canary: Path) -> Path:
        path = folder / name
        path.write_text(content.replace("ADDRESS", address).replace("CANARY", str(canary)), encoding="utf-8")
        return path

    return make


def lines_of(crs: object) -> str:
    return collection(feature({"id": "a"}), crs=crs)


def vrt(source: str) -> str:
    return f'<OGRVRTDataSource><OGRVRTLayer name="l"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'


def gpkg(*statements: str) -> Callable[[Path, str, Path], Path]:
    def make(folder: Path, address: str, canary: Path) -> Path:
        told = [one.replace("ADDRESS", address).replace("CANARY", str(canary)) for one in statements]
        return with_sql(geopackage(folder / "f.gpkg", {"l": (4326, [SHAPE])}), *told)

    return make


def shp(**parts: str) -> Callable[[Path, str, Path], Path]:
    def make(folder: Path, address: str, canary: Path) -> Path:
        path = shapefile(folder, [SHAPE])
        for ending, content in parts.items():
            told = content.replace("ADDRESS", address).replace("CANARY", str(canary))
            path.with_suffix(f".{ending}").write_text(told, encoding="utf-8")
        return path

    return make


def linked(ending: str) -> Callable[[Path, str, Path], Path]:
    def make(folder: Path, _address: str, canary: Path) -> Path:
        path = shapefile(folder, [SHAPE]).with_suffix(ending)
        path.unlink()
        path.symlink_to(canary)
        return path.with_suffix(".shp")

    return make


def in_kmz(content: str) -> Callable[[Path, str, Path], Path]:
    def make(folder: Path, address: str, canary: Path) -> Path:
        told = content.replace("ADDRESS", address).replace("CANARY", str(canary))
        path = folder / "f.kmz"
        path.write_bytes(zipped({"doc.kml": told}))
        return path

    return make


def book(part: str, old: bytes, new: str) -> Callable[[Path, str, Path], Path]:
    def make(folder: Path, address: str, canary: Path) -> Path:
        return changed(part, old, new.replace("ADDRESS", address).replace("CANARY", str(canary)).encode())(folder)

    return make


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]>'
FILES: dict[str, Callable[[Path, str, Path], Path]] = {
    "a linked system": text("f.geojson", lines_of({"type": "link", "properties": {"href": "ADDRESS", "type": "proj4"}})),
    "a linked system in a file": text("f.geojson", lines_of({"type": "link", "properties": {"href": "CANARY", "type": "esriwkt"}})),
    "a system named by an address": text("f.geojson", lines_of({"type": "name", "properties": {"name": "ADDRESS"}})),
    "a system named by a file": text("f.geojson", lines_of({"type": "name", "properties": {"name": "CANARY"}})),
    "a system of a code that is an address": text("f.geojson", lines_of({"type": "EPSG", "properties": {"code": "ADDRESS"}})),
    "a system by the name of a grid": text("f.geojson", lines_of({"type": "name", "properties": {"name": "+proj=longlat +nadgrids=@CANARY"}})),
    "a virtual file": text("f.geojson", vrt("/vsicurl/ADDRESS")),
    "a virtual file of another": text("f.vrt", vrt("CANARY")),
    "a virtual file named .shp": text("f.shp", vrt("CANARY")),
    "a list of addresses": text("f.csv", "name,url\na,/vsicurl/ADDRESS\n"),
    "a service's description": text("f.xml", "<OGRWFSDataSource><URL>ADDRESS</URL></OGRWFSDataSource>"),
    "GML with a schema elsewhere": text("f.gml", '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="ADDRESS ADDRESS"/>'),
    "GML of a region with a schema elsewhere": text("f.gml", gml(polygon()).replace("<gml:MultiSurface ", '<gml:MultiSurface xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="ADDRESS ADDRESS" ', 1)),
    "GML with an entity": text("f.gml", gml(polygon("&e;"), before=ENTITY.format("CANARY"))),
    "GML with an entity elsewhere": text("f.gml", gml(polygon("&e;"), before=ENTITY.format("ADDRESS"))),
    "GML with a linked surface": text("f.gml", gml(polygon() + '<gml:surfaceMember xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="ADDRESS"/>')),
    "GML that includes": text("f.gml", gml(polygon() + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="CANARY" parse="text"/>')),
    "KML with a link": text("f.kml", kml(placemark(kml_line()) + "<NetworkLink><Link><href>ADDRESS</href></Link></NetworkLink>")),
    "KML with a schema elsewhere": text("f.kml", kml(placemark(kml_line())).replace("<kml ", '<kml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x ADDRESS" ', 1)),
    "KML with an entity": text("f.kml", kml(placemark(kml_line(), "&e;"), ENTITY.format("CANARY"))),
    "KML with an entity elsewhere": text("f.kml", kml(placemark(kml_line(), "&e;"), ENTITY.format("ADDRESS"))),
    "KML that includes": text("f.kml", kml(placemark(kml_line()) + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="CANARY" parse="text"/>')),
    "KMZ with an entity": in_kmz(kml(placemark(kml_line(), "&e;"), ENTITY.format("CANARY"))),
    "a GeoPackage with a view of a file": gpkg("CREATE VIEW v AS SELECT readfile('CANARY') AS name", "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', 4326)", "INSERT INTO gpkg_geometry_columns VALUES ('v', 'name', 'LINESTRING', 4326, 0, 0)"),
    "a GeoPackage with a view that loads": gpkg("CREATE VIEW v AS SELECT load_extension('CANARY') AS name", "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', 4326)", "INSERT INTO gpkg_geometry_columns VALUES ('v', 'name', 'LINESTRING', 4326, 0, 0)"),
    "a GeoPackage with a virtual table": gpkg("CREATE VIRTUAL TABLE t USING fts5(name)", "INSERT INTO t VALUES ('x')"),
    "a GeoPackage with a trigger": gpkg("CREATE TRIGGER r AFTER INSERT ON l BEGIN SELECT load_extension('CANARY'); END"),
    "a GeoPackage of another system's text": gpkg("UPDATE gpkg_spatial_ref_sys SET definition = 'ADDRESS', organization = 'NONE', organization_coordsys_id = 1 WHERE srs_id = 4326"),
    "a Shapefile whose system is an address": shp(prj="ADDRESS"),
    "a Shapefile whose system is a file": shp(prj="CANARY"),
    "a Shapefile whose encoding is a file": shp(cpg="CANARY"),
    "a Shapefile with other parts": shp(qpj="ADDRESS", vrt=vrt("CANARY"), idm="CANARY"),
    "a Shapefile whose table is a link": linked(".dbf"),
    "a Shapefile whose index is a link": linked(".shx"),
    "a Shapefile that is a link": linked(".shp"),
    "a workbook with an entity": book(SHEET, b"<worksheet", ENTITY.format("CANARY") + "<worksheet"),
    "a workbook with a linked one": lambda folder, address, _canary: with_member("xl/externalLinks/_rels/externalLink1.xml.rels", f'<Relationships><Relationship Id="r" Target="{address}" TargetMode="External"/></Relationships>'.encode())(folder),
    "a list that points elsewhere": text("f.json", '[{"$ref": "CANARY", "url": "ADDRESS"}]'),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_points_elsewhere_is_read_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], calls: tuple[int, list[bytes]], name: str
) -> None:
    port, heard = calls
    canary = tmp_path / "canary.txt"
    canary.write_text(f"{CANARY}\n", encoding="utf-8")
    folder = tmp_path / "files"
    folder.mkdir()
    path = FILES[name](folder, f"http://127.0.0.1:{port}/a", canary)
    store = tmp_path / "store"
    code = main(["ingest", str(path), "--store", str(store), "--json"])
    said = capfd.readouterr()
    assert code in (0, 2), said
    assert "Traceback" not in said.err
    assert code == 0 or json.loads(said.out)["refused"]
    assert heard == []
    assert CANARY not in said.out + said.err
    assert not any(CANARY.encode() in one.read_bytes() for one in store.rglob("*") if one.is_file())


@pytest.mark.parametrize("path", ["/vsicurl/http://127.0.0.1:{port}/a.shp", "http://127.0.0.1:{port}/a.geojson",
                                  "/vsizip//etc/hosts", "WFS:http://127.0.0.1:{port}/wfs", "GPKG:/etc/hosts"])  # fmt: skip
def test_a_path_that_only_gdal_understands_is_no_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], calls: tuple[int, list[bytes]], path: str
) -> None:
    port, heard = calls
    assert main(["ingest", path.format(port=port), "--store", str(tmp_path / "store")]) == 2
    assert "there is no such regular file" in capfd.readouterr().err
    assert heard == []


def child(code: str) -> str:
    """Return what is printed by code that runs where the Shapefile's reader runs."""
    before = f"import sys; sys.path.insert(0, {str(CHILD.parent)!r}); import shapefile_child; "
    command = [sys.executable, "-I", "-c", before + code]
    return subprocess.run(command, env=ALONE, capture_output=True, text=True, check=True).stdout.strip()


def test_gdal_knows_no_format_but_the_shapefile_where_it_reads_one() -> None:
    known = child("import pyogrio; print(sorted(pyogrio.list_drivers()))")
    assert known in ("['ESRI Shapefile']", "['ESRI Shapefile', 'MEM']")


def test_a_process_that_left_the_network_reaches_nobody(calls: tuple[int, list[bytes]]) -> None:
    port, heard = calls
    call = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {port})))"
    assert child(call) == "0"
    left, answer = child(f"print(shapefile_child.leave_the_network()); {call}").split()
    if left == "False":
        pytest.skip("this system gives a process no network of its own")
    assert int(answer) != 0
    assert len(heard) == 1


def test_a_reader_that_dies_ends_in_a_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from data.readers import shapefile_lines  # noqa: PLC0415

    path = shapefile(tmp_path, [SHAPE])
    dying = tmp_path / "dying.py"
    dying.write_text("import os\nos.abort()\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapefile_lines, "CHILD", dying)
        assert main(["ingest", str(path), "--store", str(tmp_path / "store")]) == 2
    assert "its reader ended with -6" in capfd.readouterr().err
    shutil.rmtree(tmp_path / "store", ignore_errors=True)
