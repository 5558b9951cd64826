"""Risk, formula by formula: its variants, when each may be computed, its spread, two windows compared.

Pure functions of counted figures; RULES R3 to R9 are held here and nowhere else. There is no risk of a cell, and
no function here takes one: a cell has no denominator (RULES R7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np

FEWEST_ATTEMPTS: Final = 500  # RULES R6
FEWEST_EVENTS: Final = 5  # RULES R6
DRAWS: Final = 4000  # RULES R8
PERCENTILES: Final = (2.5, 97.5)
# Several seeds print the four ends of RULES R9, and this is one of them. With 400,000 draws the lower end for the
# Central Mediterranean in 2017 is 1.44%, which prints as 1.4%: the 1.5% of R9 is one outcome of 4,000 draws.
# No seed moves an end by a tenth of a percentage point.
SEED: Final = 1
PICKED_AT_ONCE: Final = 500_000
SPREAD_WORDS: Final = "spread if events had fallen differently"


@dataclass(frozen=True)
class Variant:
    """One formula: what it divides by, in symbols and in words, and what it leaves out."""

    name: str
    symbol: str
    label: str
    formula: str
    words: str
    needs: tuple[str, ...]
    leaves_out: str


VARIANTS: Final = (
    Variant(
        "rho", "ρ", "deaths per attempt", "ρ = D / A, with A = Arr + Int + D",
        "people dead or missing, divided by attempts: people who arrived, people intercepted and people dead or "
        "missing together", ("deaths", "arrivals", "interceptions"),
        "Leaves out attempts that nobody counted: people who arrived, turned back or died unseen.",
    ),
    Variant(
        "rho_arr", "ρ_arr", "deaths per arrival or death", "ρ_arr = D / (Arr + D)",
        "people dead or missing, divided by people who arrived and people dead or missing together",
        ("deaths", "arrivals"), "Leaves out people who were intercepted, so it is higher than deaths per attempt.",
    ),
    Variant(
        "kappa", "κ", "deaths per arrival", "κ = D / Arr",
        "people dead or missing, divided by people who arrived: a ratio, not a share", ("deaths", "arrivals"),
        "Leaves out people who were intercepted, and those who died are not in its denominator.",
    ),
)  # fmt: skip
VARIANT_OF: Final = {variant.name: variant for variant in VARIANTS}


@dataclass(frozen=True)
class Figures:
    """What is known of one route in one window, in people; None is not known, never 0.

    ``attempts`` is set where a publisher or a reader states it; else it follows from the three (RULES R3).
    ``gaps`` says for each input why it does not cover every day: such an input is used in no formula (R6).
    ``tolls`` are the people dead or missing of each event; None where the events are not known.
    ``fixed`` are people of cumulative records: in ``deaths``, but of no event that could fall differently (E4).
    """

    deaths: int | None
    arrivals: int | None = None
    interceptions: int | None = None
    attempts: int | None = None
    gaps: Mapping[str, str] = field(default_factory=dict)
    tolls: tuple[int, ...] | None = None
    fixed: int = 0

    @property
    def events(self) -> int | None:
        """Return how many events there are; None where that is not known."""
        return None if self.tolls is None else len(self.tolls)

    @property
    def all_attempts(self) -> int | None:
        """Return A = Arr + Int + D, or the attempts as stated; None where one of the three is not known (R3)."""
        if self.attempts is not None:
            return self.attempts
        parts = (self.deaths, self.arrivals, self.interceptions)
        return None if None in parts or self.gaps else sum(part or 0 for part in parts)


def denominator(variant: Variant, figures: Figures) -> int:
    """Return what a variant divides by; its inputs are known."""
    if variant.name == "rho":
        return figures.all_attempts or 0
    arrivals = figures.arrivals or 0
    return arrivals if variant.name == "kappa" else arrivals + (figures.deaths or 0)


def why_not(variant: Variant, figures: Figures) -> str:
    """Return why a variant is not computable (RULES R6); blank where it is."""
    needs = ("deaths",) if variant.name == "rho" and figures.attempts is not None else variant.needs
    reasons = [figures.gaps.get(name) or f"{name} are not known" for name in needs
               if name in figures.gaps or getattr(figures, name) is None]  # fmt: skip
    if not reasons:
        reasons += _too_small(variant, figures)
    if figures.events is not None and figures.events < FEWEST_EVENTS:
        reasons.append(f"events are fewer than {FEWEST_EVENTS} ({figures.events})")
    return "; ".join(reasons)


def _too_small(variant: Variant, figures: Figures) -> list[str]:
    """Return what is wrong with known inputs: a toll below zero, too few attempts, nobody to divide by."""
    if (figures.deaths or 0) < 0:
        return ["later adjustments bring the number of dead or missing below zero"]
    is_rho = variant.name == "rho"
    known = denominator(variant if is_rho else VARIANT_OF["rho_arr"], figures)
    if known < FEWEST_ATTEMPTS:
        what = "attempts" if is_rho else "arrivals and deaths together"
        return [f"{what} are fewer than {FEWEST_ATTEMPTS} ({known:,})"]
    return [] if denominator(variant, figures) else ["arrivals are 0, so there is nothing to divide by"]


def one_in(value: Fraction) -> int | None:
    """Return N of "1 in N": ``round(1 / value)``, halves to the even number (RULES R5); None where nobody died."""
    return round(1 / value) if value > 0 else None


def drawn_sums(tolls: Sequence[int], *, seed: int = SEED, draws: int = DRAWS) -> np.ndarray:
    """Return the toll of each draw: as many events as there are, picked with replacement (RULES R8).

    The order in which the events are given changes nothing.
    """
    sizes, random = np.sort(np.asarray(tolls, dtype=np.int64)).astype(np.int32), np.random.default_rng(seed)
    number = sizes.size
    kind = np.uint16 if number <= np.iinfo(np.uint16).max else np.uint32  # half of the time is spent on random bytes
    at_once = max(1, PICKED_AT_ONCE // number)
    parts = [
        sizes[random.integers(0, number, (min(at_once, draws - done), number), dtype=kind)].sum(axis=1, dtype=np.int64)
        for done in range(0, draws, at_once)
    ]
    return np.concatenate(parts)


def spread_of_deaths(figures: Figures, *, seed: int = SEED) -> tuple[float, float] | None:
    """Return the 2.5 and 97.5 percentiles of deaths over the draws; None where the events are not known.

    People of cumulative records are added to every draw: they are in D, but are no event (RULES E4, R8).
    """
    if not figures.tolls:
        return None
    low, high = np.percentile(drawn_sums(figures.tolls, seed=seed), PERCENTILES) + figures.fixed
    return float(low), float(high)


def variant_answer(
    variant: Variant, figures: Figures, deaths_spread: tuple[float, float] | None = None
) -> dict[str, Any]:
    """Return one variant: value, one_in, low and high, or the reason why it is not computable (RULES R4 to R8).

    low and high are null where ``deaths_spread`` is None; a value is a fraction, not percent.
    """
    named = {"name": variant.name, "symbol": variant.symbol, "label": variant.label, "formula": variant.formula,
             "words": variant.words, "leaves_out": variant.leaves_out}  # fmt: skip
    reason = why_not(variant, figures)
    if reason:
        return named | {"not_computable": reason}
    below, deaths = denominator(variant, figures), figures.deaths or 0
    low, high = (None, None) if deaths_spread is None else (end / below for end in deaths_spread)
    answer: dict[str, Any] = {"value": deaths / below, "one_in": one_in(Fraction(deaths, below)), "low": low,
                              "high": high, "denominator": below}  # fmt: skip
    if deaths_spread is None:
        answer["no_spread"] = "The spread is not computable without the events."
    return named | answer


def variants(figures: Figures, *, seed: int = SEED) -> list[dict[str, Any]]:
    """Return all three variants of one route and window, never mixed (RULES R5)."""
    computable = any(not why_not(variant, figures) for variant in VARIANTS)
    deaths_spread = spread_of_deaths(figures, seed=seed) if computable else None
    return [variant_answer(variant, figures, deaths_spread) for variant in VARIANTS]


def percent(value: float, *, decimals: int = 2) -> str:
    """Return ``2.88%``."""
    return f"{100 * value:.{decimals}f}%"


def spread_words(low: float, high: float, *, decimals: int | None = None) -> str:
    """Return ``1.8–4.1%``: one decimal as RULES R9 prints it, two where all of it is below 1%, or as many as asked."""
    decimals = decimals or (1 if high >= 0.01 else 2)
    return f"{100 * low:.{decimals}f}–{percent(high, decimals=decimals)}"


def compare(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Compare one variant of two windows: what changed in the counts, and whether the spreads overlap.

    Parameters
    ----------
    earlier, later : one entry each of ``variants``, of the same name.

    Returns
    -------
    dict
        name, overlap (None where a value or a spread is not known), caption: a sentence that names no cause (R9).

    Raises
    ------
    ValueError
        The two are different variants (RULES R5).
    """
    if earlier["name"] != later["name"]:
        raise ValueError(f"{earlier['name']} and {later['name']} are not compared (RULES R5).")
    for which, one in (("earlier", earlier), ("later", later)):
        if "not_computable" in one:
            caption = f"The two windows cannot be compared: in the {which}, {one['not_computable']}."
            return {"name": one["name"], "overlap": None, "caption": caption}
    change = _change(earlier["value"], later["value"])
    if None in (earlier["low"], later["low"]):
        caption = f"{change}. Whether it may be chance in how events fell is not known without the events."
        return {"name": later["name"], "overlap": None, "caption": caption}
    overlap = earlier["low"] <= later["high"] and later["low"] <= earlier["high"]
    first, second = _spreads(earlier, later, overlap=overlap)
    verdict = (
        "overlap, so it may be chance in how events fell."
        if overlap
        else "do not overlap, so chance in how events fell alone hardly explains it. The counts do not say why."
    )
    return {
        "name": later["name"],
        "overlap": overlap,
        "caption": f"{change}; the two spreads, {first} and {second}, {verdict}",
    }


