"""Points of GeoJSON with their properties, as a table of text that the readers of incidents know."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from data.readers.text_table import TextTable, check_headings, headings, make_table

AXES: Final = ("longitude", "latitude")


def table_of_points(features: Sequence[Any], *, file: str) -> TextTable:
    """Return a row per feature: its properties, and ``longitude`` and ``latitude`` of its point.

    A feature without a point has neither, and is counted all the same. Properties of the same names yield to the point.

    Raises
    ------
    DataError
        There is no feature, or the properties are no headings.
    """
    records = [_record(feature) for feature in features]
    keys = list(dict.fromkeys(key for record in records for key in record))
    names = check_headings(headings(keys), file=file)
    cells = [[_text(record.get(key)) for key in keys] for record in records]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    return make_table(frame, range(1, len(cells) + 1), file=file, notes=("Read from the points of the file.",))


def _record(feature: Any) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    held = {str(key): value for key, value in (properties or {}).items()}
    geometry = (feature.get("geometry") if isinstance(feature, dict) else None) or {}
    point = geometry.get("coordinates") if geometry.get("type") == "Point" else None
    if not isinstance(point, list) or len(point) < len(AXES):
        return held
    return {key: value for key, value in held.items() if key.lower() not in AXES} | dict(zip(AXES, point, strict=False))


def _text(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
