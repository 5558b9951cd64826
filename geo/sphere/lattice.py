"""H3's own lattice on the faces of its icosahedron, for millions of points at once.

H3 projects a point onto the plane of the nearest of 20 faces (gnomonic), finds the hexagon of the finest lattice that
holds it, and goes up by sevens to its ancestors. The same is done here with columns, so that only one point of each
ancestor has to be named by H3 itself. Which corner of a face an axis points to is free: the lattice has its symmetry.

Source: H3's documentation, "Overview of the H3 Geospatial Indexing System" and "Coordinate systems".
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.cells import STORED_RESOLUTION, cell_centres, coarsest_cells, is_pentagon
from geo.sphere.great_circle import unit_vectors

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
UNIT: Final = 0.38196601125010500003  # between the centres of neighbours at resolution 0, on the plane of a face
TURN: Final = 0.333473172251832115336  # radians by which the lattices of odd resolutions are turned
FINEST: Final = 4  # the finest resolution whose ancestors are numbered here
REACH: Final = 120  # no ancestor on a face is further from its middle, in steps of resolution 4
SIDE: Final = 2 * REACH + 1
NUMBERS: Final = 20 * SIDE * SIDE  # of ancestors, at most


@dataclass(frozen=True, eq=False)
class Faces:
    """The 20 faces as unit vectors (20, 3): their middle, the way to a corner, and the way to the left of it."""

    middle: Floats
    ahead: Floats
    aside: Floats


@lru_cache(maxsize=1)
def faces() -> Faces:
    """Return the faces: every three of the twelve pentagons of resolution 0 that are next to one another."""
    pentagons = np.array([cell for cell in coarsest_cells().tolist() if is_pentagon(cell)], dtype=np.int64)
    corners = unit_vectors(cell_centres(pentagons))
    near = corners @ corners.T > 0.4  # neighbours: 1 / √5; others: −1 / √5
    threes = [three for three in combinations(range(12), 3) if all(near[a, b] for a, b in combinations(three, 2))]
    middle = np.array([corners[list(three)].sum(axis=0) for three in threes])
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    corner = corners[[three[0] for three in threes]]
    ahead = corner - np.einsum("ij,ij->i", corner, middle)[:, None] * middle
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    return Faces(middle, ahead, np.cross(middle, ahead))


def face_of(vectors: Floats) -> tuple[Integers, Floats]:
    """Return the face that each unit vector lies on, and its angle from the nearest edge of it (radians)."""
    nearest = vectors @ faces().middle.T
    face = nearest.argmax(axis=1)
    apart = faces().middle[face][:, None, :] - faces().middle[None, :, :]
    length = np.linalg.norm(apart, axis=2)
    length[np.arange(face.size), face] = np.inf
    beyond = nearest.max(axis=1, keepdims=True) - nearest
    beyond[np.arange(face.size), face] = np.inf
    with np.errstate(invalid="ignore"):
        sines = np.where(np.isinf(length), np.inf, beyond / length).min(axis=1)
    return face, np.arcsin(np.minimum(sines, 1.0))


def numbered(x: Floats, y: Floats, face: Integers, *, resolution: int) -> Numbers:
    """Return one number per ancestor, at most ``FINEST``, of the stored cell that holds each point of a face's plane.

    ``x`` and ``y`` are along the face's ``ahead`` and ``aside``; ``face`` has one entry per column.
    """
    scale = np.sqrt(7.0) ** STORED_RESOLUTION / UNIT
    cos, sin = scale * np.cos(TURN), scale * np.sin(TURN)
    across = (y * cos - x * sin) * (2 / np.sqrt(3))
    i, j = _rounded(x * cos + y * sin + across / 2, across)
    for finer in range(STORED_RESOLUTION, resolution, -1):
        i, j = (3 * i - j, i + 2 * j) if finer % 2 else (2 * i + j, 3 * j - i)
        i, j = _seventh(i), _seventh(j)
    return (face.astype(np.int32) * SIDE + (i + REACH)) * SIDE + (j + REACH)


def _rounded(i: Floats, j: Floats) -> tuple[Numbers, Numbers]:
    """Return the hexagon that holds each point: of three rounded axes, the worst is made from the others."""
    k = j - i  # i − j + k is always 0
    near_i, near_j, near_k = np.rint(i), np.rint(j), np.rint(k)
    off_i, off_j, off_k = np.abs(near_i - i), np.abs(near_j - j), np.abs(near_k - k)
    fix_i = (off_i > off_j) & (off_i > off_k)
    fix_j = ~fix_i & (off_j > off_k)
    return (
        np.where(fix_i, near_j - near_k, near_i).astype(np.int32),
        np.where(fix_j, near_i + near_k, near_j).astype(np.int32),
    )


def _seventh(number: Numbers) -> Numbers:
    """Return the nearest whole number to a seventh; there are no halves."""
    found: Numbers = (number + np.int32(3)) // np.int32(7)
    return found


def on_globe(x: Floats, y: Floats, face: Integers) -> Floats:
    """Return the vector of each point of a face's plane, not of length 1."""
    some = faces()
    return some.middle[face] + x[:, None] * some.ahead[face] + y[:, None] * some.aside[face]
