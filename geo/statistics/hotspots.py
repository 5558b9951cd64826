"""Gi*: where a cell and its first ring hold more, or less, than chance would put there (RULES G3, G4).

Cells are Int64 H3 indices of one resolution, sorted and distinct; every array of values has one row per cell, zeros
included (RULES G2).
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import erfc
from scipy.stats import false_discovery_control

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
FEWEST: Final = 30  # cells: below it a normal tail says nothing (RULES G4)
Reason = Literal["few_cells", "same_values"]
LEVELS: Final = ((0.10, 90), (0.05, 95), (0.01, 99))  # false discovery rate, and the confidence it is called by


@dataclass(frozen=True, eq=False)
class HotSpots:
    """Gi* of one variable: one entry per cell.

    ``z`` (standard deviations), ``p`` (two-sided, normal) and ``q`` (Benjamini–Hochberg) are NaN where they cannot
    be computed; ``level`` is 90, 95 or 99 where hot, the same below zero where cold, else 0. ``not_computable`` is
    None, or why nothing was computed: fewer cells than ``FEWEST``, or the same value in all.
    """

    z: Floats
    p: Floats
    q: Floats
    level: npt.NDArray[np.int8]
    not_computable: Reason | None


def gi_star(values: npt.ArrayLike, neighbours: csr_array) -> Floats:
    """Return Gi* of every cell, as the z of formula G3.

    Parameters
    ----------
    values : array, (cells,) or (cells, frames)
        One variable, or several; each frame has its own mean and spread.
    neighbours : csr_array, (cells, cells)
        As ``neighbours_of`` makes it, once for all frames.

    Returns
    -------
    array, shaped as ``values``
        NaN where all values of a frame are equal, and where a cell's neighbours are the whole area.

    Raises
    ------
    ValueError
        A value is not finite, or there are not as many as cells.

    Source: RULES G3; Ord and Getis 1995.
    """
    x = _checked(values, neighbours)
    centred = x - x.mean(axis=0)
    weight = _like(neighbours.sum(axis=1), x)
    return standardised(neighbours @ centred, weight=weight, spread=_spread(x, axis=0), count=x.shape[0])


def standardised(sums: Floats, *, weight: Floats, spread: Floats, count: int) -> Floats:
    """Return sums of deviations over ``weight`` neighbours, divided by what chance makes of them (RULES G3).

    ``count`` is the n of the formula. Weights are binary, so the sum of their squares is ``weight`` itself.
    """
    room = np.sqrt(np.maximum(count * weight - weight**2, 0) / max(count - 1, 1))
    by_chance = room * spread
    z: Floats = np.divide(sums, by_chance, out=np.full(sums.shape, np.nan), where=by_chance > 0)
    return z


def _checked(values: npt.ArrayLike, neighbours: csr_array) -> Floats:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim not in (1, 2) or x.shape[0] != neighbours.shape[0]:
        raise ValueError(f"values are {x.shape}, but there are {neighbours.shape[0]} cells; pass one row per cell")
    if not np.isfinite(x).all():
        raise ValueError("a value is not finite; zero is the value of a cell where nothing was recorded (RULES G2)")
    return x


def _like(column: npt.ArrayLike, x: Floats) -> Floats:
    flat = np.asarray(column, dtype=np.float64).ravel()
    return flat if x.ndim == 1 else flat[:, None]


def _spread(x: Floats, *, axis: int | None) -> Floats:
    """Return S of formula G3; exactly 0 where all values are equal, whatever their mean rounds to."""
    if x.size == 0:
        return np.zeros(x.shape[1:])
    spread = np.sqrt(((x - x.mean(axis=axis)) ** 2).mean(axis=axis))
    return np.where(np.ptp(x, axis=axis) == 0, 0.0, spread)


def two_sided(z: Floats) -> Floats:
    """Return how often chance alone makes a z at least that far from 0 (normal)."""
    p: Floats = erfc(np.abs(z) / np.sqrt(2))
    return p


def false_discovery(p: Floats) -> Floats:
    """Return the Benjamini–Hochberg q of each p, over all of them that are not NaN, whatever their shape."""
    known = ~np.isnan(p)
    q = np.full(p.shape, np.nan)
    if known.any():
        q[known] = false_discovery_control(p[known])
    return q


def levels_of(z: Floats, q: Floats) -> Levels:
    """Return 90, 95 or 99 where hot with that confidence, the same below zero where cold, else 0 (RULES G4)."""
    level = np.zeros(z.shape, dtype=np.int8)
    for rate, confidence in LEVELS:
        level[q <= rate] = confidence
    return np.where(z < 0, -level, level).astype(np.int8)


def why_not(values: Floats) -> Reason | None:
    """Return why Gi* of these cells would mean nothing, or None (RULES G4)."""
    if values.shape[0] < FEWEST:
        return "few_cells"
    return "same_values" if np.ptp(values) == 0 else None


def hot_spots(values: npt.ArrayLike, neighbours: csr_array) -> HotSpots:
    """Return Gi* of one variable with its p, its q over all cells, and its class (RULES G3, G4)."""
    x = _checked(values, neighbours)
    reason = why_not(x)
    z = gi_star(x, neighbours) if reason is None else np.full(x.shape, np.nan)
    p = two_sided(z)
    q = false_discovery(p)
    return HotSpots(z=z, p=p, q=q, level=levels_of(z, q), not_computable=reason)
