"""Planning thresholds of a sector: below, near or above a number that a reader has set, or why it cannot be told."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.coverage import incident_days
from data.days import Span
from data.errors import QueryError
from data.measures import incident_source
from data.risk_series import counted, series_of
from data.sector_parts import placed, sums
from data.sectors import Sector
from data.selection import Selection
from data.vintage import Vintage
from geo.cells import cell_centres

THRESHOLDS: Final = ("incidents", "dead_or_missing", "interceptions", "arrivals")
LARGEST_THRESHOLD: Final = 10_000_000
LINE_RESOLUTION, LINE_REACH_KM = 4, 30.0  # a line passes through a sector where its cells, 26 km an edge, come near
COUNTS_ARE_FOR_ROUTES: Final = "not computable: counts are for routes, not places"
Thresholds = Mapping[str, int]


def state_of(value: int, threshold: int) -> str:
    """Return below, near (80% of the threshold or more) or above (more than it)."""
    if value > threshold:
        return "above"
    return "near" if 5 * value >= 4 * threshold else "below"  # whole numbers: 4 of 5 is near, exactly


def states(
    vintage: Vintage, selection: Selection, sector: Sector, *, since: date | None, thresholds: Thresholds
) -> list[dict[str, Any]]:
    """Return the state of each planning threshold, in the order of THRESHOLDS, for the days that are meant.

    Incidents and people are those inside the sector; counts are of the chosen routes as a whole, where one of them
    passes through the sector. The days are the selection's, from ``since`` on where that is given and later.
    """
    start = max((day for day in (selection.start, since) if day is not None), default=None)
    asked = selection.but(start=start)
    found = []
    for measure in THRESHOLDS:
        if measure not in thresholds:
            continue
        limit = thresholds[measure]
        value, why, is_whole = _measured(vintage, asked, sector, measure)
        is_told = value is not None and (is_whole or value > limit)  # a part of the days can only be too few
        state = state_of(value, limit) if value is not None and is_told else "not computable"
        found.append({"measure": measure, "value": value, "threshold": limit, "state": state, "why": why,
                      "from": start, "to": selection.end})  # fmt: skip
    return found


def _measured(vintage: Vintage, selection: Selection, sector: Sector, measure: str) -> tuple[int | None, str, bool]:
    """Return the number, the words beside it, and whether every day that is meant is covered (RULES R6, C4)."""
    if selection.start and selection.end and selection.start > selection.end:
        return None, "not computable: 'since' is later than the last chosen day", False
    if measure in ("incidents", "dead_or_missing"):
        return _recorded(vintage, selection, sector, measure)
    if not selection.routes:
        return None, COUNTS_ARE_FOR_ROUTES, False
    if not set(selection.routes) <= routes_of(vintage, sector):
        return None, f"{COUNTS_ARE_FOR_ROUTES}, and a chosen route does not pass through this sector", False
    return _counted(vintage, selection, measure)


def _counted(vintage: Vintage, selection: Selection, measure: str) -> tuple[int | None, str, bool]:
    """Return people of the chosen routes as a risk counts them: one source a route, the places that cover (R6)."""
    first, last = _days_of(vintage, selection, measure)
    if first is None or last is None or first > last:
        return None, "not computable: no figure is published for this route and these days", False
    found = [series_of(vintage, selection.but(start=first, end=last, routes=(route,)), measure)
             for route in selection.routes]  # fmt: skip
    if not any(one.covered_days or one.part for one in found):
        return None, "not computable: no figure is published for this route and these days", False
    lacking = [reason for one in found for reason in ([one.gap] if one.gap else one.lacking)]
    beside = "; ".join(["on the whole of the chosen route, not in this sector alone", *lacking])
    return sum(one.part for one in found), beside, not lacking


def _days_of(vintage: Vintage, selection: Selection, measure: str) -> Span | tuple[None, None]:
    """Return the first and last day that are meant: the selection's, else those that any count of its routes has."""
    spans = [rows.select(pl.col("date_from").min(), pl.col("date_to").max()).row(0)
             for route in selection.routes for _, rows in counted(vintage, route, measure)]  # fmt: skip
    if not spans:
        return None, None
    return selection.start or min(one[0] for one in spans), selection.end or max(one[1] for one in spans)


def _recorded(vintage: Vintage, selection: Selection, sector: Sector, measure: str) -> tuple[int | None, str, bool]:
    days = incident_days(vintage, incident_source(vintage, selection))
    if days is None:
        return None, "not computable: there is no data", False
    first, last = days
    if selection.start and selection.start > last:
        return None, f"not computable: the data ends on {last}", False
    inside = sums(placed(vintage, selection, sector).filter(pl.col("part") == "inside"))
    value = inside["records"] if measure == "incidents" else inside["people"]
    gaps = [f"the data begins on {first}"] if selection.start and selection.start < first else []
    gaps += [f"the data ends on {last}"] if selection.end and last < selection.end else []
    return value, "; ".join(gaps), not gaps


@lru_cache(maxsize=32)
def routes_of(vintage: Vintage, sector: Sector) -> set[str]:
    """Return the routes of a sector: those of the incidents inside it, and those with a line through or near it."""
    rows = placed(vintage, Selection(), sector).filter(pl.col("part") == "inside")
    lines = vintage.segment_cells.filter(pl.col("resolution") == LINE_RESOLUTION)
    centres = cell_centres(lines["cell"].to_numpy()) if lines.height else np.empty((0, 2))
    near = sector.area.distances_km(centres[:, 0], centres[:, 1], within=LINE_REACH_KM)
    through = lines.filter(pl.Series(np.isfinite(near), dtype=pl.Boolean)).join(
        vintage.segments.select("source", "segment_id", "route"), on=["source", "segment_id"]
    )
    return {*rows["route"].drop_nulls().to_list(), *through["route"].drop_nulls().to_list()}


def parse_thresholds(query: Mapping[str, list[str]]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return (thresholds, the rest) of a query; raise QueryError at a number that is none."""
    rest = dict(query)
    found = {}
    for measure in THRESHOLDS:
        key = f"{measure}_above"
        if key not in rest:
            continue
        given = rest.pop(key)
        text = given[0].strip() if len(given) == 1 else ""
        value = int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else 0
        if not 1 <= value <= LARGEST_THRESHOLD:
            raise QueryError(f"'{key}' is one whole number from 1 to {LARGEST_THRESHOLD:,}.", parameter=key)
        found[measure] = value
    return found, rest
