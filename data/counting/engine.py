"""What every callback reads: the vintage in use and the selection, without anything that it does not know."""

from dataclasses import replace

import polars as pl

from data.counting.classes import PEOPLE_FLOORS, WIDER_PEOPLE, WIDER_RECORDS, CellClasses, class_floors
from data.counting.counts import counts_for
from data.counting.fitting_flow import with_fitting_flow
from data.counting.incident_arrays import UNKNOWN, Integers
from data.model.caches import kept, kept_numbers
from data.model.errors import QueryError
from data.model.units import INCIDENT_MEASURES
from data.query.address import Address, open_address, without_unknown_ids
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import ancestor, resolution_of

MOST_CLICKS = 1000
BY_ZOOM = (2, 3, 4)
HIGHEST = 10


def reading(store: Store, query: str | None) -> tuple[Vintage, Selection]:
    """Return the vintage and the selection that the page's own query states; the newest where the pinned one is gone.

    What an address from outside states is read by ``opened``, which also says what was not understood.
    """
    found = open_view(store, query or "")
    gone = next((one.value for one in found.misread if one.parameter == "vintage"), None)
    selection = found.selection.replace(vintage=gone) if gone else found.selection
    return found.vintage, selection


def open_view(store: Store, text: object) -> Address:
    """Return what an address of the page states, in cells and a flow that its vintage has, and what is neither."""
    found = open_address(store, text)
    shown = with_fitting_flow(found.vintage, with_zoom_in_bounds(found.selection))
    return replace(found, selection=shown)


def pinned_vintage(store: Store, selection: Selection) -> Vintage:
    """Return the vintage that a selection is pinned to, else the newest; the view says where it is gone."""
    try:
        return store.open(selection.vintage)
    except QueryError:
        return store.current()


def vintage_by_fingerprint(store: Store, mark: str) -> Vintage | None:
    """Return the vintage of this mark; None where it is not here, or another has its name."""
    name = mark.partition("-")[0]
    vintage = store.open(name) if name in store.names() else None
    return vintage if vintage is not None and vintage.mark == mark else None


def with_zoom_in_bounds(selection: Selection) -> Selection:
    """Return the selection with a resolution that the zoom may choose (RULES X3)."""
    asked = selection.resolution_by_zoom
    return selection.replace(resolution_by_zoom=min(max(asked, BY_ZOOM[0]), BY_ZOOM[-1]))


def drop_unknown_ids(vintage: Vintage, selection: Selection) -> Selection:
    """Return a selection of this program's own without ids that this vintage does not have."""
    return with_zoom_in_bounds(without_unknown_ids(vintage, selection)[0])


def times_asked(clicks: object) -> int:
    """Return how often more was asked for; what a browser sends is not trusted."""
    return clicks if isinstance(clicks, int) and 0 <= clicks <= MOST_CLICKS else 0


@kept_numbers
def cells(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the cells of a selection, with the columns of ``data.counting.measures.incidents_by_cell``."""
    counts = counts_for(vintage, selection)
    return counts.cells(selection.resolution).frame(counts.by_cell(selection))


@kept_numbers
def cell_counts(vintage: Vintage, selection: Selection) -> dict[str, Integers]:
    """Return the counts of every cell of the selection's source at its resolution."""
    return counts_for(vintage, selection).by_cell(selection, people=(selection.measure,))


def people_parts(vintage: Vintage, selection: Selection) -> dict[str, int]:
    """Return what ``data.counting.measures.dropped_parts`` does, in the quickest way that there is."""
    return counts_for(vintage, selection).people_parts(selection)


@kept_numbers
def ranking_kept(vintage: Vintage, selection: Selection) -> tuple[int, int] | None:
    """Return how many of the ten highest cells of the default size remain at the chosen one, and of how many.

    A cell remains where one of the ten highest lies within it, or it within one; None at the default size, or
    where fewer than ten cells of the size have people (RULES X7). Wider areas are not ranked.
    """
    default = Selection().resolution_by_zoom
    if selection.resolution == default:
        return None
    sizes = (default, selection.resolution)
    tops = [_highest(vintage, selection.replace(resolution_chosen=size)) for size in sizes]
    return remaining(*tops, coarse=min(sizes))


def remaining(before: list[int], after: list[int], *, coarse: int) -> tuple[int, int] | None:
    """Return how many of ten cells are among ten others, as ``ranking_kept`` does; ``coarse`` is the larger size."""
    if min(len(before), len(after)) < HIGHEST:
        return None
    families = [{ancestor(cell, resolution=coarse) for cell in top} for top in (before, after)]
    return sum(ancestor(cell, resolution=coarse) in families[1] for cell in before), HIGHEST


def _highest(vintage: Vintage, selection: Selection) -> list[int]:
    rows = cells(vintage, selection.replace(layers=Selection().layers, cell=None)).filter(pl.col(selection.measure) > 0)
    ranked = rows.sort(selection.measure, "cell", descending=True)["cell"].to_list()
    return [cell for cell in ranked if resolution_of(cell) == selection.resolution][:HIGHEST]


@kept_numbers
def classes_of(vintage: Vintage, source: str | None, measure: str, resolution: int) -> CellClasses:
    """Return the classes of a measure: of people fixed, else on all that the source holds at the size (RULES X8)."""
    if INCIDENT_MEASURES[measure].aggregate == "people":
        return CellClasses(floors=PEOPLE_FLOORS, wider=WIDER_PEOPLE)
    every = Selection(measure=measure, source=source, resolution_chosen=resolution)
    counts = counts_for(vintage, every)
    values = cell_counts(vintage, every)[measure][counts.cells(resolution).wider(resolution) :]
    return CellClasses(floors=class_floors(pl.Series(values[values != UNKNOWN])), wider=WIDER_RECORDS)


@kept
def parts(vintage: Vintage, selection: Selection) -> dict[str, int | None]:
    """Return total, not_located, wider_area, not_dated, no_route, hidden_by_quality and undated_outside_window.

    In the unit of the selection's measure (RULES C5); ``incidents`` is the number of records.
    """
    counts = counts_for(vintage, selection)
    found: dict[str, int | None] = dict(counts.people_parts(selection))
    return found if selection.measure == "dead_or_missing" else found | counts.unit_parts(selection)


def coverage(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row with first and last: the days that the selection's incident source covers."""
    found = vintage.summary.get(incident_source(vintage, selection) or "")
    days = {"first": found.first if found else None, "last": found.last if found else None}
    return pl.DataFrame(days, schema=dict.fromkeys(days, pl.Date))
