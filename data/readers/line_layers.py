"""What every reader of lines gives: layers of features, each with its lines as written, or why it has none."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data.model.errors import DataError, shown
from data.readers.coordinates import Positions, System, UnknownSystemError, position

NO_GEOMETRY: Final = "found no geometry, expected a line of longitude and latitude in degrees."
EXPECTED: Final = "expected LineString or MultiLineString; points and areas are never read as lines."
MOST_VERTICES: Final = 1_000_000
MOST_DEPTH: Final = 50  # collections inside collections


@dataclass
class Feature:
    """One feature of a layer: ``fault`` says why it has no line; ``others`` counts the shapes in it that are none."""

    row: int
    attributes: dict[str, Any]
    lines: list[Positions] = field(default_factory=list)
    fault: str = ""
    others: Counter[str] = field(default_factory=Counter)


@dataclass
class Layer:
    """One layer; ``name`` is None where the file is a single one. ``system`` is None where the file names none."""

    name: str | None
    features: list[Feature]
    system: System | None = None
    is_named: bool = True  # False: the numbers may be degrees or not
    notes: list[str] = field(default_factory=list)


def feature_of_geojson(row: int, attributes: Mapping[str, Any], geometry: Any) -> Feature:
    """Return the feature of a GeoJSON geometry; collections give their lines, other shapes in them are counted."""
    feature = Feature(row, dict(attributes))
    waiting: list[tuple[Any, int]] = [(geometry, 0)]
    while waiting and not feature.fault:
        shape, depth = waiting.pop()
        if not isinstance(shape, dict) or depth > MOST_DEPTH:
            feature.fault = f"found {shown(shape)}, {EXPECTED}" if shape is not None else NO_GEOMETRY
        elif shape.get("type") == "GeometryCollection":
            inner = shape.get("geometries")
            waiting += [(one, depth + 1) for one in reversed(inner if isinstance(inner, list) else [None])]
        else:
            _add_shape(feature, shape)
    return _with_fault(feature)


def _add_shape(feature: Feature, shape: Mapping[str, Any]) -> None:
    kind, coordinates = shape.get("type"), shape.get("coordinates")
    if kind == "LineString":
        parts = [coordinates]
    elif kind == "MultiLineString":
        parts = coordinates if isinstance(coordinates, list) else [None]
    else:
        feature.others[shown(kind)] += 1
        return
    for part in parts:
        line, fault = _line(part)
        if fault:
            feature.fault = fault
            return
        feature.lines.append(line)


def _line(part: Any) -> tuple[Positions, str]:
    nothing = np.empty((0, 2))
    if not isinstance(part, list) or not part:
        return nothing, NO_GEOMETRY
    pairs = [position(one) for one in part]
    bad = next((one for one, pair in zip(part, pairs, strict=True) if pair is None), None)
    if bad is not None or None in pairs:
        return nothing, f"found {shown(bad)}, expected a longitude and a latitude, both numbers."
    return np.array(pairs, dtype=np.float64), ""


def feature_of_shape(row: int, attributes: Mapping[str, Any], shape: BaseGeometry | None) -> Feature:
    """Return the feature of a shapely geometry, as ``feature_of_geojson``; heights and measures are left out."""
    feature = Feature(row, dict(attributes))
    waiting = [] if shape is None or shape.is_empty else [shape]
    while waiting:
        one = waiting.pop(0)
        if one.geom_type in ("LineString", "LinearRing"):
            feature.lines.append(shapely.get_coordinates(one))
        elif one.geom_type in ("MultiLineString", "GeometryCollection"):
            waiting += [part for part in one.geoms if not part.is_empty]
        else:
            feature.others[one.geom_type] += 1
    return _with_fault(feature)


def _with_fault(feature: Feature) -> Feature:
    if feature.fault:
        feature.lines = []
    elif not feature.lines:
        found = ", ".join(sorted(feature.others))
        feature.fault = f"found {found}, {EXPECTED}" if found else NO_GEOMETRY
    return feature


def check_size(layers: Iterable[Layer], *, file: str) -> None:
    """Raise DataError where a file has more vertices than are read."""
    vertices = sum(len(line) for layer in layers for feature in layer.features for line in feature.lines)
    if vertices > MOST_VERTICES:
        raise DataError(
            f"{vertices:,} vertices are more than the {MOST_VERTICES:,} that are read. Simplify or split the lines.",
            file=file, code="LIMIT",
        )  # fmt: skip


def refused_system(error: UnknownSystemError, *, file: str) -> DataError:
    """Return the refusal of a file whose coordinate system is not known."""
    return DataError(str(error), file=file, code="CRS")
