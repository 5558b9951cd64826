"""Shapefiles, zipped or as the parts that lie beside a .shp, through GDAL, which sees only copies with fixed names."""

import os

os.environ["OGR_SKIP"] = "OGR_VRT"  # before GDAL loads: a VRT names other files and addresses

import math
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError

from data.model.errors import DataError, shown
from data.readers.archives import read_members
from data.readers.coordinates import System, UnknownSystemError, system_of_text
from data.readers.line_layers import Layer, feature_of_shape, refused_system
from data.readers.sniff_lines import PARTS, SHAPEFILE_MAGIC, parts_beside

USED: Final = (".shp", ".shx", ".dbf", ".cpg")
MOST_PRJ: Final = 20_000


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
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": not (folder / "lines.shx").exists()})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # repeated ids, rings: we number and judge them ourselves
            warnings.simplefilter("ignore", UserWarning)
            meta, _, shapes, values = pyogrio.raw.read(shp)
    except (DataSourceError, DataLayerError, FieldError, ValueError, OSError, RuntimeError) as error:
        words = str(error).replace(str(folder), "").strip("/")
        raise DataError(
            f"the Shapefile cannot be read ({shown(words)}). Save it again.", file=file, code="GEOMETRY"
        ) from error
    columns = dict(zip([str(one) for one in meta["fields"]], values, strict=True))
    features = [
        feature_of_shape(row, {key: _value(column[row - 1]) for key, column in columns.items()}, _shape(shape))
        for row, shape in enumerate(_column(shapes, columns), start=1)
    ]
    if not features:
        raise DataError("the Shapefile holds no features: there is no line in it.", file=file, code="NO_ROWS")
    notes = (
        [] if (folder / "lines.dbf").exists() else ["There is no .dbf beside it: the lines have no names or routes."]
    )
    return Layer(name, features, system, is_named=system is not None, notes=notes)


def _column(shapes: Any, columns: Mapping[str, Any]) -> list[bytes | None]:
    if shapes is not None:
        return list(shapes)
    return [None] * (len(next(iter(columns.values()))) if columns else 0)


def _shape(raw: bytes | None) -> Any:
    return None if raw is None else shapely.from_wkb(raw, on_invalid="ignore")


def _value(value: Any) -> Any:
    plain = value.item() if isinstance(value, np.generic) and not isinstance(value, np.datetime64) else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain


def _system(prj: bytes | None, *, file: str) -> System | None:
    if prj is None or not prj.strip():
        return None
    try:
        return system_of_text(prj.decode("utf-8", "replace"))
    except UnknownSystemError as error:
        raise refused_system(error, file=file) from error
