"""A measure by period, with zero where nobody was recorded, and a gap where the source does not look (RULES T4)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from data.counting.coverage import covered, covered_somewhere, last_day
from data.counting.measures import STEP_OF, in_window, is_dated
from data.counting.period_days import first_days, period_windows
from data.counting.sums import sums_of_days
from data.counting.windows import Window, clipped
from data.model.absence import IN_PART, NOT_COLLECTED, NOT_YET_PUBLISHED, PUBLISHED, UNKNOWN
from data.model.caches import kept_numbers
from data.query.selection import Selection
from data.store.vintage import Vintage

AVERAGED: Final = {"month": 12, "quarter": 4, "year": 3}  # periods of one moving average: whole years, so no season
SERIES: Final = pl.Schema({"period": pl.Date, "value": pl.Int64, "is_complete": pl.Boolean, "status": pl.String})


@kept_numbers
def series(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the measure of a selection by its step.

    Returns
    -------
    DataFrame, one row per period from the first to the last day covered, in order
        period (its first day), value (0: the source looked, nobody was recorded; null: it did not look at any day
        of it, or no record states a number), is_complete (every day is covered and within the selection's window),
        status (``data.model.absence.CODES``: what the value is worth, or why there is none; RULES R11).
        Records not dated to one period are in none: ``totals`` states them as not_dated (RULES C5).
    """
    spans = clipped(covered_somewhere(vintage, selection), selection.start, selection.end)
    if not spans:
        return SERIES.to_frame()
    found = recorded_by_period(vintage, selection)
    table = looked_at(vintage, selection, first_days(spans[0].first, spans[-1].last, selection.step))
    return with_status(table.join(found, on="period", how="left", maintain_order="left")).select(SERIES.names())


def recorded_by_period(vintage: Vintage, selection: Selection, *, by_route: bool = False) -> pl.DataFrame:
    """Return the measure of each period that has a record, by route as well if asked for.

    Returns
    -------
    DataFrame, one row per period (and route)
        route (null: on none), period (its first day), value (null: no record states a number), is_recorded (true).
    """
    days = in_window(selection.start, selection.end) & is_dated(selection.step)
    period = pl.col("date_from").dt.truncate(STEP_OF[selection.step])
    found = sums_of_days(vintage, selection, selection.measure, days, period, by_route=by_route)
    return found.rename({"key": "period"}).with_columns(is_recorded=pl.lit(value=True))


def recorded_in_no_period(vintage: Vintage, selection: Selection) -> int:
    """Return the measure of the records in the window that are not dated to one period of the step (RULES C5)."""
    days = in_window(selection.start, selection.end) & ~is_dated(selection.step)
    found = sums_of_days(vintage, selection, selection.measure, days, pl.lit(value=1))
    return (found["value"].item() if found.height else 0) or 0


def looked_at(vintage: Vintage, selection: Selection, steps: Sequence[date]) -> pl.DataFrame:
    """Return for each period how the selection's incident database looked at it.

    Returns
    -------
    DataFrame, one row per period, in order
        period, is_complete (every day of it, for all that is asked for), is_seen (some day of it), is_counted (every
        day of it that lies in the selection's window), kind (of absence where it is not seen).
    """
    spans = clipped(covered(vintage, selection), selection.start, selection.end)
    windows, ends = period_windows(steps, selection.step), (selection.start or date.min, selection.end or date.max)
    meant = [Window(max(one.first, ends[0]), min(one.last, ends[1])) for one in windows]
    last = last_day(vintage, selection)
    later = [last is not None and one.first > last for one in meant]
    return pl.DataFrame(
        {
            "period": pl.Series(steps, dtype=pl.Date),
            "is_complete": [one.within(spans) for one in windows],
            "is_seen": [one.touches(spans) for one in windows],
            "is_counted": [one.within(spans) for one in meant],
            "kind": [NOT_YET_PUBLISHED if is_later else NOT_COLLECTED for is_later in later],
        },
        schema_overrides=dict.fromkeys(("is_complete", "is_seen", "is_counted"), pl.Boolean) | {"kind": pl.String},
    )


def with_status(table: pl.DataFrame) -> pl.DataFrame:
    """Return periods (``looked_at``) with ``value`` and ``is_recorded`` joined to them: no record is 0 where seen.

    ``status`` is the kind of absence where there is no value.
    """
    value = pl.when(pl.col("is_recorded").is_null() & pl.col("is_seen")).then(0).otherwise(pl.col("value"))
    known = pl.when(pl.col("is_counted")).then(pl.lit(PUBLISHED)).otherwise(pl.lit(IN_PART))
    absent = pl.when(pl.col("is_recorded").is_null()).then(pl.col("kind")).otherwise(pl.lit(UNKNOWN))
    return table.with_columns(value.cast(pl.Int64).alias("value")).with_columns(
        pl.when(pl.col("value").is_not_null()).then(known).otherwise(absent).alias("status")
    )


def moving_average(table: pl.DataFrame, size: int) -> pl.Series:
    """Return the mean of each period and the ``size`` − 1 before it, null unless all are complete and known (T4)."""
    known = pl.when(pl.col("is_complete")).then(pl.col("value").cast(pl.Float64))
    return table.select(known.rolling_mean(size, min_samples=size).round(2).alias("average"))["average"]


def latest_run(table: pl.DataFrame) -> pl.DataFrame:
    """Return the last unbroken run of complete periods with a known value."""
    known = table.with_columns((pl.col("is_complete") & pl.col("value").is_not_null()).alias("known"))
    runs = known.with_columns(pl.col("known").rle_id().alias("run")).filter("known")
    return runs.filter(pl.col("run") == pl.col("run").max()).select(table.columns)
