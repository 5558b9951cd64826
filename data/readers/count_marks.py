"""Each row of a table of counts with its days, and whether it sums up others or its blank means that nobody was."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from data.model.vocabulary import normal
from data.readers.count_layout import CountLayout, Whole
from data.readers.count_rows import count, stated, with_counts
from data.readers.periods import CELL, FIRST, HEADING, LAST, days_of
from data.readers.result import ROW

TOTAL, NONE = "__total", "__none"  # the column that marks a row as a sum of others; a blank that is 0
NAMES: Final = ("route", "place", "country", "nationality")
TOTAL_NAME: Final = re.compile(r"^(grand |sub ?)?totals?$|^(all|totale|sum|overall)$|\btotals?$")
TOTAL_WORDS: Final = r"^(grand |sub ?)?totals?\b|^all\b|^sum\b|^totale\b|^whole\b|^overall\b"


def mark_rows(rows: pl.DataFrame, layout: CountLayout) -> pl.DataFrame:
    """Return the rows with their days, which column marks them as sums of others, and whether a blank is 0.

    Where headings are periods, each row is there once for each of them.
    """
    frame = one_row_per_period(rows, layout.columns_of_periods(rows.columns))
    sums = {layout.running_sum, layout.row_sum}
    frame = with_counts(frame, [name for name in frame.columns if name in {*layout.count_columns(), *sums}])
    first, last = days_of(layout.period)
    return frame.with_columns(
        first.alias(FIRST), last.alias(LAST), _total(frame, layout).alias(TOTAL), _is_none(layout, first).alias(NONE)
    )


def one_row_per_period(rows: pl.DataFrame, periods: Sequence[str]) -> pl.DataFrame:
    """Return each row once for each period that is a heading; the rows as they are where none is."""
    if not periods:
        return rows
    index = [name for name in rows.columns if name not in periods]
    return rows.unpivot(periods, index=index, variable_name=HEADING, value_name=CELL).sort(ROW, maintain_order=True)


def _total(frame: pl.DataFrame, layout: CountLayout) -> pl.Expr:
    """Return the column that marks each row as a sum of others; null for the others."""
    marks = [(name, pl.col(name).str.strip_chars().is_in(words)) for name, words in layout.totals.items()]
    marks += [(name, pl.col(name).is_in(_total_words(frame, name, known))) for name, known in layout.known.items()
              if name in frame.columns]  # fmt: skip
    marks += [(name, pl.col(name).str.strip_chars().is_in(words)) for name, words in _totals_among_names(frame, layout)]
    if layout.whole is not None:
        marks.append((layout.whole.column, _sums_up_others(layout.whole)))
    return pl.coalesce(
        *(pl.when(where.fill_null(value=False)).then(pl.lit(name)) for name, where in marks), pl.lit(None, pl.String)
    )


def _totals_among_names(frame: pl.DataFrame, layout: CountLayout) -> Iterator[tuple[str, list[str]]]:
    """Return the words for a total in each column of routes, places or countries, but for those that are declared."""
    told = {*layout.totals, *layout.known, layout.whole.column if layout.whole else ""}
    for name, given in layout.froms():
        if name in NAMES and given.column in frame.columns and given.column not in told:
            found = frame[given.column].drop_nulls().str.strip_chars().unique()
            words = [word for word in found if TOTAL_NAME.search(normal(word))]
            yield given.column, [word for word in words if word not in given.words and word not in given.none]


def _total_words(frame: pl.DataFrame, column: str, known: tuple[str, ...]) -> list[str]:
    """Return the words of a column that read as a total and are not declared to be something else."""
    found = frame[column].drop_nulls().unique()
    plain = pl.Series([normal(word) for word in found], dtype=pl.String)
    return [word for word in found.filter(plain.str.contains(TOTAL_WORDS)) if word.strip() not in known]


def _sums_up_others(whole: Whole) -> pl.Expr:
    is_whole = pl.col(whole.column).str.strip_chars().is_in(whole.words).fill_null(value=False)
    return is_whole & (~is_whole).any().over(whole.of)


def _is_none(layout: CountLayout, first: pl.Expr) -> pl.Expr:
    if layout.running_sum is None:
        return pl.lit(value=False)
    running = count(layout.running_sum)
    before = pl.when(first.dt.ordinal_day() == 1).then(0).otherwise(running.shift(1))
    is_none = stated(layout.figures[0].column).is_null() & (running == before)
    return is_none.fill_null(value=False)
