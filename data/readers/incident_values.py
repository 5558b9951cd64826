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

UNSEEN: Final = (
    r"[\x00-\x1f\x7f-\x9f" "\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{NO-BREAK SPACE}]"
)  # in ids


def texts_of(table: TextTable, fields: Mapping[str, str]) -> pl.DataFrame:
    """Return a column of text for each of FIELDS, null where no column holds it; and the row's number."""
    number = table.rows.cast(pl.UInt32).alias(ROW)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, table.frame.height)
    texts = {name: _stated(table.frame[fields[name]]) if name in fields else nothing for name in FIELDS}
    for name in ("main_id", "incident_id"):
        if texts[name].str.contains(UNSEEN).any():
            texts[name] = texts[name].str.replace_all(UNSEEN, "")
    return pl.DataFrame({ROW: number, **texts})


def _stated(texts: pl.Series) -> pl.Series:
    """Return a column's texts, null where none is stated: the column itself where each is, as that needs no memory."""
    found = texts.alias("text").to_frame().select(stated("text")).to_series()
    return texts if found.null_count() == texts.null_count() else found


def valued(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with a parsed column ``…_value`` beside each text that is a number, date or place."""
    names = ("dead", "missing", "total", "survivors", "female", "male", "children")
    texts = pl.concat([frame[name].unique() for name in names]).alias("text").to_frame()
    marks = proven_marks(texts, ["text"])
    people = [each_once(frame.select(name), parse.whole_number(pl.col(name), marks).alias(f"{name}_value"))
              for name in names]  # fmt: skip
    year, month = parse.year_number(pl.col("year")), parse.month_number(pl.col("month"))
    days = each_once(
        frame.select("date", "year", "month"),
        parse.day(pl.col("date"), year=year, month=month).alias("date_value"),
        year.alias("year_value"),
        month.alias("month_value"),
    )
    places = _places(frame.select("coordinates", "latitude", "longitude"))
    return pl.concat([frame, *people, days, places], how="horizontal")


def each_once(texts: pl.DataFrame, *read: pl.Expr) -> pl.DataFrame:
    """Return what each row's texts mean, asked once for rows of equal texts."""
    kinds = texts.unique(maintain_order=True)
    table = kinds.with_columns(*read)
    if kinds.height == texts.height:
        return table.drop(texts.columns)
    joined = texts.join(table, on=texts.columns, how="left", nulls_equal=True, maintain_order="left")
    return joined.drop(texts.columns)


def _places(texts: pl.DataFrame) -> pl.DataFrame:
    """Return latitude_value and longitude_value: of two columns where both are stated, else of the one for both."""
    axes = [degrees.degrees(pl.col(axis), axis).alias(axis) for axis in ("latitude", "longitude")]
    both = degrees.coordinates(pl.col("coordinates"))
    found = texts.select(*axes, *(value.alias(f"{number}") for number, value in enumerate(both)))
    is_parted = pl.all_horizontal(pl.col("latitude", "longitude").is_not_null())
    return found.select(
        pl.when(is_parted).then(pl.col(axis)).otherwise(pl.col(str(number))).alias(f"{axis}_value")
        for number, axis in enumerate(("latitude", "longitude"))
    )
