"""What all count readers share: rows with a unit, a period and a value; faults and conforming."""

from typing import Any, Final

import polars as pl

from data.readers import parse
from data.readers.result import ROW, ReadResult, log_changes, quarantine_row, quarantine_table
from data.readers.text_table import TextTable
from data.schema import conform

LARGEST: Final = 1_000_000_000
DEMONSTRATION: Final = "demonstration"
MISSING_WORDS: Final = ("", "NA", "N/A", "n/a", "-", "..")


def texts(table: TextTable) -> pl.DataFrame:
    """Return the table's text columns, its row numbers and each row as JSON."""
    rows = pl.DataFrame({ROW: table.rows}, schema={ROW: pl.UInt32})
    raw = table.frame.select(pl.struct(pl.all()).struct.json_encode().alias("__raw"))
    whole: pl.DataFrame = pl.concat([rows, table.frame, raw], how="horizontal")
    return whole


def stated(column: str) -> pl.Expr:
    """Return a column's text, null where the publisher writes that there is none."""
    text = pl.col(column)
    return pl.when(~text.str.strip_chars().is_in(MISSING_WORDS)).then(text)


def count(column: str) -> pl.Expr:
    """Return a count of at least 0; null where none is stated or it is not a count."""
    text = stated(column).str.strip_chars()
    number = (
        pl.when(text.str.contains(parse.THOUSANDS))
        .then(text.str.replace_all(",", ""))
        .otherwise(text.str.replace(r"\.0+$", ""))
        .cast(pl.Int64, strict=False)
    )
    return pl.when(number.is_between(0, LARGEST)).then(number)


def bad_count(column: str) -> tuple[pl.Expr, str, str]:
    """Return the rule that refuses a stated value that is not a count."""
    wrong = stated(column).is_not_null() & count(column).is_null()
    return wrong, column, "expected a whole number, 0 or more. Correct it at its source."


def thousands_log(frame: pl.DataFrame, columns: list[str], *, file: str) -> pl.DataFrame:
    """Return a log line for each count that was written with thousands commas (RULES C2)."""
    return pl.concat(
        log_changes(frame, file=file, column=c, found=pl.col(c), kept=count(c),
                    where=parse.is_thousands(pl.col(c)), rule="C2: thousands comma read")
        for c in columns
    )  # fmt: skip


def faults(frame: pl.DataFrame, rules: list[tuple[pl.Expr, str, str]], *, file: str) -> list[dict[str, Any]]:
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


def result(
    table: TextTable,
    counts: pl.DataFrame,
    lines: list[dict[str, Any]],
    *,
    source: str,
    layout: str,
    file: str,
    log: pl.DataFrame | None = None,
    notes: tuple[str, ...] = (),
) -> ReadResult:
    """Return the reader's answer: ``counts`` without the rows that are in quarantine."""
    bad = sorted({line["row"] for line in lines})
    lines += [
        quarantine_row(file=file, row=row, column=None, value=None, reason=reason, raw=raw)
        for row, reason, raw in table.broken
    ]
    kept = counts.filter(~pl.col(ROW).is_in(bad)).with_columns(pl.col(ROW).alias("row"), pl.lit(file).alias("file"))
    if "flags" not in kept.columns:
        kept = kept.with_columns(pl.lit([], dtype=pl.List(pl.String)).alias("flags"))
    demonstration = DEMONSTRATION in table.columns
    answer = ReadResult(
        source=f"demonstration-{source}" if demonstration else source,
        kind="counts",
        layout=layout,
        file=file,
        rows_read=table.frame.height + len(table.broken),
        frame=conform(kept, "counts"),
        quarantine=quarantine_table(lines),
        notes=notes,
    )
    if log is not None:
        answer.log = log
    return answer
