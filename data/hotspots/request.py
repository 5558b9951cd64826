"""What a question about hot spots reads: which incidents, in which study area, counted how (RULES G1, G2)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.counting.held_records import held_records
from data.counting.measures import is_located
from data.counting.tables import table_of
from data.model.errors import ContradictionError
from data.model.notices import say
from data.query.parameters import (
    EMERGING,
    FINEST_TESTED,
    STUDY_AREA,
    TESTED_RESOLUTION,
    VARIABLE,
    WHOLE_WORLD,
    Query,
    take,
)
from data.query.questions import OFFERED_SIZES
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.areas.study_areas import MOST_CELLS, AreaCells, TooManyCellsError, area_cells, cells_about, study_areas
from geo.cells import cell_from_text, parent

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
COUNTED: Final = {"incidents": "incidents", "log_deaths": "dead_or_missing", "dead_or_missing": "dead_or_missing"}
RESOLUTIONS: Final = range(1, FINEST_TESTED + 1)
OFFERED: Final = tuple(map(int, OFFERED_SIZES))  # of them on the page, the default first
READ: Final = ("cell", "finest_resolution", "latitude", "longitude", "location_precision", "date_from", "date_to",
               "dead_or_missing")  # fmt: skip
MOST_RANKED: Final = 100_000  # records that are moved in each draw of a ranking (RULES X6)
FINEST, MOST_AT_FINEST = FINEST_TESTED, 20_000


@dataclass(frozen=True)
class Question:
    """What is asked of a vintage: which incidents, where, counted how."""

    selection: Selection  # its ``size`` is the resolution
    area: str = WHOLE_WORLD
    measure: str = "incidents"
    is_emerging: bool = False


def parse_hot_spots(query: Query, vintage: Vintage) -> Question:
    """Return what a query asks; raise QueryError at what it cannot mean."""
    own, rest = take(query, STUDY_AREA, VARIABLE, TESTED_RESOLUTION, EMERGING)
    given = require_known_ids(vintage, Selection.parse(resolve_names(rest, vintage)))
    size = _resolution(own["resolution"], own["study_area"])
    selection = given.only("incidents").replace(resolution_chosen=size)
    return Question(selection, own["study_area"], own["measure"], own["emerging"] == "yes")


def _resolution(size: int, area: str) -> int:
    """Return the resolution asked for; raise ContradictionError where the area has too many cells of it."""
    try:
        count = area_cells(area, size).cells.size if size < FINEST or _may_be_few(area) else MOST_AT_FINEST + 1
    except TooManyCellsError as error:
        sentence = say("hotspots.too_many_cells", area=area, cells=error.cells, resolution=size, most=MOST_CELLS)
        raise ContradictionError(sentence, parameter="resolution") from None
    if size == FINEST and count > MOST_AT_FINEST:
        sentence = say("hotspots.too_many_at_finest", area=area, most=MOST_AT_FINEST, finest=FINEST)
        raise ContradictionError(sentence, parameter="resolution")
    return size


def _may_be_few(area: str) -> bool:
    return cells_about(study_areas()[area], FINEST) <= 5 * MOST_AT_FINEST  # boxes hold land and sea


@dataclass(frozen=True, eq=False)
class Gathered:
    """What a question reads: the area's cells, the table of cells with a record, and the values of every cell."""

    area: AreaCells
    table: pl.DataFrame  # data.counting.tables.cells_table, and ``place``: where in the area (null outside)
    counted: Integers  # one per cell of the area, in the unit of the measure
    values: Floats  # the variable of RULES G1


def gather(vintage: Vintage, question: Question) -> Gathered:
    """Return the values of every cell of the study area, zeros included (RULES G1, G2)."""
    selection = question.selection
    found = table_of(vintage, selection, "cells")
    cells = np.array([cell_from_text(text) for text in found["cell"]], dtype=np.int64)
    area = area_cells(question.area, selection.resolution)
    place = place_in(area.cells, cells)
    counted = np.zeros(area.cells.size, dtype=np.int64)
    amounts = found[COUNTED[question.measure]].cast(pl.Int64).fill_null(0).to_numpy()
    counted[place[place >= 0]] = amounts[place >= 0]
    table = found.with_columns(pl.Series("place", place)).filter(pl.col("place") >= 0)
    return Gathered(area, table, counted, variable(counted, question.measure))


def located_incidents(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the incidents that may enter the selection's resolution (RULES X2), ``cell`` being the one they enter.

    ``stored_cell`` is the cell of resolution 7.
    """
    size = selection.resolution
    rows = held_records(vintage, selection, *READ, most=MOST_RANKED).lazy().filter(is_located(size))
    cell = parent(pl.col("cell"), resolution=size)
    return rows.with_columns(pl.col("cell").alias("stored_cell"), cell.alias("cell")).collect()


def place_in(cells: Integers, wanted: Integers) -> Integers:
    """Return where each wanted cell is among the sorted ``cells``; −1 where it is not."""
    if cells.size == 0:
        return np.full(wanted.shape, -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(cells, wanted), cells.size - 1)
    return np.where(cells[place] == wanted, place, -1).astype(np.int64)


def variable(counted: Integers, measure: str) -> Floats:
    """Return the variable of RULES G1; where bodies found later leave less than nobody, log(1 + deaths) is 0."""
    return np.log1p(np.maximum(counted, 0)) if measure == "log_deaths" else counted.astype(np.float64)
