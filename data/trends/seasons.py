"""The months of the year as they were in past years: what is usual for a month, and how this one stands beside it."""

from collections.abc import Sequence
from typing import Final

import polars as pl
from msgspec.structs import replace

from data.counting.series import series
from data.model.notices import Notice
from data.model.wording import exact, measured
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import MonthProfile, OfYear, ProvisionalMonth, Seasons, ThisMonth

MONTHS: Final = range(1, 13)


def seasonal_profile(table: pl.DataFrame) -> list[MonthProfile]:
    """Return each month of the year over the complete months of a monthly series.

    ``table`` has period, value and is_complete. min, median and max are null where there is none; values are oldest
    first.
    """
    whole = table.filter(pl.col("is_complete") & pl.col("value").is_not_null())
    found = []
    for of_year in MONTHS:
        rows = whole.filter(pl.col("period").dt.month() == of_year).sort("period")
        low, middle, high = _spread(rows["value"])
        found.append(MonthProfile(
            month=of_year, years=rows.height, min=low, median=middle, max=high,
            values=[OfYear(year=period.year, value=one) for period, one in rows.select("period", "value").iter_rows()],
        ))  # fmt: skip
    return found


def _spread(values: pl.Series) -> tuple[int | None, float | None, int | None]:
    """Return the least, the median and the most; None where there is no value."""
    if values.is_empty():
        return None, None, None
    low, middle, high = values.to_frame("value").select(
        pl.col("value").min().alias("min"), pl.col("value").median().alias("median"), pl.col("value").max().alias("max")
    ).row(0)  # fmt: skip
    return low, middle, high


def this_month(profile: Sequence[MonthProfile], table: pl.DataFrame) -> ThisMonth | None:
    """Return the latest complete month beside the same month of earlier years; None where there is none.

    lower, equal and higher count the earlier ones; min, median and max are theirs.
    """
    whole = table.filter(pl.col("is_complete") & pl.col("value").is_not_null())
    if whole.is_empty():
        return None
    period, value = whole.select("period", "value").row(-1)
    past = pl.Series([one.value for one in profile[period.month - 1].values if one.year < period.year], dtype=pl.Int64)
    low, middle, high = _spread(past)
    return ThisMonth(
        period=period, value=value, earlier=past.len(), lower=int((past < value).sum()),
        equal=int((past == value).sum()), higher=int((past > value).sum()), min=low, median=middle, max=high,
    )  # fmt: skip


def seasons(vintage: Vintage, selection: Selection) -> Seasons:
    """Return the profile of the year, the latest month and a sentence about it, whatever the selection's step."""
    table = series(vintage, selection.replace(step="month"))
    profile = seasonal_profile(table)
    latest = this_month(profile, table)
    return Seasons(this_month=latest, profile=profile, sentence=_words(latest, selection.measure))


def with_provisional(found: Seasons, months: Sequence[ProvisionalMonth]) -> Seasons:
    """Return ``seasons`` with a word where its latest month is one of the provisional ``months`` (RULES T2)."""
    latest = found.this_month
    share = next((one.share_known for one in months if latest and one.month == latest.period), None)
    if latest is None or share is None:
        return found
    words = Notice("trends.season.provisional", sentence=found.sentence, month=latest.period, share=share)
    return replace(found, sentence=words)


def _words(latest: ThisMonth | None, measure: str) -> Notice:
    if latest is None:
        return Notice("trends.season.none")
    now = {"month": latest.period, "now": measured(latest.value, measure)}
    if latest.median is None:
        return Notice("trends.season.no_earlier", **now)
    return Notice("trends.season.month", **now, earlier=latest.earlier, least=latest.min, most=latest.max,
                  median=exact(latest.median))  # fmt: skip
