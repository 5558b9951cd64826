"""Rows as they stand in the file, written out for those alone that a person has to see."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from data.readers.result import ROW
from data.readers.text_table import TextTable

RAW: Final = "__raw"


@dataclass(frozen=True)
class RawRows:
    """All rows of a table of text; none of them is written out before it is asked for."""

    table: TextTable

    def texts(self) -> pl.Series:
        """Return every row as JSON."""
        return _written(self.table.frame)

    def beside(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Return ``lines``, which name rows by ROW, with RAW: the row as JSON."""
        asked = self.table.rows.is_in(lines[ROW].implode())
        rows = pl.DataFrame({ROW: self.table.rows.filter(asked), RAW: _written(self.table.frame.filter(asked))})
        return lines.join(rows, on=ROW, how="left", maintain_order="left")


def _written(frame: pl.DataFrame) -> pl.Series:
    return frame.select(pl.struct(pl.all()).struct.json_encode().alias(RAW))[RAW]
