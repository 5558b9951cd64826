"""The shape of a sector: a country, a polygon or a circle; which points lie in it, and how far the others are.

Pairs are (longitude, latitude) in degrees. A polygon's sides are straight in longitude and latitude, as a flat map
draws them, and take the short way round; it is held in unwrapped longitudes, so that it may cross ±180°. Distances
are great circles on the sphere that H3 uses.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

from geo.areas.countries import LAND
from geo.areas.no_shape import NoShapeError
from geo.sphere.great_circle import EARTH_RADIUS_KM, degrees_of, unit_vectors

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
FEWEST, MOST = 3, 1_000
LONGEST_OUTLINE_KM: Final = 60_000
SMALLEST_KM2, LARGEST_KM2 = 1, 100_000_000
DIGITS: Final = 4  # about 11 m
TOLERANCE_KM: Final = 1e-6
EDGE_KM: Final = 1.0  # allowed for points of an outline that stand apart
SPACING: Final = 0.005  # degrees between points of an outline: half a km
MOST_OUTLINE: Final = 250_000
TURNS: Final = (0, 360, -360)


class Area(Protocol):
    """What every shape of a sector can say of points, in arrays of degrees."""

    def contains(self, longitudes: Floats, latitudes: Floats) -> Booleans:
        """Return whether each point lies inside or on the edge."""

    def distances_km(self, longitudes: Floats, latitudes: Floats, *, within: float) -> Floats:
        """Return each point's distance to the shape, 0 inside; infinite where it is more than ``within``."""

    def is_near_edge(self, longitudes: Floats, latitudes: Floats, km: Floats) -> Booleans:
        """Return whether each point is about as near to the edge as its ``km``, from either side, or nearer."""

    @property
    def outline(self) -> BaseGeometry:
        """The shape in unwrapped degrees, for drawing."""

    @property
    def area_km2(self) -> float:
        """The shape's area on the sphere."""


def measured_km(points: Floats, centre: Point) -> Floats:
    """Return the great-circle distance of each (longitude, latitude) from ``centre`` in km, exact near and far."""
    middle = unit_vectors(np.array([centre]))[0]
    vectors = unit_vectors(points)
    across = np.linalg.norm(np.cross(vectors, middle), axis=1)
    found: Floats = EARTH_RADIUS_KM * np.arctan2(across, vectors @ middle)
    return found


@dataclass(frozen=True)
class Circle:
    """All points within ``radius_km`` of ``centre`` by great circle, the edge included."""

    centre: Point
    radius_km: float

    def contains(self, longitudes: Floats, latitudes: Floats) -> Booleans:
        """Return whether each point lies inside or on the edge."""
        return self._from_centre(longitudes, latitudes) <= self.radius_km + TOLERANCE_KM

    def distances_km(self, longitudes: Floats, latitudes: Floats, *, within: float) -> Floats:
        """Return each point's distance to the circle, 0 inside; infinite where it is more than ``within``."""
        beyond = np.maximum(self._from_centre(longitudes, latitudes) - self.radius_km, 0.0)
        return np.where(beyond <= within, beyond, np.inf)

    def is_near_edge(self, longitudes: Floats, latitudes: Floats, km: Floats) -> Booleans:
        """Return whether each point is about as near to the edge as its ``km``, from either side, or nearer."""
        return np.abs(self._from_centre(longitudes, latitudes) - self.radius_km) <= km + EDGE_KM

    def _from_centre(self, longitudes: Floats, latitudes: Floats) -> Floats:
        return measured_km(np.column_stack((longitudes, latitudes)).astype(np.float64), self.centre)

    @cached_property
    def outline(self) -> BaseGeometry:
        """The circle in unwrapped degrees, 2.5° of bearing a point; over a pole it is closed along the map's edge."""
        bearing = np.radians(np.arange(0, 360, 2.5))
        angle = self.radius_km / EARTH_RADIUS_KM
        here = unit_vectors(np.array([self.centre]))[0]
        longitude = math.radians(self.centre[0])
        east = np.array([-math.sin(longitude), math.cos(longitude), 0.0])
        north = np.cross(here, east)
        way = np.cos(bearing)[:, None] * north + np.sin(bearing)[:, None] * east
        ring = degrees_of(np.cos(angle) * here + np.sin(angle) * way)
        closed = unwrapped(np.vstack([ring, ring[:1]]))
        if abs(closed[-1, 0] - closed[0, 0]) > 180:  # goes round a pole
            pole = math.copysign(90.0, self.centre[1])
            closed = np.vstack([closed, [closed[-1, 0], pole], [closed[0, 0], pole]])
        return Polygon(closed)

    @property
    def area_km2(self) -> float:
        """The cap's area on the sphere."""
        return 2 * math.pi * EARTH_RADIUS_KM**2 * (1 - math.cos(self.radius_km / EARTH_RADIUS_KM))


