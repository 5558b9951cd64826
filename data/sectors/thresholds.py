"""Planning thresholds of a sector: below, near or above a number that a reader has set, or why it cannot be told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, cast

import numpy as np
import polars as pl

from data.counting.coverage import covered, last_day, stated_days
from data.counting.windows import Window, outside
from data.model.caches import kept_numbers
from data.model.days import Span, span_words
from data.model.notices import Notice
from data.query.parameters import ABOVE, THRESHOLDS, Query, take
from data.query.selection import Selection
from data.risk.route_counts import count_on_route, counts_by_source
from data.sectors.answer_model import LimitState, Threshold
from data.sectors.containment import place_records, sums
from data.sectors.sector import Sector
from data.store.vintage import Vintage
from geo.cells import cell_centres

LINE_RESOLUTION, LINE_REACH_KM = 4, 30.0  # a line passes through a sector where its cells, 26 km an edge, come near
Thresholds = Mapping[str, int]


def state_of(value: int, threshold: int) -> LimitState:
    """Return below, near (80% of the threshold or more) or above (more than it)."""
    if value > threshold:
        return "above"
    return "near" if 5 * value >= 4 * threshold else "below"  # whole numbers: 4 of 5 is near, exactly


def states(
    vintage: Vintage, selection: Selection, sector: Sector, *, since: date | None, thresholds: Thresholds
) -> list[Threshold]:
    """Return the state of each planning threshold, in the order of THRESHOLDS, for the days that are meant.

    Incidents and people are those inside the sector; counts are of the chosen routes as a whole, where one of them
    passes through the sector. The days are the selection's, from ``since`` on where that is given and later.
    """
    start = max((day for day in (selection.start, since) if day is not None), default=None)
    asked = selection.replace(start=start)
    found = []
    for measure in THRESHOLDS:
        if measure not in thresholds:
            continue
        limit = thresholds[measure]
        value, why, is_whole = _measured(vintage, asked, sector, measure)
        is_told = value is not None and (is_whole or value > limit)  # a part of the days can only be too few
        state = state_of(value, limit) if value is not None and is_told else "not computable"
        found.append(
            Threshold(measure=cast("Literal['incidents']", measure), value=value, threshold=limit, state=state, why=why,
                      first=start, last=selection.end)
        )  # fmt: skip
    return found


def _why(reason: str, **values: object) -> Notice:
    """Return why a threshold has no state; without ``is_alone`` it is written beside the state."""
    return Notice(f"sectors.limit.{reason}", is_alone=True, **values)


def _measured(vintage: Vintage, selection: Selection, sector: Sector, measure: str) -> tuple[int | None, Notice, bool]:
    """Return the number, the words beside it, and whether every day that is meant is covered (RULES R6, C4)."""
    if selection.start and selection.end and selection.start > selection.end:
        return None, _why("since_too_late"), False
    if measure in ("incidents", "dead_or_missing"):
        return _recorded(vintage, selection, sector, measure)
    if not selection.routes:
        return None, _why("counts_are_for_routes"), False
    if not set(selection.routes) <= routes_of(vintage, sector):
        return None, _why("not_through"), False
    return _counted(vintage, selection, measure)


def _counted(vintage: Vintage, selection: Selection, measure: str) -> tuple[int | None, Notice, bool]:
    """Return people of the chosen routes as a risk counts them: one source a route, the places that cover (R6)."""
    first, last = _days_of(vintage, selection, measure)
    if first is None or last is None or first > last:
        return None, _why("no_figure"), False
    found = [count_on_route(vintage, selection.replace(start=first, end=last, routes=(route,)), measure)
             for route in selection.routes]  # fmt: skip
    if not any(one.covered_days or one.part for one in found):
        return None, _why("no_figure"), False
    lacking = [reason for one in found for reason in ([one.gap] if one.gap else one.lacking)]
    beside = Notice("sectors.limit.whole_route", lacking=lacking or None)
    return sum(one.part for one in found), beside, not lacking


def _days_of(vintage: Vintage, selection: Selection, measure: str) -> Span | tuple[None, None]:
    """Return the first and last day that are meant: the selection's, else those that any count of its routes has."""
    spans = [rows.select(pl.col("date_from").min(), pl.col("date_to").max()).row(0)
             for route in selection.routes for _, rows in counts_by_source(vintage, route, measure)]  # fmt: skip
    if not spans:
        return None, None
    return selection.start or min(one[0] for one in spans), selection.end or max(one[1] for one in spans)


def _recorded(vintage: Vintage, selection: Selection, sector: Sector, measure: str) -> tuple[int | None, Notice, bool]:
    spans, window = covered(vintage, selection), stated_days(vintage, selection)
    if not spans:
        return None, _why("no_data"), False
    last = last_day(vintage, selection)
    if window is None or (last is not None and window.first > last):
        return None, _why("ended", last=last), False
    if not window.touches(spans):
        return None, _why("between", gaps=[span_words(*window)]), False
    inside = sums(place_records(vintage, selection, sector).filter(pl.col("part") == "inside"))
    value = inside.records if measure == "incidents" else inside.people
    gaps = outside(spans, window)
    return value, _gaps(gaps, spans[0].first, spans[-1].last), not gaps


def _gaps(gaps: Sequence[Window], first: date, last: date) -> Notice:
    """Return which of the days that are meant the data does not reach: before it, after it, between its editions."""
    is_late, is_short = any(gap.first < first for gap in gaps), any(gap.last > last for gap in gaps)
    between = [span_words(*gap) for gap in gaps if gap.first >= first and gap.last <= last]
    if not gaps:
        return Notice("sectors.nothing")
    return Notice("sectors.limit.gaps", first=first if is_late else None, last=last if is_short else None,
                  between=between or None)  # fmt: skip


@kept_numbers
def routes_of(vintage: Vintage, sector: Sector) -> set[str]:
    """Return the routes of a sector: those of the incidents inside it, and those with a line through or near it."""
    rows = place_records(vintage, Selection(), sector).filter(pl.col("part") == "inside")
    lines = vintage.segment_cells.filter(pl.col("resolution") == LINE_RESOLUTION)
    centres = cell_centres(lines["cell"].to_numpy()) if lines.height else np.empty((0, 2))
    near = sector.area.distances_km(centres[:, 0], centres[:, 1], within=LINE_REACH_KM)
    through = lines.filter(pl.Series(np.isfinite(near), dtype=pl.Boolean)).join(
        vintage.segments.select("source", "segment_id", "route"), on=["source", "segment_id"]
    )
    return {*rows["route"].drop_nulls().to_list(), *through["route"].drop_nulls().to_list()}


def parse_thresholds(query: Query) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return (thresholds by what is counted, the rest) of a query; raise QueryError at a number that is none."""
    own, rest = take(query, *ABOVE)
    return {name.removesuffix("_above"): value for name, value in own.items() if value is not None}, rest
