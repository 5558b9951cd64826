"""The sheet of a sector: what is new in it, what lies inside, what could, what does not, and what cannot be placed.

Nothing of a source that is not public is answered: a sector drawn finely enough would tell its places (RULES 9).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import polars as pl

from data.changes import ADDED, TOLD, changes_between, in_sector, retrieved, vintage_before
from data.coverage import incident_days
from data.errors import QueryError
from data.exports.about import SCOPE
from data.exports.tables import check_may_leave
from data.measures import incident_source, is_chosen, is_dated, is_located
from data.sector_cells import cells_inside, highest_cells, hot_cells
from data.sector_parts import part_counts, placed, sums
from data.sectors import Sector
from data.selection import Selection
from data.thresholds import Thresholds, states
from data.vintage import Vintage

MOST_LISTED: Final = 100
RECORDED: Final = (
    "These are recorded incidents. More may be recorded in one place than around it because more was seen or written "
    "down there: nothing here says where it is dangerous, or safe."
)
LATER: Final = (
    "Publishers add records for weeks and months after an event: the latest days look emptier than they were, and "
    "later additions make older ones look fuller."
)
ONLY_DATES: Final = "No older vintage of this data is kept, so only the dates of incidents can be compared."
LISTED: Final = ("record_id", "date_from", "date_to", "dead", "missing", "dead_or_missing", "place", "country", "route",
                 "cause", "quality", "latitude", "longitude", "location_precision", "url")  # fmt: skip


def sector_sheet(
    vintage: Vintage, selection: Selection, sector: Sector, *, since: date | None = None,
    thresholds: Thresholds | None = None, today: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return all that the sheet of a sector says, as plain values for JSON and page.

    Parameters
    ----------
    since : first day of what is new; None: nothing is compared
    thresholds : number by one of THRESHOLDS; the state is below, near (80% of it or more) or above (more than it)
    today : the day that settles "this month"; the real one where None

    Raises
    ------
    QueryError
        The source is not public (RULES 9).
    """
    check_may_leave(vintage, selection, "incidents")
    source = incident_source(vintage, selection)
    records = placed(vintage, selection, sector)
    inside = records.filter(pl.col("part") == "inside").drop("part")
    listed, ranked = highest_cells(vintage, selection, sector)
    cells = cells_inside(vintage, selection, sector).height
    first, last = incident_days(vintage, source) or (None, None)
    return {
        "sector": about_sector(sector), "selection": selection.to_query(),
        "since": since, "new": new_in(vintage, selection, sector, since),
        "places": part_counts(records), "total": sums(records),
        "incidents": _listed(inside), "incidents_listed": min(inside.height, MOST_LISTED),
        "cells": listed, "cells_not_shown": cells - len(listed), "ranking": ranked,
        "hot_spots": hot_cells(vintage, selection, sector), "resolution": selection.resolution,
        "no_cell": sums(inside.filter(~is_located(selection.resolution))),
        "season": season(vintage, selection, sector, today or date.today()),  # noqa: DTZ011
        "thresholds": states(vintage, selection, sector, since=since, thresholds=thresholds or {}),
        "source": source, "covered": {"first": first, "last": last}, "retrieved": retrieved(vintage),
        "vintage": vintage.name, "is_demonstration": vintage.is_demonstration,
        "cautions": [LATER, RECORDED, *([SCOPE] if (source or "").startswith("mmp") else [])],
    }  # fmt: skip


def about_sector(sector: Sector) -> dict[str, Any]:
    """Return what an answer says of its sector."""
    return {
        "query": sector.to_query(), "words": sector.words, "kind": sector.kind,
        "area_km2": round(sector.area.area_km2, 1), "others_of_that_name": list(sector.others),
    }  # fmt: skip


def _listed(rows: pl.DataFrame) -> list[dict[str, Any]]:
    newest = rows.sort("date_from", "record_id", descending=[True, False], nulls_last=True).head(MOST_LISTED)
    return newest.select(LISTED).to_dicts()


