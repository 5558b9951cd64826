"""``routes.json`` of the Missing Migrants count by Giorgio Coppola: polylines whose pairs are (latitude, longitude)."""

from collections.abc import Mapping
from typing import Any, Final

from data.model.errors import DataError, shown
from data.readers.coordinates import named_system
from data.readers.line_layers import Feature, Layer, feature_of_geojson

LINES: Final = "ROUTE_LINES"


def read_drawn_routes(content: Mapping[str, Any], *, file: str) -> list[Layer]:
    """Return the one layer of the file; rows are numbered as its lines, from 1. Hubs and places are no lines."""
    found = content[LINES]
    if not isinstance(found, list) or not found:
        raise DataError(f"its {LINES} hold no line.", file=file, code="NO_ROWS")
    others = ", ".join(name for name in content if name != LINES)
    notes = [f"Not read, as they are no lines: {others}."] if others else []
    return [
        Layer(None, [_feature(row, one) for row, one in enumerate(found, 1)], named_system("EPSG:4326"), notes=notes)
    ]


def _feature(row: int, one: Any) -> Feature:
    if not isinstance(one, dict):
        return Feature(row, {}, fault=f"found {shown(one)}, expected an object with route and coords.")
    attributes = {name: value for name, value in one.items() if name != "coords"}
    pairs = one.get("coords")
    turned = [_turned(pair) for pair in pairs] if isinstance(pairs, list) else pairs
    return feature_of_geojson(row, attributes, {"type": "LineString", "coordinates": turned})


def _turned(pair: Any) -> Any:
    return [pair[1], pair[0]] if isinstance(pair, list) and len(pair) == 2 else pair
