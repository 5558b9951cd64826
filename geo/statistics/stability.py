"""How far a ranking of cells depends on where exactly each record lies (RULES X6)."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.areas.areas import Area
from geo.cells import STORED_RESOLUTION, ancestors, cells_of_points
from geo.sphere.great_circle import EARTH_RADIUS_KM, degrees_of, unit_vectors
from geo.sphere.lattice import FINEST, NUMBERS, face_of, faces, numbered, on_globe

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Spread = Callable[[np.random.Generator, Floats, tuple[int, int]], Floats]
TOP: Final = 10
DRAWS: Final = 200
ASK: Final = -1  # no face of its own: H3 is asked for the cell of every point
OUTSIDE: Final = 0  # in place of the cell of a point that lies outside the area; no cell has this index
SEED: Final = 20140101
AT_ONCE: Final = 10  # draws: their columns stay in a processor's cache
SAFE: Final = 1.01  # a disk that keeps this much more than its radius from a face's edge is on that face


@dataclass(frozen=True, eq=False)
class Records:
    """Located records, one entry each: all of them may enter the resolution asked for (RULES X2).

    ``cell`` (H3, resolution 7), ``longitude`` and ``latitude`` (degrees), ``radius_km`` (how far the true place may
    be), ``weight`` (what is ranked: people, or 1 for each incident).
    """

    cell: Integers
    longitude: Floats
    latitude: Floats
    radius_km: Floats
    weight: Floats

    def where(self, chosen: Booleans) -> "Records":
        """Return the chosen records."""
        return Records(self.cell[chosen], self.longitude[chosen], self.latitude[chosen], self.radius_km[chosen],
                       self.weight[chosen])  # fmt: skip


@dataclass(frozen=True, eq=False)
class Ranking:
    """The highest cells, highest first, never without how firmly they hold their place.

    ``stability`` is the share of draws in which each stays among the ``top`` highest. ``shares`` says the same of
    every cell that was among them in any draw.
    """

    cells: Integers
    values: Floats
    stability: Floats
    shares: dict[int, float]
    top: int
    draws: int


def ranking(
    records: Records,
    *,
    resolution: int,
    top: int = TOP,
    draws: int = DRAWS,
    seed: int = SEED,
    spread: Spread | None = None,
    area: Area | None = None,
) -> Ranking:
    """Return the highest cells with their stability over ``draws`` that move every record by chance (RULES X6).

    A draw moves each record to a point within its radius, every part of that disk being equally likely, and puts it
    into the ancestor of the cell of resolution 7 that holds the point (RULES X1). Equal seeds give equal answers,
    however many processors share the work. ``spread`` gives other distances than ``within_disk``; they may have no
    bounds, so H3 itself is asked for every point. Within an ``area``, only points inside it count, in every draw anew:
    records outside it that may lie inside belong to ``records``.
    """
    here = np.ones(records.cell.size, dtype=bool)
    is_edge = np.zeros(records.cell.size, dtype=bool)
    if area is not None:
        here = area.contains(records.longitude, records.latitude)
        is_edge = area.is_near_edge(records.longitude, records.latitude, records.radius_km)
        records, here, is_edge = records.where(here | is_edge), here[here | is_edge], is_edge[here | is_edge]
    inside = records.where(here)
    cells, values = highest(ancestors(inside.cell, resolution=resolution), inside.weight, top=top)
    parts = [(number, min(AT_ONCE, draws - number)) for number in range(0, draws, AT_ONCE)]
    face = _own_face(records, resolution) if spread is None else np.full(records.cell.size, ASK)
    face = np.where(is_edge, ASK, face)
    work = partial(_drawn, records, face, resolution, seed, spread or within_disk, area)
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        members = _members(list(pool.map(work, parts)), records, face == ASK, top)
    seen, times = np.unique(members, return_counts=True)
    shares = dict(zip(seen.tolist(), (times / max(draws, 1)).tolist(), strict=True))
    stability = np.array([shares.get(cell, 0.0) for cell in cells.tolist()])
    return Ranking(cells, values, stability, shares, top, draws)


def highest(cells: Integers, weight: Floats, *, top: int) -> tuple[Integers, Floats]:
    """Return the cells with the highest sums above 0, and the sums; of equal ones the higher index comes first."""
    if cells.size == 0:
        return cells, weight
    order = np.argsort(cells)
    ordered = cells[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    distinct, sums = ordered[starts], np.add.reduceat(weight[order], starts)
    best = np.lexsort((distinct, sums))[::-1][:top]
    best = best[sums[best] > 0]
    return distinct[best], sums[best]


@dataclass(frozen=True, eq=False)
class _Drawn:
    """Some draws: the ancestor of each record, by its number in the lattice or, where H3 was asked, as a cell."""

    numbers: npt.NDArray[np.int32]  # (draws, records with a face of their own)
    cells: Integers  # (draws, the others)
    named: dict[int, int]  # the cell of each number


def _own_face(records: Records, resolution: int) -> Integers:
    """Return the face of H3's icosahedron that a record cannot leave in any draw, else ``ASK``."""
    face, from_edge = face_of(unit_vectors(np.column_stack((records.longitude, records.latitude))))
    stays = from_edge * EARTH_RADIUS_KM > SAFE * records.radius_km
    return np.where(stays & (resolution <= FINEST), face, ASK)


