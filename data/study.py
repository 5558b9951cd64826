"""What a question about hot spots reads: which incidents, in which study area, counted how (RULES G1, G2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.errors import ContradictionError, QueryError
from data.exports.tables import table_of
from data.measures import is_located, select_incidents
from data.selection import Selection
from data.totals import checked, with_ids
from data.vintage import Vintage
from geo.cells import cell_from_text, parent
from geo.study_areas import AreaCells, area_cells, cells_about, study_areas

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
COUNTED: Final = {"incidents": "incidents", "log_deaths": "dead_or_missing", "dead_or_missing": "dead_or_missing"}
MEASURES: Final = tuple(COUNTED)
RESOLUTIONS: Final = range(1, 7)
OFFERED: Final = (3, 2, 4)  # of them on the page, the default first
FINEST, MOST_AT_FINEST = 6, 20_000
WHOLE_WORLD: Final = "world"


@dataclass(frozen=True)
class Question:
    """What is asked of a vintage: which incidents, where, counted how."""

    selection: Selection  # its ``size`` is the resolution
    area: str = WHOLE_WORLD
    measure: str = "incidents"
    is_emerging: bool = False


def parse_hot_spots(query: Mapping[str, Iterable[str]], vintage: Vintage) -> Question:
    """Return what a query asks; ``region`` is a study area. Raise QueryError at what it cannot mean."""
    rest = dict(query)
    area = _option(rest.pop("region", None), tuple(study_areas()), "region", WHOLE_WORLD)
    measure = _option(rest.pop("measure", None), MEASURES, "measure", "incidents")
    emerging = _option(rest.pop("emerging", None), ("yes", "no"), "emerging", "no")
    given = checked(vintage, Selection.parse(with_ids(rest, vintage)))
    selection = Selection(
        start=given.start, end=given.end, routes=given.routes, causes=given.causes, countries=given.countries,
        min_quality=given.min_quality, source=given.source, size=_resolution(given, area),
    )  # fmt: skip
    return Question(selection, area, measure, emerging == "yes")


def _option(given: Iterable[str] | None, options: tuple[str, ...], key: str, default: str) -> str:
    if given is None:
        return default
    items = [given] if isinstance(given, str) else list(given)
    if len(items) != 1 or items[0] not in options:
        found = str(items[0])[:60] if items else "nothing"
        raise QueryError(f"'{key}' is one of {', '.join(options)}; found '{found}'.", parameter=key)
    return items[0]


def _resolution(given: Selection, area: str) -> int:
    """Return the resolution asked for, 3 by default (RULES H3); raise QueryError where the cells are too many."""
    size = Selection().resolution if given.size is None else given.size
    if size not in RESOLUTIONS:
        raise QueryError(f"'resolution' is from 1 to {FINEST} here; found {size}.", parameter="resolution")
    try:
        count = area_cells(area, size).cells.size if size < FINEST or _may_be_few(area) else MOST_AT_FINEST + 1
    except ValueError as error:
        raise ContradictionError(
            f"'{area}' has {error}. Choose a coarser resolution.", parameter="resolution"
        ) from None
    if size == FINEST and count > MOST_AT_FINEST:
        raise ContradictionError(
            f"'{area}' has more than {MOST_AT_FINEST:,} cells of resolution {FINEST}. Choose a coarser one.",
            parameter="resolution",
        )
    return size


def _may_be_few(area: str) -> bool:
    return cells_about(study_areas()[area], FINEST) <= 5 * MOST_AT_FINEST  # boxes hold land and sea


@dataclass(frozen=True, eq=False)
class Gathered:
    """What a question reads: the area's cells, the table of cells with a record, and the values of every cell."""

    area: AreaCells
    table: pl.DataFrame  # data.exports.tables.cells_table, and ``place``: where in the area (null outside)
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


def located(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the incidents that may enter the selection's resolution (RULES H2), ``cell`` being the one they enter.

    ``stored_cell`` is the cell of resolution 7.
    """
    size = selection.resolution
    rows = select_incidents(vintage, selection).filter(is_located(size))
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
