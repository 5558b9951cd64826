"""Lines to cells: which share of a line's great-circle length lies in each H3 cell, and lines as they are drawn.

Inside one face of H3's icosahedron the edges of cells are great-circle arcs, and ``cell_corners`` adds a corner
wherever an edge crosses to the next face. So a leg is cut exactly where it crosses those arcs, and each piece
belongs to the cell of its middle: nothing is clipped against one cell at a time, so cells that are not convex
(folded over an edge of the icosahedron) and pentagons need no case of their own, and no length is lost or
counted twice.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from geo.cells import cell_corners, cells_of_points, checked_resolution, mean_edge_km
from geo.sphere.great_circle import (
    EARTH_RADIUS_KM,
    Floats,
    Legs,
    Point,
    checked_points,
    degrees_of,
    legs,
    length_km,
    unit_vectors,
    vectors_along,
)

__all__ = ["cell_shares", "length_km", "segment_cells"]

# Two edges of the boundaries on a leg's way that share no corner are about an edge apart. At this part of an edge
# between samples, every boundary that a leg crosses belongs to a cell that a sample fell in.
SAMPLE_SPACING: Final = 0.4
SAME_PLACE: Final = 1e-10  # radians (0.6 mm): neighbours' corners agree to 1e-13
WORTH_A_CHECK: Final = 1e-7  # radians (0.6 m)
SECTIONS: Final = 64
HALVINGS: Final = 36  # of a section: at most 1e-10 of it is left in doubt
SAMPLES_AT_ONCE: Final = 1_000_000

Index = NDArray[np.intp]
Cells = NDArray[np.int64]
SCHEMA: Final = pl.Schema({"segment_id": pl.String, "resolution": pl.Int8, "cell": pl.Int64, "share": pl.Float64})


class Pieces(NamedTuple):
    """Parts of legs between two boundaries, in the order of the legs and along each."""

    leg: Index
    near: Floats  # radians from the leg's start
    far: Floats
    cell: Cells


def cell_shares(points: Sequence[Point], *, resolution: int) -> list[tuple[int, float]]:
    """Return each cell that a line passes through with its share of the line's great-circle length, sorted by cell.

    The shares sum to 1. A line of no length (one point, or one point repeated) is wholly in that point's cell.

    Raises
    ------
    ValueError
        There is no point, a point is off the globe, a leg joins opposite points of the globe, or ``resolution``
        is outside 0 to 7.
    """
    _, cell, share = _shares([checked_points(points)], resolution=resolution)
    return list(zip(cell.tolist(), share.tolist(), strict=True))


def segment_cells(segments: pl.DataFrame, *, resolutions: Sequence[int]) -> pl.DataFrame:
    """Return the cells of every segment at every resolution.

    Parameters
    ----------
    segments : DataFrame, one row per segment
        segment_id (String), points (list of longitude and latitude in degrees, WGS 84).
    resolutions : sequence of int
        H3 resolutions, 0 to 7.

    Returns
    -------
    DataFrame, one row per segment, resolution and cell, in the order of the segments, then sorted
        segment_id (String), resolution (Int8), cell (Int64), share (Float64; they sum to 1 per segment and resolution).

    Raises
    ------
    ValueError
        As ``cell_shares``, and names the segment where its points are at fault.
    """
    names = segments["segment_id"].to_list()
    lines = [_named_points(name, points) for name, points in zip(names, segments["points"].to_list(), strict=True)]
    frames = [SCHEMA.to_frame().with_columns(pl.lit(0, pl.Int64).alias("line"))]
    for resolution in sorted(set(resolutions)):
        line, cell, share = _shares(lines, resolution=resolution)
        table = pl.DataFrame({"line": line, "cell": cell, "share": share})
        name = pl.Series("segment_id", names, dtype=pl.String).gather(line)
        table = table.with_columns(name, pl.lit(resolution, pl.Int8).alias("resolution"))
        frames.append(table.select(*SCHEMA, pl.col("line").cast(pl.Int64)))
    return pl.concat(frames).sort("line", "resolution", "cell").drop("line")


def _named_points(name: str, points: list[list[float]] | None) -> Floats:
    try:
        return checked_points(points or [])
    except ValueError as error:
        raise ValueError(f"segment {name!r}: {error}") from error


def _shares(lines: list[Floats], *, resolution: int) -> tuple[Index, Cells, Floats]:
    """Return line, cell and share of the line's length as columns, sorted by line and cell."""
    checked_resolution(resolution)
    if not lines:
        return np.empty(0, np.intp), np.empty(0, np.int64), np.empty(0)
    owner, every = _legs_of(lines)
    line, cell, length = [], [], []
    for some in _batches(every.angle, resolution):
        pieces = _pieces(every.take(some), resolution)
        line.append(owner[some][pieces.leg])
        cell.append(pieces.cell)
        length.append(pieces.far - pieces.near)
    still = np.setdiff1d(np.arange(len(lines)), owner)
    line.append(still)
    cell.append(_cells_of(unit_vectors(np.array([lines[at][0] for at in still]).reshape(-1, 2)), resolution))
    length.append(np.ones(len(still)))
    return _summed(np.concatenate(line), np.concatenate(cell), np.concatenate(length))