def _drawn(
    records: Records, face: Integers, resolution: int, seed: int, spread: Spread, area: Area | None,
    part: tuple[int, int],
) -> _Drawn:  # fmt: skip
    """Return where some draws put every record."""
    number, draws = part
    random = np.random.default_rng([seed, number])
    shape = (draws, records.cell.size)
    way = spread(random, records.radius_km, shape)
    bearing = random.uniform(0, 2 * np.pi, shape)
    asked = face == ASK
    longitude, latitude = moved(records.where(asked), way=way[:, asked], bearing=bearing[:, asked])
    cells = np.full(longitude.size, OUTSIDE)
    x, y = longitude.ravel(), latitude.ravel()
    here = np.ones(x.size, dtype=bool) if area is None else area.contains(x, y)
    cells[here] = _ancestors_at(x[here], y[here], resolution)
    own = face[~asked]
    x, y = on_plane(records.where(~asked), own, way=way[:, ~asked], bearing=bearing[:, ~asked])
    numbers = numbered(x, y, own, resolution=resolution)
    return _Drawn(numbers, cells.reshape(longitude.shape), _named(numbers, x, y, own, resolution))


def _ancestors_at(longitude: Floats, latitude: Floats, resolution: int) -> Integers:
    stored = cells_of_points(latitude=latitude, longitude=longitude, resolution=STORED_RESOLUTION)
    return ancestors(stored, resolution=resolution)


def _named(numbers: npt.NDArray[np.int32], x: Floats, y: Floats, face: Integers, resolution: int) -> dict[int, int]:
    """Return the cell of each number that occurs: H3 is asked for one point of each."""
    one = np.full(NUMBERS, -1, dtype=np.int32)
    one[numbers.ravel()] = np.arange(numbers.size, dtype=np.int32)
    found = np.flatnonzero(one >= 0)
    at = one[found]
    degrees = degrees_of(on_globe(x.ravel()[at], y.ravel()[at], np.broadcast_to(face, x.shape).ravel()[at]))
    cells = _ancestors_at(degrees[:, 0], degrees[:, 1], resolution)
    return dict(zip(found.tolist(), cells.tolist(), strict=True))


def _members(drawn: list[_Drawn], records: Records, asked: Booleans, top: int) -> Integers:
    """Return the highest cells of every draw, one after the other."""
    named = {number: cell for some in drawn for number, cell in some.named.items()}
    seen = [np.fromiter(named.values(), np.int64, len(named)), *(some.cells.ravel() for some in drawn)]
    cells = np.unique(np.concatenate(seen))
    place = np.zeros(NUMBERS, dtype=np.int64)
    place[np.fromiter(named, np.int64, len(named))] = np.searchsorted(cells, seen[0])
    weight = np.concatenate((records.weight[~asked], records.weight[asked]))
    best = [np.empty(0, np.int64)]
    for some in drawn:
        for one in zip(place[some.numbers], np.searchsorted(cells, some.cells), strict=True):
            sums = np.bincount(np.concatenate(one), weights=weight, minlength=cells.size)
            sums[cells == OUTSIDE] = 0
            best.append(highest(cells, sums.astype(np.float64), top=top)[0])
    return np.concatenate(best)


def within_disk(random: np.random.Generator, radius_km: Floats, shape: tuple[int, int]) -> Floats:
    """Return ways from the centre, as 1 − cosine, such that every part of a disk on the sphere is equally likely."""
    ways: Floats = random.random(shape) * versine(radius_km)  # the area of a cap grows with exactly this
    return ways


def versine(distance_km: Floats) -> Floats:
    """Return 1 − the cosine of a distance along the sphere, without the loss of digits of a small one."""
    half: Floats = np.sin(distance_km / EARTH_RADIUS_KM / 2)
    return 2 * half**2


def on_plane(records: Records, face: Integers, *, way: Floats, bearing: Floats) -> tuple[Floats, Floats]:
    """Return where ``moved`` puts every record, on the plane of its face: without a degree being made."""
    points = unit_vectors(np.column_stack((records.longitude, records.latitude)))
    lon = np.radians(records.longitude)
    east = np.column_stack((-np.sin(lon), np.cos(lon), np.zeros_like(lon)))
    north = np.cross(points, east)
    near, far = 1 - way, np.sqrt(way * (2 - way))
    to_north, to_east = far * np.cos(bearing), far * np.sin(bearing)

    def along(axis: Floats) -> Floats:
        here, up, right = (np.einsum("ij,ij->i", one, axis[face]) for one in (points, north, east))
        return np.asarray(near * here + to_north * up + to_east * right)

    depth = along(faces().middle)
    return along(faces().ahead) / depth, along(faces().aside) / depth


def moved(records: Records, *, way: Floats, bearing: Floats) -> tuple[Floats, Floats]:
    """Return longitude and latitude of every record moved by ``way`` (1 − cosine) towards ``bearing`` (from north)."""
    lon, lat = np.radians(records.longitude), np.radians(records.latitude)
    sin_lat, cos_lat = np.sin(lat), np.cos(lat)
    near, far = 1 - way, np.sqrt(way * (2 - way))
    north, east = far * np.cos(bearing), far * np.sin(bearing)
    out = near * cos_lat - north * sin_lat  # away from the axis, towards the meridian of the record
    up = near * sin_lat + north * cos_lat
    longitude = np.degrees(lon + np.arctan2(east, out))
    return longitude - 360 * np.rint(longitude / 360), np.degrees(np.arcsin(np.clip(up, -1, 1)))
