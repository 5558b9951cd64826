"""What every callback reads: the vintage in use and the selection, without anything that it does not know."""

from functools import lru_cache

import polars as pl

from data.measures import dropped_parts, incident_source, incidents_by_cell, known_ids, select_incidents
from data.selection import Selection
from data.store import Store
from data.totals import totals
from data.vintage import Vintage

PEOPLE = ("dead_or_missing",)
MOST_CLICKS = 1000


def reading(store: Store, query: str | None) -> tuple[Vintage, Selection]:
    """Return the current vintage and the selection that ``query`` states."""
    vintage = store.current()
    return vintage, understood(vintage, Selection.from_query(query))


def understood(vintage: Vintage, selection: Selection) -> Selection:
    """Return the selection without ids that this vintage does not have: an old address still opens."""
    known = _known(vintage)
    sources = set(vintage.sources["source"].to_list())
    return selection.but(
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
    """Return the cells of a selection; kept, because map, drawer and table ask for the same."""
    return incidents_by_cell(select_incidents(vintage, selection), resolution=selection.resolution)


@lru_cache(maxsize=32)
def parts(vintage: Vintage, selection: Selection) -> dict[str, int | None]:
    """Return total, not_located, not_dated, no_route, hidden_by_quality and undated_outside_window.

    In the unit of the selection's measure (RULES C5); ``incidents`` is the number of records.
    """
    found: dict[str, int | None] = dict(dropped_parts(vintage, selection))
    if selection.measure in PEOPLE:
        return found
    chosen = selection if selection.source in vintage.incident_sources else selection.but(source=None)
    answer = totals(vintage, chosen, measure=selection.measure, by=selection.step)
    names = ("total", "not_located", "not_dated", "no_route", "hidden_by_quality", "undated_outside_window")
    return found | {name: answer[name] for name in names}


def coverage(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return one row with first and last: the days that the selection's incident source covers."""
    source = incident_source(vintage, selection)
    chosen = vintage.incidents.filter(pl.col("source") == source) if source else vintage.incidents.clear()
    return chosen.select(pl.col("date_from").min().alias("first"), pl.col("date_to").max().alias("last"))
