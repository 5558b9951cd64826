"""What the answers about trends hold: the year so far, what is provisional, seasons, level, acts of policy, routes."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from data.compare.models import Change, Counted
from data.counting.models import Status
from data.model.answers import UNSET, Answer, Unset
from data.model.notices import Notice
from data.query.provenance import Scoped

Step = Literal["month", "quarter", "year"]
Share = Annotated[float, Meta(description="Share of what was known 12 months later; 0.9 is 90%.")]


class ChangeThen(Change, frozen=True, kw_only=True):
    """The change from a year to the newest one; ``is_same_lag``: as both were known after as many days."""

    is_same_lag: bool


class YearSoFar(Answer, frozen=True, kw_only=True):
    """The days of one year; the last three are of earlier years alone."""

    year: int
    first: date
    last: date
    days: int
    is_covered: bool
    value: Annotated[int | None, Meta(description="As known now; null: not covered, or no number stated.")]
    events: int | None
    overlapping: Annotated[int | None, Meta(description="Of records that begin in these days and end after them.")]
    vintage_then: str | Unset | None = UNSET
    value_then: Annotated[int | Unset | None, Meta(description="As known at the same lag; null: not kept.")] = UNSET
    change: ChangeThen | Unset | None = UNSET

    @property
    def change_then(self) -> ChangeThen | None:
        """Return the change to the newest year; None where there is none, and of the newest year itself."""
        return None if self.change is UNSET else self.change

    @property
    def known_then(self) -> int | None:
        """Return the value as known at the same lag; None where no such state is kept."""
        return None if self.value_then is UNSET else self.value_then


class YearToDate(Answer, frozen=True, kw_only=True):
    """The same days of each year, the newest first."""

    as_of: date
    growing_since: Annotated[
        date | None, Meta(description="From this day on the newest year's days are still being added to; null: none.")
    ]
    years: list[YearSoFar]
    undated: Annotated[int | None, Meta(description="Of records without a date: in no year.")]
    sentences: list[Notice]


class ShareKnown(Answer, frozen=True, kw_only=True):
    """How much of a month is known at one lag (RULES T2)."""

    lag: Annotated[int, Meta(description="Whole months from the end of the month.")]
    months: Annotated[int, Meta(description="How many the median is of.")]
    share_known: Share


class ProvisionalMonth(Answer, frozen=True, kw_only=True):
    """A month that is measured to be less than 95% known."""

    month: date
    lag: int
    share_known: Share


class Provisional(Answer, frozen=True, kw_only=True):
    """Which months are provisional, as measured on kept states of the data (RULES T2)."""

    is_measurable: bool
    shares: list[ShareKnown]
    months: list[ProvisionalMonth]
    sentence: Notice


class LatestFlow(Answer, frozen=True, kw_only=True):
    """The latest month of one publisher of the flow: always provisional (RULES R2)."""

    source: str
    measure: str
    unit: str
    month: date
    is_provisional: bool
    sentence: Notice


class ThisMonth(Answer, frozen=True, kw_only=True):
    """The latest complete month, and how many earlier ones of its name were lower, equal or higher."""

    period: date
    value: int
    earlier: int
    lower: int
    equal: int
    higher: int
    min: int | None
    median: float | None
    max: int | None


class OfYear(Answer, frozen=True, kw_only=True):
    """A month of one year."""

    year: int
    value: int


class MonthProfile(Answer, frozen=True, kw_only=True):
    """One month of the year over all years in which it is covered whole."""

    month: Annotated[int, Meta(ge=1, le=12)]
    years: int
    min: int | None
    median: float | None
    max: int | None
    values: list[OfYear]


class Seasons(Answer, frozen=True, kw_only=True):
    """The months of the year as they were in past years."""

    this_month: ThisMonth | None
    profile: list[MonthProfile]
    sentence: Notice


class SeriesRow(Answer, frozen=True, kw_only=True):
    """One period of the series."""

    period: date
    value: Counted
    is_complete: bool
    status: Status
    average: Annotated[float | None, Meta(description="Moving average; null unless all its periods are complete.")]


class ChangePoint(Answer, frozen=True, kw_only=True):
    """The first period of another level; the medians of the runs beside it."""

    period: date
    before: float
    after: float
    sentence: Notice


class ChangePoints(Answer, frozen=True, kw_only=True):
    """Where the level of a series seems to change: suggestions, never causes."""

    is_computable: bool
    method: Notice
    periods: Annotated[int, Meta(description="How many were looked at.")]
    first: date | Unset = UNSET
    last: date | Unset = UNSET
    penalty: float | Unset = UNSET
    points: list[ChangePoint]
    sentence: Notice


class PolicyEvent(Answer, frozen=True, kw_only=True):
    """An act or operation, as an annotation; ``date_to`` null: no end is known."""

    date_from: date
    date_to: date | None
    routes: tuple[str, ...]
    title: str
    words: str
    publication: str
    publisher: str
    source_date: str
    url: str | None
    citation: str
    when: Notice


class RouteSeries(Answer, frozen=True, kw_only=True):
    """One route's values, in the order of the periods; ``route`` null: on no named route."""

    route: str | None
    name: Notice
    total: int
    values: list[int | None]


class SmallMultiples(Answer, frozen=True, kw_only=True):
    """Every route by period on one scale; ``complete`` says of each period whether it is covered whole."""

    periods: list[date]
    complete: list[bool]
    scale: int | None
    routes: list[RouteSeries]


class Trends(Scoped, frozen=True, kw_only=True):
    """The trends of a selection; where no day is covered, null and empty lists, and a sentence in ``caution``."""

    as_of: Annotated[date | None, Meta(description="The last day counted; null: no day is covered.")]
    year_to_date: YearToDate | None
    provisional: Provisional | None
    flow: list[LatestFlow]
    seasons: Seasons | None
    step: Step
    averaged_periods: int
    series: list[SeriesRow]
    not_dated: Annotated[int, Meta(description="Within the days, but not to one period.")]
    undated: Annotated[int | None, Meta(description="Without a date: in no period.")]
    change_points: ChangePoints | None
    events: list[PolicyEvent]
    routes: SmallMultiples | None
    caution: list[Notice]
