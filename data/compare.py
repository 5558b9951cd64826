"""Any two windows side by side: totals, and the change by route, by cell or by month, with what each picture drops.

Σ changes + the change of what is dropped = the change of the totals (RULES C5), but for events, which may lie in
several groups.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from data.change import Count, change, count
from data.change_table import BY, FLOORS, SIDES, by_month, change_class, change_classes, change_table, keyed
from data.coverage import Window, alike, covered
from data.errors import ContradictionError, QueryError
from data.measures import in_window, incident_source, is_chosen, of_source
from data.scope import cautions, checked_scope, refuse_restricted, scope
from data.selection import Selection
from data.vintage import Vintage
from data.words import day, measured, sentence

Spans = tuple[Window, ...]
DROPPED: Final = {"route": "no_route", "cell": "not_located", "month": "not_dated"}
MOST_ROWS: Final = 20_000
FINEST_RESTRICTED: Final = 4  # RULES 9
NOT_WHY: Final = "What was recorded differs between two periods; the numbers do not say why."


def parse_window(text: str, *, key: str) -> Window:
    """Return the window that ``2024-01-01..2024-12-31`` states; raise QueryError at what is none."""
    first, dots, last = text.partition("..")
    try:
        chosen = Selection.parse({"from": [first], "to": [last]}) if dots else None
    except ContradictionError:
        raise ContradictionError(f"'{key}' ends before it begins. Exchange its days.", parameter=key) from None
    except QueryError:
        chosen = None
    if chosen is None or chosen.start is None or chosen.end is None:
        raise QueryError(
            f"'{key}' is a first and a last day such as 2024-01-01..2024-12-31; found '{text[:60]}'.", parameter=key
        )
    return Window(chosen.start, chosen.end)


def parse_compare(query: Mapping[str, Iterable[str]]) -> tuple[Selection, Window, Window, str]:
    """Return (selection, first, second, by) of a comparison; raise QueryError at what it cannot mean."""
    rest = {key: list(given) for key, given in query.items()}
    for key in ("from", "to"):
        if key in rest:
            raise QueryError(f"'{key}' is not given here: 'first' and 'second' are the two windows.", parameter=key)
    given = {}
    for key in ("first", "second", "by"):
        items = rest.pop(key, ["route"] if key == "by" else [])
        if len(items) != 1:
            raise QueryError(f"'{key}' is given {len(items)} times. Give it once.", parameter=key)
        given[key] = items[0].strip()
    if given["by"] not in BY:
        raise QueryError(f"'by' is one of {', '.join(BY)}; found '{given['by'][:60]}'.", parameter="by")
    windows = [parse_window(given[key], key=key) for key in ("first", "second")]
    return Selection.parse(rest), windows[0], windows[1], given["by"]


def compare(vintage: Vintage, selection: Selection, *, first: Window, second: Window, by: str) -> dict[str, Any]:
    """Return the change of a measure from one window to another.

    Returns
    -------
    dict
        first, second (days, value, events, is_covered), ``change`` (difference, percent, words: RULES T3), by,
        ``rows`` (id, name, first, second, change, class −3 to 3, null where the two may not be compared; by month also
        the months of both; null: no number, or a month that is not covered), ``dropped`` (of no group, named after the
        grouping: first, second, change),
        ``not_comparable`` (rows with a null side: what is known of them), ``outside`` (undated records, and those
        only partly inside a window: in neither total), classes, sentence, caution.

    Raises
    ------
    QueryError
        A window lies outside the source's coverage; the windows have different numbers of months, by month; the
        cells are too many, or finer than the source may show.
    """
    checked_scope(vintage, selection)
    if by == "cell" and selection.resolution > FINEST_RESTRICTED:
        refuse_restricted(vintage, selection, f"cells finer than resolution {FINEST_RESTRICTED}")
    windows, spans = [first, second], covered(vintage, incident_source(vintage, selection))
    for key, window in zip(SIDES, windows, strict=True):
        _check_covered(window, spans, key)
    every = of_source(vintage, selection).filter(is_chosen(selection.but(start=None, end=None))).collect()
    sides = [every.filter(in_window(*window)) for window in windows]
    counts = [count(rows, selection.measure) for rows in sides]
    grouped = [keyed(rows, selection, by=by, window=window) for rows, window in zip(sides, windows, strict=True)]
    table = _table(grouped, by, selection.measure, windows, spans)
    dropped = [count(rows.filter(pl.col("key").is_null()), selection.measure).value for rows in grouped]
    made = _change(counts, windows, spans, selection.measure)
    return {
        **scope(vintage, selection),
        "first": _side(first, counts[0], spans),
        "second": _side(second, counts[1], spans),
        "change": made,
        "by": by,
        "resolution": selection.resolution if by == "cell" else None,
        "rows": [_row(row, vintage, by) for row in table.iter_rows(named=True)],
        "dropped": {"name": DROPPED[by], **_pair(*dropped)},
        "not_comparable": _not_comparable(table),
        "outside": _outside(every, selection.measure, windows),
        "classes": change_classes(FLOORS[by]),
        "sentence": sentence(f"{_days(second)} against {_days(first)}: {made['words']}"),
        "caution": [*cautions(vintage, selection), *_cautions(first, second, spans), NOT_WHY],
    }


def _change(counts: list[Count], windows: list[Window], spans: Spans, measure: str) -> dict[str, Any]:
    """Return the change; no percentage, and the reason in words, where the windows are not alike (RULES T1)."""
    made = change(counts[0], counts[1], measure=measure)
    reason = _unlike(windows, spans)
    if made["difference"] is None or not reason:
        return made
    words = f"{measured(counts[1].value, measure)}, and {measured(counts[0].value, measure)}; {reason}"
    return {**made, "percent": None, "words": words, "brief": reason}


def _unlike(windows: list[Window], spans: Spans) -> str:
    if partly := partly_covered(windows, spans):
        return f"not to be compared, as the {' and the '.join(partly)} window is covered in part only"
    if not alike(*windows):
        short, long = sorted(window.days for window in windows)
        return f"not to be compared, as one window has {short:,} days and the other {long:,}"
    return ""


def partly_covered(windows: Iterable[Window], spans: Spans) -> list[str]:
    """Return which of two windows are not wholly covered, in the order of their days: earlier, later."""
    return [name for name, window in zip(("earlier", "later"), sorted(windows), strict=True)
            if not window.within(spans)]  # fmt: skip


def _days(window: Window) -> str:
    return f"{day(window.first)} to {day(window.last)}"


def _check_covered(window: Window, spans: Spans, key: str) -> None:
    if not window.touches(spans):
        known = f" It covers {day(spans[0].first)} to {day(spans[-1].last)}." if spans else ""
        raise ContradictionError(f"No day of '{key}' is covered by the source.{known}", parameter=key)


def _table(sides: list[pl.DataFrame], by: str, measure: str, windows: list[Window], spans: Spans) -> pl.DataFrame:
    table = change_table(sides, measure=measure, is_alike=not _unlike(windows, spans))
    if by == "month":
        table = by_month(table, windows, spans)
    if table.height > MOST_ROWS:
        raise ContradictionError(
            f"{table.height:,} rows, at most {MOST_ROWS:,}. Choose larger cells.", parameter="resolution"
        )
    order = {"by": "key"} if by == "month" else {"by": [pl.col("change").abs(), "key"], "descending": [True, False]}
    return table.with_columns(change_class(FLOORS[by])).sort(**order, nulls_last=True).drop("is_alike")


def _row(row: dict[str, Any], vintage: Vintage, by: str) -> dict[str, Any]:
    key = row.pop("key")
    return {"id": key, **({"name": vintage.name_of("route", key)} if by == "route" else {}), **row}


def _pair(first: int | None, second: int | None) -> dict[str, Any]:
    return {"first": first, "second": second, "change": (second or 0) - (first or 0)}


def _not_comparable(table: pl.DataFrame) -> dict[str, Any]:
    rows = table.filter(pl.col("first").is_null() | pl.col("second").is_null())
    return {"rows": rows.height, **_pair(int(rows["first"].sum()), int(rows["second"].sum()))}


def _side(window: Window, counted: Count, spans: Spans) -> dict[str, Any]:
    return {"from": window.first, "to": window.last, "days": window.days, "value": counted.value,
            "events": counted.events, "is_covered": window.within(spans)}  # fmt: skip


def _outside(every: pl.DataFrame, measure: str, windows: list[Window]) -> dict[str, Any]:
    """Return what is in neither total because its date is not known well enough."""
    undated = count(every.filter(pl.col("date_from").is_null()), measure).value
    overlaps = [(pl.col("date_from") <= last) & (pl.col("date_to") >= first) for first, last in windows]
    partly = [overlap & ~in_window(*window) for overlap, window in zip(overlaps, windows, strict=True)]
    parts = [count(every.filter(rows), measure) for rows in partly]
    return {"undated": undated, "partly_in_first": parts[0].value, "partly_in_second": parts[1].value}


def _cautions(first: Window, second: Window, spans: Spans) -> list[str]:
    found = []
    if first.days != second.days:
        found.append(f"{_days(first)}: {first.days:,} days; {_days(second)}: {second.days:,}.")
    if first.touches([second]):
        found.append("The windows share days: what is recorded on them counts in both.")
    if partly := partly_covered([first, second], spans):
        found.append(
            f"The {' and the '.join(partly)} window {'is' if len(partly) == 1 else 'are'} covered in part only: the "
            f"source covers {_spans(spans)}. Outside is no data, not nobody."
        )
    if max(first.last, second.last) > spans[-1].last.replace(year=spans[-1].last.year - 1, day=1):
        found.append("Later additions make older periods look fuller than recent ones.")
    return found


def _spans(spans: Spans) -> str:
    return " and ".join(map(_days, spans))
