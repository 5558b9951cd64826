"""Files of lines, told by their content: a zipped Shapefile, a KMZ, KML, GeoJSON of any form, a Shapefile's parts."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal

LINE_KINDS: Final = frozenset({"geojson", "gpkg", "shapefile", "shapefile-zip", "kml", "kmz", "route-lines"})
SHAPES: Final = frozenset({
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
})  # fmt: skip
SHAPEFILE_MAGIC: Final = b"\x00\x00\x27\x0a"
PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".fix", ".qpj", ".shp.xml")


def kind_of_zip(names: Iterable[str]) -> str | None:
    """Return ``shapefile`` or ``kmz`` by the names of an archive's members; None where it holds neither."""
    ends = {PurePosixPath(name).suffix.lower() for name in names if not is_residue(name)}
    return "shapefile" if ".shp" in ends else "kmz" if ".kml" in ends else None


def is_residue(name: str) -> bool:
    """Return whether a member is what a Mac or Windows leaves in archives."""
    last = PurePosixPath(name).name
    return name.startswith("__MACOSX/") or last.startswith("._") or last in (".DS_Store", "Thumbs.db", "desktop.ini")


def is_kml(head: bytes) -> bool:
    """Return whether a file's first bytes are those of KML, in UTF-8 or UTF-16."""
    text = head[:8192]
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or text[:4].count(0) == 2:
        text = text.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    start = text.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and (b"<kml" in start.lower() or b":kml" in start.lower())


def is_shapefile(head: bytes) -> bool:
    """Return whether a file's first bytes are those of a .shp (or .shx)."""
    return head.startswith(SHAPEFILE_MAGIC) and len(head) >= 100


def kind_of_json(content: Any) -> Literal["geojson", "route-lines"] | None:
    """Return ``geojson`` or ``route-lines`` by what a JSON object holds; None where it is neither."""
    if not isinstance(content, dict):
        return None
    kind = content.get("type")
    if isinstance(kind, str) and kind in {"FeatureCollection", "Feature"} | SHAPES:
        return "geojson"
    lines = content.get("ROUTE_LINES")
    return "route-lines" if isinstance(lines, list) else None


def shapefile_of(path: Path) -> Path | None:
    """Return the .shp that a part such as lines.dbf lies beside; None where the file is no part of a Shapefile."""
    if path.suffix.lower() == ".shp" or path.suffix.lower() not in PARTS:
        return None
    return next((one for one in parts_beside(path) if one.suffix.lower() == ".shp"), None)


def parts_beside(path: Path) -> list[Path]:
    """Return the parts of one Shapefile: the files of the same stem beside it, whatever the case of their endings."""
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [one for one in beside if one.stem == path.stem and one.suffix.lower() in PARTS and one.is_file()]
