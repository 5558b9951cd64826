"""The fields of an incident, whoever publishes it: their texts in one frame, and what each text means."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from data.readers import degrees, parse
from data.readers.count_rows import stated
from data.readers.incident_fields import FIELDS
from data.readers.result import ROW
from data.readers.text_table import TextTable
from data.readers.whole_numbers import proven_marks

UNSEEN: Final = "[\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{NO-BREAK SPACE}]"  # in ids


def texts_of(table: TextTable, fields: Mapping[str, str]) -> pl.DataFrame:
    """Return a column of text for each of FIELDS, null where no column holds it; and the row's number."""
    texts = table.frame.select(
        (stated(fields[name]) if name in fields else pl.lit(None, pl.String)).alias(name) for name in FIELDS
    )
    texts = texts.with_columns(pl.col("main_id", "incident_id").str.replace_all(UNSEEN, ""))
    return texts.insert_column(0, table.rows.cast(pl.UInt32).alias(ROW))


def valued(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with a parsed column ``…_value`` beside each text that is a number, date or place."""
    names = ("dead", "missing", "total", "survivors", "female", "male", "children")
    marks = proven_marks(frame, names)
    people = [parse.whole_number(pl.col(name), marks).alias(f"{name}_value") for name in names]
    joined = degrees.coordinates(pl.col("coordinates"))
    axes = [degrees.degrees(pl.col(axis), axis) for axis in ("latitude", "longitude")]
    is_parted = pl.all_horizontal(axis.is_not_null() for axis in axes)
    year, month = parse.year_number(pl.col("year")), parse.month_number(pl.col("month"))
    return frame.with_columns(
        *people,
        parse.day(pl.col("date"), year=year, month=month).alias("date_value"),
        year.alias("year_value"),
        month.alias("month_value"),
        pl.when(is_parted).then(axes[0]).otherwise(joined[0]).alias("latitude_value"),
        pl.when(is_parted).then(axes[1]).otherwise(joined[1]).alias("longitude_value"),
    )
