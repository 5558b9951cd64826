"""Rates computed of published indicators: what is above, what is below, and what both are added of."""

from typing import Final

import polars as pl

from data.indicators.sums import parts_only, word_of
from data.model.absence import IN_PART, NOT_APPLICABLE, UNKNOWN
from data.model.indicators import Indicator
from data.model.indicators.declaration import Rate
from data.model.schema import conform, empty

BY: Final = ("source", "partner", "date_from", "date_to", "step")


def figures_of_rate(rows: pl.DataFrame, indicator: Indicator, *, by_area: bool) -> pl.DataFrame:
    """Return one figure per partner and period of each source, and per area where ``by_area``; see ``figures``.

    Totals are left out, so that nothing is added to its parts. What is added is whole: of a part of which one of the
    indicators has no value nothing is in the numerator or the denominator, and the figure's flag says ``in_part``.
    """
    if indicator.rate is None:
        raise ValueError(f"indicator {indicator.id} is published, not computed")
    rate = indicator.rate
    chosen = _chosen(parts_only(rows.filter(pl.col("indicator").is_in(_needed(rate)))), rate)
    if chosen.is_empty():
        return empty("indicators")
    by = [*BY, *(["area"] if by_area else [])]
    cells = _cells(chosen, rate)
    added = [pl.sum_horizontal(pl.col(name) for name in names).filter("is_whole").sum().alias(what)
             for what, names in (("numerator", rate.above), ("denominator", rate.below))]  # fmt: skip
    found = cells.group_by(by, maintain_order=True).agg(*added, pl.col("is_whole").sum().alias("whole"), pl.len())
    is_known = pl.col("whole") > 0
    return conform(
        found.with_columns(
            pl.when(is_known).then(pl.col(name)).alias(name) for name in ("numerator", "denominator")
        ).with_columns(
            pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator")).alias("value"),
            pl.lit(indicator.id).alias("indicator"), pl.lit(indicator.unit).alias("unit"),
            pl.when(is_known & (pl.col("whole") < pl.col("len"))).then(pl.lit(IN_PART)).alias("flag"),
            pl.when(~is_known).then(pl.lit(UNKNOWN)).when(pl.col("denominator") == 0).then(pl.lit(NOT_APPLICABLE))
            .alias("absence"),
        ),
        "indicators",
    )  # fmt: skip


def _needed(rate: Rate) -> list[str]:
    return list(dict.fromkeys((*rate.above, *rate.below)))


def _cells(rows: pl.DataFrame, rate: Rate) -> pl.DataFrame:
    """Return one row per part, with the value of each indicator, and whether all of them have one."""
    values = [pl.col("value").filter(pl.col("indicator") == name) for name in _needed(rate)]
    cells = rows.group_by([*BY, "area", "route", "breakdown", "unit"], maintain_order=True).agg(
        pl.when((value.len() > 0) & (value.null_count() == 0)).then(value.sum()).alias(name)
        for name, value in zip(_needed(rate), values, strict=True)
    )
    return cells.with_columns(pl.all_horizontal(pl.col(name).is_not_null() for name in _needed(rate)).alias("is_whole"))


def _chosen(rows: pl.DataFrame, rate: Rate) -> pl.DataFrame:
    """Return the figures whose words are those that the rate is of, in each dimension that it names."""
    for dimension, words in rate.only:
        rows = rows.filter(word_of(dimension).is_in(words))
    return rows
