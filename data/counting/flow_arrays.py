"""Counts of one unit as kept arrays: any window is summed by route in one pass.

The same sums as ``measures.counts_by_route`` (a test holds the two together).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.counting.incident_arrays import UNKNOWN, Booleans, Floats, Integers, days_since_1970
from data.model.caches import kept_numbers
from data.model.units import flow_unit
from data.query.selection import Selection
from data.store.vintage import Vintage


@dataclass(frozen=True, eq=False)
class CountTable:
    """The known counts of one unit, one row per route, source and period.

    First and last day since 1970 (UNKNOWN if not dated), value, places in ``routes`` and ``sources``; ``is_again``
    where another source counts the same people: in the sum of its own source alone (RULES E6). ``within_first`` and
    ``within_last`` are the days of a longer count that is summed in its place (UNKNOWN where there is none), and
    ``within_own`` says that it is one of the same source.
    """

    routes: tuple[str | None, ...]
    sources: tuple[str | None, ...]
    route: Integers
    source: Integers
    first: Integers
    last: Integers
    value: Floats
    is_again: Booleans
    within_first: Integers
    within_last: Integers
    within_own: Booleans

    def by_route(self, vintage: Vintage, selection: Selection) -> dict[str | None, int]:
        """Return the sum of every route that a selection states; a route without any known value is absent."""
        kept = np.arange(self.value.size)
        if selection.start is not None or selection.end is not None:
            kept = np.flatnonzero(in_days(self.first, self.last, selection))
        if selection.source and selection.source not in vintage.incident_sources:
            place = self.sources.index(selection.source) if selection.source in self.sources else -1
            kept = kept[self.source[kept] == place]
            kept = kept[~(self._is_held(kept, selection) & self.within_own[kept])]
        else:
            kept = kept[~(self.is_again[kept] | self._is_held(kept, selection))]
        route = self.route[kept]
        counted = np.bincount(route, minlength=len(self.routes))
        sums = np.bincount(route, weights=self.value[kept], minlength=len(self.routes))
        wanted = set(selection.routes) if selection.routes else set(self.routes)
        return {
            route: int(total)
            for route, total, number in zip(self.routes, sums, counted, strict=True)
            if number and route in wanted
        }

    def _is_held(self, rows: Integers, selection: Selection) -> Booleans:
        """Return whether a longer count of the same people lies within the selection's window."""
        is_held = self.within_first[rows] != UNKNOWN
        return np.asarray(is_held & in_days(self.within_first[rows], self.within_last[rows], selection))


def in_days(first: Integers, last: Integers, selection: Selection) -> Booleans:
    """Return whether each record lies wholly within the selection's window; undated ones do not (RULES Q2)."""
    start, end = selection.start, selection.end
    inside = first >= (UNKNOWN + 1 if start is None else days_since_1970(start))
    inside &= last != UNKNOWN
    if end is not None:
        inside &= last <= days_since_1970(end)
    return np.asarray(inside)


@kept_numbers
def count_table(vintage: Vintage, measure: str) -> CountTable:
    """Return every count of a flow measure's unit (RULES R1)."""
    known = (pl.col("unit") == flow_unit(measure)) & pl.col("value").is_not_null()
    within = ("is_again", "within_from", "within_to", "within_own")
    keys = ("route", "source", "date_from", "date_to", *within)  # what a window and a source can tell apart
    rows = (
        vintage.counts_marked.filter(known & ~pl.col("is_sum"))
        .group_by(keys)
        .agg(pl.col("value").cast(pl.Int64).sum())
        .sort(keys)
    )
    days = rows.select(
        pl.col(name).cast(pl.Int32).cast(pl.Int64).fill_null(UNKNOWN)
        for name in ("date_from", "date_to", "within_from", "within_to")
    )
    routes, route = _coded(rows["route"])
    sources, source = _coded(rows["source"])
    return CountTable(
        routes=routes, sources=sources, route=route, source=source,
        first=days["date_from"].to_numpy(), last=days["date_to"].to_numpy(),
        value=rows["value"].cast(pl.Float64).to_numpy(), is_again=rows["is_again"].to_numpy(),
        within_first=days["within_from"].to_numpy(), within_last=days["within_to"].to_numpy(),
        within_own=rows["within_own"].to_numpy(),
    )  # fmt: skip


def _coded(column: pl.Series) -> tuple[tuple[str | None, ...], Integers]:
    names = tuple(column.unique().sort().to_list())
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[name] for name in column.to_list()], dtype=np.int64)
