"""A measure by period, with zero where nobody was recorded, and a gap where the source does not look (RULES T4)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.coverage import Window, clipped, covered
from data.measures import STEP_OF, amount, incident_source, is_dated, select_incidents
from data.selection import Selection
from data.vintage import Vintage

AVERAGED: Final = {"month": 12, "quarter": 4, "year": 3}  # periods of one moving average: whole years, so no season
SERIES: Final = pl.Schema({"period": pl.Date, "value": pl.Int64, "is_complete": pl.Boolean})


def series(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the measure of a selection by its step.

    Returns
    -------
    DataFrame, one row per period from the first to the last day covered, in order
        period (its first day), value (0: the source looked, nobody was recorded; null: it did not look at any day
        of it, or no record states a number), is_complete (every day is covered and within the selection's window).
        Records not dated to one period are in none: ``totals`` states them as not_dated (RULES C5).
    """
    spans = clipped(covered(vintage, incident_source(vintage, selection)), selection.start, selection.end)
    if not spans:
        return SERIES.to_frame()
    found = (
        select_incidents(vintage, selection)
        .filter(is_dated(selection.step))
        .group_by(pl.col("date_from").dt.truncate(STEP_OF[selection.step]).alias("period"))
        .agg(amount(selection.measure).alias("value"), pl.lit(value=True).alias("is_recorded"))
        .collect()
    )
    steps = periods(spans, selection.step)
    whole = [Window(first, _end(first, selection.step)) for first in steps]
    complete, seen = [one.within(spans) for one in whole], [one.touches(spans) for one in whole]
    table = pl.DataFrame({"period": steps, "is_complete": complete, "is_seen": seen})
    value = pl.when(pl.col("is_recorded").is_null() & pl.col("is_seen")).then(0).otherwise(pl.col("value"))
    return table.join(found, on="period", how="left", maintain_order="left").select(
        "period", value.cast(pl.Int64).alias("value"), "is_complete"
    )


def periods(spans: Sequence[Window], step: str) -> list[date]:
    """Return the first day of every period from the first to the last day of spans."""
    days = pl.Series([spans[0].first, spans[-1].last]).dt.truncate(STEP_OF[step])
    return pl.date_range(days[0], days[1], STEP_OF[step], eager=True).to_list()


def _end(first: date, step: str) -> date:
    following = pl.Series([first]).dt.offset_by(STEP_OF[step])[0]
    end: date = following - timedelta(days=1)
    return end


def moving_average(table: pl.DataFrame, size: int) -> pl.Series:
    """Return the mean of each period and the ``size`` − 1 before it, null unless all are complete and known (T4)."""
    known = pl.when(pl.col("is_complete")).then(pl.col("value").cast(pl.Float64))
    return table.select(known.rolling_mean(size, min_samples=size).round(2).alias("average"))["average"]


def latest_run(table: pl.DataFrame) -> pl.DataFrame:
    """Return the last unbroken run of complete periods with a known value."""
    known = table.with_columns((pl.col("is_complete") & pl.col("value").is_not_null()).alias("known"))
    runs = known.with_columns(pl.col("known").rle_id().alias("run")).filter("known")
    return runs.filter(pl.col("run") == pl.col("run").max()).select(table.columns)
