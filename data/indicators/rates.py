"""Rates computed of published indicators: what is above, what is below, and what both are added of."""

from typing import Final

import polars as pl

from data.indicators.sums import parts_only, word_of
from data.model.absence import NOT_APPLICABLE, UNKNOWN
from data.model.indicators import Indicator
from data.model.indicators.declaration import Rate
from data.model.schema import conform, empty

BY: Final = ("source", "partner", "date_from", "date_to", "step")


def figures_of_rate(rows: pl.DataFrame, indicator: Indicator, *, by_area: bool) -> pl.DataFrame:
    """Return one figure per partner and period of each source, and per area where ``by_area``; see ``figures``.

    Totals are left out, so that nothing is added to its parts. A part whose value is not shown leaves what it is added
    to unknown: a share of the rest alone would be another figure.
    """
    if indicator.rate is None:
        raise ValueError(f"indicator {indicator.id} is published, not computed")
    rate = indicator.rate
    every = parts_only(rows.filter(pl.col("indicator").is_in({*rate.above, *rate.below})))
    chosen = _chosen(every, rate)
    if chosen.is_empty():
        return empty("indicators")
    by = [*BY, *(["area"] if by_area else [])]
    found = chosen.group_by(by, maintain_order=True).agg(
        _added(rate.above).alias("numerator"), _added(rate.below).alias("denominator")
    )
    is_known = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    value = pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator"))
    return conform(
        found.with_columns(
            value.alias("value"), pl.lit(indicator.id).alias("indicator"), pl.lit(indicator.unit).alias("unit"),
            pl.when(~is_known).then(pl.lit(UNKNOWN)).when(pl.col("denominator") == 0).then(pl.lit(NOT_APPLICABLE))
            .alias("absence"),
        ),
        "indicators",
    )  # fmt: skip


def _chosen(rows: pl.DataFrame, rate: Rate) -> pl.DataFrame:
    """Return the figures whose words are those that the rate is of, in each dimension that it names."""
    for dimension, words in rate.only:
        rows = rows.filter(word_of(dimension).is_in(words))
    return rows


def _added(indicators: tuple[str, ...]) -> pl.Expr:
    """Return the sum of these indicators; null where a figure of them has no value, or one of them none at all."""
    here = pl.col("indicator").is_in(indicators)
    values = pl.col("value").filter(here)
    is_whole = (values.null_count() == 0) & (pl.col("indicator").filter(here).n_unique() == len(indicators))
    return pl.when(is_whole).then(values.sum())
