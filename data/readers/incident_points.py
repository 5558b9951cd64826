"""Points of GeoJSON with their properties, as a table of text that the readers of incidents know.

Points are never lines, and lines never incidents: a file is read as the one or as the other, and says what it leaves.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from data.model.errors import DataError, shown
from data.readers.coordinates import System, position, to_degrees
from data.readers.degrees import read_axis, read_pair
from data.readers.geojson_lines import features_of, system_of
from data.readers.incident_fields import fields_of
from data.readers.incident_tables import copy_layout_of, incident_layout_of
from data.readers.json_text import read_json
from data.readers.line_layers import MOST_DEPTH
from data.readers.text_table import TextTable, check_headings, headings, make_table
from geo.sphere.great_circle import length_km

POINTS: Final = frozenset({"Point", "MultiPoint"})
LINES: Final = frozenset({"LineString", "MultiLineString"})
SHOWN: Final = 12
TOLD_KM: Final = 1  # rounded properties lie within
WITHHELD_KM: Final = 25  # the radius of a place (RULES Q3)
READ: Final = "Read from the points of the file."
NO_TOLL: Final = (
    "there is no line in it, but {points}: points are read as incidents where their properties state people dead or "
    "missing and a day, such as 'dead', 'missing' and 'date'. These have: {names}. Add what is missing, or give lines."
)


@dataclass(frozen=True)
class Points:
    """What a GeoJSON holds beside lines: a table of incidents, where it has no line; else a sentence on its points."""

    table: TextTable | None = None
    notes: tuple[str, ...] = ()


def read_points(path: Path) -> Points:
    """Return the incidents of a GeoJSON without lines, or what is to be said of points beside lines.

    Raises
    ------
    DataError
        It holds points alone, and they state no people dead or missing, or no day.
    """
    content: Any = read_json(path)
    features = features_of(content, file=path.name)
    kinds = [set(_kinds(_geometry(one))) for one in features]
    points = [one for one, kind in zip(features, kinds, strict=True) if kind and kind <= POINTS]
    if any(kind & LINES for kind in kinds):
        return Points(notes=_beside(points))
    names = _names(features)
    if states_tolls(names):
        return Points(table_of_points(features, file=path.name, system=system_of(content, file=path.name)))
    if points:
        told = ", ".join(map(shown, names[:SHOWN])) or "no properties"
        sentence = NO_TOLL.format(points=_several(len(points)), names=told)
        raise DataError(sentence, file=path.name, code="POINTS")
    return Points()


def states_tolls(names: Sequence[str]) -> bool:
    """Return whether properties are those of incidents, once the point gives their place."""
    columns = [*names, *(axis for axis in ("latitude", "longitude") if axis not in fields_of(list(names)))]
    return (incident_layout_of(columns) or copy_layout_of(columns)) is not None


def _beside(points: Sequence[Any]) -> tuple[str, ...]:
    if not points:
        return ()
    have = "it states" if len(points) == 1 else "they state"
    tolls = f" As {have} people dead or missing, give the points in a file of their own: then they are counted."
    what = f"{_several(len(points))} beside the lines: no line, and not read."
    return (what + (tolls if states_tolls(_names(points)) else ""),)


def _several(points: int) -> str:
    return f"{points:,} point{'' if points == 1 else 's'}"


def table_of_points(features: Sequence[Any], *, file: str, system: System | None = None) -> TextTable:
    """Return a row per feature: its properties, with latitude and longitude of its point in place of their own.

    A feature without a geometry keeps the place that its properties state, and is counted all the same. A geometry that
    is no point, or lies far from what its properties state, is no certain place: its words stand there, to be withheld.

    Raises
    ------
    DataError
        There is no feature, or the properties are no headings.
    """
    names = _names(features)
    fields = fields_of(names)
    places = [_place(_geometry(one), system) for one in features]
    records, kilometres = [], []
    for feature, place in zip(features, places, strict=True):
        record, apart = _record(_properties(feature), place, fields)
        records.append(record)
        kilometres.append(apart)
    keys = list(dict.fromkeys([*names, *(key for record in records for key in record)]))
    columns = check_headings(headings(keys), file=file)
    cells = [[_text(record.get(key)) for key in keys] for record in records]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String), orient="row")
    return make_table(frame, range(1, len(cells) + 1), file=file, notes=(READ, *_apart_in_words(kilometres)))


def _record(held: dict[str, Any], place: str | tuple[float, float] | None, fields: Mapping[str, str]) -> Any:
    """Return a feature's properties with its place, and how many km these are apart (0 where only one is stated)."""
    latitude, longitude = fields.get("latitude", "latitude"), fields.get("longitude", "longitude")
    own = _own_place(held, fields)
    if place is None:
        return {latitude: None, longitude: None} | held, 0.0
    if "coordinates" in fields:
        held = held | {fields["coordinates"]: None}
    if isinstance(place, str):
        return held | {latitude: place, longitude: None}, 0.0
    apart = 0.0 if own is None else length_km([place, own])
    if own is not None and apart > WITHHELD_KM:
        said = [
            f"{point:g} of the point and {stated:g} of its properties" for point, stated in zip(place, own, strict=True)
        ]
        return held | {latitude: said[1], longitude: said[0]}, apart
    return held | {latitude: place[1], longitude: place[0]}, apart


