"""Emerging hot spots of a selection, month by month (RULES G5)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.counting.coverage import covered
from data.counting.measures import is_dated
from data.counting.windows import Window, clipped
from data.hotspots.answer_model import EmergingStated
from data.hotspots.request import COUNTED, Integers, Question, located_incidents, place_in, variable
from data.model.errors import ContradictionError
from data.model.notices import Notice, say
from data.store.vintage import Vintage
from geo.areas.study_areas import AreaCells
from geo.statistics.emerging import (
    FEWEST_STEPS,
    NO_PATTERN,
    TREND,
    levels_by_step,
    patterns,
    space_time_gi_star,
    trends,
)
from geo.statistics.hotspots import FEWEST

MOST: Final = 8_000_000  # cells × months: 64 MB for each of a handful of arrays


@dataclass(frozen=True, eq=False)
class Emerging:
    """One pattern per cell of the area, and what they were made of."""

    patterns: list[str]
    about: EmergingStated


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
            say("hotspots.too_many", cells=int(area.cells.size), months=len(months)), parameter="emerging"
        )
    counted, in_part_months, not_dated = monthly(vintage, question, area, months)
    about = EmergingStated(
        first_month=months[0].strftime("%Y-%m") if months else None,
        last_month=months[-1].strftime("%Y-%m") if months else None,
        months=len(months),
        part_months=[month.strftime("%Y-%m") for month in part_months],
        in_part_months=in_part_months,
        not_dated=not_dated,
        trend_p=TREND,
        not_computable=_why_not(counted, months),
    )
    found = [NO_PATTERN] * area.cells.size
    if about.not_computable is not None:
        return Emerging(found, about)
    z = space_time_gi_star(variable(counted, question.measure), area.neighbours)
    level = levels_by_step(z)
    ever = np.flatnonzero((level > 0).any(axis=1))
    some = patterns(hot=level[ever] > 0, cold=level[ever] < 0, trend=trends(z[ever]))
    for place, pattern in zip(ever.tolist(), some, strict=True):
        found[place] = pattern
    return Emerging(found, about)


def months_of(vintage: Vintage, question: Question) -> tuple[list[date], list[date]]:
    """Return the first day of every month of one unbroken run that is covered whole, and of those covered otherwise.

    Outside coverage is no data, not 0, so no run of steps reaches over a gap (RULES R10, G5): taken is the last run
    that is long enough to tell a pattern, else the last. A source is taken to begin with its first month, and to end
    with its last day.
    """
    chosen = question.selection
    spans = clipped(covered(vintage, chosen), chosen.start, chosen.end)
    runs = [months for span in spans if (months := _whole_months(span))]
    long = [months for months in runs if len(months) >= FEWEST_STEPS]
    taken = (long or runs or [[]])[-1]
    touched = {month for span in spans for month in _months(span)}
    return taken, sorted(touched - set(taken))


def _months(span: Window) -> list[date]:
    return pl.date_range(span.first.replace(day=1), span.last, "1mo", eager=True).to_list()


def _whole_months(span: Window) -> list[date]:
    months = pl.Series(_months(span), dtype=pl.Date)
    return months.filter((months >= span.first) & (months.dt.month_end() <= span.last)).to_list()


def monthly(vintage: Vintage, question: Question, area: AreaCells, months: list[date]) -> tuple[Integers, int, int]:
    """Return what was recorded in each cell and month, (cells, months), in other months, and in no known month."""
    rows = located_incidents(vintage, question.selection)
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


def _why_not(counted: Integers, months: list[date]) -> Notice | None:
    """Return why no pattern can be told, or None (RULES G4, G5)."""
    if len(months) < FEWEST_STEPS:
        return Notice("hotspots.not_computable.few_months", months=len(months), fewest=FEWEST_STEPS)
    if counted.shape[0] < FEWEST:
        return Notice("hotspots.not_computable.few_cells", cells=counted.shape[0], fewest=FEWEST)
    if np.ptp(counted) == 0:
        return Notice("hotspots.not_computable.same_in_every_month")
    return None
