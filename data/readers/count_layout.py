"""What a table of counts is, as a declaration: its columns, unit, period, publisher, terms and expected range.

``layouts.py`` holds one ``CountLayout`` for each table that is read, and ``count_engine.py`` reads any of them. A
declaration that contradicts itself is refused when the program starts, with a sentence that says what to mend.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from data.model.countries import country_names
from data.model.sources import Publication, Source
from data.model.units import UNITS
from data.model.vocabulary import route_names
from data.readers.parse import DAY_FORMS, MONTH_FORMS

Step = Literal["day", "month", "year"]
Blank = Literal["refused", "unknown", "absent"]
Form = Literal["text", "lower", "route", "country"]
NAMED: Final = ("unit", "route", "place", "country", "mode", "nationality")  # what stands beside a count, in order

AS_STATED: Final = "as stated"

MODES: Final = ("sea", "land")
WHERE_NAMED: Final = {
    "route": "of data/files/routes.csv.",
    "country": "of data/files/countries.csv.",
    "nationality": "of data/files/countries.csv.",
    "mode": "that is known: sea or land.",
}


@dataclass(frozen=True)
class From:
    """A value that each row states in a column.

    ``form``: ``text`` as published, ``lower`` in small letters, ``route`` as the id of a route's name,
    ``country`` as the code of a country's.
    ``words``: the publisher's words and ours for each; a row with another word is quarantined.
    ``is_needed``: a row that does not state it is quarantined.
    """

    column: str
    form: Form = "text"
    words: Mapping[str, str] = field(default_factory=dict)
    is_needed: bool = False


Given = str | From | None  # the same for every row, or from a column, or not stated by the publisher


@dataclass(frozen=True)
class Day:
    """Counts of a day; ``form`` is an example of how the publisher writes it (blank: any that we know)."""

    column: str
    form: str = ""


@dataclass(frozen=True)
class Month:
    """Counts of a month; ``form`` is an example of how the publisher writes it."""

    column: str
    form: str = "2024-06"


@dataclass(frozen=True)
class MonthAndYear:
    """Counts of a month that stands in two columns."""

    month: str
    year: str


@dataclass(frozen=True)
class Year:
    """Counts of a calendar year."""

    column: str


@dataclass(frozen=True)
class Span:
    """Counts from a first to a last day, both included."""

    first: str
    last: str


Period = Day | Month | MonthAndYear | Year | Span


@dataclass(frozen=True)
class Figure:
    """One count of a row: its column, its unit, and what it is a count of. A wide table has several.

    ``parts`` are counted in its place in every row in which they add up to it; never beside it.
    """

    column: str
    unit: str | From
    route: Given = None
    place: Given = None
    country: Given = None
    mode: Given = None
    nationality: Given = None
    parts: tuple["Figure", ...] = ()

    def given(self) -> dict[str, Given]:
        """Return what stands beside the count, by the name of its column in the counts table."""
        return {name: getattr(self, name) for name in NAMED}


@dataclass(frozen=True)
class Expected:
    """What files of a layout have held so far, with room to grow; outside it the report has a warning."""

    rows: tuple[int, int]
    per_period: tuple[int, int]  # the sum of one day, month or year, of one unit


@dataclass(frozen=True)
class CountLayout:
    """One publisher's table of counts.

    Parameters
    ----------
    id, source : str
        Id of the layout, and of the data set that its rows belong to; several layouts may be of one data set.
    publication : Publication
        Who publishes it, its title, citation, terms, page and sensitivity.
    headers, optional, ignored : frozenset of str
        Columns by which a file is known (all must be there); columns that are read where they are there; columns
        that are known and not read. Any other column is named in the report as not read.
    period : Day, Month, MonthAndYear, Year or Span
        Where the dates of a row stand.
    figures : tuple of Figure
        The counts of a row: one in a long table, several in a wide one.
    blank : str
        What a blank count is: ``refused`` (the row is quarantined), ``unknown`` (null, never 0) or ``absent`` (that
        figure says nothing in that row; a row without any figure stays as one count that is null).
    running_sum : str, optional
        Column with the publisher's running sum of the year: a blank count is 0 where it does not move, and is logged.
    totals : mapping
        By column, the words that mark a row as a sum of other rows: such a row is quarantined and never added.
    expected : Expected, optional
        The range of rows and of counts per period.
    gaps_are_zero : bool
        The publisher leaves out periods in which there was nothing to count.
    """

    id: str
    source: str
    publication: Publication
    headers: frozenset[str]
    period: Period
    figures: tuple[Figure, ...]
    blank: Blank = "unknown"
    running_sum: str | None = None
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    expected: Expected | None = None
    gaps_are_zero: bool = False

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        for problem in _problems(self):
            raise ValueError(f"layout {self.id}: {problem}")

    def about(self) -> Source:
        """Return the data set that its rows belong to."""
        units = {one.unit if isinstance(one.unit, str) else AS_STATED for one in self.figures}
        unit = units.pop() if len(units) == 1 else AS_STATED
        return Source.of(self.publication, id=self.source, kind="counts", unit=unit)

    def count_columns(self) -> list[str]:
        """Return the columns that hold counts: each figure's, then those of its parts."""
        return [one.column for figure in self.figures for one in (figure, *figure.parts)]

    def froms(self) -> Iterator[tuple[str, From]]:
        """Return each value that a column states, with its name in the counts table; one column once for each."""
        seen: set[tuple[str, str]] = set()
        for figure in self.figures:
            for name, value in figure.given().items():
                if isinstance(value, From) and (name, value.column) not in seen:
                    seen.add((name, value.column))
                    yield name, value


