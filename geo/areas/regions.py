"""Regions of the sea: the shape of published rings, where an outline crosses itself, and where two regions overlap."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.coords import CoordinateSequence
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from geo.areas.areas import TURNS, Point, Shape, unwrapped

Floats = NDArray[np.float64]
FULL_TURN: Final = 360
LEAST: Final = 1e-9  # square degrees: what two regions share is less where only their edges meet
_WHERE: Final = re.compile(r"\[(-?[\d.e+-]+) (-?[\d.e+-]+)\]")


def region_of_rings(polygons: Sequence[Sequence[Floats]]) -> Shape:
    """Return the shape of polygons, each an outline and its holes as closed rings in degrees.

    Sides are straight in longitude and latitude and take the short way round. Where an outline crosses itself, all that
    it encloses belongs to the region, however often it goes round it; what any hole encloses does not.
    """
    return Shape(shapely.union_all([_area_of(rings) for rings in polygons]))


def crossing_of(rings: Sequence[Floats]) -> Point | None:
    """Return (longitude, latitude) at which a polygon's outline crosses or touches itself; None where it does not."""
    drawn = _polygon(rings[:1])
    if drawn.is_valid:
        return None
    found = _WHERE.search(explain_validity(drawn))
    longitude, latitude = map(float, found.groups()) if found else drawn.exterior.coords[0]
    return (longitude + 180) % FULL_TURN - 180, latitude


def is_area(rings: Sequence[Floats]) -> bool:
    """Return whether rings enclose anything."""
    return bool(_area_of(rings).area > LEAST)


def _area_of(rings: Sequence[Floats]) -> BaseGeometry:
    drawn = _polygon(rings)
    if drawn.is_valid:
        return drawn
    holes = [_enclosed(ring.coords) for ring in drawn.interiors]
    return _areas_of(shapely.difference(_enclosed(drawn.exterior.coords), shapely.union_all(holes)))


def _enclosed(ring: CoordinateSequence) -> BaseGeometry:
    """Return all that a closed line encloses, once or more often."""
    faces = shapely.polygonize([shapely.node(shapely.LineString(ring))])
    return shapely.union_all(shapely.get_parts(faces))


def _polygon(rings: Sequence[Floats]) -> Polygon:
    """Return a polygon in unwrapped degrees, its holes on the turn of the globe on which its outline is."""
    outline, *holes = (unwrapped(ring) for ring in rings)
    return Polygon(outline, [np.add(hole, (_turn_to(outline, hole), 0.0)) for hole in holes])


def _turn_to(outline: Floats, hole: Floats) -> float:
    west, east = outline[:, 0].min(), outline[:, 0].max()
    middle = hole[:, 0].mean()
    return next((float(turn) for turn in TURNS if west <= middle + turn <= east), 0.0)


def _areas_of(found: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape, without lines and points that are left of crossings."""
    return shapely.union_all([part for part in shapely.get_parts(found, return_index=False) if part.area > 0])


def shared(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return what two shapes share, drawn where the first is, on whichever turn of the globe the other is drawn."""
    turned = [shapely.transform(other, lambda at, t=turn: at + np.array([t, 0.0])) for turn in TURNS]
    parts = [shapely.intersection(one, each) for each in turned if one.intersects(each)]
    return shapely.union_all([_areas_of(part) for part in parts]) if parts else Polygon()


def overlaps(outlines: Sequence[BaseGeometry], within: BaseGeometry) -> list[tuple[int, int]]:
    """Return the pairs of shapes, by their places, that share an area inside ``within``; meeting edges share none."""
    here = [shared(within, one) for one in outlines]
    return [(a, b) for a, b in combinations(range(len(here)), 2) if shared(here[a], here[b]).area > LEAST]
