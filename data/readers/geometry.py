"""Lines from GeoJSON and GeoPackage, through geopandas with the driver named; nothing else is opened."""

import os

os.environ["OGR_SKIP"] = "OGR_VRT"  # before GDAL loads: a VRT names other files and addresses

import math
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pyogrio
from shapely.geometry.base import BaseGeometry

from data.model.errors import DataError
from data.readers.sniff import FileKind, read_json

DRIVERS: Final = {"geojson": "GeoJSON", "gpkg": "GPKG"}
MOST_VERTICES: Final = 1_000_000
SYNONYMS: Final = {
    "route": ("route", "Route", "route_name", "migration_route"),
    "segment_id": ("segment_id", "id", "ID", "fid"),
    "name": ("name", "Name", "label"),
    "order": ("order", "sequence"),
    "is_major": ("is_major", "major"),
}
Broken = tuple[int, str, str | None, str]


@dataclass
class SegmentTable:
    """The lines of a file, and the features that are none: (row, column, value, reason)."""

    rows_read: int
    features: list[dict[str, Any]] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


def read_segments(path: Path, kind: FileKind) -> SegmentTable:
    """Return every line of a file; a feature that is no line on the globe goes to ``broken`` with its reason."""
    frame = _frame(path, kind)
    table = SegmentTable(rows_read=len(frame))
    seen: set[str] = set()
    for number, record in enumerate(frame.to_dict("records"), start=1):
        lines, reason = _lines(record["geometry"])
        if reason:
            table.broken.append((number, "geometry", str(record["geometry"])[:80], reason))
            continue
        for part, points in enumerate(lines, start=1):
            table.features.append(_feature(record, points, row=number, part=part if len(lines) > 1 else 0, seen=seen))
    return table


def _frame(path: Path, kind: FileKind) -> gpd.GeoDataFrame:
    if kind == "geojson":
        read_json(path)
    try:
        layers = pyogrio.list_layers(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # repeated ids: we number them ourselves
            frame = gpd.read_file(path, engine="pyogrio", layer=layers[0][0])
    except (ValueError, OSError, RuntimeError, IndexError) as error:
        raise DataError(
            f"the file cannot be read as {DRIVERS[kind]} ({error}).", file=path.name, code="GEOMETRY"
        ) from error
    if frame.empty or "geometry" not in frame:
        raise DataError("the file holds no features with a geometry.", file=path.name, code="NO_ROWS")
    if frame.crs is not None and frame.crs.to_epsg() != 4326 and not frame.crs.is_geographic:
        frame = frame.to_crs(4326)
    if int(frame.geometry.count_coordinates().sum()) > MOST_VERTICES:
        raise DataError(f"more than {MOST_VERTICES:,} vertices.", file=path.name, code="LIMIT")
    return frame


def _lines(shape: BaseGeometry | None) -> tuple[list[list[tuple[float, float]]], str]:
    if shape is None or shape.is_empty:
        return [], "found no geometry, expected a line of longitude and latitude in degrees."
    if shape.geom_type not in ("LineString", "MultiLineString"):
        return [], f"found {shape.geom_type}, expected LineString or MultiLineString."
    parts = list(shape.geoms) if shape.geom_type == "MultiLineString" else [shape]
    lines = [[(float(c[0]), float(c[1])) for c in part.coords] for part in parts]
    for longitude, latitude in (point for line in lines for point in line):
        if not (math.isfinite(longitude) and math.isfinite(latitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
            return [], f"found {longitude}, {latitude}, expected degrees on the globe; exchange them if swapped."
    if any(len(set(line)) < 2 for line in lines):
        return [], "found a line whose points are all the same, expected two or more."
    return lines, ""


def _feature(
    record: dict[str, Any], points: list[tuple[float, float]], *, row: int, part: int, seen: set[str]
) -> dict[str, Any]:
    values = {name: _value(record, spellings) for name, spellings in SYNONYMS.items()}
    segment = str(values["segment_id"] if values["segment_id"] is not None else row) + (f".{part}" if part else "")
    while segment in seen:
        segment += f"-{row}"
    seen.add(segment)
    return {
        "row": row,
        "segment_id": segment,
        "route_text": values["route"],
        "name": None if values["name"] is None else str(values["name"]),
        "order": None if values["order"] is None else int(values["order"]),
        "is_major": None if values["is_major"] is None else bool(values["is_major"]),
        "points": points,
    }


def _value(record: dict[str, Any], spellings: tuple[str, ...]) -> Any:
    found = next((record[name] for name in spellings if name in record), None)
    missing = found is None or (isinstance(found, float) and math.isnan(found))
    return None if missing else found
