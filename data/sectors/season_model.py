"""What a sector's season holds: the same month of earlier years, their spread, and this year so far."""

from typing import Annotated

from msgspec import Meta

from data.model.answers import Answer

People = Annotated[int | None, Meta(description="people; null: no number stated")]


class Sums(Answer, frozen=True):
    """Records, the people of those that state a number, and how many state none (RULES C1)."""

    records: int
    people: Annotated[int, Meta(description="people dead or missing, at least")]
    no_number: Annotated[int, Meta(description="records")]


class MonthSums(Answer, frozen=True):
    """People and incidents of some days of a month."""

    people: Annotated[int, Meta(description="people dead or missing, at least")]
    incidents: int


class SeasonYear(Answer, frozen=True):
    """A month of one year, and its first days up to today's."""

    year: int
    people: Annotated[int, Meta(description="people dead or missing, at least")]
    incidents: int
    to_same_day: MonthSums


class ThisYear(Answer, frozen=True):
    """The month of this year up to today."""

    year: int
    people: Annotated[int, Meta(description="people dead or missing, at least")]
    incidents: int


class Spread(Answer, frozen=True):
    """Fewest, median and most of some years."""

    min: int
    median: float
    max: int
    years: int


class Season(Answer, frozen=True):
    """The calendar month of today inside the sector in past years, whatever the selection's window (RULES T1)."""

    month: int
    to_day: int
    years: list[SeasonYear]
    people: Spread | None
    incidents: Spread | None
    same_days: Spread | None
    last_year: Annotated[SeasonYear | None, Meta(description="null: not wholly covered")]
    this_year: Annotated[ThisYear | None, Meta(description="null: not covered so far")]
