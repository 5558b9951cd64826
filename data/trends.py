"""Trends of a selection: the year so far, recent months, seasons, level, acts of policy, with what is not known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from data.change_points import change_points
from data.coverage import Window, clipped, covered
from data.errors import ContradictionError, QueryError, StoreError
from data.events import NOT_CAUSES, described, overlapping, read_events
from data.measures import amount, incident_source, is_dated, select_incidents
from data.provisional import latest_flow_months, provisional
from data.scope import cautions, checked_scope, scope
from data.seasons import seasons, with_provisional
from data.selection import Selection
from data.series import AVERAGED, moving_average, series
from data.side_by_side import small_multiples
from data.store import Store, open_vintage
from data.vintage import Vintage
from data.words import day
from data.year_to_date import cautions_of, year_to_date


def parse_trends(query: Mapping[str, Iterable[str]]) -> tuple[Selection, date | None]:
    """Return (selection, as_of) of a query; raise QueryError at what it cannot mean."""
    rest = {key: list(given) for key, given in query.items()}
    given = rest.pop("as_of", None)
    selection = Selection.parse(rest)
    if given is None:
        return selection, None
    if len(given) != 1:
        raise QueryError(f"'as_of' is given {len(given)} times. Give it once.", parameter="as_of")
    try:
        return selection, Selection.parse({"to": given}).end
    except QueryError as error:
        raise QueryError(str(error).replace("'to'", "'as_of'"), parameter="as_of") from None


def kept_states(store: Store, vintage: Vintage) -> tuple[Vintage, ...]:
    """Return the older vintages that the store keeps, oldest first; those that cannot be read are left out.

    A newer one says nothing here, so that the answer of a pinned vintage never changes.
    """
    return _opened(store, tuple(name for name in store.names() if name < vintage.name))


@lru_cache(maxsize=4)
def _opened(store: Store, names: tuple[str, ...]) -> tuple[Vintage, ...]:
    found = []
    for name in names:
        try:
            found.append(open_vintage(store.folder / name))
        except StoreError:
            continue
    return tuple(found)


@lru_cache(maxsize=32)
def trends(
    vintage: Vintage, selection: Selection, *, as_of: date | None = None, states: Sequence[Vintage] = ()
) -> dict[str, Any]:
    """Return the trends of a selection up to ``as_of``, the last day covered unless given.

    Returns
    -------
    dict
        as_of, year_to_date (T1, T3), provisional and flow (T2, R2), seasons, series with its moving average (T4),
        not_dated (within the days, but not to one period), undated (in no period: series + not_dated + undated is the
        total where neither a window nor as_of cuts it, C5), change_points (suggestions), events (annotations), routes
        (small multiples), caution (sentences).
        Where no day is covered: as_of null, empty lists, and a sentence in ``caution``.

    Raises
    ------
    QueryError
        ``as_of`` is no day that the source covers, or it or the selection names what is not here.
    """
    checked_scope(vintage, selection)
    spans = clipped(covered(vintage, incident_source(vintage, selection)), selection.start, selection.end)
    if not spans:
        return {**scope(vintage, selection), **_nothing(vintage, selection)}
    last = _last_day(spans, as_of)
    chosen = selection.but(end=last)
    table = series(vintage, chosen)
    so_far = year_to_date(vintage, chosen, as_of=last, states=states)
    window = Window(spans[0].first, last)
    shaded = provisional(vintage, chosen, states=states)
    return {
        **scope(vintage, selection),
        "as_of": last,
        "year_to_date": so_far,
        "provisional": shaded,
        "flow": latest_flow_months(vintage, selection),
        "seasons": with_provisional(seasons(vintage, chosen), shaded["months"]),
        "step": selection.step,
        "averaged_periods": AVERAGED[selection.step],
        "series": table.with_columns(moving_average(table, AVERAGED[selection.step])).to_dicts(),
        "not_dated": _not_dated(vintage, chosen),
        "undated": so_far["undated"],
        "change_points": change_points(table, step=selection.step),
        "events": [described(event) for event in overlapping(read_events(), window, selection.routes)],
        "routes": small_multiples(vintage, chosen),
        "caution": [*cautions(vintage, selection), *cautions_of(so_far), _latest(table, last), NOT_CAUSES],
    }


def _last_day(spans: tuple[Window, ...], as_of: date | None) -> date:
    last = as_of or spans[-1].last
    if not Window(last, last).within(spans):
        known = " and ".join(f"{day(span.first)} to {day(span.last)}" for span in spans)
        raise ContradictionError(f"'as_of' {day(last)} is not covered here: known are {known}.", parameter="as_of")
    return last


def _not_dated(vintage: Vintage, selection: Selection) -> int:
    rows = select_incidents(vintage, selection).filter(~is_dated(selection.step))
    return int(rows.select(amount(selection.measure)).collect().item() or 0)


def _latest(table: pl.DataFrame, last: date) -> str:
    words = f"The last day counted is {day(last)}"
    if table["is_complete"][-1]:
        return f"{words}."
    return f"{words}: the last period is not complete, so it is in no average and no comparison of months."


def _nothing(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    absent = ("as_of", "year_to_date", "provisional", "seasons", "change_points", "routes")
    words = "No day of this selection is covered by an incident source. Widen the dates."
    return {
        **dict.fromkeys(absent),
        "flow": latest_flow_months(vintage, selection),
        "step": selection.step,
        "averaged_periods": AVERAGED[selection.step],
        "series": [],
        "not_dated": 0,
        "undated": 0,
        "events": [],
        "caution": [*cautions(vintage, selection), words],
    }
