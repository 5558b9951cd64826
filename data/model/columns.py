"""What a column of a table is, and the columns that many tables share."""

from dataclasses import dataclass
from typing import Final

import polars as pl


@dataclass(frozen=True)
class Column:
    """One column: name, Polars type, unit (blank for text) and meaning."""

    name: str
    dtype: pl.DataType | type[pl.DataType]
    unit: str
    meaning: str


def columns(*rows: tuple[str, pl.DataType | type[pl.DataType], str, str]) -> tuple[Column, ...]:
    """Return the columns that rows of name, type, unit and meaning state."""
    return tuple(Column(*row) for row in rows)


SHEET: Final = ("sheet", pl.String, "", "Sheet or layer of the file; null where it has none.")
EDITION: Final = ("edition", pl.String, "", "Edition of the file (see sources).")
