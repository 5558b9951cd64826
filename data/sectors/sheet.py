"""The sheet of a sector: what is new in it, what lies inside, what could, what does not, and what cannot be placed.

Nothing of a source that is not public is answered: a sector drawn finely enough would tell its places (RULES 9).
"""

from datetime import date, timedelta
from typing import Final, Literal, cast

import numpy as np
import polars as pl

from data.counting.coverage import covered, stated_days
from data.counting.measures import is_chosen, is_dated, is_located
from data.counting.not_covered import not_covered_rows
from data.counting.windows import Window
from data.model import days
from data.model.notices import Notice
from data.query.parameters import SINCE, Query, take
from data.query.resolve import incident_source
from data.query.restriction import require_exportable
from data.query.selection import Selection
from data.sectors.answer_model import (
    ComparedWith,
    Covered,
    ListedIncident,
    NewInSector,
    RecordChange,
    SectorSheet,
    SectorStated,
)
from data.sectors.border import border_routes
from data.sectors.cells import cells_inside, highest_cells, hot_cells
from data.sectors.containment import part_counts, place_records, sums
from data.sectors.fitting import fitted, stated
from data.sectors.sar import sector_sar
from data.sectors.season_model import MonthSums, Season, SeasonYear, Spread, ThisYear
from data.sectors.sector import Sector
from data.sectors.thresholds import Thresholds, states
from data.sectors.vintage_diff import ADDED, TOLD, changes_between, day_retrieved, in_sector, vintage_before
from data.store.vintage import Vintage

MOST_LISTED: Final = 100
LISTED: Final = ("record_id", "date_from", "date_to", "dead", "missing", "dead_or_missing", "place", "country", "route",
                 "cause", "quality", "latitude", "longitude", "location_precision", "url")  # fmt: skip