@dataclass(frozen=True, eq=False)
class Shape:
    """Polygons in unwrapped degrees: a country, or what a reader drew. Points on the edge lie inside."""

    outline: BaseGeometry

    def contains(self, longitudes: Floats, latitudes: Floats) -> Booleans:
        """Return whether each point lies inside or on the edge."""
        shapely.prepare(self.outline)
        found = np.zeros(len(longitudes), dtype=np.bool_)
        west, _, east, _ = self.outline.bounds
        for turn in TURNS:
            turned = np.asarray(longitudes, dtype=np.float64) + turn
            near = (turned >= west) & (turned <= east)
            found[near] |= shapely.intersects_xy(self.outline, turned[near], np.asarray(latitudes)[near])
        return found

    def distances_km(self, longitudes: Floats, latitudes: Floats, *, within: float) -> Floats:
        """Return each point's distance to the shape, 0 inside; infinite where it is more than ``within``.

        Measured to points of the outline some half a km apart, so too long by up to 30 m at 1 km and 2 m at 25 km.
        """
        inside = self.contains(longitudes, latitudes)
        found = np.where(inside, 0.0, np.inf)
        points = np.column_stack((longitudes, latitudes)).astype(np.float64)[~inside]
        chord = 2 * math.sin(min(within / EARTH_RADIUS_KM, math.pi) / 2)
        away, _ = self._nearest.query(unit_vectors(points), distance_upper_bound=chord)
        found[~inside] = np.where(np.isfinite(away), 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(away / 2, 0, 1)), np.inf)
        return found

    def is_near_edge(self, longitudes: Floats, latitudes: Floats, km: Floats) -> Booleans:
        """Return whether each point is about as near to the edge as its ``km``, from either side, or nearer."""
        points = unit_vectors(np.column_stack((longitudes, latitudes)).astype(np.float64))
        away, _ = self._nearest.query(points)
        found: Booleans = 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(away / 2, 0, 1)) <= km + EDGE_KM
        return found

    @cached_property
    def _nearest(self) -> KDTree:
        edge = self.outline.boundary
        dense = shapely.segmentize(edge, max(SPACING, edge.length / MOST_OUTLINE))
        return KDTree(unit_vectors(shapely.get_coordinates(dense)))

    @cached_property
    def area_km2(self) -> float:
        """The shape's area on the sphere, holes left out."""
        parts = shapely.get_parts(self.outline)
        rings = [(part.exterior, 1) for part in parts] + [(hole, -1) for part in parts for hole in part.interiors]
        return float(sum(sign * abs(ring_area_km2(np.array(ring.coords))) for ring, sign in rings))


def unwrapped(points: Floats) -> Floats:
    """Return points whose longitudes run on over ±180°, each step the short way round."""
    steps = np.diff(points[:, 0])
    turns = -360 * np.cumsum(np.round(steps / 360))
    return np.column_stack((points[:, 0] + np.concatenate(([0.0], turns)), points[:, 1]))


def ring_area_km2(ring: Floats) -> float:
    """Return the signed area of a closed ring whose sides are straight in longitude and latitude; > 0 if clockwise.

    Along such a side the area down to the equator is Δλ · mean(sin φ), in closed form.
    """
    longitude, latitude = np.radians(ring[:, 0]), np.radians(ring[:, 1])
    rise = np.diff(latitude)
    level = np.abs(rise) < 1e-12
    mean = np.where(level, np.sin(latitude[:-1]), -np.diff(np.cos(latitude)) / np.where(level, 1.0, rise))
    return float(EARTH_RADIUS_KM**2 * np.sum(np.diff(longitude) * mean))


def outline_km(ring: Floats) -> float:
    """Return the length of a closed ring, side by side, in km."""
    middle = np.radians((ring[1:, 1] + ring[:-1, 1]) / 2)
    across, up = np.diff(np.radians(ring[:, 0])) * np.cos(middle), np.diff(np.radians(ring[:, 1]))
    return float(EARTH_RADIUS_KM * np.hypot(across, up).sum())


