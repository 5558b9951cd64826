"""The cells of a sector: where most was recorded inside, how firmly the order holds, and which cells are hot.

A list of the highest cells is never told without its stability (RULES H6); a hot cell says that more was recorded
there than around, never that it is dangerous (RULES G6, R7).
"""

from functools import lru_cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.hotspots import MOST_RECORDS, class_name, words
from data.measures import incident_source, incidents_by_cell, is_located
from data.radius import WORDS, has_radius, radius_km
from data.sector_parts import only_incidents, placed
from data.sectors import Sector
from data.selection import Selection
from data.study import RESOLUTIONS, Question, gather
from data.vintage import Vintage
from data.words import number
from geo.basemap import nearest_place
from geo.cells import cell_centres, cell_text
from geo.hotspots import HotSpots, hot_spots
from geo.stability import DRAWS, Ranking, Records, ranking
from geo.study_areas import AreaCells, area_around, cells_about, study_areas

HIGHEST: Final = 10
INCIDENT: Final = 2.0**-20  # of a person: of cells with as many people, the one with more incidents is higher
MOST_CELLS: Final = 100_000  # in the boxes of a study area: bounds what Gi* takes
NOT_DRAWN: Final = (
    "not listed: with more than {most} records in and around the sector it is not computed how firmly each cell holds "
    "its place, and no list is shown without that"
)
Row = dict[str, Any]


def cells_inside(vintage: Vintage, selection: Selection, sector: Sector) -> pl.DataFrame:
    """Return ``data.measures.incidents_by_cell`` of the incidents inside the sector, at the selection's resolution."""
    inside = placed(vintage, selection, sector).filter(pl.col("part") == "inside")
    return incidents_by_cell(inside.lazy(), resolution=selection.resolution)


def highest_cells(vintage: Vintage, selection: Selection, sector: Sector) -> tuple[list[Row], Row]:
    """Return the ten cells with most people dead or missing inside the sector, and how they were ranked.

    Returns
    -------
    list of dict
        cell (text), place, incidents, events, dead_or_missing (people; null: no number stated), largest_event,
        dominance (H5), stability (share of draws, 0 to 1, in which the cell is among the ``top`` highest: H6).
        Empty where ``not_computable`` is no null.
    dict
        top (as many as are listed), draws, records (that were moved), by, words, not_computable.
    """
    cells = cells_inside(vintage, selection, sector)
    top, records = min(HIGHEST, cells.height), _records(vintage, selection, sector)
    about = {"top": top, "draws": DRAWS, "records": records.cell.size, "by": "dead_or_missing"}
    if records.cell.size > MOST_RECORDS or vintage.is_large(incident_source(vintage, selection)):
        reason = NOT_DRAWN.format(most=number(MOST_RECORDS))
        return [], about | {"draws": 0, "words": "", "not_computable": reason}
    found = _ranked(vintage, only_incidents(selection), sector, top)
    return _listed(cells, found), about | {"words": _how(found), "not_computable": None}


@lru_cache(maxsize=32)
def _ranked(vintage: Vintage, selection: Selection, sector: Sector, top: int) -> Ranking:
    records = _records(vintage, selection, sector)
    return ranking(records, resolution=selection.resolution, top=top, area=sector.area)


def _records(vintage: Vintage, selection: Selection, sector: Sector) -> Records:
    """Return the records that lie inside or may, if a point says where: all that a draw can put into the sector."""
    rows = placed(vintage, selection, sector).filter(
        is_located(selection.resolution) & has_radius() & pl.col("part").is_in(["inside", "could"])
    )
    columns = rows.select(
        "cell", "longitude", "latitude",
        pl.Series("radius_km", radius_km(rows)),
        pl.col("dead_or_missing").fill_null(0).cast(pl.Float64) + INCIDENT,
    )  # fmt: skip
    return Records(*(column.to_numpy() for column in columns))


def _listed(cells: pl.DataFrame, found: Ranking) -> list[Row]:
    rows = {row["cell"]: row for row in cells.iter_rows(named=True)}
    told = []
    for cell, stability in zip(found.cells.tolist(), found.stability.tolist(), strict=True):
        row = rows[cell]
        numbers = {name: row[name] for name in ("incidents", "events", "dead_or_missing", "largest_event")}
        told.append({"cell": cell_text(cell), "place": _place(cell), **numbers, "dominance": row["dominance"],
                     "stability": stability})  # fmt: skip
    return told


def _place(cell: int) -> str:
    ((longitude, latitude),) = cell_centres(np.array([cell], dtype=np.int64)).tolist()
    return nearest_place(longitude=longitude, latitude=latitude)


