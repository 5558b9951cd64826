"""The months of the year as they were in past years: what is usual for a month, and how this one stands beside it."""

from calendar import month_name
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from data.selection import Selection
from data.series import series
from data.vintage import Vintage
from data.words import measured, month, number, sentence

MONTHS: Final = range(1, 13)


def seasonal_profile(table: pl.DataFrame) -> list[dict[str, Any]]:
    """Return each month of the year over the complete months of a monthly series.

    ``table`` has period, value and is_complete (``data.series``). One entry per month of the year: month (1 to 12),
    years (how many), min, median, max (null where there is none), values (year and value, oldest first).
    """
    whole = table.filter(pl.col("is_complete") & pl.col("value").is_not_null())
    found = []
    for of_year in MONTHS:
        rows = whole.filter(pl.col("period").dt.month() == of_year).sort("period")
        value = rows["value"]
        found.append({
            "month": of_year, "years": rows.height, "min": value.min(), "median": value.median(), "max": value.max(),
            "values": [{"year": period.year, "value": one} for period, one, _ in rows.iter_rows()],
        })  # fmt: skip
    return found


def this_month(profile: list[dict[str, Any]], table: pl.DataFrame) -> dict[str, Any] | None:
    """Return the latest complete month beside the same month of earlier years; None where there is none.

    period, value, earlier (how many years), lower, equal, higher (how many of them), min, median, max of them.
    """
    whole = table.filter(pl.col("is_complete") & pl.col("value").is_not_null())
    if whole.is_empty():
        return None
    period, value, _ = whole.row(-1)
    past = pl.Series(
        [one["value"] for one in profile[period.month - 1]["values"] if one["year"] < period.year], dtype=pl.Int64
    )
    return {
        "period": period, "value": value, "earlier": past.len(), "lower": int((past < value).sum()),
        "equal": int((past == value).sum()), "higher": int((past > value).sum()),
        "min": past.min(), "median": past.median(), "max": past.max(),
    }  # fmt: skip


def seasons(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    """Return profile, this_month and a sentence about it for a selection, whatever its step."""
    table = series(vintage, selection.but(step="month"))
    profile = seasonal_profile(table)
    latest = this_month(profile, table)
    return {"this_month": latest, "profile": profile, "sentence": _words(latest, selection.measure)}


def with_provisional(found: dict[str, Any], months: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return ``seasons`` with a word where its latest month is one of the provisional ``months`` (RULES T2)."""
    latest = found["this_month"]
    share = next((one["share_known"] for one in months if latest and one["month"] == latest["period"]), None)
    if share is None:
        return found
    said = f"{month(latest['period'])} is provisional: past months had reached {share:.0%} at the same lag."
    return {**found, "sentence": f"{found['sentence']} {said}"}


def _words(latest: dict[str, Any] | None, measure: str) -> str:
    if latest is None:
        return "No month is wholly covered, so there is no month to set beside others."
    head = f"{month(latest['period'])}: {measured(latest['value'], measure)}"
    if latest["earlier"] == 0:
        return sentence(f"{head}; no earlier {month_name[latest['period'].month]} is wholly covered")
    many = latest["earlier"] > 1
    span = f"{number(latest['min'])} to {number(latest['max'])}, median {latest['median']:,g}".replace("-", "−")
    name = month_name[latest["period"].month]
    past = f"the {number(latest['earlier'])} earlier months of {name}" if many else f"the one earlier {name}"
    return sentence(f"{head}; {past}: {span}" if many else f"{head}; {past}: {number(latest['min'])}")
