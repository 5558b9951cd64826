"""Files of lines in every form: damaged, leading elsewhere, of no lines, of places off the globe."""

from pathlib import Path
from typing import Any, Final

from shapely.geometry import LineString, Point

from tests.harness.gml import gml, polygon, ring
from tests.harness.hostile.entry import Hostile, Make, put
from tests.harness.lines import (
    LINE,
    collection,
    feature,
    geopackage,
    kml,
    kml_line,
    line,
    parts,
    placemark,
    shapefile,
    zipped,
)  # fmt: skip

SHAPE: Final = LineString(LINE)
LAUGHS: Final = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
ELSEWHERE: Final = "<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>"
GOOD: Final = feature({"id": "good"})
WHOLE: Final = {"accepted": 1}


def gpkg(*shapes: Any, cut: float = 1.0, name: str = "hostile.gpkg") -> Make:
    def make(folder: Path) -> Path:
        path = geopackage(folder / "made.gpkg", {"lines": (4326, shapes)})
        content = path.read_bytes()
        path.unlink()
        return put(content[: int(len(content) * cut)], name)(folder)

    return make


def packed(*left_out: str, **more: bytes) -> Make:
    """Return what writes a zipped Shapefile without some parts, with other members."""

    def make(folder: Path) -> Path:
        made = parts(shapefile(folder / "parts", [SHAPE]).parent)
        kept = {name: content for name, content in made.items() if Path(name).suffix not in left_out}
        return put(zipped(kept | more), "hostile.zip")(folder)

    return make


def renamed(suffix: str) -> Make:
    def make(folder: Path) -> Path:
        return shapefile(folder, [SHAPE]).with_suffix(suffix)

    return make


def of_kml(inside: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>', name: str = "hostile.kml") -> Make:
    return put(kml(inside, head), name)


def odd_line(*points: Any) -> Hostile:
    """Return lines of which the second is nowhere on the globe."""
    return Hostile(put(collection(GOOD, feature({"id": "b"}, line(*points))), "hostile.geojson"), accepted=1,
                   quarantined=1, set_aside=[(2, "geometry", str([list(map(list, points))]))])  # fmt: skip


LINE_FILES: Final[dict[str, Hostile]] = {
    "a GeoPackage": Hostile(gpkg(SHAPE), **WHOLE),
    "a GeoPackage named .csv": Hostile(gpkg(SHAPE, name="hostile.csv"), "NOT_WHAT_IT_CLAIMS", ("a database",)),
    "a GeoPackage that breaks off": Hostile(gpkg(SHAPE, cut=0.4), "GEOMETRY", ("damaged",)),
    "a GeoPackage of points": Hostile(gpkg(Point(1, 2)), "NO_LINES", ("no line in it",)),
    "a Shapefile without its .dbf": Hostile(packed(".dbf"), **WHOLE),
    "a Shapefile without its .shx": Hostile(packed(".shx"), **WHOLE),
    "a Shapefile that leads out": Hostile(packed(**{"../../evil.txt": b"x"}), "ZIP", ("leads out",)),
    "an archive in a Shapefile": Hostile(packed(**{"more.zip": zipped({"a": "b"})}), "ZIP", ("another archive",)),
    "a part of a Shapefile": Hostile(renamed(".dbf"), "PART", ("Name lines.shp",)),
    "KML": Hostile(of_kml(placemark(kml_line())), **WHOLE),
    "KML named .csv": Hostile(of_kml(placemark(kml_line()), name="hostile.csv"), accepted=1, says=("layout segments-kml",)),
    "KML with entities": Hostile(of_kml(placemark(kml_line(), "&b;"), LAUGHS), "ENTITY", ("document type",)),
    "KML that breaks off": Hostile(put(kml(placemark(kml_line()))[:-30], "hostile.kml"), "TRUNCATED", ("damaged",)),
    "KML of points": Hostile(of_kml(placemark("<Point><coordinates>1,2</coordinates></Point>")), "NO_LINES", ("no line in it",)),
    "KML that only names another file": Hostile(of_kml(ELSEWHERE), "NO_ROWS", ("no line in it",)),
    "a KMZ with entities": Hostile(put(zipped({"doc.kml": LAUGHS + kml(placemark(kml_line()), "")}), "hostile.kmz"), "ENTITY", ("document type",)),
    "a KMZ of nothing": Hostile(put(zipped({"doc.kml": ""}), "hostile.kmz"), "TRUNCATED", ("damaged",)),
    "GML of a region": Hostile(put(gml(polygon()), "hostile.gml"), **WHOLE),
    "GML with entities": Hostile(put(gml(polygon("&b;"), before=LAUGHS.partition("?>")[2]), "hostile.gml"), "ENTITY", ("document type",)),
    "GML that breaks off": Hostile(put(gml(polygon())[:-30], "hostile.gml"), "TRUNCATED", ("damaged",)),
    "GML of other areas": Hostile(put(gml(polygon(), rcc="").replace("RCCAreas", "a"), "hostile.gml"), "XML", ("--layout imo-sar-regions",)),
    "GML of a region off the globe": Hostile(put(gml(polygon("A", ring(((5, 23), (7, 95), (7, 25), (5, 23))))), "hostile.gml"), "OFF_THE_GLOBE", ("polygon 1", "position 2")),
    "a line beyond the pole": odd_line((1.0, 91.0), (2.0, 92.0)),
    "a line that is exchanged": odd_line((36.5, 135.5), (37.5, 140.5)),
    "a line of one place": odd_line((1.5, 2.5), (1.5, 2.5)),
    "a line beyond a full turn": odd_line((361.5, 1.5), (2.5, 3.5)),
    "a line beyond all numbers": Hostile(put(collection(GOOD, feature({"id": "b"}, line((10**400, 1), (2, 3)))), "hostile.geojson"), accepted=1, quarantined=1, says=("inf",)),
    "a line of words": Hostile(put(collection(GOOD, feature({"id": "b"}, line(("1", "2"), ("3", "4")))), "hostile.geojson"), accepted=1, quarantined=1, says=("both numbers",)),
    "a line with a telephone number": Hostile(put(collection(feature({"name": "call +49 170 1234567"})), "hostile.geojson"), accepted=1, says=("PERSONAL_DATA",), never=("1234567",)),
    "a line whose name moves the cursor": Hostile(put(collection(feature({"name": "a\x1b[2J", "route": "\u202egnp"})), "hostile.geojson"), accepted=1),
    "an attribute that nobody sees the whole of": Hostile(put(collection(feature({"x" * 50_000: 1, "\x1b[2J": 2})), "hostile.geojson"), accepted=1, says=("not read", "\\x1b[2J"), never=("x" * 200,)),
}  # fmt: skip