def sector_sheet(
    vintage: Vintage, selection: Selection, sector: Sector, *, since: date | None = None,
    thresholds: Thresholds | None = None, today: date | None = None,
) -> SectorSheet:  # fmt: skip
    """Return all that the sheet of a sector says; its cells are of the size that fits it, where none is chosen.

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
    require_exportable(vintage, selection, "incidents")
    selection = fitted(selection, sector)
    source = incident_source(vintage, selection)
    records = place_records(vintage, selection, sector)
    inside = records.filter(pl.col("part") == "inside").drop("part")
    listed, ranked = highest_cells(vintage, selection, sector)
    cells = cells_inside(vintage, selection, sector).height
    spans, meant = covered(vintage, selection), stated_days(vintage, selection)
    first, last = (spans[0].first, spans[-1].last) if spans else (None, None)
    today, limits = today or days.today(), thresholds or {}
    scope = [Notice("statement.scope")] if (source or "").startswith("mmp") else []
    return SectorSheet(
        sector=state_sector(sector),
        selection=stated(selection).to_query(),
        since=since,
        new=new_in(vintage, selection, sector, since),
        places=part_counts(records),
        total=sums(records),
        incidents=_listed(inside),
        incidents_listed=min(inside.height, MOST_LISTED),
        cells=listed,
        cells_not_shown=cells - len(listed),
        ranking=ranked,
        hot_spots=hot_cells(vintage, selection, sector),
        resolution=selection.resolution,
        no_cell=sums(inside.filter(~is_located(selection.resolution))),
        season=season(vintage, selection, sector, today),
        thresholds=states(vintage, selection, sector, since=since, thresholds=limits),
        border=border_routes(vintage, selection, sector, thresholds=limits, today=today),
        sar=sector_sar(vintage, sector, inside),
        source=source,
        covered=Covered(first=first, last=last),
        not_covered=list(not_covered_rows(vintage, selection, "dead_or_missing")),
        has_figures=bool(inside.height) or not spans or (meant is not None and meant.touches(spans)),
        retrieved=day_retrieved(vintage),
        valid_until=_month(today.year, today.month)[1],
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
        cautions=[Notice("sectors.later"), Notice("sectors.recorded"), *scope],
    )


def state_sector(sector: Sector) -> SectorStated:
    """Return what an answer says of its sector."""
    return SectorStated(
        query=sector.to_query(), words=sector.words, kind=cast("Literal['area']", sector.kind),
        area_km2=round(sector.area.area_km2, 1), others_of_that_name=list(sector.others),
    )  # fmt: skip


def _listed(rows: pl.DataFrame) -> list[ListedIncident]:
    newest = rows.sort("date_from", "record_id", descending=[True, False], nulls_last=True).head(MOST_LISTED)
    return [ListedIncident(**row) for row in newest.select(LISTED).iter_rows(named=True)]


def new_in(vintage: Vintage, selection: Selection, sector: Sector, since: date | None) -> NewInSector:
    """Return what is new since a day: incidents dated from it on, and changes to records since the vintage before it.

    ``compared_with`` is null where the store keeps no older vintage of the source; ``note`` says so.
    """
    if since is None:
        nothing = Notice("sectors.nothing")
        return NewInSector(recorded=None, incidents=[], compared_with=None, changes=[], note=nothing)
    inside = place_records(vintage, selection, sector).filter(
        (pl.col("part") == "inside") & (pl.col("date_from") >= since).fill_null(value=False)
    )
    source, older = incident_source(vintage, selection), vintage_before(vintage, since)
    if older is not None and (source is None or source not in older.incident_sources):
        older = None
    found = [] if older is None or source is None else _changes(older, vintage, selection, sector, source)
    return NewInSector(
        recorded=sums(inside),
        incidents=_listed(inside.drop("part")),
        compared_with=None if older is None else ComparedWith(vintage=older.name, retrieved=day_retrieved(older)),
        changes=found,
        note=Notice("sectors.only_dates" if older is None else "sectors.nothing"),
    )


def _changes(older: Vintage, newer: Vintage, selection: Selection, sector: Sector, source: str) -> list[RecordChange]:
    require_exportable(older, selection.replace(source=source), "incidents")
    found = in_sector(changes_between(older, newer, source), sector).filter(is_chosen(selection))
    rank = pl.col("change").replace_strict({ADDED: 0}, default=1, return_dtype=pl.Int8)
    rows = found.sort(rank, "change", "record_id", "nth").select(TOLD)
    return [RecordChange(**row) for row in rows.iter_rows(named=True)]


def season(vintage: Vintage, selection: Selection, sector: Sector, today: date) -> Season:
    """Return this calendar month inside the sector in past years, whatever the selection's window (RULES T1).

    ``years`` has people and incidents of each past year whose month the source covers wholly, and of its first days up
    to today's; ``this_year`` those of this year up to today, null where the source does not reach so far.
    """
    rows = place_records(vintage, selection.replace(start=None, end=None), sector).filter(pl.col("part") == "inside")
    spans = covered(vintage, selection.replace(start=None, end=None))
    dated = rows.filter(is_dated("month") & (pl.col("date_from").dt.month() == today.month))
    years: list[SeasonYear] = []
    for year in range(spans[0].first.year if spans else today.year, today.year):
        start, end = _month(year, today.month)
        if Window(start, end).within(spans):
            same = _of_days(dated, start, start.replace(day=min(today.day, end.day)))
            whole = _of_days(dated, start, end)
            years.append(SeasonYear(year=year, people=whole.people, incidents=whole.incidents, to_same_day=same))
    this_month = Window(today.replace(day=1), today)
    now = _of_days(dated, *this_month) if this_month.within(spans) else None
    return Season(
        month=today.month,
        to_day=today.day,
        years=years,
        people=_spread([one.people for one in years]),
        incidents=_spread([one.incidents for one in years]),
        same_days=_spread([one.to_same_day.people for one in years]),
        last_year=next((one for one in years if one.year == today.year - 1), None),
        this_year=None if now is None else ThisYear(year=today.year, people=now.people, incidents=now.incidents),
    )


def _month(year: int, month: int) -> tuple[date, date]:
    start = date(year, month, 1)
    return start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _of_days(rows: pl.DataFrame, start: date, end: date) -> MonthSums:
    chosen = rows.filter((pl.col("date_from") >= start) & (pl.col("date_to") <= end))
    return MonthSums(people=int(chosen["dead_or_missing"].sum() or 0), incidents=chosen.height)


def _spread(values: list[int]) -> Spread | None:
    if not values:
        return None
    return Spread(min=min(values), median=float(np.median(values)), max=max(values), years=len(values))


def parse_since(query: Query) -> tuple[date | None, dict[str, list[str]]]:
    """Return (since, the rest) of a query."""
    own, rest = take(query, SINCE)
    return own["since"], rest
