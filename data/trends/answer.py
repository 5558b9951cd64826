"""Trends of a selection: the year so far, recent months, seasons, level, acts of policy, with what is not known."""

from collections.abc import Sequence
from datetime import date
from typing import cast

import polars as pl

from data.counting.coverage import covered
from data.counting.series import AVERAGED, moving_average, recorded_in_no_period, series
from data.counting.windows import Window, clipped
from data.model.caches import kept
from data.model.errors import ContradictionError
from data.model.notices import Notice, say
from data.query.parameters import AS_OF, Query, take
from data.query.provenance import caution_notices, checked_scope, scope
from data.query.selection import Selection
from data.store.opening import open_older
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.change_points import change_points
from data.trends.models import SeriesRow, Step, Trends
from data.trends.policy_events import NOT_CAUSES, describe_event, overlapping, read_events
from data.trends.provisional import latest_flow_months, provisional
from data.trends.seasons import seasons, with_provisional
from data.trends.small_multiples import small_multiples
from data.trends.year_to_date import cautions_of, year_to_date


def parse_trends(query: Query) -> tuple[Selection, date | None]:
    """Return (selection, as_of) of a query; raise QueryError at what it cannot mean."""
    own, rest = take(query, AS_OF)
    return Selection.parse(rest), own["as_of"]


def kept_states(store: Store, vintage: Vintage) -> tuple[Vintage, ...]:
    """Return the older vintages that the store keeps, oldest first; those that cannot be read are left out.

    A newer one says nothing here, so that the answer of a pinned vintage never changes.
    """
    older = (open_older(store.folder / name, beside=vintage) for name in store.names() if name < vintage.name)
    return tuple(found for found in older if found is not None)


@kept
def trends(
    vintage: Vintage, selection: Selection, *, as_of: date | None = None, states: Sequence[Vintage] = ()
) -> Trends:
    """Return the trends of a selection up to ``as_of``, the last day covered unless given.

    Series + not_dated + undated is the total where neither a window nor as_of cuts it (C5).

    Raises
    ------
    QueryError
        ``as_of`` is no day that the source covers, or it or the selection names what is not here.
    """
    checked_scope(vintage, selection)
    spans = clipped(covered(vintage, selection), selection.start, selection.end)
    if not spans:
        return _nothing(vintage, selection)
    last = _last_day(spans, as_of)
    chosen = selection.replace(end=last)
    table = series(vintage, chosen)
    so_far = year_to_date(vintage, chosen, as_of=last, states=states)
    window = Window(spans[0].first, last)
    shaded = provisional(vintage, chosen, states=states)
    averages = moving_average(table, AVERAGED[selection.step])
    return Trends(
        **scope(vintage, selection),
        as_of=last,
        year_to_date=so_far,
        provisional=shaded,
        flow=latest_flow_months(vintage, selection),
        seasons=with_provisional(seasons(vintage, chosen), shaded.months),
        step=cast("Step", selection.step),
        averaged_periods=AVERAGED[selection.step],
        series=[SeriesRow(**row) for row in table.with_columns(averages).iter_rows(named=True)],
        not_dated=recorded_in_no_period(vintage, chosen),
        undated=so_far.undated,
        change_points=change_points(table, step=selection.step),
        events=[describe_event(event) for event in overlapping(read_events(), window, selection.routes)],
        routes=small_multiples(vintage, chosen),
        caution=[*caution_notices(vintage, selection), *cautions_of(so_far), _latest(table, last), NOT_CAUSES],
    )


def _last_day(spans: tuple[Window, ...], as_of: date | None) -> date:
    last = as_of or spans[-1].last
    if not Window(last, last).within(spans):
        known = [Notice("days.span.days", first=span.first, last=span.last) for span in spans]
        raise ContradictionError(say("trends.refused.not_covered", day=last, spans=known), parameter="as_of")
    return last


def _latest(table: pl.DataFrame, last: date) -> Notice:
    return Notice("trends.last_day", day=last, is_complete=bool(table["is_complete"][-1]))


def _nothing(vintage: Vintage, selection: Selection) -> Trends:
    return Trends(
        **scope(vintage, selection),
        as_of=None,
        year_to_date=None,
        provisional=None,
        flow=latest_flow_months(vintage, selection),
        seasons=None,
        step=cast("Step", selection.step),
        averaged_periods=AVERAGED[selection.step],
        series=[],
        not_dated=0,
        undated=0,
        change_points=None,
        events=[],
        routes=None,
        caution=[*caution_notices(vintage, selection), Notice("trends.nothing_covered")],
    )
