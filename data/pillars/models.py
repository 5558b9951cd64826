"""What the answers about the pillars hold: one view with its rows, and whose figures they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from msgspec import Meta

from data.model.absence import CODES, PUBLISHED
from data.model.answers import Answer
from data.model.days import Span
from data.model.notices import Notice
from data.store.vintage import Vintage

MOST_LINES: Final = 3  # over the years
ACT: Final = "act"  # of an act's row: its part is this, the route, and the first day


class ViewRow(Answer, frozen=True, kw_only=True):
    """One figure of a view. Without a value: never 0; ``status`` says why (RULES R11)."""

    part: Annotated[str, Meta(description="Id of what the row is of, such as a nationality or a source.")]
    name: str
    what: Annotated[str, Meta(description="What the value is, in words.")]
    date_from: date | None = None
    date_to: date | None = None
    value: float | None = None
    unit: str
    numerator: float | None = None
    denominator: float | None = None
    status: Annotated[str, Meta(description="published, or the kind of absence (RULES R11).")] = PUBLISHED
    note: str | None = None

    @property
    def obs_status(self) -> str:
        """Return the status as SDMX has it."""
        return CODES[self.status]


class ViewPoint(Answer, frozen=True, kw_only=True):
    """A view's figure of one year. Without a value: a gap, never 0; ``status`` says why (RULES R11)."""

    year: int
    value: float | None
    status: str = PUBLISHED


class ViewLine(Answer, frozen=True, kw_only=True):
    """A figure of a view over the years, in one unit: the view's own (``part`` is "whole"), or that of one row."""

    part: str
    name: str
    what: str
    unit: str
    points: tuple[ViewPoint, ...]


class ViewSource(Answer, frozen=True, kw_only=True):
    """Whose figures a view is made of, on what terms, and of which days."""

    source: str
    title: str
    citation: str
    licence: str
    url: str
    first_date: date | None
    last_date: date | None


class View(Answer, frozen=True, kw_only=True):
    """The answer of one view to a selection: a sentence with its figure, or why there is none."""

    view: str
    pillar: int
    question: str
    words: Annotated[str, Meta(description="The figure in a sentence, or why it is not computable.")]
    is_computable: bool
    value: Annotated[
        float | None, Meta(description="The view's figure; null where it is not computable, or is several.")
    ]
    unit: str | None
    formula: str
    denominator: str
    caveat: str
    notes: tuple[str, ...]
    route: str | None
    date_from: date | None
    date_to: date | None
    sources: tuple[ViewSource, ...]
    rows: tuple[ViewRow, ...]
    series: Annotated[
        tuple[ViewLine, ...], Meta(description="The view asked year by year; empty where it is not of years.")
    ]
    vintage: str
    is_demonstration: bool

    def acts_on(self, line: ViewLine) -> list[date]:
        """Return the first days of acts that rows of the view tell of what a line is of."""
        start = f"{ACT}/{line.part}/"
        return [row.date_from for row in self.rows if row.part.startswith(start) and row.date_from]


@dataclass(frozen=True)
class Asked:
    """What a view is asked of: one route or none, and a window, of which either end may be open."""

    route: str | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Finding:
    """What a view finds: a sentence and its rows, or ``why`` there is no figure.

    ``is_by_year``: its rows are of years, so that they are its figures over the years as well. ``has_years``: it may be
    asked year by year; not where each of its sources has years of its own. ``most_lines``: of it over the years.
    """

    sentence: Notice | None = None
    why: Notice | None = None
    value: float | None = None
    unit: str | None = None
    window: Span | None = None
    rows: Sequence[ViewRow] = ()
    sources: Sequence[str] = ()
    notes: Sequence[Notice] = ()
    is_by_year: bool = False
    has_years: bool = True
    most_lines: int = MOST_LINES


Answering = Callable[[Vintage, Asked], Finding]
"""What answers one view."""


def nothing(why: Notice, *, sources: Sequence[str] = (), rows: Sequence[ViewRow] = ()) -> Finding:
    """Return what is found where a figure is not computable."""
    return Finding(why=why, sources=sources, rows=rows)
