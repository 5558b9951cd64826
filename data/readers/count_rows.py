"""What readers of tables share: texts, what is stated, counts, and the rows that break a rule."""

from typing import Any, Final

import polars as pl

from data.readers.result import ROW, log_changes, quarantine_row
from data.readers.text_table import TextTable
from data.readers.whole_numbers import MARK_READ, is_marked, reasons, whole

LARGEST: Final = 1_000_000_000
MISSING_WORDS: Final = ("", "NA", "N/A", "n/a", "-", "..")
Rule = tuple[pl.Expr, str, str]  # which rows break it, the column to name, what was expected


def texts(table: TextTable) -> pl.DataFrame:
    """Return the table's text columns, its row numbers and each row as JSON."""
    rows = table.rows.cast(pl.UInt32).alias(ROW).to_frame()
    raw = table.frame.select(pl.struct(pl.all()).struct.json_encode().alias("__raw"))
    whole: pl.DataFrame = pl.concat([rows, table.frame, raw], how="horizontal")
    return whole


def stated(column: str) -> pl.Expr:
    """Return a column's text, null where the publisher writes that there is none."""
    text = pl.col(column)
    return pl.when(~text.str.strip_chars().is_in(MISSING_WORDS)).then(text)


def count(column: str) -> pl.Expr:
    """Return a count of at least 0; null where none is stated or it is not a count."""
    number = whole(stated(column))
    return pl.when(number.is_between(0, LARGEST)).then(number)


def bad_counts(column: str) -> list[Rule]:
    """Return the rules that refuse a stated value that is not a count, or not certainly which (RULES Q7)."""
    text = stated(column)
    wrong = text.is_not_null() & count(column).is_null()
    found = reasons(text, wrong, "expected a whole number, 0 or more. Correct it at its source.")
    return [(where, column, expected) for where, expected in found]


def thousands_log(frame: pl.DataFrame, columns: list[str], *, file: str) -> pl.DataFrame:
    """Return a log line for each count that was written with marks between its thousands (RULES C2, Q7)."""
    return pl.concat(
        log_changes(frame, file=file, column=c, found=pl.col(c), kept=count(c),
                    where=is_marked(stated(c)) & count(c).is_not_null(), rule=MARK_READ)
        for c in columns
    )  # fmt: skip


def faults(frame: pl.DataFrame, rules: list[Rule], *, file: str) -> list[dict[str, Any]]:
    """Return a quarantine line for each row and rule that it breaks."""
    lines: list[dict[str, Any]] = []
    for where, column, expected in rules:
        hits = frame.filter(where.fill_null(value=True)).select(ROW, pl.col(column).alias("v"), "__raw")
        lines += [
            quarantine_row(
                file=file, row=row, column=column, value=value, raw=raw,
                reason=f"found {'nothing' if value is None else value}, {expected}",
            )
            for row, value, raw in hits.iter_rows()
        ]  # fmt: skip
    return lines
