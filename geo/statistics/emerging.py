"""Emerging hot spots: Gi* over cells and steps of time, its trend, and the pattern of each cell (RULES G5)."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.statistics.hotspots import false_discovery, levels_of, standardised, two_sided

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
FEWEST_STEPS: Final = 10  # fewer cannot tell "nearly always" (90%) from "always"
TREND: Final = 0.05  # the two-sided p below which a series of z rises or falls
NO_PATTERN: Final = "no pattern"
PATTERNS: Final = ("new", "consecutive", "intensifying", "diminishing", "persistent", "historical", "oscillating",
                   "sporadic", NO_PATTERN)  # fmt: skip


def space_time_gi_star(values: npt.ArrayLike, neighbours: csr_array) -> Floats:
    """Return Gi* of every cell and step; neighbours are those in space, in the same step and in the one before.

    ``values`` is (cells, steps), zeros included. Mean and spread are those of all cells and steps together, so that
    steps can be compared; the first step has no step before it, and its real ``W_i`` is half of the others'.
    NaN where all values are equal. Raises ValueError where the shape does not fit or a value is not finite.
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 2 or x.shape[0] != neighbours.shape[0] or not np.isfinite(x).all():
        raise ValueError(f"values are {x.shape}; pass finite numbers, {neighbours.shape[0]} cells by steps of time")
    if x.size == 0 or np.ptp(x) == 0:
        return np.full(x.shape, np.nan)
    centred = x - x.mean()
    sums = np.asarray(neighbours @ centred)
    sums[:, 1:] += sums[:, :-1].copy()
    steps_back = np.full(x.shape[1], 2.0)
    steps_back[0] = 1.0
    weight = np.asarray(neighbours.sum(axis=1)).reshape(-1, 1) * steps_back
    return standardised(sums, weight=weight, spread=np.sqrt((centred**2).mean()), count=x.size)


def levels_by_step(z: Floats) -> npt.NDArray[np.int8]:
    """Return the class of every cell and step, with one Benjamini–Hochberg correction over all of them (RULES G4)."""
    return levels_of(z, false_discovery(two_sided(z)))


def mann_kendall(series: Floats) -> tuple[Floats, Floats]:
    """Return z and two-sided p of the Mann–Kendall test of every row of ``series`` (rows, steps).

    With the correction for ties and the one for continuity; a row without any difference has z 0 and p 1.
    """
    steps = series.shape[1]
    s = np.zeros(series.shape[0])
    for lag in range(1, steps):
        s += np.sign(series[:, lag:] - series[:, :-lag]).sum(axis=1)
    variance = (steps * (steps - 1) * (2 * steps + 5) - _ties(series)) / 18
    ahead = s - np.sign(s)
    z = np.divide(ahead, np.sqrt(variance), out=np.zeros_like(s), where=(variance > 0) & (s != 0))
    return z, two_sided(z)


def _ties(series: Floats) -> Floats:
    """Return Σ t (t − 1) (2t + 5) over the groups of equal values of each row."""
    ordered = np.sort(series, axis=1)
    starts = np.ones(series.shape, dtype=bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.flatnonzero(starts.ravel())
    sizes = np.diff(np.append(first, series.size)).astype(np.float64)
    terms: Floats = sizes * (sizes - 1) * (2 * sizes + 5)
    return np.bincount(first // max(series.shape[1], 1), weights=terms, minlength=series.shape[0]).astype(np.float64)


def trends(z: Floats, *, alpha: float = TREND) -> npt.NDArray[np.int8]:
    """Return 1 where a row of z rises, −1 where it falls, 0 where neither is sure at ``alpha``."""
    score, p = mann_kendall(z)
    return np.where(p < alpha, np.sign(score), 0).astype(np.int8)


def patterns(*, hot: Booleans, cold: Booleans, trend: npt.NDArray[np.int8]) -> list[str]:
    """Return the pattern of each cell from the steps in which it was hot or cold, and its trend (RULES G5).

    Parameters
    ----------
    hot, cold : boolean arrays, (cells, steps), the oldest step first
    trend : (cells,), 1 rising, 0 neither, −1 falling

    Returns
    -------
    list of str, one of ``PATTERNS`` per cell
        *new*: hot in the last step alone. *consecutive*: hot in the last two or more, never before them, in fewer
        than 90% of steps. Of those hot in at least 90% and in the last: *intensifying* (rising), *diminishing*
        (falling), *persistent* (neither). *historical*: not hot in the last, hot in at least 90% of those before.
        Of the others that are hot in the last: *oscillating* if ever cold, else *sporadic*. Earlier names win.

    Raises
    ------
    ValueError
        Fewer than two steps: there is no "before".
    """
    steps = hot.shape[1]
    if steps < 2:
        raise ValueError(f"a pattern needs at least two steps of time; found {steps}")
    times, last = hot.sum(axis=1), hot[:, -1]
    at_end = np.cumprod(hot[:, ::-1], axis=1).sum(axis=1)
    mostly = 10 * times >= 9 * steps  # whole numbers: 0.9 × 10 is not exactly 9
    mostly_before = 10 * (times - last) >= 9 * (steps - 1)
    rules = [
        last & (times == 1),
        last & (at_end == times) & ~mostly,
        last & mostly & (trend > 0),
        last & mostly & (trend < 0),
        last & mostly,
        ~last & mostly_before,
        last & cold.any(axis=1),
        last,
    ]
    found: list[str] = np.select(rules, PATTERNS[:-1], NO_PATTERN).tolist()
    return found
