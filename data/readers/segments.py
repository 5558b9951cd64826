"""Route segments from GeoJSON and GeoPackage into the segments table."""

from pathlib import Path
from typing import Any

import polars as pl

from data.model import vocabulary
from data.model.schema import polars_schema
from data.readers.geometry import read_segments
from data.readers.result import ReadResult, quarantine_row, quarantine_table
from data.readers.sniff import FileKind
from data.readers.sources import source_of
from geo.map.segments import length_km

OWN_ID = "crossings-routes"


def read_segment_file(path: Path, kind: FileKind) -> ReadResult:
    """Read one file of lines; a feature that is no line, or off the globe, goes to quarantine."""
    table = read_segments(path, kind)
    rows = [_row(feature) for feature in table.features]
    own = path.resolve() == (vocabulary.FILES / "routes.geojson").resolve()
    frame = pl.DataFrame(rows, schema=polars_schema("segments") | {"row": pl.UInt32})
    lines = [
        quarantine_row(file=path.name, row=row, column=column, value=value, reason=reason, raw="")
        for row, column, value, reason in table.broken
    ]
    return ReadResult(
        about=source_of(OWN_ID if own else "segments"),
        kind="segments",
        layout=f"segments-{kind}",
        file=path.name,
        rows_read=table.rows_read,
        frame=frame,
        quarantine=quarantine_table(lines),
    )


def _row(feature: dict[str, Any]) -> dict[str, Any]:
    text = feature.get("route_text")
    points = [[float(longitude), float(latitude)] for longitude, latitude in feature["points"]]
    return {
        "source": None,
        "segment_id": str(feature["segment_id"]),
        "route": vocabulary.route_of(text)[0].id if text else None,
        "name": feature.get("name"),
        "order": feature.get("order"),
        "is_major": feature.get("is_major"),
        "length_km": length_km([(p[0], p[1]) for p in points]),
        "points": points,
        "row": feature["row"],
    }
