"""The drawer: the chosen cell's numbers and its incidents."""

from typing import Any

import numpy as np
import polars as pl
from dash import html

from data.counting.cells_answer import incident_cell
from data.counting.engine import times_asked
from data.counting.measures import (
    incidents_by_cell,
    is_located,
    is_placed,
    select_counted,
    select_incidents,
    shown_cell,
)
from data.counting.on_disk import large_cells
from data.counting.tables import as_published
from data.exports.list_models import IncidentRow, rows_of
from data.model.notices import say
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import ancestor, cell_centre, cell_from_text, parent, resolution_of, stored_range
from geo.map.basemap import nearest_place
from layouts.page.drawer import CARDS, ChosenCell, cell_summary, incident_card


def is_cell(cell: str | None) -> bool:
    """Return whether an address's cell is one."""
    try:
        return cell is not None and cell_from_text(cell) > 0
    except ValueError:
        return False


def cell_details(vintage: Vintage, selection: Selection, more: int | None) -> tuple[bool, list[Any], bool]:
    """Return whether the drawer is hidden, what it shows, and whether there is no more to show."""
    if not is_cell(selection.cell):
        return True, [], True
    children, rest = drawer_view(vintage, selection, cards=CARDS * (1 + times_asked(more)))
    return False, children, rest <= 0


def drawer_view(vintage: Vintage, selection: Selection, *, cards: int) -> tuple[list[Any], int]:
    """Return what the drawer shows of the chosen cell, and how many incidents are not shown yet."""
    cell = cell_from_text(selection.cell or "")
    if vintage.is_summed(source := incident_source(vintage, selection)):
        return _view_of_sums(vintage, selection, cell, str(source)), 0
    inside = incidents_in(vintage, selection, cell)
    numbers = incidents_by_cell(inside.lazy(), resolution=_finest(selection, cell)).iter_rows(named=True)
    counted = next((incident_cell(row, selection.measure) for row in numbers), None)
    shown = [
        incident_card(row, cause=_name(vintage, "cause", row.cause), route=_name(vintage, "route", row.route))
        for row in rows_of(as_published(inside.head(cards).lazy()).collect(), IncidentRow)
    ]
    summary = cell_summary(_chosen(vintage, selection, cell), counted, people_by_year(vintage, selection, inside))
    return [*summary, *shown], inside.height - cards


def _finest(selection: Selection, cell: int) -> int:
    """Return the size at which a cell shows what it holds: a cell wider than those shown is a wider area (X9)."""
    return max(selection.resolution, resolution_of(cell))


def _chosen(vintage: Vintage, selection: Selection, cell: int) -> ChosenCell:
    """Return what is said of a cell: where it is, how wide, and who may lie in it or lies within it (RULES X9)."""
    longitude, latitude = cell_centre(cell)
    size, people = resolution_of(cell), pl.col("dead_or_missing").sum()
    is_wider = size < selection.resolution
    around = [ancestor(cell, resolution=coarser) for coarser in range(size)]
    may_lie_here = ~is_located(size) & shown_cell(size).is_in(around)
    lies_within = is_located(size + 1) & (parent(pl.col("cell"), resolution=size) == cell)
    rows = select_counted(vintage, selection).filter(is_placed() & (lies_within if is_wider else may_lie_here))
    beside = rows.select(people).collect(engine="streaming").item() or 0
    place = nearest_place(longitude=longitude, latitude=latitude)
    return ChosenCell(place=place, resolution=size, is_wider=is_wider, beside=beside)


def _view_of_sums(vintage: Vintage, selection: Selection, cell: int, source: str) -> list[Any]:
    """Return what the drawer shows of a cell of a source that is held in sums: its numbers, and that this is all."""
    asked = selection.replace(resolution_chosen=_finest(selection, cell))
    numbers = large_cells(vintage, asked).filter(pl.col("cell") == cell).iter_rows(named=True)
    counted = next((incident_cell(row, selection.measure) for row in numbers), None)
    here = is_placed() & (shown_cell(asked.resolution) == cell)
    inside = select_counted(vintage, asked).filter(here).select("date_from", "dead_or_missing")
    years = people_by_year(vintage, selection, inside.collect(engine="streaming"))
    return [
        *cell_summary(_chosen(vintage, selection, cell), counted, years),
        html.P(say("store.summed", source=source, vintage=vintage.name)),
    ]


def incidents_in(vintage: Vintage, selection: Selection, cell: int) -> pl.DataFrame:
    """Return the incidents of the selection that are shown in a cell (RULES X1, X2, X9), newest first."""
    low, high = (int(ends[0]) for ends in stored_range(np.array([cell])))
    within = pl.col("cell").is_between(low, high)  # row groups of other cells are not read
    here = is_placed() & within & (shown_cell(_finest(selection, cell)) == cell)
    rows = select_incidents(vintage, selection).filter(here)
    return rows.sort("date_from", "record_id", descending=True, nulls_last=True).collect()


def people_by_year(vintage: Vintage, selection: Selection, inside: pl.DataFrame) -> list[tuple[int, int | None]]:
    """Return (year, people dead or missing) for every year that the data covers; None outside the dates chosen."""
    first_days = [one.first for one in vintage.summary.values() if one.first]
    last_days = [one.last_from for one in vintage.summary.values() if one.last_from]
    if not first_days or not last_days:
        return []
    first, last = min(first_days).year, max(last_days).year
    years = inside.group_by(pl.col("date_from").dt.year().alias("year")).agg(pl.col("dead_or_missing").sum())
    found = dict(years.drop_nulls("year").iter_rows())
    begin, end = (day.year if day else year for day, year in ((selection.start, first), (selection.end, last)))
    return [(year, int(found.get(year, 0)) if begin <= year <= end else None) for year in range(first, last + 1)]


def _name(vintage: Vintage, kind: str, value: str | None) -> str | None:
    return vintage.name_of(kind, value) if value else None
