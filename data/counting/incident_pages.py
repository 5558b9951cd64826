"""Some of the incidents of a selection, in the order in which they leave: only the rows of the page are ever held.

The order is by day. How many incidents each day has tells on which days a page lies, and these days alone are read and
sorted: a page at the end costs what the first one does.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.counting.measures import select_incidents
from data.query.selection import Selection
from data.store.vintage import Vintage

ORDER: Final = ("date_from", "record_id", "edition", "sheet", "row")  # the oldest first; what is not dated comes last
MOST_SORTED: Final = 100_000  # whole rows at once: of more, the keys are sorted first


@dataclass(frozen=True)
class PageOfIncidents:
    """Some rows of the incidents (schema.INCIDENTS) in order, and how many there are in all."""

    rows: pl.DataFrame
    whole: int


def in_order(incidents: pl.LazyFrame) -> pl.LazyFrame:
    """Return incidents (schema.INCIDENTS) in the order in which they leave."""
    return incidents.sort(ORDER, nulls_last=True)


def incidents_page(vintage: Vintage, selection: Selection, *, offset: int, limit: int) -> PageOfIncidents:
    """Return ``limit`` incidents of a selection after the first ``offset`` ones."""
    chosen = select_incidents(vintage, selection)
    days = chosen.group_by("date_from").len().collect(engine="streaming").sort("date_from", nulls_last=True)
    ends = days.select(
        pl.col("date_from"), pl.col("len").cast(pl.Int64), pl.col("len").cast(pl.Int64).cum_sum().alias("end")
    )
    whole = int(ends["len"].sum())
    touched = ends.filter((pl.col("end") > offset) & (pl.col("end") - pl.col("len") < offset + limit))
    if touched.is_empty():
        return PageOfIncidents(chosen.limit(0).collect(), whole)
    before = int(touched["end"][0] - touched["len"][0])
    here = chosen.filter(_on_days(touched["date_from"].to_list()))
    held = int(touched["len"].sum())
    return PageOfIncidents(_slice(here, offset - before, limit, held=held), whole)


def _on_days(days: list[date | None]) -> pl.Expr:
    """Return whether a record is on one of these successive days; None, the last, is not dated."""
    dated = [day for day in days if day is not None]
    found = pl.col("date_from").is_between(dated[0], dated[-1]) if dated else pl.lit(value=False)
    return found | pl.col("date_from").is_null() if None in days else found


def _slice(rows: pl.LazyFrame, start: int, limit: int, *, held: int) -> pl.DataFrame:
    if held <= MOST_SORTED:
        return in_order(rows).slice(start, limit).collect(engine="streaming")
    keys = in_order(rows.select(ORDER)).slice(start, limit).collect(engine="streaming")
    return in_order(rows.join(keys.lazy(), on=ORDER, how="semi", nulls_equal=True)).collect(engine="streaming")
