"""How far a point lies from a country, on the prepared Natural Earth shapes (public domain)."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from scipy.spatial import KDTree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

LAND: Final = Path(__file__).parent.parent / "files" / "land.json"
EARTH_RADIUS_KM: Final = 6371.007180918475  # the radius that H3 uses
EVERY_DEGREES: Final = 0.5


@lru_cache(maxsize=1)
def _land() -> dict[str, BaseGeometry]:
    features = json.loads(LAND.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["name"]: shape(feature["geometry"]) for feature in features}


def shape_names() -> frozenset[str]:
    """Return the names of the countries that have a shape."""
    return frozenset(_land())


@lru_cache(maxsize=256)
def _main_part(names: tuple[str, ...]) -> BaseGeometry:
    """Return the largest of the parts that countries' shapes consist of: the mainland, and no territory overseas."""
    parts = [part for name in names for part in getattr(_land()[name], "geoms", [_land()[name]])]
    return max(parts, key=lambda part: float(part.area))


def middle_of(names: tuple[str, ...]) -> tuple[float, float]:
    """Return a place inside the mainland of a country's shapes, for its name: longitude, latitude."""
    point = shapely.make_valid(_main_part(names)).representative_point()
    return round(float(point.x), 2), round(float(point.y), 2)


def box_of(names: tuple[str, ...]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the mainland of a country's shapes."""
    west, south, east, north = (round(float(one), 2) for one in _main_part(names).bounds)
    return west, south, east, north


@lru_cache(maxsize=256)
def _vertices(names: tuple[str, ...]) -> tuple[BaseGeometry, np.ndarray, KDTree]:
    """Return the countries' joint area and its outline: unit vectors, one at least every 0.5°, and a tree of them."""
    area = shapely.union_all([shapely.make_valid(_land()[name]) for name in names])
    outline = shapely.get_coordinates(shapely.segmentize(area.boundary, EVERY_DEGREES))
    shapely.prepare(area)
    vertices = _unit(outline[:, 0], outline[:, 1])
    return area, vertices, KDTree(vertices)


def _unit(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    lon, lat = np.radians(longitude), np.radians(latitude)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def distances_km(names: Sequence[str], *, longitudes: np.ndarray, latitudes: np.ndarray) -> np.ndarray:
    """Return each point's distance to the nearest of these countries in km; 0 inside.

    Measured to the outline's vertices, at most half a degree apart: too long by up to some 6 km near the
    coast, which does not matter against the 500 km of RULES Q4.

    Raises
    ------
    KeyError
        A name has no shape; see ``shape_names``.
    """
    area, outline, tree = _vertices(tuple(names))
    inside = shapely.contains_xy(area, longitudes, latitudes)
    distance = np.zeros(longitudes.size)
    points = _unit(longitudes[~inside], latitudes[~inside])
    nearest = outline[tree.query(points)[1]]
    distance[~inside] = EARTH_RADIUS_KM * np.arccos(np.clip(np.einsum("ij,ij->i", nearest, points), -1, 1))
    return distance


@lru_cache(maxsize=1)
def whole_land() -> BaseGeometry:
    """Return all countries' shapes as one, prepared for many questions; its one hole is the Caspian Sea."""
    land = shapely.union_all(list(_land().values()))
    shapely.prepare(land)
    return land


def land_outlines() -> list[BaseGeometry]:
    """Return the outline of each country's shape."""
    return [area.boundary for area in _land().values()]


def is_on_land(*, longitudes: np.ndarray, latitudes: np.ndarray) -> np.ndarray:
    """Return which points lie in any country's shape; lakes are land, as they are drawn."""
    found = np.zeros(longitudes.size, dtype=bool)
    for area in _land().values():
        west, south, east, north = area.bounds
        near = np.flatnonzero(
            ~found & (longitudes >= west) & (longitudes <= east) & (latitudes >= south) & (latitudes <= north)
        )
        if near.size:
            shapely.prepare(area)
            found[near] = shapely.contains_xy(area, longitudes[near], latitudes[near])
    return found
