"""The answer to "More dangerous, or just busier?" in words, from intervals alone; it names no cause (RULES R8, R9)."""

from typing import Final

from data.model.notices import Notice
from data.risk.comparison import direction
from data.risk.models import Computed

ABOUT_AS_BUSY: Final = 0.1
"""The share by which what a variant divides by must differ before a period is called busier or less busy."""


def verdict(before: Computed, after: Computed, *, overlap: bool | None, is_partial: bool = False) -> Notice:
    """Return whether the later of two periods was more dangerous, and whether it was busier.

    More or less dangerous is said only where the two spreads do not overlap; where they do, that no difference is
    clear, and never that there is none; without events, that it is not known (RULES R8, R9).

    Parameters
    ----------
    before, after : one variant of the same route, counted by the same sources in the same places (RULES P5, R6).
    overlap : whether their spreads overlap; None: not known.
    is_partial : whether people who were intercepted are in neither figure, so that it is said by this measure alone.
    """
    volume = _volume(before.denominator, after.denominator)
    if overlap is None:
        return Notice("risk.verdict.not_known", volume=volume)
    if overlap:
        return Notice("risk.verdict.unclear", volume=volume)
    rose = direction(before.value, after.value) == "rise"
    return Notice("risk.verdict.more" if rose else "risk.verdict.less", volume=volume, is_partial=is_partial)


def _volume(before: int, after: int) -> str:
    """Return more, fewer or same: by at least a tenth of the earlier."""
    if abs(after - before) < ABOUT_AS_BUSY * before:
        return "same"
    return "more" if after > before else "fewer"
