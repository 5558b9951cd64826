"""Hot spots of a selection: Gi* over every cell of a study area, and how firmly the ranking holds (RULES G, X5, X6).

The answer says "more was recorded here than around", never that a place is dangerous: a cell has no denominator
(RULES G6, R7).
"""

from typing import Final, Literal, cast

import numpy as np
import polars as pl

from data.counting.at_hand import is_drawable
from data.counting.totals import total_parts
from data.hotspots.answer_model import (
    CellRanking,
    HotSpotCell,
    HotSpotsAnswer,
    SpotClass,
    StudyAreaStated,
    Variable,
)
from data.hotspots.emerging import monthly_patterns
from data.hotspots.location_error import radius_km
from data.hotspots.request import COUNTED, Gathered, Question, gather, located_incidents, place_in
from data.model.answers import UNSET
from data.model.caches import kept, kept_numbers
from data.model.notices import Notice
from data.model.units import unit_of
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.areas.study_areas import AreaCells
from geo.cells import cell_centres, cell_text
from geo.map.basemap import nearest_place
from geo.statistics.emerging import NO_PATTERN
from geo.statistics.hotspots import FEWEST, HotSpots, hot_spots
from geo.statistics.stability import DRAWS, TOP, Ranking, Records, ranking

RANKED: Final = ("dead_or_missing", "incidents")
RANKED_AT: Final = range(1, 5)
MOST_RECORDS: Final = 40_000  # twice the published file: bounds what 200 draws take


def rank_cells(vintage: Vintage, question: Question, area: AreaCells) -> Ranking:
    """Return the highest cells of the area with their stability: each of its records moved by its radius (RULES X6)."""
    return ranking(records_of(vintage, question, area), resolution=area.resolution)


def records_of(vintage: Vintage, question: Question, area: AreaCells) -> Records:
    """Return the records that lie in the cells of the area, with how far each may be from its point (RULES Q3)."""
    rows = located_incidents(vintage, question.selection)
    rows = rows.filter(pl.Series(place_in(area.cells, rows["cell"].to_numpy()) >= 0, dtype=pl.Boolean))
    return _spread(rows, question.measure)


def _spread(rows: pl.DataFrame, measure: str) -> Records:
    weight = pl.lit(1.0) if measure == "incidents" else pl.col("dead_or_missing").fill_null(0)
    columns = rows.select(
        pl.col("stored_cell"), pl.col("longitude"), pl.col("latitude"), pl.Series("radius_km", radius_km(rows)),
        weight.cast(pl.Float64).alias("weight"),
    )  # fmt: skip
    return Records(*(column.to_numpy() for column in columns))


@kept_numbers
def cell_stability(vintage: Vintage, selection: Selection) -> dict[str, float]:
    """Return in what share of draws each cell of a selection is among its ten highest, by the cell's text (RULES X6).

    Cells are ranked by the selection's measure over all its located records. Nothing is returned where this is not
    computed: for other measures than people dead or missing and incidents, for resolutions outside 1 to 4, and for
    more records than ``MOST_RECORDS``.
    """
    if selection.measure not in RANKED or selection.resolution not in RANKED_AT:
        return {}
    if not is_drawable(vintage, selection):
        return {}
    rows = located_incidents(vintage, selection)
    if rows.height > MOST_RECORDS:
        return {}
    found = ranking(_spread(rows, selection.measure), resolution=selection.resolution)
    return {cell_text(cell): found.shares.get(cell, 0.0) for cell in rows["cell"].unique().to_list()}


