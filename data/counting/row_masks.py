"""Which rows of a source are chosen, placed, dated: one true or false for each row, kept, so that filters combine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from data.counting.flow_arrays import in_days
from data.counting.incident_arrays import UNKNOWN, Booleans, Integers, source_table
from data.counting.measures import is_chosen, is_dated, is_placed, is_wider
from data.model.caches import kept_numbers
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage


@kept_numbers
def chosen_rows(vintage: Vintage, selection: Selection, *, window: bool = True) -> Booleans:
    """Return which rows of the selection's incident source are chosen, with or without its window."""
    source = incident_source(vintage, selection)
    matched: Booleans = _matching(vintage, source, selection.only("incidents").replace(start=None, end=None))
    if not window or (selection.start is None and selection.end is None):
        return matched
    return matched & in_days(days_of(vintage, source, "date_from"), days_of(vintage, source, "date_to"), selection)


@kept_numbers
def _matching(vintage: Vintage, source: str | None, selection: Selection) -> Booleans:
    rows = source_table(vintage, source)
    chosen = rows.select(is_chosen(selection, window=False).alias("chosen")).to_series().to_numpy()
    return chosen if chosen.size == rows.height else np.broadcast_to(chosen, rows.height)


@kept_numbers
def days_of(vintage: Vintage, source: str | None, column: str) -> Integers:
    """Return a column of days as days since 1970; UNKNOWN where there is none."""
    return source_table(vintage, source)[column].cast(pl.Int32).cast(pl.Int64).fill_null(UNKNOWN).to_numpy()


@kept_numbers
def is_so(vintage: Vintage, source: str | None, name: str, value: Any) -> Booleans:
    """Return whether each row is placed, in a cell coarser than a resolution, dated at a step, without a route."""
    tests: dict[str, Callable[[Any], pl.Expr]] = {
        "placed": lambda _: is_placed(),
        "wider": is_wider,
        "dated": is_dated,
        "unrouted": lambda _: pl.col("route").is_null(),
    }
    return source_table(vintage, source).select(tests[name](value).alias(name)).to_series().to_numpy()


@kept_numbers
def tolls_of(vintage: Vintage, source: str | None) -> Integers:
    """Return people dead or missing of each row; 0 where no number is stated."""
    return source_table(vintage, source)["dead_or_missing"].cast(pl.Int64).fill_null(0).to_numpy()
