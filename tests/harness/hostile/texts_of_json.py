"""JSON: damaged, endless, of other forms; and GeoJSON of points, lines and neither."""

import json
from typing import Any, Final

from tests.harness.hostile.entry import COUNT, Hostile, as_json, incident_records, put
from tests.harness.lines import collection, feature, line

WHOLE: Final = {"accepted": 1, "value": 7}
ONE: Final = json.dumps([COUNT])
POINT: Final = {"type": "Point", "coordinates": [13.1, 33.2]}
TOLL: Final = {"dead": 3, "missing": 4, "date": "2024-03-05", "cause": "Drowning", "place": "Off the coast of Libya"}


def text(content: str | bytes, name: str = "hostile.json") -> Any:
    return put(content, name)


def shapes(*features: Any, **more: Any) -> Any:
    return put(collection(*features, **more), "hostile.geojson")


def replaced(old: str, new: str) -> Any:
    assert old in ONE
    return text(ONE.replace(old, new))


def toll(geometry: Any = POINT, **more: Any) -> dict[str, Any]:
    return feature(TOLL | more, geometry)


TEXTS_OF_JSON: Final[dict[str, Hostile]] = {
    "a list of records": Hostile(text(ONE), **WHOLE),
    "JSON named .csv": Hostile(text(ONE, "hostile.csv"), **WHOLE),
    "JSON in UTF-16": Hostile(text(ONE.encode("utf-16")), **WHOLE),
    "JSON with a mark": Hostile(text(ONE.encode("utf-8-sig")), **WHOLE),
    "NaN": Hostile(replaced('"7"', "NaN"), "NAN", ("NaN",)),
    "Infinity": Hostile(replaced('"7"', "-Infinity"), "NAN", ("Infinity",)),
    "a number beyond all floats": Hostile(replaced('"7"', "1e999"), "NOTHING_ACCEPTED", ("inf",)),
    "a number of 5,000 digits": Hostile(replaced('"7"', "9" * 5_000), "LIMIT", ("digits",)),
    "a number of a hundred million million million": Hostile(replaced('"7"', str(10**20)), "NOTHING_ACCEPTED", (str(10**20),)),
    "a number with decimals in JSON": Hostile(replaced('"7"', "7.5"), "NOTHING_ACCEPTED", ("7.5",)),
    "true in JSON": Hostile(replaced('"7"', "true"), "NOTHING_ACCEPTED", ("true",)),
    "a key twice": Hostile(replaced('"value": "7"', '"value": "7", "value": "8"'), "DUPLICATE_KEY", ("'value'",)),
    "keys that are one heading": Hostile(replaced('"value": "7"', '"value": "7", "value ": "8"'), "DUPLICATE_HEADER", ("value",)),
    "a million brackets": Hostile(text("[" * 1_000_000), "LIMIT", ("nested",)),
    "a million brackets that close": Hostile(text("[" * 1_000_000 + "]" * 1_000_000), "LIMIT", ("nested",)),
    "100,000 objects in objects": Hostile(text('{"a":' * 100_000 + "1" + "}" * 100_000), "LIMIT", ("nested",)),
    "a comma too many": Hostile(text(ONE[:-1] + ",]"), "TRUNCATED", ("character",)),
    "JSON that breaks off": Hostile(text(ONE[:-20]), "TRUNCATED", ("breaks off",)),
    "one record per line": Hostile(text(f"{json.dumps(COUNT)}\n{json.dumps(COUNT)}\n"), "LINES", ("one record per line", "[")),
    "quotation marks of another kind": Hostile(text(ONE.replace('"', "'")), "TRUNCATED", ("damaged",)),
    "half a letter": Hostile(replaced('"Darien"', '"Dar\\ud800ien"'), "ENCODING", ("half a letter",)),
    "half a letter in a key": Hostile(replaced('"value": "7"', '"value": "7", "\\udfff": "1"'), "ENCODING", ("half a letter",)),
    "a NUL in a text": Hostile(replaced('"place": ""', '"place": "Bajo\\u0000Chiquito"'), **WHOLE, stored={"place": "BajoChiquito"}),
    "an empty list": Hostile(text("[]"), "NO_ROWS", ("no record",)),
    "an empty object": Hostile(text("{}"), "LAYOUT", ("list of records",)),
    "a list of empty objects": Hostile(text("[{}, {}]"), "HEADER", ("header",)),
    "a list of numbers": Hostile(text("[1, 2, 3]"), "LAYOUT", ("named fields",)),
    "a list of lists": Hostile(text("[[1, 2], [3, 4]]"), "LAYOUT", ("named fields",)),
    "a record that is nothing": Hostile(text(f"[{json.dumps(COUNT)}, null]"), "LAYOUT", ("row 2",)),
    "a value in a value": Hostile(replaced('"7"', '{"n": 7}'), "NESTED", ("value",)),
    "records of other keys": Hostile(as_json([COUNT, {"n": 1}]), accepted=1, quarantined=1, value=7),
    "100,000 keys": Hostile(as_json([{f"c{n}": 1 for n in range(100_000)}]), "LIMIT", ("100,000 columns",)),
    "a column of names in JSON": Hostile(as_json([COUNT | {"passport_no": "X1234567"}]), "PERSONAL_DATA", ("passport_no",), ("X1234567",)),
    "incidents of which one has no id": Hostile(as_json(incident_records({}, {"Main ID": None, "Incident ID": None})), accepted=2, value=14),
    "GeoJSON without features": Hostile(shapes(), "NO_ROWS", ("no features",)),
    "GeoJSON whose features are words": Hostile(text('{"type": "FeatureCollection", "features": "none"}'), "GEOMETRY", ("expected a list",)),
    "GeoJSON of another system's name": Hostile(shapes(feature(), crs={"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}), "CRS", ("never followed",)),
    "GeoJSON of areas": Hostile(shapes(feature({}, {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 2], [1, 2]]]})), "NO_LINES", ("no line in it",)),
    "GeoJSON of no places": Hostile(shapes(feature({}, None), feature({}, None)), "NO_LINES", ("no line in it",)),
    "a type that is a list": Hostile(text('{"type": ["Feature"], "features": []}'), "LAYOUT", ("list of records",)),
    "TopoJSON": Hostile(text('{"type": "Topology", "objects": {}, "arcs": []}'), "TOPOJSON"),
    "points without tolls": Hostile(shapes(feature({"name": "Lampedusa"}, POINT)), "POINTS", ("1 point", "dead or missing", "name")),
    "points with tolls": Hostile(shapes(toll(), toll(dead=None)), accepted=2, value=11, stored={"latitude": 33.2, "longitude": 13.1}),
    "points with tolls, one without a place": Hostile(shapes(toll(None), toll(dead=1)), accepted=2, value=12, stored={"latitude": None}),
    "points with tolls of words": Hostile(shapes(toll(), toll(dead="many")), accepted=1, quarantined=1, value=7, set_aside=[(2, "dead", "many")]),
    "points with a toll in a list": Hostile(shapes(toll(), toll(dead=[3])), accepted=1, quarantined=1, value=7, set_aside=[(2, "dead", "[3]")]),
    "points off the globe": Hostile(shapes(toll({"type": "Point", "coordinates": [13.1, 95.0]})), **WHOLE, stored={"latitude": None}, says=("change",)),
    "points that are exchanged": Hostile(shapes(toll({"type": "Point", "coordinates": [33.2, 113.1]})), **WHOLE, stored={"latitude": None}, says=("change",)),
    "points that their properties contradict": Hostile(shapes(toll(lat=52.1, lon=4.3)), **WHOLE, stored={"latitude": None}, says=("change",)),
    "points of words": Hostile(shapes(toll({"type": "Point", "coordinates": ["a", "b"]})), **WHOLE, stored={"latitude": None}, says=("change",)),
    "points beyond all numbers": Hostile(shapes(toll({"type": "Point", "coordinates": [10**400, 1]})), **WHOLE, stored={"latitude": None}, says=("change",)),
    "points with names of persons": Hostile(shapes(toll(victim_name="Jane Roe")), "PERSONAL_DATA", ("victim_name",), ("Jane",)),
    "lines and points with tolls": Hostile(shapes(feature({}, line((1, 2), (3, 4))), toll()), accepted=1, quarantined=1, says=("1 point", "file of")),
}  # fmt: skip
