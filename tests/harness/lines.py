"""Small files of lines, written for tests in every form that people have."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry.base import BaseGeometry

LINE = [[10.0, 36.0], [12.0, 37.0]]


def feature(properties: Any = None, geometry: Any = "line", **more: Any) -> dict[str, Any]:
    shape = {"type": "LineString", "coordinates": LINE} if geometry == "line" else geometry
    return {"type": "Feature", "properties": properties, "geometry": shape, **more}


def collection(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)})


def line(*points: Sequence[Any]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def crs(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


def write(folder: Path, content: str | bytes, name: str = "lines.geojson") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def shapefile(folder: Path, shapes: Sequence[BaseGeometry | None], *, system: Any = 4326, **columns: Any) -> Path:
    """Write lines.shp and its parts; return the .shp."""
    folder.mkdir(parents=True, exist_ok=True)
    frame = geopandas.GeoDataFrame(columns or {"name": ["A"] * len(shapes)}, geometry=list(shapes), crs=system)
    frame.to_file(folder / "lines.shp", driver="ESRI Shapefile")
    return folder / "lines.shp"


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def geopackage(path: Path, layers: Mapping[str, tuple[Any, Sequence[BaseGeometry | None]]]) -> Path:
    """Write a layer for each name: its coordinate system and its shapes."""
    for name, (system, shapes) in layers.items():
        frame = geopandas.GeoDataFrame({"name": [name] * len(shapes)}, geometry=list(shapes), crs=system)
        frame.to_file(path, layer=name, driver="GPKG")
    return path


def with_sql(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


def blob(shape: BaseGeometry, srs: int = 4326) -> bytes:
    return b"GP\x00\x01" + struct.pack("<i", srs) + shapely.to_wkb(shape)


def kml(inside: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'


def placemark(shape: str, name: str = "A", more: str = "") -> str:
    return f"<Placemark><name>{name}</name>{more}{shape}</Placemark>"


def kml_line(coordinates: str = "10,36,0 12,37,0") -> str:
    return f"<LineString><coordinates>{coordinates}</coordinates></LineString>"
