"""Sums of figures over areas that tell nothing of what a publisher hides (RULES 9, R11).

A total that is withheld, as it would tell a hidden part of it, must not be told by a sum over areas either. Who sees
the sum and the totals that are shown knows what the withheld ones add up to, and of each the least and the most that
its own parts allow. So a sum holds the withheld totals only where each of them could still be more than one number;
else it is of those that are shown, and how many it leaves out is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

import polars as pl

from data.indicators.figures import figures_in
from data.indicators.held_back import bounds_of, without_recoverable
from data.indicators.sums import parts_only
from data.model.absence import WITHHELD
from data.model.caches import kept_numbers
from data.store.vintage import Vintage


@dataclass(frozen=True)
class ToldSum:
    """A sum over areas: its value (None: nothing is known), of how many areas, how many are hidden or left out."""

    value: float | None
    areas: int
    hidden: int
    left_out: int


@dataclass(frozen=True)
class Bounds:
    """A withheld number, and the least and the most that it can be for one who sees what is shown."""

    value: float
    least: float
    most: float


def are_safe(withheld: Sequence[Bounds]) -> bool:
    """Return whether each withheld number could be more than one, for one who knows what they add up to."""
    whole = sum(one.value for one in withheld)
    for at, one in enumerate(withheld):
        others = [other for place, other in enumerate(withheld) if place != at]
        least = max(one.least, whole - sum(other.most for other in others))
        most = min(one.most, whole - sum(other.least for other in others))
        if least >= most:
            return False
    return True


@kept_numbers
def totals_in(vintage: Vintage, indicator: str, whole: tuple[str, ...]) -> pl.DataFrame:
    """Return ``totals_with_bounds`` of the figures that a vintage has of one indicator."""
    return totals_with_bounds(figures_in(vintage, indicator).collect(), whole)


def totals_with_bounds(figures: pl.DataFrame, whole: Sequence[str]) -> pl.DataFrame:
    """Return the figures (schema.INDICATORS) that are totals of the dimensions in ``whole``, with what may be told.

    Beside ``value``, as published, ``shown`` is null where it is hidden or withheld; ``least`` and ``most`` are what a
    reader of all that is shown knows of it.
    """
    rows = figures.with_row_index("place")
    told = without_recoverable(rows.drop("place")).with_row_index("place")
    bounds = bounds_of(told.drop("place")).rename({"member": "place"})
    beside = told.select("place", pl.col("value").alias("shown"), (pl.col("absence") == WITHHELD).alias("is_withheld"))
    return parts_only(rows.join(beside, on="place").join(bounds, on="place", how="left"), whole)


def told_sums(totals: pl.DataFrame, groups: Iterable[pl.Expr]) -> list[ToldSum]:
    """Return the sum of each group of the rows of ``totals_with_bounds``, all of one year and one indicator.

    Each group of ``groups`` holds the next, so that a reader also knows the sum of what one has and the next has not.
    A group holds its withheld totals only where neither its sum nor this difference tells one.
    """
    found: list[ToldSum] = []
    outer: pl.DataFrame | None = None
    for table in (totals.filter(one) for one in groups):
        ring = None if outer is None else outer.join(table, on="place", how="anti")
        is_whole = are_safe(_withheld(table)) and (ring is None or are_safe(_withheld(ring)))
        outer = table if is_whole else outer
        found.append(_sum(table, is_whole=is_whole))
    return found


def _withheld(rows: pl.DataFrame) -> list[Bounds]:
    """Return the withheld totals; parts that contradict their total are not all there, and bound nothing."""
    found = rows.filter(pl.col("is_withheld").fill_null(value=False)).drop_nulls("value")
    stated = [
        Bounds(one["value"], one["least"] or 0.0, inf if one["most"] is None else one["most"])
        for one in found.to_dicts()
    ]
    return [one if one.least <= one.value <= one.most else Bounds(one.value, 0.0, inf) for one in stated]


def _sum(rows: pl.DataFrame, *, is_whole: bool) -> ToldSum:
    column = "value" if is_whole else "shown"
    known = rows.drop_nulls(column)
    stated = rows.drop_nulls("value")
    return ToldSum(
        float(known[column].sum()) if known.height else None, known["area"].n_unique(),
        rows["value"].null_count(), stated.height - known.height,
    )  # fmt: skip


def added(sums: Iterable[ToldSum]) -> ToldSum:
    """Return sums of several years as one: over states and years, of those that have a value."""
    every = list(sums)
    known = [one.value for one in every if one.value is not None]
    return ToldSum(
        sum(known) if known else None, max((one.areas for one in every), default=0),
        sum(one.hidden for one in every), sum(one.left_out for one in every),
    )  # fmt: skip