@kept
def hot_spots_answer(vintage: Vintage, question: Question) -> HotSpotsAnswer:
    """Return the hot spots that a question asks for.

    total = Σ of the cells' ``counted`` + outside_area + not_located, for every filter (RULES C5). ``cells`` lists those
    with a record, a class or a pattern; every cell of the area is in the statistic (G2). What is ranked at another
    size is not compared: ``ranking_kept`` is not set.
    """
    found = gather(vintage, question)
    spots = hot_spots(found.values, found.area.neighbours)
    top = rank_cells(vintage, question, found.area)
    emerging = monthly_patterns(vintage, question, found.area) if question.is_emerging else None
    counted = COUNTED[question.measure]
    sums = total_parts(vintage, question.selection, measure=counted)
    inside, in_no_cell = int(found.counted.sum()), sums.not_located + sums.wider_area
    return HotSpotsAnswer(
        study_area=_stated(question.area, found.area),
        cells_in_study_area=int(found.area.cells.size),
        resolution=question.selection.resolution,
        measure=cast("Variable", question.measure),
        measure_name=Notice(f"hotspots.variable.{question.measure}"),
        source=incident_source(vintage, question.selection),
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
        unit=unit_of(counted),
        total=sums.total,
        in_area=inside,
        outside_area=(sums.total or 0) - in_no_cell - inside,
        not_located=in_no_cell,
        hidden_by_quality=sums.hidden_by_quality,
        undated_outside_window=sums.undated_outside_window,
        not_computable=why_not_computable(spots, found.area),
        ranking=CellRanking(top=top.top, draws=top.draws, by=cast("Literal['incidents']", counted),
                            words=Notice("hotspots.stability", draws=DRAWS, top=TOP)),
        emerging=None if emerging is None else emerging.about,
        cells=_cells(question, found, spots, top, None if emerging is None else emerging.patterns),
    )  # fmt: skip


def _stated(area_id: str, cells: AreaCells) -> StudyAreaStated:
    area = cells.area
    return StudyAreaStated(
        id=area_id, name=area_name(area_id), surface=area.surface, boxes=area.boxes, words=study_area_words(cells)
    )


def area_name(area: str) -> Notice:
    """Return the name of a study area."""
    return Notice(f"study_areas.name.{area}")


def study_area_words(cells: AreaCells) -> Notice:
    """Return a study area with its number of cells, in a sentence (RULES G2)."""
    return Notice("hotspots.study_area", area=area_name(cells.area.id), surface=cells.area.surface,
                  cells=int(cells.cells.size), resolution=cells.resolution)  # fmt: skip


def why_not_computable(spots: HotSpots, cells: AreaCells) -> Notice | None:
    """Return why the hot spots of an area are not computable, or None (RULES G4)."""
    if spots.not_computable is None:
        return None
    return Notice(f"hotspots.not_computable.{spots.not_computable}", cells=int(cells.cells.size), fewest=FEWEST)


def _cells(
    question: Question, found: Gathered, spots: HotSpots, top: Ranking, patterns: list[str] | None
) -> list[HotSpotCell]:
    """Return the cells with a record, a class or a pattern, the highest first."""
    is_listed = spots.level != 0
    is_listed[found.table["place"].to_numpy()] = True
    if patterns is not None:
        is_listed |= np.array(patterns) != NO_PATTERN
    places = np.flatnonzero(is_listed)
    recorded = {row["place"]: row for row in found.table.iter_rows(named=True)}
    ranks = {cell: rank for rank, cell in enumerate(top.cells.tolist(), start=1)}
    rows = []
    for place, (longitude, latitude) in zip(places.tolist(), cell_centres(found.area.cells[places]), strict=True):
        cell = int(found.area.cells[place])
        row = recorded.get(place, {})
        level = None if spots.not_computable else int(spots.level[place])
        rows.append(
            HotSpotCell(
                cell=cell_text(cell),
                place=nearest_place(longitude=float(longitude), latitude=float(latitude)),
                value=float(found.values[place]),
                counted=int(found.counted[place]),
                z=_known(spots.z[place]),
                p=_known(spots.p[place]),
                q=_known(spots.q[place]),
                class_name="not computable" if level is None else class_of_level(level),
                words=None if level is None else class_words(level, question.measure),
                stability=top.shares.get(cell, 0.0),
                rank=ranks.get(cell),
                incidents=row.get("incidents", 0),
                dead_or_missing=row.get("dead_or_missing", 0),
                largest_event=row.get("largest_event"),
                dominance=row.get("dominance"),
                emerging=UNSET if patterns is None else patterns[place],
            )
        )
    return sorted(rows, key=lambda row: (-row.value, row.cell))


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def class_of_level(level: int) -> SpotClass:
    """Return a class as it is written: hot 99%, cold 90%, not significant (RULES G4)."""
    if level == 0:
        return "not significant"
    return cast("SpotClass", f"{'hot' if level > 0 else 'cold'} {abs(level)}%")


def class_words(level: int, measure: str) -> Notice:
    """Return what a class says, and no more: what was recorded, not what is dangerous (RULES G6)."""
    side = "neither" if level == 0 else "more" if level > 0 else "fewer"
    return Notice(f"hotspots.cell.{side}", measure=measure)
