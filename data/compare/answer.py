"""Any two windows side by side: totals, and the change by route, by cell or by month, with what each picture drops.

Σ changes + the change of what is dropped = the change of the totals (RULES C5), but for events, which may lie in
several groups.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

import polars as pl

from data.compare.change import Count, change, count
from data.compare.change_table import FLOORS, SIDES, by_month, change_class, change_classes, change_table, with_key
from data.compare.models import (
    By,
    Change,
    ChangeRow,
    CompareAnswer,
    Dropped,
    DroppedName,
    NotComparable,
    Outside,
    Side,
)
from data.counting.coverage import covered
from data.counting.held_records import hold
from data.counting.measures import in_window, is_chosen, of_source
from data.counting.windows import Window, alike
from data.model.answers import UNSET
from data.model.errors import ContradictionError, QueryError
from data.model.notices import Notice, say
from data.model.units import PEOPLE
from data.model.wording import measured
from data.query.parameters import CHANGE_BY, FIRST, FROM, SECOND, TO, Query, take
from data.query.provenance import caution_notices, checked_scope, scope
from data.query.restriction import finest_of_restricted, refuse_restricted
from data.query.selection import Selection
from data.store.vintage import Vintage

Spans = tuple[Window, ...]
DROPPED: Final[Mapping[str, DroppedName]] = {"route": "no_route", "cell": "not_located", "month": "not_dated"}
MOST_ROWS: Final = 20_000
READ: Final = ("event_id", "is_cumulative", "date_from", "date_to", "route", "cell", "finest_resolution", *PEOPLE)


def parse_compare(query: Query) -> tuple[Selection, Window, Window, str]:
    """Return (selection, first, second, by) of a comparison; raise QueryError at what it cannot mean."""
    for key in (FROM.name, TO.name):
        if key in query:
            raise QueryError(say("parameters.windows", name=key), parameter=key)
    own, rest = take(query, FIRST, SECOND, CHANGE_BY)
    for key in SIDES:
        if own[key] is None:
            raise QueryError(say("parameters.missing", name=key, example="2024-01-01..2024-12-31"), parameter=key)
    return Selection.parse(rest), Window(*own["first"]), Window(*own["second"]), own["by"]


def compare(vintage: Vintage, selection: Selection, *, first: Window, second: Window, by: str) -> CompareAnswer:
    """Return the change of a measure from one window to another.

    ``rows`` are null where there is no number, or a month that is not covered; ``class`` is null where the two may not
    be compared.

    Raises
    ------
    QueryError
        A window lies outside the source's coverage; the windows have different numbers of months, by month; the
        cells are too many, or finer than the source may show.
    """
    checked_scope(vintage, selection)
    if by == "cell" and selection.resolution > (finest := finest_of_restricted(vintage)):
        refuse_restricted(vintage, selection, Notice("compare.refused.fine_cells", finest=finest))
    windows, spans = [first, second], covered(vintage, selection)
    for key, window in zip(SIDES, windows, strict=True):
        _check_covered(window, spans, key)
    every = _records(vintage, selection, windows)
    sides = [every.filter(in_window(*window)) for window in windows]
    counts = [count(rows, selection.measure) for rows in sides]
    grouped = [with_key(rows, selection, by=by, window=window) for rows, window in zip(sides, windows, strict=True)]
    table = _table(grouped, by, selection.measure, windows, spans)
    dropped = [count(rows.filter(pl.col("key").is_null()), selection.measure).value for rows in grouped]
    made = _change(counts, windows, spans, selection.measure)
    return CompareAnswer(
        **scope(vintage, selection),
        first=_side(first, counts[0], spans),
        second=_side(second, counts[1], spans),
        change=made,
        by=cast("By", by),
        resolution=selection.resolution if by == "cell" else None,
        rows=[_row(row, vintage, by) for row in table.iter_rows(named=True)],
        dropped=Dropped(name=DROPPED[by], first=dropped[0], second=dropped[1],
                        change=(dropped[1] or 0) - (dropped[0] or 0)),
        not_comparable=_not_comparable(table),
        outside=_outside(every, selection.measure, windows),
        classes=change_classes(FLOORS),
        sentence=Notice("compare.sentence", second=_days(second), first=_days(first), words=made.words),
        caution=[*caution_notices(vintage, selection), *_cautions(first, second, spans)],
    )  # fmt: skip


def _records(vintage: Vintage, selection: Selection, windows: list[Window]) -> pl.DataFrame:
    """Return the records that touch one of the windows, and those without a day."""
    touching = [(pl.col("date_from") <= last) & (pl.col("date_to") >= first) for first, last in windows]
    is_meant = pl.any_horizontal(*touching, *(in_window(*window) for window in windows), pl.col("date_from").is_null())
    chosen = is_chosen(selection.replace(start=None, end=None))
    rows = of_source(vintage, selection).filter(chosen & is_meant)
    return hold(vintage, selection, rows, *READ)


def _change(counts: list[Count], windows: list[Window], spans: Spans, measure: str) -> Change:
    """Return the change; no percentage, and the reason in words, where the windows are not alike (RULES T1)."""
    made = change(counts[0], counts[1], measure=measure)
    reason = _unlike(windows, spans)
    if made.difference is None or not reason:
        return made
    second, first = (measured(one.value, measure) for one in reversed(counts))
    words = Notice("compare.unlike.words", second=second, first=first, reason=reason)
    return Change(difference=made.difference, percent=None, words=words, brief=reason)


def _unlike(windows: list[Window], spans: Spans) -> Notice | None:
    if which := partly_covered(windows, spans):
        return Notice("compare.unlike.partly", which=which)
    if not alike(*windows):
        short, long = sorted(window.days for window in windows)
        return Notice("compare.unlike.length", short=short, long=long)
    return None


def partly_covered(windows: Iterable[Window], spans: Spans) -> str:
    """Return which of two windows are not wholly covered: earlier, later, both; blank where both are."""
    found = [name for name, window in zip(("earlier", "later"), sorted(windows), strict=True)
             if not window.within(spans)]  # fmt: skip
    return "both" if len(found) > 1 else "".join(found)


def _days(window: Window) -> Notice:
    return Notice("days.span.days", first=window.first, last=window.last)


def _check_covered(window: Window, spans: Spans, key: str) -> None:
    if not window.touches(spans):
        known = _days(Window(spans[0].first, spans[-1].last)) if spans else None
        raise ContradictionError(say("compare.refused.not_covered", parameter=key, known=known), parameter=key)


def _table(sides: list[pl.DataFrame], by: str, measure: str, windows: list[Window], spans: Spans) -> pl.DataFrame:
    table = change_table(sides, measure=measure, is_alike=not _unlike(windows, spans))
    if by == "month":
        table = by_month(table, windows, spans)
    if table.height > MOST_ROWS:
        words = say("compare.refused.many_rows", rows=table.height, most=MOST_ROWS)
        raise ContradictionError(words, parameter="resolution")
    table = table.with_columns(change_class(FLOORS)).drop("is_alike")
    if by == "month":
        return table.sort("key", nulls_last=True)
    return table.sort(pl.col("change").abs(), "key", descending=[True, False], nulls_last=True)


def _row(row: dict[str, Any], vintage: Vintage, by: str) -> ChangeRow:
    """Return a row of the table, whose columns are those of the model but for two names."""
    key, place = row.pop("key"), row.pop("class")
    name = vintage.name_of("route", key) if by == "route" else UNSET
    return ChangeRow(id=key, name=name, place=place, **row)


def _not_comparable(table: pl.DataFrame) -> NotComparable:
    rows = table.filter(pl.col("first").is_null() | pl.col("second").is_null())
    first, second = int(rows["first"].sum()), int(rows["second"].sum())
    return NotComparable(rows=rows.height, first=first, second=second, change=second - first)


def _side(window: Window, counted: Count, spans: Spans) -> Side:
    return Side(first=window.first, last=window.last, days=window.days, value=counted.value, events=counted.events,
                is_covered=window.within(spans))  # fmt: skip


def _outside(every: pl.DataFrame, measure: str, windows: list[Window]) -> Outside:
    """Return what is in neither total because its date is not known well enough."""
    undated = count(every.filter(pl.col("date_from").is_null()), measure).value
    overlaps = [(pl.col("date_from") <= last) & (pl.col("date_to") >= first) for first, last in windows]
    partly = [overlap & ~in_window(*window) for overlap, window in zip(overlaps, windows, strict=True)]
    parts = [count(every.filter(rows), measure) for rows in partly]
    return Outside(undated=undated, partly_in_first=parts[0].value, partly_in_second=parts[1].value)


def _cautions(first: Window, second: Window, spans: Spans) -> list[Notice]:
    found = []
    if first.days != second.days:
        found.append(Notice("compare.caution.length", first=_days(first), first_days=first.days,
                            second=_days(second), second_days=second.days))  # fmt: skip
    if first.touches([second]):
        found.append(Notice("compare.caution.shared"))
    if which := partly_covered([first, second], spans):
        found.append(Notice("compare.caution.partly", which=which, spans=list(map(_days, spans))))
    if max(first.last, second.last) > spans[-1].last.replace(year=spans[-1].last.year - 1, day=1):
        found.append(Notice("compare.caution.later"))
    return [*found, Notice("compare.caution.not_why")]
