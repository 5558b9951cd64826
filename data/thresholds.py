"""Planning thresholds of a sector: below, near or above a number that a reader has set, or why it cannot be told."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.errors import QueryError
from data.measures import people, select_counts
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
        value, why = _measured(vintage, asked, sector, measure)
        state = "not computable" if value is None else state_of(value, limit)
        found.append({"measure": measure, "value": value, "threshold": limit, "state": state, "why": why,
                      "from": start, "to": selection.end})  # fmt: skip
    return found


def _measured(vintage: Vintage, selection: Selection, sector: Sector, measure: str) -> tuple[int | None, str]:
    if selection.start and selection.end and selection.start > selection.end:
        return None, "not computable: 'since' is later than the last chosen day"
    if measure in ("incidents", "dead_or_missing"):
        inside = sums(placed(vintage, selection, sector).filter(pl.col("part") == "inside"))
        return (inside["records"] if measure == "incidents" else inside["people"]), ""
    if not selection.routes:
        return None, COUNTS_ARE_FOR_ROUTES
    if not set(selection.routes) <= routes_of(vintage, sector):
        return None, f"{COUNTS_ARE_FOR_ROUTES}, and a chosen route does not pass through this sector"
    counted = select_counts(vintage, selection, measure).select(people("value")).collect().item()
    if counted is None:
        return None, "not computable: no figure is published for this route and these days"
    return int(counted), "on the whole of the chosen route, not in this sector alone"


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
