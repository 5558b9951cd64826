"""What every callback reads: the vintage in use and the selection, without anything that it does not know."""

from functools import lru_cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.cell_table import UNKNOWN, Booleans, Integers, source_table
from data.count_table import in_days
from data.errors import QueryError
from data.large import cell_set, kept_table, large_counts
from data.measures import PEOPLE, incident_source, is_chosen, is_dated, is_located, known_ids
from data.selection import RESOLUTIONS, Selection
from data.store import Store
from data.tally import large_parts, large_people_parts
from data.totals import totals
from data.vintage import Vintage
from geo.cells import ancestor
from layouts.classes import class_floors

MOST_CLICKS = 1000
COARSEST_BY_ZOOM = 1
HIGHEST = 10
# What changes neither which incidents are chosen nor what they count.
ASIDE: Final[dict[str, Any]] = {"flow": "detections", "step": "month", "layers": (), "cell": None, "view": None,
                                "measure": "dead_or_missing", "size": None, "zoomed": 3, "vintage": None}  # fmt: skip


def reading(store: Store, query: str | None) -> tuple[Vintage, Selection]:
    """Return the vintage and the selection that ``query`` states; the newest where the pinned one is gone."""
    selection = Selection.from_query(query)
    vintage = pinned(store, selection)
    return vintage, understood(vintage, selection)


def pinned(store: Store, selection: Selection) -> Vintage:
    """Return the vintage that a selection is pinned to, else the newest; ``page.words`` says where it is gone."""
    try:
        return store.asked(selection.vintage)
    except QueryError:
        return store.current()


def marked(store: Store, mark: str) -> Vintage | None:
    """Return the vintage of this mark; None where it is not here, or another has its name."""
    name = mark.partition("-")[0]
    vintage = store.asked(name) if name in store.names() else None
    return vintage if vintage is not None and vintage.mark == mark else None


def understood(vintage: Vintage, selection: Selection) -> Selection:
    """Return the selection without ids that this vintage does not have: an old address still opens."""
    known = _known(vintage)
    sources = set(vintage.sources["source"].to_list())
    finest = finest_by_zoom(vintage, incident_source(vintage, selection))
    return selection.but(
        zoomed=min(max(selection.zoomed, COARSEST_BY_ZOOM), finest),
        routes=tuple(route for route in selection.routes if route in known["route"]),
        regions=tuple(region for region in selection.regions if region in known["region"]),
        causes=tuple(cause for cause in selection.causes if cause in known["cause"]),
        countries=tuple(country for country in selection.countries if country in known["country"]),
        source=selection.source if selection.source in sources else None,
    )


def times_asked(clicks: object) -> int:
    """Return how often more was asked for; what a browser sends is not trusted."""
    return clicks if isinstance(clicks, int) and 0 <= clicks <= MOST_CLICKS else 0


@lru_cache(maxsize=4)
def _known(vintage: Vintage) -> dict[str, list[str]]:
    return known_ids(vintage)