def _own_place(held: Mapping[str, Any], fields: Mapping[str, str]) -> tuple[float, float] | None:
    """Return the longitude and latitude that properties state; None where they state none that is certain."""
    axes = [read_axis(_text(held.get(fields[axis]))) for axis in ("longitude", "latitude") if axis in fields]
    if len(axes) == 2 and axes[0] is not None and axes[1] is not None:
        pair: tuple[float, float] | None = (axes[1][0], axes[0][0])
    else:
        pair = read_pair(_text(held.get(fields["coordinates"]))) if "coordinates" in fields else None
    on_globe = pair is not None and abs(pair[0]) <= 90 and abs(pair[1]) <= 180
    return (pair[1], pair[0]) if pair is not None and on_globe else None


def _apart_in_words(kilometres: Sequence[float]) -> Iterator[str]:
    far = sum(one > WITHHELD_KM for one in kilometres)
    near = sum(TOLD_KM < one <= WITHHELD_KM for one in kilometres)
    if far:
        yield (f"More than {WITHHELD_KM} km from the coordinates in their properties: {_several(far)}. Which is right "
               "is not certain: they count, and their place is withheld (RULES Q9).")  # fmt: skip
    if near:
        yield f"More than {TOLD_KM} km from the coordinates in their properties: {_several(near)}. The point is used."


def _place(geometry: Any, system: System | None) -> str | tuple[float, float] | None:
    """Return longitude and latitude of a point; words where a geometry is none, None where there is no geometry."""
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    at = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "MultiPoint" and isinstance(at, list) and len(at) == 1:
        kind, at = "Point", at[0]
    if kind != "Point":
        return f"a geometry that is no point ({shown(kind)})"
    pair = position(at)
    if pair is None or not np.isfinite(pair).all():
        return f"a point without two numbers ({shown(at)})"
    degrees = to_degrees(np.array([pair], dtype=np.float64), system)[0]
    return (float(degrees[0]), float(degrees[1]))


def _kinds(geometry: Any, depth: int = 0) -> Iterator[str]:
    """Return the kinds of all shapes in a geometry."""
    if not isinstance(geometry, dict) or depth > MOST_DEPTH:
        return
    inner = geometry.get("geometries")
    if geometry.get("type") == "GeometryCollection" and isinstance(inner, list):
        for one in inner:
            yield from _kinds(one, depth + 1)
    else:
        yield str(geometry.get("type"))


def _geometry(feature: Any) -> Any:
    return feature.get("geometry") if isinstance(feature, dict) else None


def _properties(feature: Any) -> dict[str, Any]:
    held = feature.get("properties") if isinstance(feature, dict) else None
    return {str(key): value for key, value in held.items()} if isinstance(held, dict) else {}


def _names(features: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(key for feature in features for key in _properties(feature)))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
