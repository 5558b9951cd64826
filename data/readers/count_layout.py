"""What a table of counts is, as a declaration: its columns, unit, period, publisher, terms and expected range.

``layouts/`` holds one ``CountLayout`` for each table that is read, and ``count_engine.py`` reads any of them. A
declaration that contradicts itself is refused when the program starts, with a sentence that says what to mend.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from data.model.days import EARLIEST
from data.model.sources import Publication, Source
from data.readers.count_figures import Figure, From, figure_problems
from data.readers.periods import CELL, InColumns, Period, form_problem, headings_that_are_periods, period_columns

Blank = Literal["refused", "unknown", "absent"]
Shared = Literal["all", "country", "route"]
AS_STATED: Final = "as stated"


@dataclass(frozen=True)
class Expected:
    """What files of a layout have held so far, with room to grow; outside it the report has a warning.

    Parameters
    ----------
    rows, per_period : (int, int)
        Least and most rows of a file; least and most of one day, month or year, of one unit.
    totals : mapping
        By unit, the least and most that a whole file adds up to.
    fill : mapping
        By column, the least share of its cells that hold something.
    """

    rows: tuple[int, int]
    per_period: tuple[int, int]
    totals: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    fill: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Whole:
    """Rows that sum up others of the same ``of`` where there are any: ``words`` of ``column`` mark them."""

    column: str
    words: tuple[str, ...]
    of: tuple[str, ...]


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
    period : Day, Week, ToDate, Month, MonthAndYear, Year, Span or InColumns
        Where the dates of a row stand.
    figures : tuple of Figure
        The counts of a row: one in a long table, several in a wide one; of ``CELL`` where the headings are periods.
    blank : str
        What a blank count is: ``refused`` (the row is quarantined), ``unknown`` (null, never 0) or ``absent`` (that
        figure says nothing in that row; a row without any figure stays as one count that is null).
    running_sum : str, optional
        Column with the publisher's running sum of the year: a blank count is 0 where it does not move, and is logged.
    row_sum : str, optional
        Column that states what the row's counts add up to: the report says where they do not.
    totals : mapping
        By column, the words that mark a row as a sum of other rows: such a row is quarantined and never added.
    whole : Whole, optional
        Rows that sum up others only where those others are there.
    known : mapping
        By column that is not read as a value: its words. The report names any other; one that reads as a total
        ("All", "Total") quarantines its row.
    never : mapping
        By column, words that no file of this layout holds: they tell it from another with the same headings.
    latest : str, optional
        Column with the day of the report: one period stands in several, and the newest report of it counts. Older rows
        are duplicates; what is later than its own report was not counted yet and is quarantined.
    gaps_are_zero : bool
        The publisher leaves out periods in which nobody was counted: inside the file's days a gap is 0.
    parts_are_whole : bool
        The places named are parts of what the rows without a name count, and together they are all of it: periods of
        the whole and later ones of its parts have lost no place (RULES R10).
    since : date
        The first day on which a count can be (RULES Q8); earlier than 1990 only where the publisher's series is.
    assumes : str
        What the file does not say and the declaration takes for granted; it stands in every report.
    again : mapping
        By source that counts the same people in the same unit and goes before this one: of which rows it does,
        ``all``, those of the same ``country`` or of the same ``route``. The two are never added up (RULES E6, P5).
    expected : Expected, optional
        The range of rows, counts and totals, and how full columns are.
    """

    id: str
    source: str
    publication: Publication
    headers: frozenset[str]
    period: Period
    figures: tuple[Figure, ...]
    blank: Blank = "unknown"
    running_sum: str | None = None
    row_sum: str | None = None
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whole: Whole | None = None
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    latest: str | None = None
    gaps_are_zero: bool = False
    parts_are_whole: bool = False
    since: date = EARLIEST
    assumes: str = ""
    again: Mapping[str, Shared] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    expected: Expected | None = None

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        for problem in _problems(self):
            raise ValueError(f"layout {self.id}: {problem}")

    def about(self) -> Source:
        """Return the data set that its rows belong to."""
        units = {one.unit if isinstance(one.unit, str) else AS_STATED for one in self.figures}
        unit = units.pop() if len(units) == 1 else AS_STATED
        return Source.of(self.publication, id=self.source, kind="counts", unit=unit)

    def fits(self, columns: Iterable[str]) -> bool:
        """Return whether headings are those of this layout."""
        here = set(columns)
        return self.headers <= here and (self.columns_of_periods(here) != [] or not isinstance(self.period, InColumns))

    def columns_of_periods(self, columns: Iterable[str]) -> list[str]:
        """Return the headings that are periods, each with counts below it."""
        named = self.headers | self.optional | self.ignored
        return headings_that_are_periods(self.period, columns, besides=named)

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

    def columns_kept(self, columns: Iterable[str]) -> frozenset[str]:
        """Return from which columns of a table something is read: of a row that is set aside, these are kept."""
        return frozenset({*((self.columns_read() | set(self.known)) & set(columns)), *self.columns_of_periods(columns)})

    def columns_read(self) -> set[str]:
        """Return the columns from which something is read."""
        read = {*self.count_columns(), *period_columns(self.period), *(one.column for _, one in self.froms())}
        read |= {*self.totals, *self.never, *(self.whole.of if self.whole else ())} - {CELL}
        single = (self.running_sum, self.row_sum, self.latest, self.whole and self.whole.column)
        return (read | {name for name in single if name}) - {CELL}


def _problems(layout: CountLayout) -> Iterator[str]:
    read = layout.columns_read()
    if unknown := sorted(read - layout.headers - layout.optional):
        yield f"{', '.join(unknown)} is read, but stands neither in headers nor in optional."
    if both := sorted(layout.ignored & read):
        yield f"{', '.join(both)} is both read and ignored."
    if other := sorted(set(layout.known) - layout.headers - layout.optional - layout.ignored):
        yield f"{', '.join(other)} has known words, but is not among its columns."
    if not layout.figures:
        yield "it has no figure: nothing is counted."
    if isinstance(layout.period, InColumns) != (CELL in layout.count_columns()):
        yield "periods in headings need figures of CELL, and no others have them."
    if layout.source in layout.again:
        yield "its source goes before itself."
    yield from figure_problems(layout.figures)
    if problem := form_problem(layout.period):
        yield problem