def new_in(vintage: Vintage, selection: Selection, sector: Sector, since: date | None) -> dict[str, Any]:
    """Return what is new since a day: incidents dated from it on, and changes to records since the vintage before it.

    ``compared_with`` is null where the store keeps no older vintage of the source; ``note`` says so.
    """
    if since is None:
        return {"recorded": None, "incidents": [], "compared_with": None, "changes": [], "note": ""}
    inside = placed(vintage, selection, sector).filter(
        (pl.col("part") == "inside") & (pl.col("date_from") >= since).fill_null(value=False)
    )
    source, older = incident_source(vintage, selection), vintage_before(vintage, since)
    if older is not None and (source is None or source not in older.incident_sources):
        older = None
    found = [] if older is None or source is None else _changes(older, vintage, selection, sector, source)
    compared = None if older is None else {"vintage": older.name, "retrieved": retrieved(older)}
    return {
        "recorded": sums(inside), "incidents": _listed(inside.drop("part")), "compared_with": compared,
        "changes": found, "note": ONLY_DATES if older is None else "",
    }  # fmt: skip


def _changes(older: Vintage, newer: Vintage, selection: Selection, sector: Sector, source: str) -> list[dict[str, Any]]:
    check_may_leave(older, selection.but(source=source), "incidents")
    found = in_sector(changes_between(older, newer, source), sector).filter(is_chosen(selection))
    rank = pl.col("change").replace_strict({ADDED: 0}, default=1, return_dtype=pl.Int8)
    return found.sort(rank, "change", "record_id", "nth").select(TOLD).to_dicts()


def season(vintage: Vintage, selection: Selection, sector: Sector, today: date) -> dict[str, Any]:
    """Return this calendar month inside the sector in past years, whatever the selection's window (RULES T1).

    ``years`` has people and incidents of each past year whose month the source covers wholly, and of its first days up
    to today's; ``this_year`` those of this year up to today, null where the source does not reach so far.
    """
    rows = placed(vintage, selection.but(start=None, end=None), sector).filter(pl.col("part") == "inside")
    first, last = incident_days(vintage, incident_source(vintage, selection)) or (None, None)
    dated = rows.filter(is_dated("month") & (pl.col("date_from").dt.month() == today.month))
    years: list[dict[str, Any]] = []
    for year in range(first.year if first else today.year, today.year):
        start, end = _month(year, today.month)
        if first is not None and last is not None and first <= start and end <= last:
            same = _of_days(dated, start, start.replace(day=min(today.day, end.day)))
            years.append({"year": year, **_of_days(dated, start, end), "to_same_day": same})
    begin = today.replace(day=1)
    reaches = last is not None and last >= today
    return {
        "month": today.month, "to_day": today.day, "years": years,
        "people": _spread([one["people"] for one in years]), "incidents": _spread([one["incidents"] for one in years]),
        "same_days": _spread([one["to_same_day"]["people"] for one in years]),
        "last_year": next((one for one in years if one["year"] == today.year - 1), None),
        "this_year": {"year": today.year, **_of_days(dated, begin, today)} if reaches else None,
    }  # fmt: skip


def _month(year: int, month: int) -> tuple[date, date]:
    start = date(year, month, 1)
    return start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _of_days(rows: pl.DataFrame, start: date, end: date) -> dict[str, int]:
    chosen = rows.filter((pl.col("date_from") >= start) & (pl.col("date_to") <= end))
    return {"people": int(chosen["dead_or_missing"].sum() or 0), "incidents": chosen.height}


def _spread(values: list[int]) -> dict[str, float] | None:
    if not values:
        return None
    return {"min": min(values), "median": float(np.median(values)), "max": max(values), "years": len(values)}


def parse_since(query: Mapping[str, list[str]]) -> tuple[date | None, dict[str, list[str]]]:
    """Return (since, the rest) of a query; a day as the selection reads it."""
    rest = dict(query)
    given = rest.pop("since", None)
    if given is None:
        return None, rest
    try:
        return Selection.parse({"from": given}).start, rest
    except QueryError as error:
        raise QueryError(str(error).replace("'from'", "'since'"), parameter="since") from None
