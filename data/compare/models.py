"""What the comparison of two windows holds: both sides, the change, a row for each group, and what is in none."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from data.model.answers import UNSET, Answer, Unset
from data.model.notices import Notice
from data.query.provenance import Scoped

Counted = Annotated[int | None, Meta(description="In the unit of the answer; null: no number stated, or not covered.")]
Difference = Annotated[int | None, Meta(description="Second less first; null where a side is.")]
By = Literal["route", "cell", "month"]
DroppedName = Literal["no_route", "not_located", "not_dated"]
ChangeClass = Annotated[int | None, Meta(description="-3 to 3; null: not to be compared (RULES P6).")]


class Change(Answer, frozen=True, kw_only=True):
    """The change from a base to another number, in figures and in words (RULES T3)."""

    difference: Difference
    percent: Annotated[float | None, Meta(description="Null where the base bears no percentage.")]
    words: Notice
    brief: Annotated[Notice, Meta(description="The change in few words, such as +12%.")]


class Side(Answer, frozen=True, kw_only=True):
    """One of the two windows with its total."""

    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    days: int
    value: Counted
    events: int
    is_covered: Annotated[bool, Meta(description="Whether the source covers every day.")]


class ChangeRow(Answer, frozen=True, kw_only=True):
    """One route, cell or pair of months; a route has a name, a pair of months the first day of both."""

    id: Annotated[str | int, Meta(description="Route, H3 cell, or the month's number from the first of the window.")]
    name: str | Unset = UNSET
    month_first: date | Unset = UNSET
    month_second: date | Unset = UNSET
    first: Counted
    second: Counted
    change: Difference
    place: ChangeClass = msgspec.field(name="class")


class Dropped(Answer, frozen=True, kw_only=True):
    """What is in no group, named after the grouping."""

    name: DroppedName
    first: Counted
    second: Counted
    change: int


class NotComparable(Answer, frozen=True, kw_only=True):
    """What is known of the rows of which a side is null."""

    rows: int
    first: int
    second: int
    change: int


class Outside(Answer, frozen=True, kw_only=True):
    """What is in neither total: records without a date, and those only partly inside a window."""

    undated: Counted
    partly_in_first: Counted
    partly_in_second: Counted


class ClassWords(Answer, frozen=True, kw_only=True):
    """One class of the change with its words."""

    place: Annotated[int, Meta(ge=-3, le=3)] = msgspec.field(name="class")
    words: Notice


class CompareAnswer(Scoped, frozen=True, kw_only=True):
    """Two windows: the changes of rows and of what is dropped make that of the totals, but for events (RULES C5)."""

    first: Side
    second: Side
    change: Change
    by: By
    resolution: Annotated[int | None, Meta(description="H3 resolution of the cells; null: no cells.")]
    rows: list[ChangeRow]
    dropped: Dropped
    not_comparable: NotComparable
    outside: Outside
    classes: list[ClassWords]
    sentence: Notice
    caution: list[Notice]