def _legs_of(lines: list[Floats]) -> tuple[Index, Legs]:
    """Return the legs that have a length, with the line of each, each leg the same way round in both directions."""
    points = np.concatenate(lines)
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    first = np.flatnonzero(owner[:-1] == owner[1:])
    starts, ends = points[first], points[first + 1]
    turned = (starts[:, 0] > ends[:, 0]) | ((starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1]))
    every = legs(np.where(turned[:, None], ends, starts), np.where(turned[:, None], starts, ends))
    long = np.flatnonzero(every.angle > 0)
    return owner[first][long], every.take(long)


def _batches(angle: Floats, resolution: int) -> Iterator[Index]:
    """Yield the indices of legs in runs that need about ``SAMPLES_AT_ONCE`` samples."""
    batch = np.cumsum(_sections(angle, resolution)) // SAMPLES_AT_ONCE
    for number in np.unique(batch):
        yield np.flatnonzero(batch == number)


def _sections(angle: Floats, resolution: int) -> Index:
    spacing = SAMPLE_SPACING * mean_edge_km(resolution) / EARTH_RADIUS_KM
    return np.ceil(angle / spacing).astype(np.intp)


def _summed(line: Index, cell: Cells, length: Floats) -> tuple[Index, Cells, Floats]:
    """Return line, cell and the share of the line's whole length; one row per line and cell, sorted."""
    if len(line) == 0:
        return line, cell, length
    order = np.lexsort((cell, line))
    line, cell, length = line[order], cell[order], length[order]
    first = np.flatnonzero(np.r_[True, (np.diff(line) != 0) | (np.diff(cell) != 0)])
    line, cell, length = line[first], cell[first], np.add.reduceat(length, first)
    return line, cell, length / np.bincount(line, weights=length)[line]


def _pieces(some: Legs, resolution: int) -> Pieces:
    """Return the pieces of each leg, cut where it leaves one cell for the next."""
    leg, angle = _along(_sections(some.angle, resolution), some.angle)
    cell = _cells_of(vectors_along(some.take(leg), angle), resolution)
    new = np.r_[True, (np.diff(leg) != 0) | (np.diff(cell) != 0)]
    cut_leg, cut = _crossings(some, leg[new], cell[new])
    pieces = _cut(some, cut_leg, cut, resolution)
    doubtful = _doubtful(some, pieces, resolution)
    if len(doubtful) == 0:
        return pieces
    more_leg, more = _changes(some, pieces, doubtful, resolution)
    return _cut(some, np.concatenate((cut_leg, more_leg)), np.concatenate((cut, more)), resolution)


def _along(sections: Index, angle: Floats) -> tuple[Index, Floats]:
    """Return the leg and the angle of every end of every section, both ends of the leg among them."""
    leg = np.repeat(np.arange(len(angle)), sections + 1)
    step = np.arange(len(leg)) - np.repeat(np.cumsum(sections + 1) - sections - 1, sections + 1)
    return leg, step / sections[leg] * angle[leg]


