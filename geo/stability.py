"""How far a ranking of cells depends on where exactly each record lies (RULES H6)."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.cells import STORED_RESOLUTION, ancestors, cells_of_points
from geo.great_circle import EARTH_RADIUS_KM

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Spread = Callable[[np.random.Generator, Floats, tuple[int, int]], Floats]
TOP: Final = 10
DRAWS: Final = 200
SEED: Final = 20140101
AT_ONCE: Final = 10  # draws: their columns stay in a processor's cache


@dataclass(frozen=True, eq=False)
class Records:
    """Located records, one entry each: all of them may enter the resolution asked for (RULES H2).

    ``cell`` (H3, resolution 7), ``longitude`` and ``latitude`` (degrees), ``radius_km`` (how far the true place may
    be), ``weight`` (what is ranked: people, or 1 for each incident).
    """

    cell: Integers
    longitude: Floats
    latitude: Floats
    radius_km: Floats
    weight: Floats


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
) -> Ranking:
    """Return the highest cells with their stability over ``draws`` that move every record by chance (RULES H6).

    A draw moves each record to a point within its radius, every part of that disk being equally likely, and puts it
    into the ancestor of the cell of resolution 7 that holds the point (RULES H1). Equal seeds give equal answers,
    however many processors share the work. ``spread`` gives other distances than ``within_disk``.
    """
    cells, values = highest(ancestors(records.cell, resolution=resolution), records.weight, top=top)
    parts = [(number, min(AT_ONCE, draws - number)) for number in range(0, draws, AT_ONCE)]
    work = partial(_members, records, resolution, top, seed, spread or within_disk)
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        members = np.concatenate([np.empty(0, np.int64), *pool.map(work, parts)])
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


def _members(records: Records, resolution: int, top: int, seed: int, spread: Spread, part: tuple[int, int]) -> Integers:
    """Return the highest cells of some draws, one after the other."""
    number, draws = part
    random = np.random.default_rng([seed, number])
    shape = (draws, records.cell.size)
    way = spread(random, records.radius_km, shape)
    longitude, latitude = moved(records, way=way, bearing=random.uniform(0, 2 * np.pi, shape))
    found = cells_of_points(latitude=latitude.ravel(), longitude=longitude.ravel(), resolution=STORED_RESOLUTION)
    cells = ancestors(found, resolution=resolution).reshape(shape)
    return np.concatenate([highest(one, records.weight, top=top)[0] for one in cells])


def within_disk(random: np.random.Generator, radius_km: Floats, shape: tuple[int, int]) -> Floats:
    """Return ways from the centre, as 1 − cosine, such that every part of a disk on the sphere is equally likely."""
    ways: Floats = random.random(shape) * versine(radius_km)  # the area of a cap grows with exactly this
    return ways


def versine(distance_km: Floats) -> Floats:
    """Return 1 − the cosine of a distance along the sphere, without the loss of digits of a small one."""
    half: Floats = np.sin(distance_km / EARTH_RADIUS_KM / 2)
    return 2 * half**2


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