def period_columns(period: Period) -> tuple[str, ...]:
    """Return the columns in which the dates of a row stand."""
    if isinstance(period, MonthAndYear):
        return period.month, period.year
    return (period.first, period.last) if isinstance(period, Span) else (period.column,)


def _problems(layout: CountLayout) -> Iterator[str]:
    read = {*layout.count_columns(), *period_columns(layout.period), *(one.column for _, one in layout.froms())}
    read |= {*layout.totals, *([layout.running_sum] if layout.running_sum else [])}
    if unknown := sorted(read - layout.headers - layout.optional):
        yield f"{', '.join(unknown)} is read, but stands neither in headers nor in optional."
    if both := sorted(layout.ignored & read):
        yield f"{', '.join(both)} is both read and ignored."
    if not layout.figures:
        yield "it has no figure: nothing is counted."
    for name, value in ((n, v) for f in layout.figures for p in (f, *f.parts) for n, v in p.given().items()):
        if name == "unit":
            yield from _unit_problems(value)
        else:
            yield from _name_problems(name, value)
    forms = {Day: ("", *DAY_FORMS), Month: tuple(MONTH_FORMS)}.get(type(layout.period))
    if forms is not None and getattr(layout.period, "form", None) not in forms:
        yield f"the form of its dates is not one of {', '.join(one for one in forms if one)}."


def _name_problems(name: str, value: Given) -> Iterator[str]:
    """Return what is wrong with a route, country or mode that the layout itself names."""
    named = [value] if isinstance(value, str) else list(value.words.values()) if value and value.form == "text" else []
    countries = country_names()
    known = {"route": route_names(), "country": countries, "nationality": countries, "mode": MODES}.get(name)
    if known is not None and (unknown := sorted(set(named) - set(known))):
        yield f"{', '.join(unknown)} is no {name} {WHERE_NAMED[name]}"


def _unit_problems(unit: Given) -> Iterator[str]:
    named = [unit] if isinstance(unit, str) else list(unit.words.values()) if unit else []
    if not named:
        yield "a unit from a column needs words: the publisher's, and the unit for each."
    if unknown := sorted(set(named) - UNITS):
        yield f"{', '.join(unknown)} is no unit. Choose one of {', '.join(sorted(UNITS))}, or declare a measure."