def _how(found: Ranking) -> str:
    among = f"the {found.top} highest" if found.top > 1 else "the highest"
    return (
        f"Stays: the share of {found.draws} draws in which the cell is among {among} inside the sector. Each draw "
        f"moves every record by chance within the distance to which its place is known ({WORDS}), those that may lie "
        "inside among them."
    )


@lru_cache(maxsize=64)
def study_area_of(sector: Sector) -> str | None:
    """Return the id of the smallest study area that a sector lies in for the most part; None: it lies in none."""
    return area_around(sector.area)


def hot_cells(vintage: Vintage, selection: Selection, sector: Sector) -> Row:
    """Return which cells of a sector are hot by Gi* of incidents over the study area that it lies in (RULES G3, G4).

    Returns
    -------
    dict
        study_area (id, name, words; null: the sector lies in none), cells_tested, not_computable (null, or why),
        ``cells``: those of the sector that are hot, with cell, place, class, z, p, q, incidents (all in the cell),
        words; ``classes``: the class of each cell in which something was recorded inside; ``words``: all in a sentence.
    """
    area = study_area_of(sector)
    if area is None:
        return _no_answer(None, "The sector lies in none of the study areas in which hot spots are looked for.")
    size = selection.resolution
    if size not in RESOLUTIONS or cells_about(study_areas()[area], size) > MOST_CELLS:
        return _no_answer(study_areas()[area].name, "Hot spots are not looked for in cells of this size.", area)
    plain = only_incidents(selection).but(size=size, zoomed=Selection().zoomed)
    cells, spots, counted = _tested(vintage, plain, area)
    if spots.not_computable:
        return _no_answer(cells.area.name, spots.not_computable, area)
    recorded = cells_inside(vintage, selection, sector)["cell"].to_numpy()
    is_here = np.isin(cells.cells, recorded) | sector.area.contains(*cell_centres(cells.cells).T)
    hot = np.flatnonzero(is_here & (spots.level > 0))
    at = np.flatnonzero(np.isin(cells.cells, recorded)).tolist()
    classes = {cell_text(int(cells.cells[one])): class_name(int(spots.level[one])) for one in at}
    return {
        "study_area": {"id": area, "name": cells.area.name, "words": cells.words}, "not_computable": None,
        "cells_tested": int(cells.cells.size), "classes": classes,
        "cells": [_hot(cells, spots, counted, at) for at in hot[np.argsort(-spots.z[hot], kind="stable")].tolist()],
        "words": _said(int(hot.size), cells, recorded.size - len(classes)),
    }  # fmt: skip


@lru_cache(maxsize=16)
def _tested(vintage: Vintage, selection: Selection, area: str) -> tuple[AreaCells, HotSpots, np.ndarray]:
    found = gather(vintage, Question(selection, area))
    return found.area, hot_spots(found.values, found.area.neighbours), found.counted


def _hot(cells: AreaCells, spots: HotSpots, counted: np.ndarray, at: int) -> Row:
    cell, level = int(cells.cells[at]), int(spots.level[at])
    return {"cell": cell_text(cell), "place": _place(cell), "class": class_name(level), "z": float(spots.z[at]),
            "p": float(spots.p[at]), "q": float(spots.q[at]), "incidents": int(counted[at]),
            "words": words(level, "incidents")}  # fmt: skip


def _said(hot: int, cells: AreaCells, untested: int) -> str:
    found = "No cell of the sector is" if hot == 0 else "One cell of the sector is" if hot == 1 else (
        f"{number(hot)} cells of the sector are")  # fmt: skip
    return (
        f"{found} statistically hot: more incidents recorded there than around, at 90% or more (Gi*, corrected for "
        f"{number(cells.cells.size)} tests, the cells of the study area {cells.area.name}, those without a record "
        f"included).{_untested(untested)}"
    )


def _untested(cells: int) -> str:
    if not cells:
        return ""
    some = "One cell with a record lies" if cells == 1 else f"{number(cells)} cells with a record lie"
    return f" {some} in the sector but not in that area, so nothing is said of {'it' if cells == 1 else 'them'}."


def _no_answer(name: str | None, reason: str, area: str | None = None) -> Row:
    about = None if area is None else {"id": area, "name": name, "words": None}
    said = reason if area is None else f"No answer for the study area {name}. {reason}"
    return {"study_area": about, "cells_tested": 0, "not_computable": reason, "classes": {}, "cells": [], "words": said}
