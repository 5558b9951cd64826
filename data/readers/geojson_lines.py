"""GeoJSON in any form, read as it is written: attributes keep their types, and nothing outside the file is opened."""

from pathlib import Path
from typing import Any, Final

from data.model.errors import DataError, shown
from data.readers.coordinates import System, UnknownSystemError, named_system
from data.readers.line_layers import Feature, Layer, feature_of_geojson, refused_system
from data.readers.sniff_lines import SHAPES

ADVICE: Final = 'Name it as "crs": {"type": "name", "properties": {"name": "EPSG:…"}}, or save the file in degrees.'


def read_geojson(path: Path, content: Any) -> list[Layer]:
    """Return the one layer of a GeoJSON file; rows are numbered as its features, from 1.

    Raises
    ------
    DataError
        It has no features, or its ``crs`` member names no system that is known, or is a link, which is never followed.
    """
    members = features_of(content, file=path.name)
    system = system_of(content, file=path.name)
    features = [_feature(number, one) for number, one in enumerate(members, start=1)]
    return [Layer(None, features, system, is_named=system is not None)]


def features_of(content: dict[str, Any], *, file: str) -> list[Any]:
    """Return the features of a GeoJSON of any form; a geometry alone is one without properties."""
    kind = content.get("type")
    if kind == "FeatureCollection":
        found = content.get("features")
        if not isinstance(found, list):
            raise DataError(f"its 'features' is {shown(found)}, expected a list.", file=file, code="GEOMETRY")
    else:
        found = [content if kind == "Feature" else {"type": "Feature", "geometry": content}]
    if not found:
        raise DataError("the file holds no features: there is no line in it.", file=file, code="NO_ROWS")
    return found


def _feature(row: int, one: Any) -> Feature:
    if isinstance(one, dict) and str(one.get("type")) in SHAPES:
        return feature_of_geojson(row, {}, one)
    if not isinstance(one, dict) or one.get("type") != "Feature":
        return Feature(row, {}, fault=f"found {shown(one)}, expected an object of type Feature.")
    properties = one.get("properties")
    attributes = dict(properties) if isinstance(properties, dict) else {}
    if "id" in one and not any(name in attributes for name in ("segment_id", "id", "ID", "fid")):
        attributes["id"] = one["id"]
    return feature_of_geojson(row, attributes, one.get("geometry"))


def system_of(content: dict[str, Any], *, file: str) -> System | None:
    """Return the coordinate system that a GeoJSON names; None where it names none."""
    try:
        return _system(content.get("crs"), file=file)
    except UnknownSystemError as error:
        raise refused_system(error, file=file) from error


def _system(crs: Any, *, file: str) -> System | None:
    """Return what the ``crs`` member of the GeoJSON of 2008 names; None where there is none."""
    if crs is None:
        return None
    kind = crs.get("type") if isinstance(crs, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    stated = properties if isinstance(properties, dict) else {}
    if kind == "link" or "href" in stated:
        raise DataError(
            f"its coordinate system is a link ({shown(stated.get('href'))}), which is never followed. {ADVICE}",
            file=file, code="CRS",
        )  # fmt: skip
    name = stated.get("name")
    if isinstance(name, str):
        return named_system(name)
    code = stated.get("code")
    if isinstance(code, int | str) and not isinstance(code, bool):
        return named_system(f"EPSG:{code}" if str(code).isdigit() else str(code))
    raise DataError(f"its coordinate system is {shown(crs)}, which names none. {ADVICE}", file=file, code="CRS")
