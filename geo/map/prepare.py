"""Prepare the basemap: ``python -m geo.map.prepare FOLDER`` with the unpacked npm package world-atlas 2.0.2.

Reads its ``countries-50m.json`` (Natural Earth 1:50m, public domain, as TopoJSON) and writes ``geo/files``:
``land.json`` (a shape per country), ``borders.json`` (lines between two countries) and ``disputed.json`` (those
of them that the table ``disputed.csv`` names). Arcs are shared, so that a border is drawn once and no gap opens.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, Polygon, box

FILES = Path(__file__).parent.parent / "files"
DIGITS = 2
TOLERANCE = 0.012  # degrees, a little over 1 km: at 0.02 the Aegean looks cut with scissors
SMALLEST_RING = 6
WORLD = box(-180, -90, 180, 90)
Arc = list[tuple[float, float]]


def decoded(topology: dict[str, Any]) -> list[Arc]:
    """Return the topology's arcs as lines of (longitude, latitude): its numbers are quantised steps."""
    (scale_x, scale_y), (east, north) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line: Arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            point = (round(x * scale_x + east, DIGITS), round(y * scale_y + north, DIGITS))
            if not line or line[-1] != point:
                line.append(point)
        arcs.append(line if len(line) > 1 else line * 2)
    return arcs


def simpler(line: Arc) -> Arc:
    """Return a line without the points that lie within TOLERANCE of it; its ends stay, so that lines still meet."""
    found = list(LineString(line).simplify(TOLERANCE).coords)
    is_island = line[0] == line[-1]
    return line if is_island and len(found) < SMALLEST_RING else found


def ring(indexes: list[int], arcs: list[Arc]) -> Arc:
    """Return one closed ring; a negative index is an arc taken backwards."""
    points: Arc = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line if not points else line[1:]
    return points


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return a country's polygons as lists of rings of arc indexes."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def within_world(rings: list[Arc]) -> list[list[Arc]]:
    """Return a polygon's parts within ±180°, each valid; the package joins what lies on both sides."""
    unwrapped = [
        list(zip(np.unwrap([x for x, _ in one], period=360), (y for _, y in one), strict=True)) for one in rings
    ]
    whole = shapely.make_valid(Polygon(unwrapped[0], unwrapped[1:]))
    turned = [translate(whole, xoff=turn).intersection(WORLD) for turn in (0, -360, 360)]
    parts = [part for one in turned for part in shapely.get_parts(one) if isinstance(part, Polygon)]
    drawn = [[rounded(line) for line in (part.exterior, *part.interiors)] for part in parts]
    return [rings for rings in drawn if Polygon(rings[0]).area > 0]


def rounded(line: LineString) -> Arc:
    """Return a line's points in hundredths of a degree."""
    return [(round(x, DIGITS), round(y, DIGITS)) for x, y in line.coords]


def land(countries: list[dict[str, Any]], arcs: list[Arc]) -> list[dict[str, Any]]:
    """Return a feature per country, Antarctica left out: no route leads there."""
    return [
        {
            "type": "Feature",
            "properties": {"name": country["properties"]["name"]},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    part for polygon in polygons(country) for part in within_world([ring(r, arcs) for r in polygon])
                ],
            },
        }
        for country in countries
        if country["properties"]["name"] != "Antarctica"
    ]


def shared(countries: list[dict[str, Any]]) -> dict[int, set[str]]:
    """Return which countries use each arc; an arc of two is a border between them."""
    users: dict[int, set[str]] = defaultdict(set)
    for country in countries:
        for polygon in polygons(country):
            for index in (i for r in polygon for i in r):
                users[index if index >= 0 else ~index].add(country["properties"]["name"])
    return {index: names for index, names in users.items() if len(names) == 2}


def disputed_rows() -> list[dict[str, str]]:
    """Return the table of disputed and undetermined lines."""
    with (FILES / "disputed.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def is_disputed(names: set[str], line: Arc, row: dict[str, str]) -> bool:
    """Return whether a row of the table names this border, within the row's box where it has one."""
    if names != {row["first"], row["second"]}:
        return False
    if not row["west"]:
        return True
    longitude, latitude = line[len(line) // 2]
    return float(row["west"]) <= longitude <= float(row["east"]) and (
        float(row["south"]) <= latitude <= float(row["north"])
    )


def lines(chosen: list[tuple[Arc, str]]) -> list[dict[str, Any]]:
    """Return a line feature per arc, with the name of what is disputed."""
    return [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "LineString", "coordinates": line}}
        for line, name in chosen
    ]


def pieces(line: Arc, size: int = 24) -> list[Arc]:
    """Return a long line in pieces, so that a box in the table can take part of it."""
    return [line[i : i + size + 1] for i in range(0, max(len(line) - 1, 1), size)]


def write(name: str, features: list[dict[str, Any]]) -> None:
    """Write one prepared file."""
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    (FILES / name).write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {len(features)} features, {len(text):,} bytes")


def main(folder: Path) -> None:
    """Prepare all files from the unpacked package."""
    topology = json.loads((folder / "countries-50m.json").read_text(encoding="utf-8"))
    arcs, countries = decoded(topology), topology["objects"]["countries"]["geometries"]
    settled: list[tuple[Arc, str]] = []
    open_lines: list[tuple[Arc, str]] = []
    for index, names in shared(countries).items():
        for piece in pieces(arcs[index]):
            row = next((row for row in disputed_rows() if is_disputed(names, piece, row)), None)
            if row is None:
                settled.append((piece, ""))
            else:
                open_lines.append((piece, row["name"]))
    write("land.json", land(countries, [simpler(arc) for arc in arcs]))
    write("borders.json", lines([(simpler(line), name) for line, name in settled]))
    write("disputed.json", lines(open_lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
