"""Rows as they stand in the file, written out for those alone that a person has to see."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from data.readers.result import ROW
from data.readers.text_table import TextTable

RAW: Final = "__raw"


WHOLE: Final = "__whole"


@dataclass(frozen=True)
class RawRows:
    """All rows of a table of text; none of them is written out before it is asked for.

    Of a row that is kept aside the ``known`` columns alone are stored (RULES 9); the others tell equal rows apart.
    """

    table: TextTable
    known: frozenset[str]

    def texts(self) -> pl.Series:
        """Return every whole row as JSON, to tell it from another; it is never stored."""
        return written(self.table.frame)

    def beside(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Return ``lines``, which name rows by ROW, with RAW: what is known of the row, as JSON; and WHOLE, a hash."""
        asked = self.table.rows.is_in(lines[ROW].implode())
        rows = self.table.frame.filter(asked)
        found = pl.DataFrame({
            ROW: self.table.rows.filter(asked),
            RAW: written(rows.select(name for name in rows.columns if name in self.known)),
            WHOLE: written(rows).hash(),
        })  # fmt: skip
        return lines.join(found, on=ROW, how="left", maintain_order="left")


def written(frame: pl.DataFrame) -> pl.Series:
    """Return each row of a table as JSON."""
    if not frame.width:
        return pl.repeat("{}", frame.height, eager=True).alias(RAW)
    return frame.select(pl.struct(pl.all()).struct.json_encode().alias(RAW))[RAW]
