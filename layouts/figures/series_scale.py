"""How high a row of the series reaches, and whether its bars are cut (RULES R1: each row has a unit of its own)."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Final, NamedTuple

CUT_FROM: Final = 2.2  # times the percentile: a highest bar above that would leave all others as a line on the ground
PERCENTILE: Final = 0.93
MOST_TICKS: Final = 2
EMPTY_TOP: Final = 1.0  # of a row without any figure: it has no scale


class Scale(NamedTuple):
    """The range of a row, its gridlines above 0, and whether bars reach beyond it."""

    low: float
    top: float
    ticks: tuple[int, ...]
    is_cut: bool

    def share(self, value: float) -> float:
        """Return how high a value lies between foot and top of the row, 0 to 1; beyond them at the edge."""
        within = min(max(value, self.low), self.top)
        return (within - self.low) / (self.top - self.low)


def scale_of(highs: Sequence[float | None], lows: Sequence[float] = (), *, may_cut: bool) -> Scale:
    """Return the scale of bars by where they end; ``may_cut``: a few that are far higher than all others are cut."""
    known = sorted(one for one in highs if one is not None and one > 0)
    low = min([0.0, *lows])
    if not known:
        return Scale(low, EMPTY_TOP, (), is_cut=False)
    usual = percentile(known)
    if may_cut and known[-1] > CUT_FROM * usual:
        top = half_magnitude(usual)
        return Scale(low, top, ticks(top), is_cut=True)
    return Scale(low, float(known[-1]), ticks(known[-1]), is_cut=False)


def percentile(known: Sequence[float]) -> float:
    """Return the value that 93 of 100 sorted ones do not exceed, between two of them in proportion."""
    place = PERCENTILE * (len(known) - 1)
    below = floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


def half_magnitude(value: float) -> float:
    """Return a value rounded up to a half of its power of ten: 50,410 becomes 55,000."""
    half = 10 ** floor(log10(value)) / 2
    return float(ceil(value / half) * half)


def ticks(top: float, *, most: int = MOST_TICKS) -> tuple[int, ...]:
    """Return at most so many round numbers above 0, evenly apart."""
    power = 10 ** max(floor(log10(top)) - 1, 0)
    steps = [digit * power * times for times in (1, 10) for digit in (1, 2, 5)]
    step = next((one for one in steps if top / one < most + 1), 10 * power)
    return tuple(step * number for number in range(1, floor(top / step) + 1))