def _cells_of(vectors: Floats, resolution: int) -> Cells:
    longitude, latitude = degrees_of(vectors).T
    return cells_of_points(latitude=latitude, longitude=longitude, resolution=resolution)


def _crossings(some: Legs, leg: Index, cell: Cells) -> tuple[Index, Floats]:
    """Return where legs cross the boundaries of the cells they were seen in: the leg, radians from its start."""
    distinct, which = np.unique(cell, return_inverse=True)
    sizes, corners = cell_corners(distinct)
    size = sizes.astype(np.intp)[which]
    first = (np.cumsum(sizes) - sizes).astype(np.intp)[which]
    begin = np.cumsum(size) - size
    place = np.arange(size.sum()) - np.repeat(begin, size)
    corner = unit_vectors(corners)[np.repeat(first, size) + place]
    after = np.arange(1, len(place) + 1)
    after[begin + size - 1] = begin
    owner = np.repeat(leg, size)
    side = np.einsum("ij,ij->i", some.normal[owner], corner)
    edge = np.flatnonzero((side < 0) != (side[after] < 0))
    end, owner = after[edge], owner[edge]
    point = corner[edge] * np.abs(side[end])[:, None] + corner[end] * np.abs(side[edge])[:, None]
    ahead = np.einsum("ij,ij->i", point, some.ahead[owner])
    angle = np.arctan2(ahead, np.einsum("ij,ij->i", point, some.start[owner]))
    inside = (angle > SAME_PLACE) & (angle < some.angle[owner] - SAME_PLACE)
    return owner[inside], angle[inside]


def _cut(some: Legs, leg: Index, angle: Floats, resolution: int) -> Pieces:
    """Return the pieces of each leg between the places where it is cut, with the cell of each one's middle."""
    count = len(some.angle)
    leg = np.concatenate((np.arange(count), leg, np.arange(count)))
    is_end = np.arange(len(leg)) >= len(leg) - count
    angle = np.concatenate((np.zeros(count), angle, some.angle))
    order = np.lexsort((angle, leg))
    leg, angle, is_end = leg[order], angle[order], is_end[order]
    kept = np.r_[True, (np.diff(leg) != 0) | (np.diff(angle) > SAME_PLACE)] | is_end
    leg, angle, is_end = leg[kept], angle[kept], is_end[kept]
    near = np.flatnonzero(~is_end)
    middle = (angle[near] + angle[near + 1]) / 2
    cell = _cells_of(vectors_along(some.take(leg[near]), middle), resolution)
    return Pieces(leg[near], angle[near], angle[near + 1], cell)


def _doubtful(some: Legs, pieces: Pieces, resolution: int) -> Index:
    """Return the pieces whose ends, a little way in, are not in the cell of the middle."""
    agrees = np.ones(len(pieces.leg), dtype=bool)
    length = pieces.far - pieces.near
    for part in (0.01, 0.99):
        vectors = vectors_along(some.take(pieces.leg), pieces.near + part * length)
        agrees &= _cells_of(vectors, resolution) == pieces.cell
    return np.flatnonzero(~agrees & (length > WORTH_A_CHECK))


def _changes(some: Legs, pieces: Pieces, doubtful: Index, resolution: int) -> tuple[Index, Floats]:
    """Return where the cell changes within doubtful pieces, found by bisection on the cell of a point."""
    leg, length = pieces.leg[doubtful], (pieces.far - pieces.near)[doubtful]
    piece, angle = _along(np.full(len(doubtful), SECTIONS), length)
    angle += pieces.near[doubtful][piece]
    cell = _cells_of(vectors_along(some.take(leg[piece]), angle), resolution)
    change = np.flatnonzero((np.diff(piece) == 0) & (np.diff(cell) != 0))
    owner, before = some.take(leg[piece[change]]), cell[change]
    near, far = angle[change], angle[change + 1]
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        is_before = _cells_of(vectors_along(owner, middle), resolution) == before
        near, far = np.where(is_before, middle, near), np.where(is_before, far, middle)
    return leg[piece[change]], far
