"""Shapefiles, zipped or as the parts beside a .shp, by GDAL in a process of its own that sees copies of fixed names."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

import polars as pl
import shapely

from data.model.errors import DataError, shown
from data.readers.archives import read_members
from data.readers.coordinates import System, UnknownSystemError, system_of_text
from data.readers.line_layers import Layer, feature_of_shape, refused_system
from data.readers.shapefile_child import GEOMETRY, MOST_SECONDS
from data.readers.sniff_lines import PARTS, SHAPEFILE_MAGIC, parts_beside

USED: Final = (".shp", ".shx", ".dbf", ".cpg")
MOST_PRJ: Final = 20_000
CHILD: Final = Path(__file__).with_name("shapefile_child.py")
# Every other format that GDAL knows, those that name files and addresses among them.
OTHER_FORMATS: Final = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,FlatGeobuf,GDALG,"
    "GML,GPKG,GPSBabel,GPX,GTFS,GeoJSON,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,LIBKML,LVBAG,MBTiles,MVT,"
    "MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,"
    "PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,WFS,XLSX"
)
ALONE: Final = {"OGR_SKIP": OTHER_FORMATS, "GDAL_SKIP": OTHER_FORMATS, "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none"}


def read_shapefile(path: Path) -> list[Layer]:
    """Return the one layer of a Shapefile whose .shp is named, read with its parts beside it."""
    parts = {one.suffix.lower(): one for one in parts_beside(path) if not one.is_symlink()}
    with tempfile.TemporaryDirectory() as folder:
        for ending in USED:
            if ending in parts:
                shutil.copyfile(parts[ending], Path(folder) / f"lines{ending}")
        prj = parts[".prj"].read_bytes()[: MOST_PRJ + 1] if ".prj" in parts else None
        return [_read(Path(folder), None, prj, file=path.name)]


def read_zipped_shapefiles(path: Path) -> list[Layer]:
    """Return a layer for every .shp in an archive, named as it is there."""
    members = read_members(path, lambda name: PurePosixPath(name).suffix.lower() in PARTS)
    by_stem: dict[str, dict[str, bytes]] = {}
    for name, content in members.items():
        by_stem.setdefault(name[: -len(PurePosixPath(name).suffix)], {})[PurePosixPath(name).suffix.lower()] = content
    layers = []
    for stem, parts in sorted(by_stem.items()):
        if ".shp" in parts:
            layers.append(_read_parts(stem, parts, file=path.name))
    return layers


def _read_parts(stem: str, parts: Mapping[str, bytes], *, file: str) -> Layer:
    with tempfile.TemporaryDirectory() as folder:
        for ending in USED:
            if ending in parts:
                (Path(folder) / f"lines{ending}").write_bytes(parts[ending])
        return _read(Path(folder), stem, parts.get(".prj"), file=file)


def _read(folder: Path, name: str | None, prj: bytes | None, *, file: str) -> Layer:
    """Return the layer of ``lines.shp`` in a folder; without its .dbf it has no attributes, which is said."""
    shp = folder / "lines.shp"
    if not shp.read_bytes()[:4] == SHAPEFILE_MAGIC:
        raise DataError(f"{name or file} is no .shp. Save the Shapefile again.", file=file, code="GEOMETRY")
    system = _system(prj, file=file)
    table = _table(folder, file=file)
    shapes = table.drop_in_place(GEOMETRY)
    rows = table.to_dicts() if table.width else [{} for _ in range(shapes.len())]
    features = [
        feature_of_shape(row, values, _shape(shape))
        for row, (values, shape) in enumerate(zip(rows, shapes, strict=True), start=1)
    ]
    if not features:
        raise DataError("the Shapefile holds no features: there is no line in it.", file=file, code="NO_ROWS")
    notes = (
        [] if (folder / "lines.dbf").exists() else ["There is no .dbf beside it: the lines have no names or routes."]
    )
    return Layer(name, features, system, is_named=system is not None, notes=notes)


def _table(folder: Path, *, file: str) -> pl.DataFrame:
    """Return the attributes of each feature, and its shape as WKB; a process of its own reads them."""
    command = [sys.executable, "-I", str(CHILD), str(folder)]
    restored = "NO" if (folder / "lines.shx").exists() else "YES"
    try:
        ended = subprocess.run(  # noqa: S603  # our own script, and a folder of ours
            command, env=ALONE | {"SHAPE_RESTORE_SHX": restored}, capture_output=True, timeout=MOST_SECONDS, check=False
        )
        why = f"its reader ended with {ended.returncode}"
    except subprocess.TimeoutExpired:
        why = f"its reader took more than {MOST_SECONDS} seconds"
    fault, made = folder / "fault.txt", folder / "lines.arrow"
    if not fault.exists() and made.exists():
        return pl.read_ipc(made.read_bytes())
    if fault.exists():
        why = fault.read_text(encoding="utf-8").replace(str(folder), "").strip("/")
    raise DataError(f"the Shapefile cannot be read ({shown(why)}). Save it again.", file=file, code="GEOMETRY")


def _shape(raw: bytes | None) -> Any:
    return None if raw is None else shapely.from_wkb(raw, on_invalid="ignore")


def _system(prj: bytes | None, *, file: str) -> System | None:
    if prj is None or not prj.strip():
        return None
    try:
        return system_of_text(prj.decode("utf-8", "replace"))
    except UnknownSystemError as error:
        raise refused_system(error, file=file) from error