def checked_corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return a polygon's corners in canonical order: rounded, anticlockwise, from the westernmost, not closed.

    Raises
    ------
    NoShapeError
        Its ``code`` says why: too few or too many corners, a corner off the globe, sides that cross, a side half
        round the globe, a ring around a pole, or an outline or area that is no sector.
    """
    if not FEWEST <= len(points) <= MOST:
        raise NoShapeError("corners", fewest=FEWEST, most=MOST, found=len(points))
    for longitude, latitude in points:
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # also refuses NaN
            raise NoShapeError("globe", longitude=f"{longitude:g}", latitude=f"{latitude:g}")
    corners = [(round(x, DIGITS) + 0.0, round(y, DIGITS) + 0.0) for x, y in points]
    corners = [here for here, before in zip(corners, [corners[-1], *corners[:-1]], strict=True) if here != before]
    if len(corners) < FEWEST:
        raise NoShapeError("different", fewest=FEWEST, found=len(corners))
    ring = _closed(corners)
    _check_ring(ring)
    if ring_area_km2(ring) > 0:  # clockwise
        corners.reverse()
    first = corners.index(min(corners))
    return tuple(corners[first:] + corners[:first])


def _closed(corners: Sequence[Point]) -> Floats:
    return unwrapped(np.array([*corners, corners[0]], dtype=np.float64))


def _check_ring(ring: Floats) -> None:
    if np.any(np.isclose(np.abs(np.diff(ring[:, 0])), 180)):
        raise NoShapeError("half_round")
    if abs(ring[-1, 0] - ring[0, 0]) > 1:
        raise NoShapeError("pole")
    if np.ptp(ring[:, 0]) > 360:
        raise NoShapeError("twice_round")
    drawn = Polygon(ring)
    if not drawn.is_valid:
        raise NoShapeError("crossing", where=explain_validity(drawn))
    length, area = outline_km(ring), abs(ring_area_km2(ring))
    if length > LONGEST_OUTLINE_KM:
        raise NoShapeError("outline", km=round(length), most=LONGEST_OUTLINE_KM)
    if not SMALLEST_KM2 <= area <= LARGEST_KM2:
        raise NoShapeError("area", km2=Decimal(f"{area:.2f}"), least=str(SMALLEST_KM2), most=LARGEST_KM2)


@lru_cache(maxsize=64)
def polygon(corners: tuple[Point, ...]) -> Shape:
    """Return the shape of corners that ``checked_corners`` returned."""
    return Shape(Polygon(_closed(corners)))


@lru_cache(maxsize=1)
def _countries() -> dict[str, BaseGeometry]:
    features = json.loads(LAND.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["name"]: _unwrapped_land(shape(feature["geometry"])) for feature in features}


def _unwrapped_land(land: BaseGeometry) -> BaseGeometry:
    """Return a country whose parts may run on over ±180°, where the file's rings jump from one edge to the other."""
    parts = [
        Polygon(_run_on(part.exterior), [_run_on(hole) for hole in part.interiors]) for part in shapely.get_parts(land)
    ]
    return shapely.union_all([shapely.make_valid(part) for part in parts])


def _run_on(ring: BaseGeometry) -> Floats:
    return unwrapped(shapely.get_coordinates(ring))


@lru_cache(maxsize=32)
def country(name: str) -> Shape:
    """Return the shape of a country by its name in ``files/land.json``; raise KeyError for another."""
    areas = [part for part in shapely.get_parts(_countries()[name]) if isinstance(part, Polygon)]
    return Shape(MultiPolygon([orient(part) for part in areas]))


def land_shapes() -> tuple[BaseGeometry, ...]:
    """Return the shape of every country in unwrapped degrees, for drawing."""
    return tuple(_countries().values())


def countries_touched(area: Area) -> tuple[str, ...]:
    """Return the names of the countries whose land a shape touches, sorted."""
    drawn = area.outline
    turned = [shapely.transform(drawn, lambda points, t=turn: points + np.array([t, 0.0])) for turn in TURNS]
    return tuple(sorted(name for name, land in _countries().items() if any(land.intersects(one) for one in turned)))


def frame_of(area: Area, *, margin: float = 0.35, least: float = 1.5) -> Box:
    """Return west, south, east, north of a map of a shape: its largest part with its neighbours, and room around it."""
    parts = sorted(shapely.get_parts(area.outline), key=lambda part: part.area, reverse=True)
    main = parts[0]
    near = [part for part in parts if part.distance(main) < 6 and part.area > main.area / 2_000]
    west, south, east, north = MultiPolygon(near).bounds
    across, up = max(east - west, least), max(north - south, least)
    x, y = (west + east) / 2, (south + north) / 2
    half_x, half_y = across * (0.5 + margin), up * (0.5 + margin)
    return x - half_x, max(y - half_y, -90.0), x + half_x, min(y + half_y, 90.0)
