"""How a table of counts says of which days a count is: the declarations, and the days that each gives a row.

Nothing guesses which number is the day and which the month: a declaration has an example of what is written.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import polars as pl

from data.readers import parse
from data.readers.parse import DAY_FORMS, MONTH_FORMS

Step = Literal["day", "week", "month", "quarter", "year"]
FIRST, LAST = "__first", "__last"
HEADING, CELL = "__heading", "__cell"  # where periods stand in the headings: the heading, and the count below it
DAYS_BEFORE: Final = "-6d"  # a week, from its last day
JANUARY: Final = 1


@dataclass(frozen=True)
class Day:
    """Counts of a day; ``form`` is an example of how the publisher writes it (blank: any that we know)."""

    column: str
    form: str = ""


@dataclass(frozen=True)
class Week:
    """Counts of the seven days that end on the day stated."""

    column: str
    form: str = ""


@dataclass(frozen=True)
class ToDate:
    """Counts since 1 January, up to the day stated."""

    column: str
    form: str = ""


@dataclass(frozen=True)
class Month:
    """Counts of a month; ``form`` is an example of how the publisher writes it.

    To ``yearly_until`` figures are of whole years, and stand under January.
    """

    column: str
    form: str = "2024-06"
    yearly_until: int | None = None


@dataclass(frozen=True)
class MonthAndYear:
    """Counts of a month that stands in two columns.

    ``starts``: the month in which the publisher's year begins; a year is then called after the one in which it ends.
    ``is_to_date``: the count is of all months from January to the one stated.
    """

    month: str
    year: str
    starts: int = JANUARY
    is_to_date: bool = False


@dataclass(frozen=True)
class Year:
    """Counts of a calendar year."""

    column: str


@dataclass(frozen=True)
class Quarter:
    """Counts of the quarter of a year that ends on the day stated."""

    column: str
    form: str = ""


@dataclass(frozen=True)
class Span:
    """Counts from a first to a last day, both included."""

    first: str
    last: str


@dataclass(frozen=True)
class Stated:
    """Figures of one stretch of days that no column states: its publisher says it beside the file."""

    first: date
    last: date


Plain = Stated | Day | Week | ToDate | Quarter | Month | MonthAndYear | Year | Span


@dataclass(frozen=True)
class InColumns:
    """Periods that are headings, each with its counts below it; ``of`` says how a heading (HEADING) is written."""

    of: Month | MonthAndYear

    def is_one(self, heading: str) -> bool:
        """Return whether a heading is a period."""
        if isinstance(self.of, Month):
            return re.match(MONTH_FORMS[self.of.form][0], heading) is not None
        return heading.lower() in parse.MONTH_NUMBERS


Period = Plain | InColumns


def headings_that_are_periods(period: Period, columns: Iterable[str], *, besides: Container[str]) -> list[str]:
    """Return the headings that are periods, in their order; ``besides`` are headings of other things."""
    if not isinstance(period, InColumns):
        return []
    return [name for name in columns if name not in besides and period.is_one(name)]


def plain(period: Period) -> Plain:
    """Return how the days of a count are written, be it in a column or in the headings."""
    return period.of if isinstance(period, InColumns) else period


def period_columns(period: Period) -> tuple[str, ...]:
    """Return the columns in which the dates of a row stand."""
    match plain(period):
        case MonthAndYear(month, year):
            found: tuple[str, ...] = (month, year)
        case Span(first, last):
            found = (first, last)
        case Stated():
            found = ()
        case one:
            found = (one.column,)
    return tuple(name for name in found if name != HEADING)


def form_problem(period: Period) -> str:
    """Return what is wrong with the form of the dates; blank where it is one that is known."""
    one = plain(period)
    forms = ("", *DAY_FORMS) if isinstance(one, Day | Week | ToDate | Quarter) else tuple(MONTH_FORMS)
    if getattr(one, "form", forms[0]) in forms:
        return ""
    return f"the form of its dates is not one of {', '.join(form for form in forms if form)}."


def days_of(period: Period) -> tuple[pl.Expr, pl.Expr]:
    """Return the first and last day of each row; null where it states none."""
    one = plain(period)
    if isinstance(one, Stated):
        return pl.lit(one.first), pl.lit(one.last)
    return _by_day(one) if isinstance(one, Day | Week | ToDate | Quarter | Span) else _by_month(one)


def _by_day(period: Day | Week | ToDate | Quarter | Span) -> tuple[pl.Expr, pl.Expr]:
    match period:
        case Day(column, form):
            day = _day(column, form)
            return day, day
        case Week(column, form):
            day = _day(column, form)
            return day.dt.offset_by(DAYS_BEFORE), day
        case ToDate(column, form):
            day = _day(column, form)
            return pl.date(day.dt.year(), 1, 1), day
        case Quarter(column, form):
            day = _day(column, form)
            first = day.dt.month_start().dt.offset_by("-2mo")
            return pl.when(day == day.dt.month_end()).then(first), day
        case Span(first_day, last_day):
            return parse.day(pl.col(first_day)), parse.day(pl.col(last_day))


def _by_month(period: Month | MonthAndYear | Year) -> tuple[pl.Expr, pl.Expr]:
    match period:
        case Month(column, form, until):
            return _months(column, form, until)
        case MonthAndYear():
            return _two_columns(period)
        case Year(column):
            number = parse.year_number(pl.col(column))
            return pl.date(number, 1, 1), pl.date(number, 12, 31)


def _day(column: str, form: str) -> pl.Expr:
    return parse.day_in_form(pl.col(column), form) if form else parse.day(pl.col(column))


def _months(column: str, form: str, until: int | None) -> tuple[pl.Expr, pl.Expr]:
    first, last = parse.month_days(pl.col(column), form)
    if until is None:
        return first, last
    is_yearly = first.dt.year() <= until
    is_wrong = is_yearly & (first.dt.month() != JANUARY)
    year_end = first.dt.offset_by("1y").dt.offset_by("-1d")
    return pl.when(~is_wrong).then(first), pl.when(is_yearly).then(year_end).otherwise(last)


def _two_columns(two: MonthAndYear) -> tuple[pl.Expr, pl.Expr]:
    number = parse.month_number(pl.col(two.month))
    month = pl.when(number.is_between(1, 12)).then(number)
    is_before = (month >= two.starts) if two.starts > JANUARY else pl.lit(value=False)
    year = parse.year_number(pl.col(two.year)) - is_before.cast(pl.Int32)
    first = pl.date(year, month, 1)
    return (pl.date(year, 1, 1) if two.is_to_date else first), first.dt.month_end()


def step_of(period: Period) -> pl.Expr:
    """Return the length of each row's period in the words of the counts table."""
    one = plain(period)
    if isinstance(one, Span | Stated):
        days = (pl.col(LAST) - pl.col(FIRST)).dt.total_days() + 1
        return pl.when(days == 1).then(pl.lit("day")).when(days <= 31).then(pl.lit("month")).otherwise(pl.lit("year"))
    if isinstance(one, Month) and one.yearly_until is not None:
        return pl.when(pl.col(FIRST).dt.year() <= one.yearly_until).then(pl.lit("year")).otherwise(pl.lit("month"))
    if isinstance(one, MonthAndYear) and one.is_to_date:
        return pl.lit("year")
    steps: dict[type[Plain], Step] = {
        Day: "day", Week: "week", ToDate: "year", Quarter: "quarter", Month: "month", MonthAndYear: "month",
        Year: "year",
    }  # fmt: skip
    return pl.lit(steps[type(one)])


def expected_words(period: Period) -> str:
    """Return what is expected of a row's dates, for the sentence on one that has none."""
    one = plain(period)
    if isinstance(one, Month):
        yearly = f" (figures to {one.yearly_until} are of a whole year, under January)" if one.yearly_until else ""
        return f"expected a month such as {one.form}{yearly}. Correct it at its source."
    if isinstance(one, MonthAndYear):
        return "expected a month and a year."
    if isinstance(one, Year):
        return "expected a year such as 2024. Correct it at its source."
    if isinstance(one, Quarter):
        return "expected the last day of a quarter, such as 2024-06-30. Correct it at its source."
    return f"expected a day such as {getattr(one, 'form', '') or '2024-06-30'}. Correct it at its source."
