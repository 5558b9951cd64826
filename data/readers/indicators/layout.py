"""What a table of indicators is, as a declaration: its areas, its series, its parts, its words for what is not known.

``tables/`` holds one ``IndicatorLayout`` for each table that is read, and ``engine.py`` reads any of them. A
declaration that contradicts itself is refused when the program starts, with a sentence that says what to mend.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from data.model.absence import BELOW_THRESHOLD, KINDS, UNKNOWN
from data.model.area_codes import SCHEMES, Scheme
from data.model.days import EARLIEST
from data.model.indicators import INDICATORS, PUBLISHED
from data.model.sources import DEMONSTRATION, Publication, Source
from data.readers.periods import CELL, InColumns, Period, form_problem, headings_that_are_periods, period_columns

YEAR: Final = "__year"  # the year of all rows, where it stands in a sum below them
AS_DECLARED: Final = "as declared"
ABSENT: Final = {":": UNKNOWN, "..": UNKNOWN, "-": UNKNOWN, "NA": UNKNOWN, "N/A": UNKNOWN, "n/a": UNKNOWN,
                 "<5": BELOW_THRESHOLD, "<10": BELOW_THRESHOLD}  # fmt: skip


@dataclass(frozen=True)
class AreaFrom:
    """An area that each row states in a column, coded in a scheme.

    ``words`` are the publisher's words that the scheme lacks: the id of an area for each. ``is_needed``: a row that
    states none is quarantined. ``is_open``: a text that the scheme does not know states none, and is no fault.
    ``only``: a column and its word, without which a row states none.
    """

    column: str
    scheme: Scheme = "name"
    words: Mapping[str, str] = field(default_factory=dict)
    is_needed: bool = False
    is_open: bool = False
    only: tuple[str, str] | None = None


@dataclass(frozen=True)
class WordFrom:
    """A word that each row states in a column.

    ``words``: the publisher's words and ours; a row with another word is quarantined. Without any, each word is kept as
    published, as is another word where it ``is_open``. ``totals`` are the publisher's words for all together, and
    ``overlaps`` those for several parts together: such a row is a total, never added to its parts. ``only``: a column
    and its word, without which a row that is no total is not split by this dimension. ``is_needed``: a row without a
    word is quarantined.
    """

    column: str
    words: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    is_open: bool = False
    only: tuple[str, str] | None = None
    is_needed: bool = False


@dataclass(frozen=True)
class Series:
    """One figure of a row: its column, its indicator, its unit where that is not the declared one, its own parts.

    ``denominator`` is a column with what the figure is a share of. ``totals`` are dimensions that other series of the
    row split: a figure of this one is their total.
    """

    column: str
    indicator: str | WordFrom
    unit: str | WordFrom = AS_DECLARED
    parts: Mapping[str, str] = field(default_factory=dict)
    denominator: str | None = None
    totals: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndicatorLayout:
    """One publisher's table of indicators.

    Parameters
    ----------
    id, source, publication, headers, optional, ignored, period, never, since, assumes
        As in ``CountLayout``.
    series : tuple of Series
        The figures of a row: one in a long table, several in a wide one; of ``CELL`` where the headings are periods.
    area, partner : AreaFrom or str, optional
        The area of a figure, and the other one of a pair; a text is the id of an area that all rows are of.
    route : str, optional
        The route that all rows are of.
    parts : mapping
        By dimension (``level``, ``sex``), the column whose word says which part of a whole a row is.
    flag : str, optional
        The column with the publisher's flags; ``flags`` says which of them mean that the value is absent, and how.
    absent : mapping
        The texts that stand where there is no value, and which kind of absence each is (RULES R11).
    blank : str
        What a blank value is: a kind of absence, or ``nothing``: the series says nothing in that row.
    others : mapping
        By column that is not read: its words. A row with another word is quarantined.
    sums : mapping
        By column, a pattern of texts that mark a row as a sum of others: it is quarantined with that reason.
    year_in : (str, str), optional
        A column and a pattern whose group is the year of all rows, where none states it: ``period`` is then of YEAR.
    stock_day : str
        On which day of its period a stock is: the ``first``, the ``middle`` (1 July of a year) or the ``last``.
    dropped : frozenset of str
        Columns whose heading looks like one of persons: they are dropped at the door, and the report says so (RULES 9).
    is_closed : bool
        Any other column is a dimension of another table: a table that has one does not fit.
    is_summed : bool
        Rows that differ in nothing that is read are parts of one figure, by something that is not read: all are kept.
    """

    id: str
    source: str
    publication: Publication
    headers: frozenset[str]
    period: Period
    series: tuple[Series, ...]
    area: AreaFrom | str | None = None
    partner: AreaFrom | str | None = None
    route: str | None = None
    parts: Mapping[str, WordFrom] = field(default_factory=dict)
    flag: str | None = None
    flags: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=lambda: ABSENT)
    blank: str = UNKNOWN
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date = EARLIEST
    assumes: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    year_in: tuple[str, str] | None = None
    stock_day: Literal["first", "middle", "last"] = "last"
    is_closed: bool = False
    is_summed: bool = False
    optional: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        for problem in _problems(self):
            raise ValueError(f"layout {self.id}: {problem}")

    def about(self) -> Source:
        """Return the data set that its rows belong to."""
        units = {INDICATORS[one].unit for one in self.indicators()}
        unit = units.pop() if len(units) == 1 else AS_DECLARED
        return Source.of(self.publication, id=self.source, kind="indicators", unit=unit)

    def indicators(self) -> tuple[str, ...]:
        """Return the indicators that its rows may be of."""
        given = [one.indicator for one in self.series]
        found = (one for each in given for one in ([each] if isinstance(each, str) else each.words.values()))
        return tuple(dict.fromkeys(found))

    def fits(self, columns: Iterable[str]) -> bool:
        """Return whether headings are those of this layout."""
        here = set(columns)
        if self.is_closed and here - self.headers - self.optional - self.ignored - self.dropped - {DEMONSTRATION}:
            return False
        return self.headers <= here and (self.columns_of_periods(here) != [] or not isinstance(self.period, InColumns))

    def columns_of_periods(self, columns: Iterable[str]) -> list[str]:
        """Return the headings that are periods, each with values below it."""
        named = self.headers | self.optional | self.ignored
        return headings_that_are_periods(self.period, columns, besides=named)

    def value_columns(self) -> list[str]:
        """Return the columns that hold values and denominators."""
        every = (name for one in self.series for name in (one.column, one.denominator) if name)
        return list(dict.fromkeys(every))

    def words(self) -> Iterator[WordFrom]:
        """Return each word that a row states."""
        yield from self.parts.values()
        for one in self.series:
            yield from (given for given in (one.indicator, one.unit) if isinstance(given, WordFrom))

    def areas(self) -> Iterator[AreaFrom]:
        """Return each area that a row states."""
        yield from (one for one in (self.area, self.partner) if isinstance(one, AreaFrom))

    def columns_read(self) -> set[str]:
        """Return the columns from which something is read."""
        read = {*self.value_columns(), *period_columns(self.period), *self.never, *self.others}
        read |= {one.column for one in self.words()} | {one.column for one in self.areas()} | set(self.sums)
        given: list[AreaFrom | WordFrom] = [*self.areas(), *self.words()]
        read |= {one.only[0] for one in given if one.only} | ({self.year_in[0]} if self.year_in else set())
        return (read | ({self.flag} if self.flag else set())) - {CELL, YEAR}

    def columns_kept(self, columns: Iterable[str]) -> frozenset[str]:
        """Return from which columns of a table something is read: of a row that is set aside, these are kept."""
        return frozenset({*(self.columns_read() & set(columns)), *self.columns_of_periods(columns)})


def _problems(layout: IndicatorLayout) -> Iterator[str]:
    read = layout.columns_read()
    if unknown := sorted(read - layout.headers - layout.optional):
        yield f"{', '.join(unknown)} is read, but stands neither in headers nor in optional."
    if both := sorted(layout.ignored & read):
        yield f"{', '.join(both)} is both read and ignored."
    if not layout.series:
        yield "it has no series: nothing is read."
    if unknown := sorted(set(layout.indicators()) - PUBLISHED.keys()):
        yield f"{', '.join(unknown)} is no published indicator. Declare it in data/model/indicators/."
    if isinstance(layout.period, InColumns) != (CELL in layout.value_columns()):
        yield "periods in headings need series of CELL, and no others have them."
    if layout.blank not in (*KINDS, "nothing"):
        yield f"{layout.blank} is no kind of absence."
    if strange := sorted({*layout.absent.values(), *layout.flags.values()} - KINDS.keys()):
        yield f"{', '.join(strange)} is no kind of absence."
    if schemes := sorted({one.scheme for one in layout.areas()} - set(SCHEMES)):
        yield f"{', '.join(schemes)} is no scheme of codes."
    if problem := form_problem(layout.period):
        yield problem
