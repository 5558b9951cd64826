"""Several small columns as one whole number, and back: Polars groups by one in half the time that it takes for many."""

from dataclasses import dataclass
from typing import Final

import polars as pl

EARLIEST: Final = -719_162  # days since 1970 of the first day that a date can be; the last is 2,932,896


@dataclass(frozen=True)
class Packed:
    """One column of a key: ``bits`` hold its values from ``least`` on, and that there is none."""

    name: str
    dtype: pl.DataType | type[pl.DataType]
    bits: int
    least: int = 0

    @property
    def number(self) -> pl.Expr:
        """The column as a whole number: 0 for none."""
        value = pl.col(self.name)
        whole = value.to_physical() if self.dtype == pl.Date else value
        return (whole.cast(pl.Int64) + (1 - self.least)).fill_null(0)

    def value(self, number: pl.Expr) -> pl.Expr:
        """Return the column again."""
        found = pl.when(number > 0).then(number + (self.least - 1))
        return found.cast(pl.Int32).cast(self.dtype).alias(self.name)


def pack(columns: tuple[Packed, ...]) -> pl.Expr:
    """Return the key of a row."""
    key: pl.Expr = pl.lit(0, pl.Int64)
    for one in columns:
        key = key * (1 << one.bits) + one.number
    return key


def unpack(key: pl.Expr, columns: tuple[Packed, ...]) -> list[pl.Expr]:
    """Return the columns of a key, in their order."""
    found = []
    for one in reversed(columns):
        size = 1 << one.bits
        found.append(one.value(key % size))
        key = key // size
    return found[::-1]
