"""The cells of a sector: where most was recorded inside, how firmly the order holds, and which cells are hot.

A list of the highest cells is never told without its stability (RULES X6); a hot cell says that more was recorded
there than around, never that it is dangerous (RULES G6, R7).
"""

from typing import Final

import numpy as np
import polars as pl

from data.counting.at_hand import is_drawable
from data.counting.measures import incidents_by_cell, is_located
from data.hotspots.answer import (
    MOST_RECORDS,
    area_name,
    class_of_level,
    class_words,
    study_area_words,
    why_not_computable,
)
from data.hotspots.location_error import has_radius, radius_km
from data.hotspots.request import RESOLUTIONS, Integers, Question, gather
from data.model.caches import kept_numbers
from data.model.notices import Notice
from data.query.selection import Selection
from data.sectors.answer_model import AreaOfSector, HotCell, SectorCell, SectorHotSpots, SectorRanking
from data.sectors.containment import only_incidents, place_records
from data.sectors.fitting import place_of
from data.sectors.sector import Sector
from data.store.vintage import Vintage
from geo.areas.study_areas import AreaCells, StudyArea, area_around, cells_about, study_areas
from geo.cells import cell_centres, cell_text
from geo.statistics.hotspots import HotSpots, hot_spots
from geo.statistics.stability import DRAWS, Ranking, Records, ranking

HIGHEST: Final = 10
INCIDENT: Final = 2.0**-20  # of a person: of cells with as many people, the one with more incidents is higher
MOST_CELLS: Final = 100_000  # in the boxes of a study area: bounds what Gi* takes


def cells_inside(vintage: Vintage, selection: Selection, sector: Sector) -> pl.DataFrame:
    """Return ``measures.incidents_by_cell`` of the incidents inside the sector, at the selection's resolution."""
    inside = place_records(vintage, selection, sector).filter(pl.col("part") == "inside")
    fine = inside.lazy().filter(is_located(selection.resolution))
    return incidents_by_cell(fine, resolution=selection.resolution)


def highest_cells(vintage: Vintage, selection: Selection, sector: Sector) -> tuple[list[SectorCell], SectorRanking]:
    """Return the ten cells with most people dead or missing inside the sector, and how they were ranked.

    There are no cells where ``not_computable`` says why.
    """
    cells = cells_inside(vintage, selection, sector)
    top, records = min(HIGHEST, cells.height), _records(vintage, selection, sector)
    moved = records.cell.size
    if moved > MOST_RECORDS or not is_drawable(vintage, selection):
        why = Notice("sectors.ranking.not_drawn", most=MOST_RECORDS)
        nothing = Notice("sectors.nothing")
        return [], SectorRanking(
            top=top, draws=0, records=moved, by="dead_or_missing", words=nothing, not_computable=why
        )
    found = _ranked(vintage, only_incidents(selection), sector, top)
    words = Notice("sectors.ranking.words", draws=found.draws, top=found.top)
    ranked = SectorRanking(top=top, draws=DRAWS, records=moved, by="dead_or_missing", words=words, not_computable=None)
    return _listed(cells, found, sector), ranked


@kept_numbers
def _ranked(vintage: Vintage, selection: Selection, sector: Sector, top: int) -> Ranking:
    records = _records(vintage, selection, sector)
    return ranking(records, resolution=selection.resolution, top=top, area=sector.area)


def _records(vintage: Vintage, selection: Selection, sector: Sector) -> Records:
    """Return the records that lie inside or may, if a point says where: all that a draw can put into the sector."""
    rows = place_records(vintage, selection, sector).filter(
        is_located(selection.resolution) & has_radius() & pl.col("part").is_in(["inside", "could"])
    )
    columns = rows.select(
        "cell", "longitude", "latitude",
        pl.Series("radius_km", radius_km(rows)),
        pl.col("dead_or_missing").fill_null(0).cast(pl.Float64) + INCIDENT,
    )  # fmt: skip
    return Records(*(column.to_numpy() for column in columns))


