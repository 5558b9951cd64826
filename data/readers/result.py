"""What every reader gives back: accepted rows, quarantine, log; and the sums that must agree."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from data.model.errors import DataError, printable, shown
from data.model.schema import empty
from data.model.sources import Source

ROW = "__row"
ROW_ID: Final = "row "  # and its number stand for an id where a layout has none
ROW_NUMBER: Final = rf"^{ROW_ID}\d+$"  # such an id says nothing about another file (RULES E7)
PLACE: Final = ("sheet", "row")  # what a row of a file is known by
REASON, COLUMN, VALUE = "__reason", "__column", "__value"


@dataclass(frozen=True)
class UnreadValue:
    """A value of a category that is not understood, as published, and how many rows hold it."""

    column: str
    value: str
    rows: int


@dataclass
class ReadResult:
    """One file, read. ``rows_read = accepted + quarantined + duplicates`` always holds."""

    about: Source
    kind: str
    layout: str
    file: str
    rows_read: int
    frame: pl.DataFrame
    quarantine: pl.DataFrame = field(default_factory=lambda: empty("quarantine"))
    log: pl.DataFrame = field(default_factory=lambda: empty("log"))
    attributes: pl.DataFrame = field(default_factory=lambda: empty("quarantine"))  # of accepted rows; they count none
    duplicates: int = 0
    unread_columns: tuple[str, ...] = ()
    unread_values: tuple[UnreadValue, ...] = ()
    notes: tuple[str, ...] = ()
    far_outside: tuple[str, ...] = ()  # what lies so far outside of what is expected that a person should look
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Return the id of the data set."""
        return self.about.id

    @property
    def set_aside(self) -> pl.DataFrame:
        """Return all that is in quarantine: rows, and single attributes of rows that were accepted without them."""
        return pl.concat([self.quarantine, self.attributes])

    @property
    def quarantined(self) -> int:
        """Return how many rows are in quarantine; a row may have several faults but counts once."""
        return self.quarantine.n_unique(PLACE)

    @property
    def accepted(self) -> int:
        """Return how many rows of the file were accepted; a row of a wide table gives several counts."""
        places = self.frame.select(name for name in PLACE if name in self.frame.columns)
        return places.n_unique([name for name in places.columns if places[name].null_count() < places.height] or None)

    def check(self) -> "ReadResult":
        """Return itself; raise DataError if any row of the file is in none or in two of the three ends."""
        ends = self.accepted + self.quarantined + self.duplicates
        if ends != self.rows_read:
            raise DataError(
                f"{self.rows_read} rows were read but {ends} accounted for "
                f"({self.accepted} accepted, {self.quarantined} quarantined, {self.duplicates} duplicates). "
                "This is a fault of the reader; nothing was published.",
                file=self.file,
                code="RECONCILIATION",
            )
        return self


def quarantine_row(
    *, file: str, row: int, column: str | None, value: object, reason: str, raw: object
) -> dict[str, Any]:
    """Return one line of the quarantine table."""
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)
    if value is not None and str(value) != shown(value):
        reason = reason.replace(str(value), shown(value))
    return {
        "source": None,
        "edition": None,
        "file": file,
        "sheet": None,
        "row": row,
        "column": column,
        "value": None if value is None else shown(value),
        "reason": printable(reason),
        "raw": text,
    }


def quarantine_table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return the quarantine table of these lines."""
    return pl.DataFrame(rows, schema=empty("quarantine").schema)


def log_changes(
    frame: pl.DataFrame,
    *,
    file: str,
    column: str,
    found: pl.Expr,
    kept: pl.Expr,
    where: pl.Expr,
    rule: str | pl.Expr,
    named: str | None = None,
) -> pl.DataFrame:
    """Return a log line for each row of ``frame`` (it carries its row number) where ``where`` holds.

    ``named`` is a column of ``frame`` in which the name of the file's column stands, where rows differ in it.
    """
    return frame.filter(where.fill_null(value=False)).select(
        pl.lit(None, pl.String).alias("source"),
        pl.lit(None, pl.String).alias("edition"),
        pl.lit(file).alias("file"),
        pl.lit(None, pl.String).alias("sheet"),
        pl.col(ROW).cast(pl.UInt32).alias("row"),
        (pl.lit(column) if named is None else pl.col(named)).alias("column"),
        found.cast(pl.String).alias("found"),
        kept.cast(pl.String).alias("kept"),
        (pl.lit(rule) if isinstance(rule, str) else rule).alias("rule"),
    )
