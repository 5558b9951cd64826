"""What readers of tables share: texts, what is stated, counts, and the rows that break a rule."""

from collections.abc import Collection, Iterable
from typing import Any, Final

import polars as pl

from data.readers.periods import CELL, HEADING
from data.readers.raw_rows import RAW, written
from data.readers.result import ROW, log_changes, quarantine_row
from data.readers.text_table import TextTable
from data.readers.whole_numbers import MARK_READ, is_marked, proven_marks, reasons, whole, with_readings

LARGEST: Final = 1_000_000_000
MISSING_WORDS: Final = ("", "NA", "N/A", "n/a", "-", "..")
NUMBER: Final = "__count of {}"
Rule = tuple[pl.Expr, str, str]  # which rows break it, the column to name, what was expected


def texts(table: TextTable, known: Collection[str]) -> pl.DataFrame:
    """Return the table's text columns, its row numbers and what is ``known`` of each row as JSON."""
    rows = table.rows.cast(pl.UInt32).alias(ROW).to_frame()
    raw = written(table.frame.select(name for name in table.columns if name in known)).to_frame()
    whole: pl.DataFrame = pl.concat([rows, table.frame, raw], how="horizontal")
    return whole


def stated(column: str) -> pl.Expr:
    """Return a column's text, null where the publisher writes that there is none."""
    text = pl.col(column)
    return pl.when(~text.str.strip_chars().is_in(MISSING_WORDS)).then(text)


def with_counts(frame: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Return the rows with the numbers of these columns, which ``count`` gives.

    A mark is one between thousands where a value of any of them proves it (RULES Q7).
    """
    names = list(columns)
    marks = proven_marks(frame, names) if names else frozenset()
    numbers = {name: whole(stated(name), marks) for name in names}
    return frame.with_columns(
        pl.when(number.is_between(0, LARGEST)).then(number).alias(NUMBER.format(name))
        for name, number in numbers.items()
    )


def count(column: str) -> pl.Expr:
    """Return a count of at least 0 of ``with_counts``; null where none is stated or it is not a count."""
    return pl.col(NUMBER.format(column))


def is_no_count(column: str) -> pl.Expr:
    """Return whether a value is stated that is not a count, or not certainly which (RULES Q7)."""
    return stated(column).is_not_null() & count(column).is_null()


def bad_counts(column: str, *, unless: pl.Expr) -> list[Rule]:
    """Return the rules that refuse a stated value that is no count; ``unless`` tells rows of which another stands."""
    found = reasons(
        stated(column), is_no_count(column) & ~unless, "expected a whole number, 0 or more. Correct it at its source."
    )
    return [(where, column, expected) for where, expected in found]


def thousands_log(frame: pl.DataFrame, columns: list[str], *, file: str) -> pl.DataFrame:
    """Return a log line for each count that was written with marks between its thousands (RULES C2, Q7)."""
    return pl.concat(
        log_changes(frame, file=file, column=c, found=pl.col(c), kept=count(c),
                    where=is_marked(stated(c)) & count(c).is_not_null(), rule=MARK_READ)
        for c in columns
    )  # fmt: skip


def faults(frame: pl.DataFrame, rules: list[Rule], *, file: str) -> list[dict[str, Any]]:
    """Return a quarantine line for each row and rule that it breaks; a cell below a period is named by its heading."""
    lines: list[dict[str, Any]] = []
    for where, column, expected in rules:
        named = pl.col(HEADING) if column in (CELL, HEADING) else pl.lit(column)
        hits = frame.filter(where.fill_null(value=True))
        found = hits.select(ROW, named.alias("named"), pl.col(column).alias("value"), RAW).unique(maintain_order=True)
        lines += [
            quarantine_row(
                file=file, row=row, column=name, value=value, raw=raw,
                reason=f"found {'nothing' if value is None else value}, {with_readings(expected, value)}",
            )
            for row, name, value, raw in found.iter_rows()
        ]  # fmt: skip
    return lines
