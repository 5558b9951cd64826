"""The codes of the cells: each one's class and marks, as the map, the pictures and the key draw them."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from callbacks.map_data.request import of_cells
from data.counting.at_hand import counts_of_shown
from data.counting.classes import HATCHED_FROM, CellClasses
from data.counting.engine import cell_counts, classes_of
from data.counting.incident_arrays import UNKNOWN
from data.counting.on_disk import cell_set
from data.model.caches import kept_numbers
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

NOT_REPORTED, NOTHING, DOMINATED = 6, 7, 8  # beside the classes 0 to 5; the last is added
HALF: Final = 0.5


@dataclass(frozen=True)
class CellKey:
    """What a key of the cells states of a selection: ``counts`` are cells by class, of ``wider_counts`` wider areas.

    ``in_wider`` is how much of the measure is in wider areas (RULES X9).
    """

    measure: str
    resolution: int
    floors: tuple[int, ...]
    wider_floors: tuple[int, ...]
    counts: tuple[int, ...]
    wider_counts: tuple[int, ...]
    in_wider: int
    has_dominated: bool
    has_unreported: bool


def classes_shown(vintage: Vintage, selection: Selection) -> CellClasses:
    """Return the classes of a selection's measure at its resolution."""
    return classes_of(vintage, incident_source(vintage, selection), selection.measure, selection.resolution)


def wider_cells(vintage: Vintage, selection: Selection) -> int:
    """Return how many cells of the selection's set are wider areas: the first ones (RULES X9)."""
    return cell_set(vintage, incident_source(vintage, selection), selection.resolution).wider(selection.resolution)


def coded(
    counts: dict[str, Any], measure: str, classes: CellClasses, *, wider: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Return each cell's code and its value, 0 where there is none; an adjustment may be below 0 (RULES C3).

    A code is the class (0 to 5; of the ``wider`` first cells, those of areas, 0 to 2, RULES X8, X9), NOT_REPORTED
    (incidents, but nobody states this number) or NOTHING; DOMINATED is added where one event is more than half of the
    people, from as many people on as are hatched (RULES X5). Areas are not hatched.
    """
    values = counts[measure]
    is_silent = (values == UNKNOWN) & (counts["incidents"] > 0)
    parts = ((classes.wider, values[:wider]), (classes.floors, values[wider:]))
    steps = np.concatenate([np.searchsorted(np.array(floors), some, side="right") - 1 for floors, some in parts])
    codes = np.where(steps >= 0, steps, np.where(is_silent, NOT_REPORTED, NOTHING))
    toll, largest = counts["dead_or_missing"], counts["largest_event"]
    is_dominated = (toll >= HATCHED_FROM) & (largest > HALF * toll) & (codes < NOT_REPORTED)
    is_dominated[:wider] = False
    return (codes + DOMINATED * is_dominated).astype(np.uint8), np.where(values == UNKNOWN, 0, values)


@kept_numbers
def codes_of(vintage: Vintage, selection: Selection) -> tuple[np.ndarray, np.ndarray]:
    """Return ``coded`` of every cell of a selection, in the order of its set."""
    classes, wider = classes_shown(vintage, selection), wider_cells(vintage, selection)
    return coded(cell_counts(vintage, selection), selection.measure, classes, wider=wider)


def codes_in_view(vintage: Vintage, selection: Selection, shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return ``codes_of``; of a large source's cells only those shown are sure to be counted."""
    found = counts_of_shown(vintage, selection, shown)
    if found is None:
        return codes_of(vintage, selection)
    classes, wider = classes_shown(vintage, selection), wider_cells(vintage, selection)
    return coded(found, selection.measure, classes, wider=wider)


def cell_key(vintage: Vintage, selection: Selection) -> CellKey:
    """Return what a key of the cells states: classes, how many cells are in each, and which marks are there."""
    classes, wider = classes_shown(vintage, selection), wider_cells(vintage, selection)
    codes, values = codes_of(vintage, of_cells(selection))
    return CellKey(
        measure=selection.measure, resolution=selection.resolution, floors=classes.floors, wider_floors=classes.wider,
        counts=_by_class(codes[wider:], len(classes.floors)), wider_counts=_by_class(codes[:wider], len(classes.wider)),
        in_wider=int(values[:wider].sum()), has_dominated=bool((codes >= DOMINATED).any()),
        has_unreported=bool((codes == NOT_REPORTED).any()),
    )  # fmt: skip


def _by_class(codes: np.ndarray, classes: int) -> tuple[int, ...]:
    return tuple(np.bincount(codes % DOMINATED, minlength=classes)[:classes].tolist())
