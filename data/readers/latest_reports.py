"""Periods that several reports state: the newest report of each counts, what older ones said otherwise is logged."""

from dataclasses import dataclass

import polars as pl

from data.model.schema import empty
from data.readers import parse
from data.readers.count_layout import CountLayout
from data.readers.count_rows import count
from data.readers.periods import FIRST, LAST
from data.readers.result import ROW, log_changes

REPORT, NEWEST, THEN = "__report", "__newest", "__then"
OTHERWISE = "an older report of this day; the newest counts"


@dataclass(frozen=True)
class Latest:
    """The rows of the newest report of each period, how many of older ones there were, and where they disagreed."""

    rows: pl.DataFrame
    older: int
    log: pl.DataFrame


def keep_latest(rows: pl.DataFrame, layout: CountLayout, *, file: str) -> Latest:
    """Return the rows of each period's newest report; a period is told by its first day.

    So the newest report of a year's running count counts, whichever nationalities it lists. A row that its own report
    repeats in all its cells is an older one too.
    """
    if layout.latest is None:
        return Latest(rows, 0, empty("log"))
    dated = rows.with_columns(parse.day(pl.col(layout.latest)).alias(REPORT))
    dated = dated.with_columns(pl.col(REPORT).max().over(FIRST).alias(NEWEST))
    cells = [name for name in rows.columns if name != ROW]
    newest = dated.filter(pl.col(REPORT) == pl.col(NEWEST)).unique(cells, keep="first", maintain_order=True)
    kept = newest.drop(REPORT, NEWEST)
    older = dated.filter(pl.col(REPORT) < pl.col(NEWEST))
    return Latest(kept, rows.height - kept.height, _disagreements(older, kept, layout, file=file))


def _disagreements(older: pl.DataFrame, kept: pl.DataFrame, layout: CountLayout, *, file: str) -> pl.DataFrame:
    """Return a log line for each older row of the same days and place whose count is another one."""
    places = [one.column for _, one in layout.froms()]
    column = layout.figures[0].column
    now = kept.select(FIRST, LAST, *places, count(column).alias(THEN))
    both = older.join(now, on=[FIRST, LAST, *places], how="inner", nulls_equal=True, maintain_order="left")
    return log_changes(
        both, file=file, column=column, found=pl.col(column), kept=pl.col(THEN),
        where=count(column).ne_missing(pl.col(THEN)), rule=OTHERWISE,
    )  # fmt: skip
