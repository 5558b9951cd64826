"""Counts of one unit as kept arrays: any window is summed by route in one pass.

The same sums as ``measures.counts_by_route`` (a test holds the two together).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from data.cell_table import UNKNOWN, Integers, days_since_1970
from data.measures import flow_unit
from data.selection import Selection
from data.vintage import Vintage


@dataclass(frozen=True, eq=False)
class CountTable:
    """One row per count of one unit: first and last day since 1970, value, places in ``routes`` and ``sources``."""

    routes: tuple[str | None, ...]
    sources: tuple[str | None, ...]
    route: Integers
    source: Integers
    first: Integers
    last: Integers
    value: Integers

    def by_route(self, vintage: Vintage, selection: Selection) -> dict[str | None, int]:
        """Return the sum of every route that a selection states; a route without any known value is absent."""
        kept = self.value != UNKNOWN
        if selection.start is not None or selection.end is not None:
            kept = kept & in_days(self.first, self.last, selection)
        if selection.source and selection.source not in vintage.incident_sources:
            kept = kept & (
                self.source == self.sources.index(selection.source) if selection.source in self.sources else False
            )
        counted = np.bincount(self.route[kept], minlength=len(self.routes))
        sums = np.bincount(self.route[kept], weights=self.value[kept], minlength=len(self.routes))
        wanted = set(selection.routes) if selection.routes else set(self.routes)
        return {
            route: int(total)
            for route, total, number in zip(self.routes, sums, counted, strict=True)
            if number and route in wanted
        }


def in_days(first: Integers, last: Integers, selection: Selection) -> np.ndarray:
    """Return whether each record lies wholly within the selection's window; undated ones do not (RULES Q2)."""
    inside = (first != UNKNOWN) & (last != UNKNOWN)
    if selection.start is not None:
        inside = inside & (first >= days_since_1970(selection.start))
    if selection.end is not None:
        inside = inside & (last <= days_since_1970(selection.end))
    return np.asarray(inside)


@lru_cache(maxsize=16)
def count_table(vintage: Vintage, measure: str) -> CountTable:
    """Return every count of a flow measure's unit (RULES R1)."""
    rows = vintage.counts.filter(pl.col("unit") == flow_unit(measure))
    days = rows.select(
        pl.col(name).cast(pl.Int32).cast(pl.Int64).fill_null(UNKNOWN) for name in ("date_from", "date_to")
    )
    routes, route = _coded(rows["route"])
    sources, source = _coded(rows["source"])
    return CountTable(
        routes=routes, sources=sources, route=route, source=source,
        first=days["date_from"].to_numpy(), last=days["date_to"].to_numpy(),
        value=rows["value"].cast(pl.Int64).fill_null(UNKNOWN).to_numpy(),
    )  # fmt: skip


def _coded(column: pl.Series) -> tuple[tuple[str | None, ...], Integers]:
    names = tuple(column.unique().sort().to_list())
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[name] for name in column.to_list()], dtype=np.int64)