@lru_cache(maxsize=32)
def cells(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the cells of a selection, with the columns of ``data.measures.incidents_by_cell``."""
    source = incident_source(vintage, selection)
    return cell_set(vintage, source, selection.resolution).frame(_counted(vintage, selection, PEOPLE))


@lru_cache(maxsize=64)
def chosen_rows(vintage: Vintage, selection: Selection, *, window: bool = True) -> Booleans:
    """Return which rows of the selection's incident source are chosen, with or without its window."""
    source = incident_source(vintage, selection)
    matched = _matching(vintage, source, selection.but(**ASIDE, start=None, end=None))
    if not window or (selection.start is None and selection.end is None):
        return matched
    return matched & in_days(_days(vintage, source, "date_from"), _days(vintage, source, "date_to"), selection)


@lru_cache(maxsize=32)
def _matching(vintage: Vintage, source: str | None, selection: Selection) -> Booleans:
    rows = source_table(vintage, source)
    chosen = rows.select(is_chosen(selection, window=False).alias("chosen")).to_series().to_numpy()
    return chosen if chosen.size == rows.height else np.broadcast_to(chosen, rows.height)


@lru_cache(maxsize=16)
def _days(vintage: Vintage, source: str | None, column: str) -> Integers:
    return source_table(vintage, source)[column].cast(pl.Int32).cast(pl.Int64).fill_null(UNKNOWN).to_numpy()


@lru_cache(maxsize=64)
def _flag(vintage: Vintage, source: str | None, name: str, value: Any) -> Booleans:
    """Return whether each row is located at a resolution, dated at a step, without a route."""
    tests = {"located": is_located, "dated": is_dated, "unrouted": lambda _: pl.col("route").is_null()}
    return source_table(vintage, source).select(tests[name](value).alias(name)).to_series().to_numpy()


@lru_cache(maxsize=8)
def _tolls(vintage: Vintage, source: str | None) -> Integers:
    return source_table(vintage, source)["dead_or_missing"].cast(pl.Int64).fill_null(0).to_numpy()


def people_parts(vintage: Vintage, selection: Selection) -> dict[str, int]:
    """Return what ``data.measures.dropped_parts`` does, from kept arrays."""
    source = incident_source(vintage, selection)
    if vintage.is_large(source):
        return large_people_parts(vintage, selection)
    toll, chosen = _tolls(vintage, source), chosen_rows(vintage, selection)
    undated = chosen_rows(vintage, selection, window=False) & (_days(vintage, source, "date_from") == UNKNOWN)
    better = chosen_rows(vintage, selection.but(min_quality=None)) & ~chosen
    left_out = {
        "not_located": chosen & ~_flag(vintage, source, "located", selection.resolution),
        "not_dated": chosen & ~_flag(vintage, source, "dated", selection.step),
        "no_route": chosen & _flag(vintage, source, "unrouted", None),
        "undated_outside_window": undated & ~chosen,
        "hidden_by_quality": better,
    }
    sums = {name: int(toll[rows].sum()) for name, rows in left_out.items()}
    return {"total": int(toll[chosen].sum()), "incidents": int(chosen.sum()), **sums}


@lru_cache(maxsize=64)
def cell_counts(vintage: Vintage, selection: Selection) -> dict[str, Integers]:
    """Return the counts of every cell of the selection's source at its resolution."""
    return _counted(vintage, selection, (selection.measure,))


def _counted(vintage: Vintage, selection: Selection, measures: tuple[str, ...]) -> dict[str, Integers]:
    source = incident_source(vintage, selection)
    table = kept_table(vintage, source, selection.resolution)
    if table is None:
        return large_counts(vintage, str(source), selection, measures=measures)
    return table.counts(chosen_rows(vintage, selection), people=measures)


@lru_cache(maxsize=8)
def finest_by_zoom(vintage: Vintage, source: str | None) -> int:
    """Return the finest resolution that the zoom may choose: one that half of the located incidents may enter.

    A finer one would empty the map of incidents whose place is known too coarsely for it (RULES H2).
    """
    located = vintage.summary[source].located if source in vintage.summary else (0,)
    fits = [resolution for resolution in RESOLUTIONS if 2 * sum(located[resolution:]) >= sum(located)]
    return max(fits, default=Selection().zoomed)


@lru_cache(maxsize=64)
def ranking_kept(vintage: Vintage, selection: Selection) -> tuple[int, int] | None:
    """Return how many of the ten highest cells of the default size remain at the chosen one, and of how many.

    A cell remains where one of the ten highest lies within it, or it within one; None at the default size, or
    where fewer than ten cells have people (RULES H7).
    """
    default = Selection().zoomed
    if selection.resolution == default:
        return None
    return remaining(*(_highest(vintage, selection.but(size=size)) for size in (default, selection.resolution)),
                     coarse=min(default, selection.resolution))  # fmt: skip


def remaining(before: list[int], after: list[int], *, coarse: int) -> tuple[int, int] | None:
    """Return how many of ten cells are among ten others, as ``ranking_kept`` does; ``coarse`` is the larger size."""
    if min(len(before), len(after)) < HIGHEST:
        return None
    families = [{ancestor(cell, resolution=coarse) for cell in top} for top in (before, after)]
    return sum(ancestor(cell, resolution=coarse) in families[1] for cell in before), HIGHEST


def _highest(vintage: Vintage, selection: Selection) -> list[int]:
    rows = cells(vintage, selection.but(layers=Selection().layers, cell=None)).filter(pl.col(selection.measure) > 0)
    return rows.sort(selection.measure, "cell", descending=True)["cell"].head(HIGHEST).to_list()


@lru_cache(maxsize=64)
def floors_of(vintage: Vintage, source: str | None, measure: str, resolution: int) -> tuple[int, ...]:
    """Return the classes of a measure at a resolution, on all that the source holds (RULES H8)."""
    values = cell_counts(vintage, Selection(measure=measure, source=source, size=resolution))[measure]
    return class_floors(pl.Series(values[values != UNKNOWN]))


@lru_cache(maxsize=32)
def parts(vintage: Vintage, selection: Selection) -> dict[str, int | None]:
    """Return total, not_located, not_dated, no_route, hidden_by_quality and undated_outside_window.

    In the unit of the selection's measure (RULES C5); ``incidents`` is the number of records.
    """
    found: dict[str, int | None] = dict(people_parts(vintage, selection))
    if selection.measure == "dead_or_missing":
        return found
    if vintage.is_large(incident_source(vintage, selection)):
        return found | large_parts(vintage, selection)
    chosen = selection if selection.source in vintage.incident_sources else selection.but(source=None)
    answer = totals(vintage, chosen, measure=selection.measure, by=selection.step)
    names = ("total", "not_located", "not_dated", "no_route", "hidden_by_quality", "undated_outside_window")
    return found | {name: answer[name] for name in names}


def coverage(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row with first and last: the days that the selection's incident source covers."""
    found = vintage.summary.get(incident_source(vintage, selection) or "")
    days = {"first": found.first if found else None, "last": found.last if found else None}
    return pl.DataFrame(days, schema=dict.fromkeys(days, pl.Date))
