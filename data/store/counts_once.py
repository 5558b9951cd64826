"""Counts of people whom another data set here counts too: kept and shown by themselves, in no sum with it.

Which data sets count the same people in the same unit, and which of them goes before, is declared (``again`` of a
layout): Italy's ministry, UNHCR and IOM each count who lands there. Of two the one that goes before counts on the days
that it covers; on others the next does (RULES E6, P5).
"""

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from data.readers.count_layout import CountLayout, Shared
from data.readers.layouts import COUNT_LAYOUTS

KEYS: Final[Mapping[Shared, tuple[str, ...]]] = {
    "all": ("unit",),
    "country": ("unit", "country"),
    "route": ("unit", "route"),
}
SPAN: Final = ("date_from", "date_to")


def counted_again(counts: pl.DataFrame, layouts: Iterable[CountLayout] = COUNT_LAYOUTS) -> pl.Series:
    """Return for each count (schema.COUNTS) whether another data set, which goes before its own, counts its people.

    A count that reaches over an end of what the other covers is one, too: a part of it would be counted twice.
    """
    rows = counts.with_row_index("position")
    held = set(counts["source"].unique())
    every = tuple(layouts)
    gapless = {one.source for one in every if one.gaps_are_zero}
    found = [
        _overlapping(rows.filter(pl.col("source") == source), before, KEYS[how], is_whole=first in gapless)
        for source, first, how in sorted({(one.source, *pair) for one in every for pair in one.again.items()})
        if source in held and first in held
        and (before := rows.filter((pl.col("source") == first) & pl.col("value").is_not_null())).height
    ]  # fmt: skip
    positions = pl.concat([pl.Series(dtype=pl.UInt32), *found]).unique()
    return rows["position"].is_in(positions.implode()).alias("is_again")


def _overlapping(rows: pl.DataFrame, before: pl.DataFrame, key: tuple[str, ...], *, is_whole: bool) -> pl.Series:
    """Return the positions of rows that share a day, and the key, with what goes before."""
    runs = _runs(before.drop_nulls(SPAN), key, is_whole=is_whole)
    both = rows.drop_nulls(SPAN).join(runs, on=list(key), how="inner")
    shares = (pl.col("date_from") <= pl.col("until")) & (pl.col("date_to") >= pl.col("since"))
    return both.filter(shares)["position"]


def _runs(rows: pl.DataFrame, key: tuple[str, ...], *, is_whole: bool) -> pl.DataFrame:
    """Return the stretches of days that rows of one key cover: key, since, until; one where gaps are zeros."""
    spans = rows.select(*key, *SPAN).unique().sort(*key, *SPAN)
    reached = pl.col("date_to").cum_max().shift(1).over(key)
    begins = (pl.col("date_from") > reached.dt.offset_by("1d")).fill_null(value=True)
    number = pl.lit(0) if is_whole else begins.cum_sum().over(key)
    return (
        spans.with_columns(number.alias("run"))
        .group_by(*key, "run")
        .agg(pl.col("date_from").min().alias("since"), pl.col("date_to").max().alias("until"))
        .drop("run")
    )
