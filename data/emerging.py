"""Emerging hot spots of a selection, month by month (RULES G5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl

from data.coverage import incident_days
from data.errors import ContradictionError
from data.measures import incident_source, is_dated
from data.study import COUNTED, Integers, Question, located, place_in, variable
from data.vintage import Vintage
from geo.emerging import FEWEST_STEPS, NO_PATTERN, TREND, levels_by_step, patterns, space_time_gi_star, trends
from geo.hotspots import FEWEST
from geo.study_areas import AreaCells

MOST: Final = 8_000_000  # cells × months: 64 MB for each of a handful of arrays


@dataclass(frozen=True, eq=False)
class Emerging:
    """One pattern per cell of the area, and what they were made of."""

    patterns: list[str]
    about: dict[str, Any]


def monthly_patterns(vintage: Vintage, question: Question, area: AreaCells) -> Emerging:
    """Return the pattern of every cell of the area over the months of the selection (RULES G5).

    A month is hot or cold at 90% or more, with one Benjamini–Hochberg correction over all cells and months. Months
    are those of the window that the source covers whole (RULES T4); what was recorded in a part of a month is in
    ``in_part_months``, what has no known month in ``not_dated``.

    Raises
    ------
    ContradictionError
        The area has too many cells and months to hold.
    """
    months, part_months = months_of(vintage, question)
    if area.cells.size * len(months) > MOST:
        raise ContradictionError(
            f"{area.cells.size:,} cells over {len(months)} months are too many. Choose a coarser resolution, a smaller "
            "region or fewer years.",
            parameter="emerging",
        )
    counted, in_part_months, not_dated = monthly(vintage, question, area, months)
    about = {
        "first_month": months[0].strftime("%Y-%m") if months else None,
        "last_month": months[-1].strftime("%Y-%m") if months else None,
        "months": len(months),
        "part_months": [month.strftime("%Y-%m") for month in part_months],
        "in_part_months": in_part_months,
        "not_dated": not_dated,
        "trend_p": TREND,
        "not_computable": _why_not(counted, months),
    }
    found = [NO_PATTERN] * area.cells.size
    if about["not_computable"] is not None:
        return Emerging(found, about)
    z = space_time_gi_star(variable(counted, question.measure), area.neighbours)
    level = levels_by_step(z)
    ever = np.flatnonzero((level > 0).any(axis=1))
    some = patterns(hot=level[ever] > 0, cold=level[ever] < 0, trend=trends(z[ever]))
    for place, pattern in zip(ever.tolist(), some, strict=True):
        found[place] = pattern
    return Emerging(found, about)


def months_of(vintage: Vintage, question: Question) -> tuple[list[date], list[date]]:
    """Return the first day of every month that the window and the source cover whole, and of those they cover in part.

    Outside them is no data, not 0; a source is taken to begin with its first month, and to end with its last day.
    """
    days = incident_days(vintage, incident_source(vintage, question.selection))
    if days is None:
        return [], []
    first, last = days
    start, end = max(question.selection.start or first, first), min(question.selection.end or last, last)
    if start > end:
        return [], []
    months = pl.date_range(start.replace(day=1), end, "1mo", eager=True).alias("month").to_frame()
    is_whole = (pl.col("month") >= start) & (pl.col("month").dt.month_end() <= end)
    whole, part = months.filter(is_whole), months.filter(~is_whole)
    return whole["month"].to_list(), part["month"].to_list()


def monthly(vintage: Vintage, question: Question, area: AreaCells, months: list[date]) -> tuple[Integers, int, int]:
    """Return what was recorded in each cell and month, (cells, months), in other months, and in no known month."""
    rows = located(vintage, question.selection)
    toll = pl.lit(1) if COUNTED[question.measure] == "incidents" else pl.col("dead_or_missing").fill_null(0)
    table = rows.select(
        pl.Series("place", place_in(area.cells, rows["cell"].to_numpy())),
        is_dated("month").alias("is_dated"),
        pl.col("date_from").dt.month_start().alias("month"),
        toll.cast(pl.Int64).alias("counted"),
    ).filter(pl.col("place") >= 0)
    steps = pl.DataFrame({"month": pl.Series(months, dtype=pl.Date), "step": range(len(months))})
    dated = table.filter("is_dated").join(steps, on="month", how="left")
    known = dated.drop_nulls("step")
    counted = np.zeros((area.cells.size, len(months)), dtype=np.int64)
    np.add.at(counted, (known["place"].to_numpy(), known["step"].to_numpy()), known["counted"].to_numpy())
    in_part = int(dated.filter(pl.col("step").is_null())["counted"].sum())
    return counted, in_part, int(table.filter(~pl.col("is_dated"))["counted"].sum())


def _why_not(counted: Integers, months: list[date]) -> str | None:
    """Return why no pattern can be told, or None (RULES G4, G5)."""
    if len(months) < FEWEST_STEPS:
        return f"There are {len(months)} months; at least {FEWEST_STEPS} are needed. Widen the dates."
    if counted.shape[0] < FEWEST:
        return (
            f"The area has {counted.shape[0]} cells of this size; at least {FEWEST} are needed. Choose smaller cells."
        )
    if np.ptp(counted) == 0:
        return "Every cell has the same value in every month, so none stands out. Widen the dates or the filters."
    return None
