"""The shapes of what leaves, within ±180°: cells as polygons, incidents as points, segments as lines; GeoPackage."""

import json
import tempfile
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import polars as pl
import pyogrio
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from data.exports.about import About
from data.model.answers import as_builtins
from geo.geojson import cell_geometry

WGS_84: Final = "EPSG:4326"
NO_CLOCK: Final = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"}


def geometries(table: pl.DataFrame, figure: str) -> list[BaseGeometry | None]:
    """Return the shape of each row of a figure's table; None for an incident without a place."""
    if figure in ("cells", "hotspots"):
        return [cell_geometry(cell) for cell in table["cell"]]
    if figure == "segments":
        return [shapely.from_wkt(words) for words in table["wkt"]]
    pairs = table.select("longitude", "latitude").iter_rows()
    return [None if x is None or y is None else Point(x, y) for x, y in pairs]


def geopackage(table: pl.DataFrame, details: About) -> bytes:
    """Return a GeoPackage: the figure as a layer, and what it is as the tables ``about`` and ``columns``."""
    layer = gpd.GeoDataFrame(_pandas(table), geometry=geometries(table, details.figure), crs=WGS_84)
    about = pd.DataFrame(details.lines(), columns=["name", "words"])
    columns = [(name, *rest) for name, rest in details.columns.items()]
    meanings = pd.DataFrame(columns, columns=["column_name", "unit", "meaning"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crossings.gpkg"
        pyogrio.set_gdal_config_options(NO_CLOCK)  # for good: two files may be written at once
        pyogrio.write_dataframe(layer, path, layer=details.figure, driver="GPKG", **_kind_of(details.figure))
        for name, rows in (("about", about), ("columns", meanings)):
            pyogrio.write_dataframe(rows, path, layer=name, driver="GPKG", append=True)
        return path.read_bytes()


def _pandas(table: pl.DataFrame) -> pd.DataFrame:
    """Return a table as geopandas takes it: whole numbers stay whole where some are unknown, days are text."""
    flat = table.with_columns(pl.col(pl.Date).cast(pl.String))
    return pd.DataFrame({column.name: _pandas_column(column) for column in flat.get_columns()})


def _pandas_column(column: pl.Series) -> Any:
    if column.dtype == pl.String:
        return pd.Series(column.to_list(), dtype=object)
    kind = "boolean" if column.dtype == pl.Boolean else "Int64" if column.dtype.is_integer() else "Float64"
    return pd.array(column.to_list(), dtype=kind)


def _kind_of(figure: str) -> dict[str, Any]:
    kinds = {"cells": "MultiPolygon", "segments": "MultiLineString", "incidents": "Point"}
    return {"geometry_type": kinds[figure], "promote_to_multi": figure != "incidents"}


def as_json(details: About) -> str:
    """Return all that a file says of itself as one line of JSON."""
    return json.dumps(as_builtins(details), ensure_ascii=False, sort_keys=True)
