"""Hot spots of a selection: Gi* over every cell of a study area, and how firmly the ranking holds (RULES G, H5, H6).

The answer says "more was recorded here than around", never that a place is dangerous: a cell has no denominator
(RULES G6, R7).
"""

from functools import lru_cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.emerging import monthly_patterns
from data.measures import incident_source, unit_of
from data.radius import radius_km
from data.selection import Selection
from data.study import COUNTED, Gathered, Question, gather, located, place_in
from data.totals import totals
from data.vintage import Vintage
from geo.basemap import nearest_place
from geo.cells import cell_centres, cell_text
from geo.emerging import NO_PATTERN
from geo.hotspots import HotSpots, hot_spots
from geo.stability import DRAWS, TOP, Ranking, Records, ranking
from geo.study_areas import AreaCells

NAMES: Final = {"incidents": "incidents per cell", "log_deaths": "log(1 + people dead or missing) per cell",
                "dead_or_missing": "people dead or missing per cell"}  # fmt: skip
RECORDED: Final = {"incidents": "incidents were", "log_deaths": "people dead or missing were",
                   "dead_or_missing": "people dead or missing were"}  # fmt: skip
RANKED: Final = ("dead_or_missing", "incidents")
RANKED_AT: Final = range(1, 5)
MOST_RECORDS: Final = 40_000  # twice the published file: bounds what 200 draws take


def ranked(vintage: Vintage, question: Question, area: AreaCells) -> Ranking:
    """Return the highest cells of the area with their stability: each of its records moved by its radius (RULES H6)."""
    return ranking(records_of(vintage, question, area), resolution=area.resolution)


def records_of(vintage: Vintage, question: Question, area: AreaCells) -> Records:
    """Return the records that lie in the cells of the area, with how far each may be from its point (RULES Q3)."""
    rows = located(vintage, question.selection)
    rows = rows.filter(pl.Series(place_in(area.cells, rows["cell"].to_numpy()) >= 0, dtype=pl.Boolean))
    return _spread(rows, question.measure)


def _spread(rows: pl.DataFrame, measure: str) -> Records:
    weight = pl.lit(1.0) if measure == "incidents" else pl.col("dead_or_missing").fill_null(0)
    columns = rows.select(
        pl.col("stored_cell"), pl.col("longitude"), pl.col("latitude"), pl.Series("radius_km", radius_km(rows)),
        weight.cast(pl.Float64).alias("weight"),
    )  # fmt: skip
    return Records(*(column.to_numpy() for column in columns))


@lru_cache(maxsize=32)
def cell_stability(vintage: Vintage, selection: Selection) -> dict[str, float]:
    """Return in what share of draws each cell of a selection is among its ten highest, by the cell's text (RULES H6).

    Cells are ranked by the selection's measure over all its located records. Nothing is returned where this is not
    computed: for other measures than people dead or missing and incidents, for resolutions outside 1 to 4, and for
    more records than ``MOST_RECORDS``.
    """
    if selection.measure not in RANKED or selection.resolution not in RANKED_AT:
        return {}
    if vintage.is_large(incident_source(vintage, selection)):
        return {}
    rows = located(vintage, selection)
    if rows.height > MOST_RECORDS:
        return {}
    found = ranking(_spread(rows, selection.measure), resolution=selection.resolution)
    return {cell_text(cell): found.shares.get(cell, 0.0) for cell in rows["cell"].unique().to_list()}


@lru_cache(maxsize=32)
def hot_spots_answer(vintage: Vintage, question: Question) -> dict[str, Any]:
    """Return the hot spots that a question asks for.

    Returns
    -------
    dict
        total = Σ of the cells' ``counted`` + outside_area + not_located, in ``unit``, for every filter (RULES C5).
        ``cells`` lists those with a record, a class or a pattern; every cell of the area is in the statistic (G2).
        ``value`` is the variable of G1; ``z``, ``p``, ``q`` are null where ``not_computable`` says why. ``stability``
        is the share of draws in which the cell is among the ``top`` highest, ``rank`` its place there (H6).
    """
    found = gather(vintage, question)
    spots = hot_spots(found.values, found.area.neighbours)
    top = ranked(vintage, question, found.area)
    emerging = monthly_patterns(vintage, question, found.area) if question.is_emerging else None
    inside = int(found.counted.sum())
    return {
        **_about(vintage, question, found),
        **_sums(vintage, question, inside),
        "not_computable": spots.not_computable,
        "ranking": {"top": top.top, "draws": top.draws, "by": COUNTED[question.measure],
                    "words": f"Stability is the share of {DRAWS} draws, each moving every record within its radius, in "
                             f"which a cell is among the {TOP} highest."},
        "emerging": None if emerging is None else emerging.about,
        "cells": _cells(question, found, spots, top, None if emerging is None else emerging.patterns),
    }  # fmt: skip


def _about(vintage: Vintage, question: Question, found: Gathered) -> dict[str, Any]:
    return {
        "study_area": {"id": question.area, "name": found.area.area.name, "surface": found.area.area.surface,
                       "boxes": found.area.area.boxes, "words": found.area.words},
        "cells_in_study_area": int(found.area.cells.size),
        "resolution": question.selection.resolution,
        "measure": question.measure,
        "measure_name": NAMES[question.measure],
        "source": incident_source(vintage, question.selection),
        "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration,
    }  # fmt: skip


def _sums(vintage: Vintage, question: Question, inside: int) -> dict[str, Any]:
    """Return the total and what is in no cell of the area, in the unit of the measure (RULES C5)."""
    counted = COUNTED[question.measure]
    sums = totals(vintage, question.selection, measure=counted)
    names = ("not_located", "hidden_by_quality", "undated_outside_window")
    parts = {name: sums[name] for name in names}
    outside = (sums["total"] or 0) - parts["not_located"] - inside
    return {"unit": unit_of(counted), "total": sums["total"], "in_area": inside, "outside_area": outside, **parts}


def _cells(
    question: Question, found: Gathered, spots: HotSpots, top: Ranking, patterns: list[str] | None
) -> list[dict[str, Any]]:
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
        level = int(spots.level[place])
        rows.append(
            {
                "cell": cell_text(cell),
                "place": nearest_place(longitude=float(longitude), latitude=float(latitude)),
                "value": float(found.values[place]),
                "counted": int(found.counted[place]),
                "z": _known(spots.z[place]),
                "p": _known(spots.p[place]),
                "q": _known(spots.q[place]),
                "class": "not computable" if spots.not_computable else class_name(level),
                "words": words(level, question.measure) if spots.not_computable is None else None,
                "stability": top.shares.get(cell, 0.0),
                "rank": ranks.get(cell),
                "incidents": row.get("incidents", 0),
                "dead_or_missing": row.get("dead_or_missing", 0),
                "largest_event": row.get("largest_event"),
                "dominance": row.get("dominance"),
                **({} if patterns is None else {"emerging": patterns[place]}),
            }
        )
    return sorted(rows, key=lambda row: (-row["value"], row["cell"]))


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def class_name(level: int) -> str:
    """Return a class as it is written: hot 99%, cold 90%, not significant (RULES G4)."""
    if level == 0:
        return "not significant"
    return f"{'hot' if level > 0 else 'cold'} {abs(level)}%"


def words(level: int, measure: str) -> str:
    """Return what a class says, and no more: what was recorded, not what is dangerous (RULES G6)."""
    if level == 0:
        return f"Neither clearly more nor clearly fewer {RECORDED[measure]} recorded here than around."
    return f"{'More' if level > 0 else 'Fewer'} {RECORDED[measure]} recorded here than around."
