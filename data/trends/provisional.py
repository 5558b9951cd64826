"""How much of a month is known after how long: measured on kept states of the data, never guessed (RULES T2, R2)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from data.counting.coverage import covered, unread
from data.counting.measures import select_counts
from data.counting.series import series
from data.model.notices import Notice
from data.model.units import FLOW_MEASURES
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import LatestFlow, Provisional, ProvisionalMonth, ShareKnown

FULL_LAG: Final = 12  # months after which a month is taken as known
ENOUGH: Final = 0.95
LEAST_MONTHS: Final = 3  # of which a median is taken
KNOWN: Final = pl.Schema({"month": pl.Date, "lag": pl.Int64, "value": pl.Int64})


def share_known(table: pl.DataFrame) -> pl.DataFrame:
    """Return how much of a month is known at each lag (RULES T2).

    Parameters
    ----------
    table : DataFrame, one row per month and lag
        month (its first day), lag (whole months from its end), value (as known then).

    Returns
    -------
    DataFrame, one row per lag that at least 3 months have, sorted
        lag, months (how many), share_known: the median over months of value at this lag ÷ value at lag 12. Months
        without a value at lag 12, or with none above 0, are left out.
    """
    known = table.drop_nulls().unique(["month", "lag"], keep="last", maintain_order=True)
    full = known.filter((pl.col("lag") == FULL_LAG) & (pl.col("value") > 0)).select("month", full="value")
    return (
        known.filter(pl.col("lag") < FULL_LAG)
        .join(full, on="month")
        .group_by("lag")
        .agg(pl.len().cast(pl.Int64).alias("months"), (pl.col("value") / pl.col("full")).median().alias("share_known"))
        .filter(pl.col("months") >= LEAST_MONTHS)
        .sort("lag")
    )


def lag_months(first: date, last_day: date) -> int:
    """Return the whole months from the end of the month of ``first`` to ``last_day``; negative: it has not ended."""
    nearly = pl.Series([last_day]).dt.month_end()[0] == last_day
    return (last_day.year - first.year) * 12 + last_day.month - first.month - (0 if nearly else 1)


def known_at_lags(states: Sequence[Vintage], selection: Selection) -> pl.DataFrame:
    """Return month, lag and value of every complete month in every state of the data, whatever the window."""
    every = selection.replace(step="month", start=None, end=None)
    parts = [KNOWN.to_frame()]
    for state in states:
        spans = covered(state, selection)
        if not spans:
            continue
        whole = series(unread(state), every).filter("is_complete")
        lags = pl.Series("lag", [lag_months(one, spans[-1].last) for one in whole["period"]], dtype=pl.Int64)
        parts.append(whole.with_columns(lags).select(pl.col("period").alias("month"), "lag", "value"))
    return pl.concat(parts)


def provisional_months(shares: pl.DataFrame, months: Sequence[date], last_day: date) -> list[ProvisionalMonth]:
    """Return the months whose share known is measured below 0.95."""
    measured = dict(shares.select("lag", "share_known").iter_rows())
    lags = {one: lag_months(one, last_day) for one in months}
    return [
        ProvisionalMonth(month=one, lag=lag, share_known=round(measured[lag], 3))
        for one, lag in lags.items()
        if lag in measured and measured[lag] < ENOUGH
    ]


def provisional(vintage: Vintage, selection: Selection, *, states: Sequence[Vintage] = ()) -> Provisional:
    """Return how much of recent incidents is known, lag by lag, and which months are provisional (RULES T2).

    ``states`` are other vintages of the store. Nothing is called provisional, or settled, that was not measured.
    """
    spans = covered(vintage, selection)
    shares = share_known(known_at_lags([*states, vintage], selection)) if states else KNOWN.to_frame().head(0)
    if not states or shares.is_empty() or not spans:
        reason = Notice("trends.provisional.too_near", months=LEAST_MONTHS, lag=FULL_LAG)
        sentence = reason if states else Notice("trends.provisional.one_vintage")
        return Provisional(is_measurable=False, shares=[], months=[], sentence=sentence)
    table = series(vintage, selection.replace(step="month")).filter("is_complete")
    months = provisional_months(shares, table["period"].to_list(), spans[-1].last)
    known = [ShareKnown(**row) for row in shares.iter_rows(named=True)]
    return Provisional(is_measurable=True, shares=known, months=months, sentence=_words(months))


def _words(months: list[ProvisionalMonth]) -> Notice:
    if not months:
        return Notice("trends.provisional.none", share=ENOUGH)
    named = [Notice("trends.provisional.month", month=one.month, share=one.share_known) for one in months]
    return Notice("trends.provisional.months", lag=FULL_LAG, months=named)


def latest_flow_months(vintage: Vintage, selection: Selection) -> list[LatestFlow]:
    """Return the latest month of each publisher of the selection's flow: always provisional (RULES R2)."""
    measure = FLOW_MEASURES[selection.flow]
    rows = select_counts(vintage, selection.replace(source=None), selection.flow).filter(pl.col("value").is_not_null())
    last = rows.group_by("source").agg(pl.col("date_to").max().dt.month_start().alias("month")).sort("source")
    return [
        LatestFlow(source=source, measure=measure.id, unit=measure.unit, month=latest, is_provisional=True,
                   sentence=Notice("trends.latest_flow", month=latest, noun=Notice(f"measure.{measure.id}.noun"),
                                   publisher=_publisher(vintage, source),
                                   caution=Notice(f"measure.{measure.id}.caution")))
        for source, latest in last.drop_nulls().collect().iter_rows()
    ]  # fmt: skip


def _publisher(vintage: Vintage, source: str) -> str:
    return str(vintage.sources.filter(pl.col("source") == source)["publisher"][0])