def _listed(cells: pl.DataFrame, found: Ranking, sector: Sector) -> list[SectorCell]:
    rows = {row["cell"]: row for row in cells.iter_rows(named=True)}
    names = ("incidents", "events", "dead_or_missing", "largest_event", "dominance")
    return [
        SectorCell(cell=cell_text(cell), place=place_of(cell, sector), stability=stability,
                   **{name: rows[cell][name] for name in names})
        for cell, stability in zip(found.cells.tolist(), found.stability.tolist(), strict=True)
    ]  # fmt: skip


@kept_numbers
def study_area_of(sector: Sector) -> str | None:
    """Return the id of the smallest study area that a sector lies in for the most part; None: it lies in none."""
    return area_around(sector.area)


def hot_cells(vintage: Vintage, selection: Selection, sector: Sector) -> SectorHotSpots:
    """Return which cells of a sector are hot by Gi* of incidents over the study area that it lies in (RULES G3, G4).

    ``cells`` are those of the sector that are hot, ``classes`` the class of each cell with a record inside.
    """
    area = study_area_of(sector)
    if area is None:
        return _no_answer(None, Notice("sectors.hot.no_area"))
    size = selection.resolution
    if size not in RESOLUTIONS or cells_about(study_areas()[area], size) > MOST_CELLS:
        return _no_answer(study_areas()[area], Notice("sectors.hot.no_size"))
    plain = only_incidents(selection).replace(resolution_chosen=size, resolution_by_zoom=Selection().resolution_by_zoom)
    cells, spots, counted = _tested(vintage, plain, area)
    if (reason := why_not_computable(spots, cells)) is not None:
        return _no_answer(cells.area, reason)
    recorded = cells_inside(vintage, selection, sector)["cell"].to_numpy()
    is_here = np.isin(cells.cells, recorded) | sector.area.contains(*cell_centres(cells.cells).T)
    hot = np.flatnonzero(is_here & (spots.level > 0))
    at = np.flatnonzero(np.isin(cells.cells, recorded)).tolist()
    classes = {cell_text(int(cells.cells[one])): class_of_level(int(spots.level[one])) for one in at}
    tests = int(cells.cells.size)
    return SectorHotSpots(
        study_area=AreaOfSector(id=area, name=area_name(area), words=study_area_words(cells)),
        not_computable=None,
        cells_tested=tests,
        classes=classes,
        cells=[_hot(cells, spots, counted, at, sector)
               for at in hot[np.argsort(-spots.z[hot], kind="stable")].tolist()],
        words=Notice("sectors.hot.words", hot=int(hot.size), tests=tests, area=area_name(area),
                     untested=recorded.size - len(classes)),
    )  # fmt: skip


@kept_numbers
def _tested(vintage: Vintage, selection: Selection, area: str) -> tuple[AreaCells, HotSpots, Integers]:
    found = gather(vintage, Question(selection, area))
    return found.area, hot_spots(found.values, found.area.neighbours), found.counted


def _hot(cells: AreaCells, spots: HotSpots, counted: Integers, at: int, sector: Sector) -> HotCell:
    cell, level = int(cells.cells[at]), int(spots.level[at])
    return HotCell(
        cell=cell_text(cell), place=place_of(cell, sector), class_name=class_of_level(level), z=float(spots.z[at]),
        p=float(spots.p[at]), q=float(spots.q[at]), incidents=int(counted[at]), words=class_words(level, "incidents"),
    )  # fmt: skip


def _no_answer(area: StudyArea | None, reason: Notice) -> SectorHotSpots:
    stated = None if area is None else AreaOfSector(id=area.id, name=area_name(area.id), words=None)
    words = reason if area is None else Notice("sectors.hot.no_answer", area=area_name(area.id), reason=reason)
    return SectorHotSpots(
        study_area=stated, not_computable=reason, cells_tested=0, classes={}, cells=[], words=words
    )  # fmt: skip
