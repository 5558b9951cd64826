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
    named = text.replace_strict(dict(word.words), default=None, return_dtype=pl.String) if word.words else text
    plain = named.str.replace_all(MARKS, ",")
    return pl.when(~text.is_in(word.totals)).then(pl.lit(f"{name}=") + plain)


def without_repeats(figures: pl.DataFrame) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """Return the figures once each; how many rows of the file only repeat others; and the figures that clash.

    A row whose every figure stands above it with the same value is a duplicate; a row of which a figure stands there
    with another value is at fault.
    """
    first = pl.col(ROW).first().over(KEY).alias("above")
    same = pl.col("value").eq_missing(pl.col("value").first().over(KEY)).alias("is_same")
    marked = figures.with_columns(first, same)
    later = marked.filter(pl.col(ROW) != pl.col("above"))
    wrong = later.filter(~pl.col("is_same"))
    at_fault = wrong[ROW].unique().implode()
    repeats = later.filter(~pl.col(ROW).is_in(at_fault))
    left = marked.filter((pl.col(ROW) == pl.col("above")) & ~pl.col(ROW).is_in(at_fault))
    again = set(repeats[ROW].unique()) - set(left[ROW].unique())
    return left.drop("above", "is_same"), len(again), wrong.unique(ROW, keep="first", maintain_order=True)
