"""KML and KMZ: lines of placemarks in any folder. Entities are refused, links to other files are never followed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import numpy as np

from data.model.errors import DataError, shown
from data.readers.archives import read_members
from data.readers.coordinates import Positions, named_system
from data.readers.line_layers import EXPECTED, NO_GEOMETRY, Feature, Layer
from data.readers.safe_xml import local_name, parse_xml

LINES: Final = ("LineString", "LinearRing", "Track")
SHAPES: Final = ("Point", "Polygon", "Model")
PIECES: Final = ("MultiGeometry", "MultiTrack")


def read_kml(path: Path) -> list[Layer]:
    """Return the one layer of a KML file: a feature for each placemark, numbered in the order of the file."""
    return [_layer(None, path.read_bytes(), file=path.name)]


def read_kmz(path: Path) -> list[Layer]:
    """Return a layer for each KML file in a KMZ; pictures and other files in it are not read."""
    members = read_members(path, lambda name: name.lower().endswith(".kml"))
    is_only = len(members) == 1
    return [_layer(None if is_only else name, members[name], file=path.name) for name in sorted(members)]


def _layer(name: str | None, content: bytes, *, file: str) -> Layer:
    root, _ = parse_xml(content, form="KML", file=file)
    placemarks = _placemarks(root)
    features = [_feature(row, mark) for row, mark in enumerate(placemarks, start=1)]
    if not features:
        raise DataError("the KML holds no placemark: there is no line in it.", file=file, code="NO_ROWS")
    links = sum(1 for one in root.iter() if local_name(one) == "NetworkLink")
    notes = [f"{links:,} links to other files were not followed. Give those files themselves."] if links else []
    return Layer(name, features, named_system("EPSG:4326"), notes=notes)


def _placemarks(root: ET.Element) -> Iterator[ET.Element]:
    """Yield every placemark at any depth, in the order of the file."""
    return (one for one in root.iter() if local_name(one) == "Placemark")


def _feature(row: int, mark: ET.Element) -> Feature:
    feature = Feature(row, _attributes(mark))
    waiting = [one for one in mark if local_name(one) in (*LINES, *SHAPES, *PIECES)]
    while waiting and not feature.fault:
        one = waiting.pop(0)
        kind = local_name(one)
        if kind in PIECES:
            waiting = [*(part for part in one if local_name(part) in (*LINES, *SHAPES, *PIECES)), *waiting]
        elif kind in SHAPES:
            feature.others[kind] += 1
        else:
            line, feature.fault = _track(one) if kind == "Track" else _line(one)
            feature.lines.append(line)
    if feature.fault:
        feature.lines = []
    elif not feature.lines:
        found = ", ".join(sorted(feature.others))
        feature.fault = f"found {found}, {EXPECTED}" if found else NO_GEOMETRY
    return feature


def _attributes(mark: ET.Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in mark.iter():
        kind, key = local_name(one), one.get("name")
        if kind == "SimpleData" and key:
            found[key] = one.text
        elif kind == "Data" and key:
            found[key] = next((part.text for part in one if local_name(part) == "value"), None)
    name = next((one.text for one in mark if local_name(one) == "name"), None)
    return {"name": name, **{key: value for key, value in found.items() if key != "name" or name is None}}


def _line(shape: ET.Element) -> tuple[Positions, str]:
    written = next((one.text or "" for one in shape if local_name(one) == "coordinates"), "")
    return _positions([one.split(",") for one in written.split()])


def _track(shape: ET.Element) -> tuple[Positions, str]:
    return _positions([(one.text or "").split() for one in shape if local_name(one) == "coord"])


def _positions(tuples: list[list[str]]) -> tuple[Positions, str]:
    nothing = np.empty((0, 2))
    if not tuples:
        return nothing, NO_GEOMETRY
    pairs = []
    for one in tuples:
        try:
            pairs.append((float(one[0]), float(one[1])))
        except (ValueError, IndexError):
            return nothing, f"found {shown(','.join(one))}, expected longitude,latitude without blanks between them."
    return np.array(pairs, dtype=np.float64), ""
