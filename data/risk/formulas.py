"""Risk, formula by formula: its variants, when each may be computed, its spread.

Pure functions of counted figures; RULES R3 to R9 are held here and nowhere else. There is no risk of a cell, and
no function here takes one: a cell has no denominator (RULES R7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np
from msgspec.structs import replace

from data.model.notices import Notice
from data.risk.models import VariantAnswer, VariantName

FEWEST_ATTEMPTS: Final = 500  # RULES R6
FEWEST_EVENTS: Final = 5  # RULES R6
DRAWS: Final = 4000  # RULES R8
PERCENTILES: Final = (2.5, 97.5)
# Several seeds print the four ends of RULES R9, and this is one of them. With 400,000 draws the lower end for the
# Central Mediterranean in 2017 is 1.44%, which prints as 1.4%: the 1.5% of R9 is one outcome of 4,000 draws.
# No seed moves an end by a tenth of a percentage point.
SEED: Final = 1
PICKED_AT_ONCE: Final = 500_000
MOST_PICKED: Final = int(
    np.iinfo(np.uint16).max
)  # events picked one by one: numbers of two bytes, as half of the time is spent on them


@dataclass(frozen=True)
class Variant:
    """One formula: its name, its sign, and what it takes."""

    name: VariantName
    symbol: str
    needs: tuple[str, ...]

    @property
    def label(self) -> Notice:
        """Return ``deaths per attempt``."""
        return Notice(f"risk.label.{self.name}")

    @property
    def formula(self) -> Notice:
        """Return what it divides by, in symbols."""
        return Notice(f"risk.formula.{self.name}")

    @property
    def words(self) -> Notice:
        """Return what it divides by, in words."""
        return Notice(f"risk.words.{self.name}")

    @property
    def leaves_out(self) -> Notice:
        """Return whom it leaves out."""
        return Notice(f"risk.leaves_out.{self.name}")


VARIANTS: Final = (
    Variant("rho", "ρ", ("deaths", "arrivals", "interceptions")),
    Variant("rho_arr", "ρ_arr", ("deaths", "arrivals")),
    Variant("kappa", "κ", ("deaths", "arrivals")),
)
VARIANT_OF: Final[Mapping[str, Variant]] = {variant.name: variant for variant in VARIANTS}


@dataclass(frozen=True)
class Figures:
    """What is known of one route in one window, in people; None is not known, never 0.

    ``attempts`` is set where a publisher or a reader states it; else it follows from the three (RULES R3).
    ``gaps`` says for each input why it does not cover every day: such an input is used in no formula (R6).
    ``tolls`` are the people dead or missing of each event; None where the events are not known, or only their number
    is (``event_count``).
    ``fixed`` are people of cumulative records: in ``deaths``, but of no event that could fall differently (E4).
    """

    deaths: int | None
    arrivals: int | None = None
    interceptions: int | None = None
    attempts: int | None = None
    gaps: Mapping[str, Notice] = field(default_factory=dict)
    tolls: Sequence[int] | None = None
    fixed: int = 0
    event_count: int | None = None

    @property
    def events(self) -> int | None:
        """Return how many events there are; None where that is not known."""
        return self.event_count if self.tolls is None else len(self.tolls)

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


def why_not(variant: Variant, figures: Figures) -> Notice | None:
    """Return why a variant is not computable (RULES R6); None where it is."""
    needs = ("deaths",) if variant.name == "rho" and figures.attempts is not None else variant.needs
    reasons = [figures.gaps.get(name) or Notice("risk.reason.not_known", measure=measure_word(name)) for name in needs
               if name in figures.gaps or getattr(figures, name) is None]  # fmt: skip
    if not reasons:
        reasons += _too_small(variant, figures)
    if figures.events is not None and figures.events < FEWEST_EVENTS:
        reasons.append(Notice("risk.reason.few_events", fewest=FEWEST_EVENTS, events=figures.events))
    return Notice("risk.reasons", reasons=reasons) if reasons else None


def measure_word(measure: str) -> Notice:
    """Return ``deaths``, ``arrivals`` or ``interceptions``."""
    return Notice(f"risk.measure.{measure}")


def _too_small(variant: Variant, figures: Figures) -> list[Notice]:
    """Return what is wrong with known inputs: a toll below zero, too few attempts, nobody to divide by."""
    if (figures.deaths or 0) < 0:
        return [Notice("risk.reason.below_zero")]
    is_rho = variant.name == "rho"
    known = denominator(variant if is_rho else VARIANT_OF["rho_arr"], figures)
    if known < FEWEST_ATTEMPTS:
        return [Notice("risk.reason.few_attempts", is_rho=is_rho, fewest=FEWEST_ATTEMPTS, known=known)]
    return [] if denominator(variant, figures) else [Notice("risk.reason.nobody_arrived")]


def one_in(value: Fraction) -> int | None:
    """Return N of "1 in N": ``round(1 / value)``, halves to the even number (RULES R5); None where nobody died."""
    return round(1 / value) if value > 0 else None


def drawn_sums(tolls: Sequence[int], *, seed: int = SEED, draws: int = DRAWS) -> np.ndarray:
    """Return the toll of each draw: as many events as there are, picked with replacement (RULES R8).

    The order in which the events are given changes nothing.
    """
    sizes, random = np.sort(np.asarray(tolls, dtype=np.int64)).astype(np.int32), np.random.default_rng(seed)
    number = sizes.size
    if number > MOST_PICKED:  # the same draws told by how often each size comes: few sizes stand for many events
        sizes, times = np.unique(sizes, return_counts=True)
        return np.concatenate(
            [random.multinomial(number, times / number, part) @ sizes for part in _parts(draws, sizes.size)]
        )
    picked = (random.integers(0, number, (part, number), dtype=np.uint16) for part in _parts(draws, number))
    return np.concatenate([sizes[one].sum(axis=1, dtype=np.int64) for one in picked])


def _parts(draws: int, each: int) -> list[int]:
    """Return how many draws are made at once, for each time, where a draw holds ``each`` numbers."""
    at_once = max(1, PICKED_AT_ONCE // each)
    return [min(at_once, draws - done) for done in range(0, draws, at_once)]


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
) -> VariantAnswer:
    """Return one variant: its value, or the reason why it is not computable (RULES R4 to R8).

    low and high are null where ``deaths_spread`` is None; a value is a fraction, not percent.
    """
    plain = VariantAnswer(name=variant.name, symbol=variant.symbol, label=variant.label, formula=variant.formula,
                          words=variant.words, leaves_out=variant.leaves_out)  # fmt: skip
    if reason := why_not(variant, figures):
        return replace(plain, not_computable=reason)
    below, deaths = denominator(variant, figures), figures.deaths or 0
    low, high = (None, None) if deaths_spread is None else (end / below for end in deaths_spread)
    found = replace(plain, value=deaths / below, one_in=one_in(Fraction(deaths, below)), low=low, high=high,
                    denominator=below)  # fmt: skip
    return replace(found, no_spread=Notice("risk.no_spread")) if deaths_spread is None else found


def variants(figures: Figures, *, seed: int = SEED) -> tuple[VariantAnswer, ...]:
    """Return all three variants of one route and window, never mixed (RULES R5)."""
    computable = any(not why_not(variant, figures) for variant in VARIANTS)
    deaths_spread = spread_of_deaths(figures, seed=seed) if computable else None
    return tuple(variant_answer(variant, figures, deaths_spread) for variant in VARIANTS)


def in_percent(value: float, *, decimals: int = 2) -> Decimal:
    """Return a fraction in percent with so many decimals, as a message writes it."""
    return Decimal(f"{100 * value:.{decimals}f}")


def percent(value: float, *, decimals: int = 2) -> Notice:
    """Return ``2.88%``."""
    return Notice("risk.percent", value=in_percent(value, decimals=decimals))


def spread_words(low: float, high: float, *, decimals: int | None = None) -> Notice:
    """Return ``1.8–4.1%``: one decimal as RULES R9 prints it, two where all of it is below 1%, or as many as asked."""
    decimals = decimals or (1 if high >= 0.01 else 2)
    return Notice("risk.spread", low=in_percent(low, decimals=decimals), high=in_percent(high, decimals=decimals))
