"""What a figure is of: the key that no two rows of a file share, and the parts of a whole in one text."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from data.readers.indicators.layout import WordFrom
from data.readers.result import ROW

KEY: Final = ("indicator", "area", "partner", "route", "breakdown", "totals", "unit", "date_from", "date_to")
MARKS: Final = r"[;=]"  # part the words of a breakdown


def joined_parts(dimensions: Mapping[str, WordFrom], own: Mapping[str, str]) -> pl.Expr:
    """Return the parts of each row as ``level=FI;sex=F``, in the order of the dimensions' names; null for the whole."""
    given = {name: _part(name, word) for name, word in dimensions.items()}
    given |= {name: pl.lit(f"{name}={word}") for name, word in own.items()}
    if not given:
        return pl.lit(None, pl.String)
    every = pl.concat_list(given[name] for name in sorted(given)).list.drop_nulls().list.join(";")
    return pl.when(every != "").then(every)


def _part(name: str, word: WordFrom) -> pl.Expr:
    text = pl.col(word.column).str.strip_chars()
    plain = words_of(word).str.replace_all(MARKS, ",")
    is_part = ~text.is_in(word.totals)
    if word.only:
        is_part &= pl.col(word.only[0]).str.strip_chars() == word.only[1]
    return pl.when(is_part).then(pl.lit(f"{name}=") + plain)


def words_of(word: WordFrom) -> pl.Expr:
    """Return our words for a column's, as published where none is declared."""
    text = pl.col(word.column).str.strip_chars()
    if not word.words:
        return text
    other = text if word.is_open else pl.lit(None, pl.String)
    return text.replace_strict(dict(word.words), default=other, return_dtype=pl.String)


def without_repeats(figures: pl.DataFrame) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """Return the figures once each; how many rows of the file only repeat others; and the figures that clash.

    A row whose every figure stands above it with the same value is a duplicate. Rows that state two values of one thing
    are all at fault: nothing tells which is right.
    """
    first, last = pl.col(ROW).first().over(KEY), pl.col(ROW).last().over(KEY)
    marked = figures.with_columns(
        first.alias("above"),
        pl.when(pl.col(ROW) == first).then(last).otherwise(first).alias("other"),
        (pl.col("value").eq_missing(pl.col("value").first().over(KEY)).all().over(KEY)).alias("is_same"),
    )
    wrong = marked.filter(~pl.col("is_same"))
    sound = marked.filter(~pl.col(ROW).is_in(wrong[ROW].unique().implode()))
    sound = sound.with_columns(pl.col(ROW).first().over(KEY).alias("above"))
    left = sound.filter(pl.col(ROW) == pl.col("above"))
    again = sound[ROW].n_unique() - left[ROW].n_unique()
    return left.drop("above", "other", "is_same"), again, wrong.unique(ROW, keep="first", maintain_order=True)
