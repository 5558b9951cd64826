"""What a sector's sheet holds of the routes through it: deaths per attempt, interceptions, the load of a month."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from data.model.answers import Answer
from data.model.notices import Notice
from data.risk.models import VariantName

Load = Literal["arrivals", "interceptions"]


class Per1000(Answer, frozen=True, kw_only=True):
    """Deaths of a whole route for each 1,000 of what the variant divides by (RULES R3 to R6)."""

    variant: Annotated[VariantName, Meta(description="rho: attempts; rho_arr: people who arrived or died")]
    value: Annotated[float | None, Meta(description="per 1,000; null: not computable")]
    low: Annotated[float | None, Meta(description="spread if events had fallen differently, lower end, per 1,000")]
    high: Annotated[float | None, Meta(description="upper end, per 1,000")]
    deaths: Annotated[int | None, Meta(description="the numerator: people dead or missing, at least")]
    denominator: Annotated[int | None, Meta(description="people, counted as attempts")]
    arrivals: int | None
    interceptions: int | None
    why: Annotated[Notice | None, Meta(description="Why it is not computable; null where it is.")]


class InterceptedThen(Answer, frozen=True, kw_only=True):
    """People intercepted on a route in the window and in the same days before, in the places that both count (R10)."""

    people: Annotated[int | None, Meta(description="people; null: some day is not covered")]
    first: date = field(name="from")
    last: date = field(name="to")
    before: Annotated[int | None, Meta(description="people in the same days before; null: not comparable")]
    before_first: date = field(name="before_from")
    before_last: date = field(name="before_to")
    difference: int | None
    percent: Annotated[float | None, Meta(description="change in percent; null where the base is too small (RULES T3)")]
    source: str | None
    places: Annotated[tuple[str, ...], Meta(description="The places that are counted.")]
    why: Annotated[Notice | None, Meta(description="Which days are missing; null: none.")]


class LoadYear(Answer, frozen=True):
    """People in the month of one year."""

    year: int
    people: int


class MonthLoad(Answer, frozen=True, kw_only=True):
    """People who arrive, or are intercepted, on a route in a calendar month, beside the number that is planned for."""

    measure: Load
    month: int
    years: Annotated[list[LoadYear], Meta(description="Past years whose month is counted whole in the same places.")]
    fewest: int
    median: float
    most: int
    planned: Annotated[int | None, Meta(description="The reader's planning threshold, read as of the month.")]
    years_above: Annotated[int | None, Meta(description="years with more people than planned; null: none planned")]
    source: str | None
    places: Annotated[tuple[str, ...], Meta(description="The places that are counted.")]


class BorderRoute(Answer, frozen=True, kw_only=True):
    """One whole route that passes through a sector; a sector itself has no count of attempts (RULES R7)."""

    route: str
    route_name: str
    first: date | None = field(name="from")
    last: date | None = field(name="to")
    risk: Annotated[
        list[Per1000], Meta(description="Per attempt; where that has no figure, also per arrival or death.")
    ]
    interceptions: InterceptedThen | None
    loads: list[MonthLoad]
    sources: Annotated[list[str], Meta(description="Whose figures these are, by name.")]
    notes: list[Notice]
