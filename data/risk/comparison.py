"""Two windows compared by one variant, and routes ranked by one; neither names a cause (RULES R5, R9, P4)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from data.model.notices import Notice
from data.risk.formulas import VARIANT_OF, Figures, denominator, in_percent, spread_words, why_not
from data.risk.models import Computed, VariantAnswer, VariantName


class Comparison(NamedTuple):
    """What became of one variant: whether the spreads overlap (None: not known), and a sentence without a cause (R9).

    ``why_not`` is the reason where the two cannot be compared.
    """

    name: VariantName
    overlap: bool | None
    caption: Notice
    why_not: Notice | None = None


def compare(earlier: VariantAnswer, later: VariantAnswer) -> Comparison:
    """Compare one variant of two windows: what changed in the counts, and whether the spreads overlap.

    Parameters
    ----------
    earlier, later : one entry each of ``variants``, of the same name.

    Raises
    ------
    ValueError
        The two are different variants (RULES R5).
    """
    if earlier.name != later.name:
        raise ValueError(f"{earlier.name} and {later.name} are not compared (RULES R5).")
    before, after = earlier.computed, later.computed
    if before is None or after is None:
        which, lacking = ("earlier", earlier) if before is None else ("later", later)
        return not_compared(later.name, Notice("risk.compared.in_the", which=which, reason=lacking.why_not))
    ends = before.spread, after.spread
    if ends[0] is None or ends[1] is None:
        return Comparison(later.name, None, _change("chance_not_known", before, after))
    overlap = ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]
    first, second = _spreads(ends[0], ends[1], overlap=overlap)
    spreads = "overlap" if overlap else "apart"
    return Comparison(later.name, overlap, _change(spreads, before, after, first=first, second=second))


def not_compared(name: VariantName, reason: Notice) -> Comparison:
    """Return that two windows cannot be compared, and why."""
    return Comparison(name, None, Notice("risk.compared.not", reason=reason), reason)


def _spreads(earlier: tuple[float, float], later: tuple[float, float], *, overlap: bool) -> tuple[Notice, Notice]:
    """Return both spreads in words, with as many decimals as it takes to see that they do not overlap."""
    below, above = sorted((earlier, later))
    decimals = None
    if not overlap and round(100 * below[1], 1) == round(100 * above[0], 1):
        decimals = next(
            (number for number in range(2, 6) if round(100 * below[1], number) < round(100 * above[0], number)), 6
        )
    return spread_words(*earlier, decimals=decimals), spread_words(*later, decimals=decimals)


def direction(before: float, after: float) -> str:
    """Return same, rise or fall."""
    return "same" if before == after else "rise" if after > before else "fall"


def _change(spreads: str, before: Computed, after: Computed, **more: Notice) -> Notice:
    values = (before.value, after.value)
    first, second = map(in_percent, values)
    return Notice(f"risk.compared.{spreads}", direction=direction(*values), before=first, after=second, **more)


class Ranking(NamedTuple):
    """Routes by one variant: for each period the list of (route, value), highest first; or why they are not ranked."""

    name: VariantName
    ranks: list[list[tuple[str, float]]] | None = None
    not_ranked: Notice | None = None


def rank_routes(figures: Mapping[str, Sequence[Figures]], *, name: VariantName = "rho") -> Ranking:
    """Rank routes by one variant, only if every route is computable in every period (RULES P4).

    Parameters
    ----------
    figures : for each route, its figures in each of the same periods, in the same order.
    """
    variant = VARIANT_OF[name]
    if len(figures) < 2:
        return Ranking(name, not_ranked=Notice("risk.not_ranked.one_route"))
    if len({len(periods) for periods in figures.values()}) != 1 or not all(figures.values()):
        return Ranking(name, not_ranked=Notice("risk.not_ranked.other_periods"))
    faults = [(route, reason) for route, periods in figures.items() for one in periods
              if (reason := why_not(variant, one))]  # fmt: skip
    if faults:
        route, reason = faults[0]
        return Ranking(
            name, not_ranked=Notice("risk.not_ranked.faults", route=route, reason=reason, more=len(faults) - 1)
        )
    values = {route: [(one.deaths or 0) / denominator(variant, one) for one in periods]
              for route, periods in figures.items()}  # fmt: skip
    return Ranking(name, ranks=[
        sorted(((route, numbers[period]) for route, numbers in values.items()), key=lambda pair: (-pair[1], pair[0]))
        for period in range(len(next(iter(values.values()))))
    ])  # fmt: skip