def _spreads(earlier: Mapping[str, Any], later: Mapping[str, Any], *, overlap: bool) -> tuple[str, str]:
    """Return both spreads in words, with as many decimals as it takes to see that they do not overlap."""
    ends = [(one["low"], one["high"]) for one in (earlier, later)]
    below, above = sorted(ends)
    decimals = None
    if not overlap and round(100 * below[1], 1) == round(100 * above[0], 1):
        decimals = next(
            (number for number in range(2, 6) if round(100 * below[1], number) < round(100 * above[0], number)), 6
        )
    first, second = (spread_words(*end, decimals=decimals) for end in ends)
    return first, second


def _change(before: float, after: float) -> str:
    if before == after:
        return f"There is no change in the counts, {percent(before)} in both"
    return f"The {'rise' if after > before else 'fall'} from {percent(before)} to {percent(after)} is in the counts"


def ranked(figures: Mapping[str, Sequence[Figures]], *, name: str = "rho") -> dict[str, Any]:
    """Rank routes by one variant, only if every route is computable in every period (RULES P4).

    Parameters
    ----------
    figures : for each route, its figures in each of the same periods, in the same order.

    Returns
    -------
    dict
        name, and either ranks: for each period the list of (route, value), highest first, or not_ranked: why.
    """
    variant = VARIANT_OF[name]
    if len(figures) < 2:
        return {"name": name, "not_ranked": "a ranking needs at least two routes"}
    if len({len(periods) for periods in figures.values()}) != 1 or not all(figures.values()):
        return {"name": name, "not_ranked": "the routes are not counted in the same periods"}
    faults = [f"{route}: {reason}" for route, periods in figures.items() for one in periods
              if (reason := why_not(variant, one))]  # fmt: skip
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        return {"name": name, "not_ranked": f"not every route is computable in every period: {faults[0]}{more}"}
    values = {route: [(one.deaths or 0) / denominator(variant, one) for one in periods]
              for route, periods in figures.items()}  # fmt: skip
    periods = range(len(next(iter(values.values()))))
    return {"name": name, "ranks": [
        sorted(((route, numbers[period]) for route, numbers in values.items()), key=lambda pair: (-pair[1], pair[0]))
        for period in periods
    ]}  # fmt: skip
