"""What the answers about risk hold: one variant, a route in a window, figures typed in, the check of a quote."""

from datetime import date
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from data.model.answers import UNSET, Answer, Unset
from data.model.notices import Notice

VariantName = Literal["rho", "rho_arr", "kappa"]
Deaths = Annotated[int | None, Meta(description="People: dead or missing, at least; null: not known.")]
Arrivals = Annotated[int | None, Meta(description="People: who arrived; null: not known.")]
Interceptions = Annotated[int | None, Meta(description="People: intercepted and returned; null: not known.")]
Attempts = Annotated[int | None, Meta(description="People: all three together; null: not known.")]
Fraction = Annotated[float, Meta(description="A fraction, not percent.")]
OneIn = Annotated[int | None, Meta(description='N of "1 in N"; null: nobody died.')]
Low = Annotated[float | None, Meta(description="2.5 percentile of the spread, a fraction; null: not known.")]
High = Annotated[float | None, Meta(description="97.5 percentile of the spread, a fraction; null: not known.")]
Denominator = Annotated[int, Meta(description="People or attempts that the variant divides by.")]


class Computed(NamedTuple):
    """What a computable variant holds; ``low`` and ``high`` are None where the events are not known."""

    value: float
    one_in: int | None
    low: float | None
    high: float | None
    denominator: int

    @property
    def spread(self) -> tuple[float, float] | None:
        """Return both ends of the spread; None where it is not known."""
        return None if self.low is None or self.high is None else (self.low, self.high)


class VariantAnswer(Answer, frozen=True, kw_only=True):
    """One variant of risk: its value with its denominator and spread, or the reason why it is not computable."""

    name: VariantName
    symbol: str
    label: Notice
    formula: Notice
    words: Notice
    leaves_out: Notice
    not_computable: Annotated[Notice | Unset, Meta(description="Why there is no value; absent where there is.")] = UNSET
    value: Fraction | Unset = UNSET
    one_in: OneIn | Unset = UNSET
    low: Low | Unset = UNSET
    high: High | Unset = UNSET
    denominator: Denominator | Unset = UNSET
    no_spread: Notice | Unset = UNSET
    sentence: Notice | Unset = UNSET
    caption: Notice | Unset = UNSET

    @property
    def computed(self) -> Computed | None:
        """Return what there is where the variant is computable; None where it is not."""
        if self.value is UNSET or self.one_in is UNSET or self.denominator is UNSET:
            return None
        low, high = (None if end is UNSET else end for end in (self.low, self.high))
        return Computed(self.value, self.one_in, low, high, self.denominator)

    @property
    def why_not(self) -> Notice:
        """Return why it is not computable; raise ValueError where it is."""
        if self.not_computable is UNSET:
            raise ValueError(f"{self.name} is computable here")
        return self.not_computable


class RiskSource(Answer, frozen=True, kw_only=True):
    """Whose figures one input is made of, and which of them it does not take."""

    source: str | None
    title: str | None
    unit: str
    editions: tuple[str, ...]
    gap: Annotated[Notice | None, Meta(description="Which days are not covered; null: none.")]
    notes: tuple[Notice, ...]
    places: Annotated[tuple[str, ...], Meta(description="The places that are counted.")]
    left_out: Annotated[tuple[str, ...], Meta(description="The places of the source that are not counted.")]


class RiskSources(Answer, frozen=True, kw_only=True):
    """Whose figures the three inputs are made of."""

    deaths: RiskSource
    arrivals: RiskSource
    interceptions: RiskSource


class RiskAnswer(Answer, frozen=True, kw_only=True):
    """The risk of one route in one window. ``deaths`` is a minimum (RULES C4), also where days are not covered."""

    route: str
    route_name: str
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    deaths: Deaths
    arrivals: Arrivals
    interceptions: Interceptions
    attempts: Attempts
    events: int | None
    deaths_of_no_event: Annotated[int, Meta(description="People of cumulative records: in deaths, but of no event.")]
    variants: tuple[VariantAnswer, ...]
    caption: Notice
    sources: RiskSources
    seed: int
    draws: int
    vintage: str
    is_demonstration: bool


class TypedRisk(Answer, frozen=True, kw_only=True):
    """The risk that figures typed in give."""

    deaths: Deaths
    arrivals: Arrivals
    interceptions: Interceptions
    attempts: Attempts
    variants: tuple[VariantAnswer, ...]


class QuoteMatch(Answer, frozen=True, kw_only=True):
    """One value that fits a quote, or is near it; of figures typed in, route and period are null."""

    variant: VariantName
    symbol: str
    label: Notice
    formula: Notice
    route: str | None
    route_name: str | None
    first: date | None = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to")
    period: Notice | None
    is_whole_coverage: bool
    deaths: Deaths
    denominator: Denominator
    value: Fraction
    one_in: OneIn
    leaves_out: Notice
    sentence: Notice
    differs: Annotated[Notice | Unset, Meta(description="Why it differs from the quote; absent where it fits.")] = UNSET


class QuoteAnswer(Answer, frozen=True, kw_only=True):
    """What yields a quoted figure, or the nearest two and why they differ."""

    text: str
    figure: Annotated[str, Meta(description="The figure as it was read from the text.")]
    value: Annotated[float, Meta(description="The quote as a fraction.")]
    matched: int
    matches: tuple[QuoteMatch, ...]
    nearest: tuple[QuoteMatch, ...]
    not_computable: Annotated[
        dict[VariantName, Notice],
        Meta(description="For each variant that could not be compared somewhere: where, and why."),
    ]
    searched: Annotated[int, Meta(description="How many values were compared.")]
    windows: Annotated[int | None, Meta(description="How many routes' periods were looked at; null: figures typed in.")]
    vintage: str
    is_demonstration: bool


def variant_of(variants: tuple[VariantAnswer, ...], name: str) -> VariantAnswer:
    """Return the variant of that name."""
    return next(one for one in variants if one.name == name)
