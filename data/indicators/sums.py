"""Sums of figures that may be added: never a total with its parts, never two units, never what is not known as 0."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from data.model.units import one_unit

ENTRY: Final = r"(?:^|;){}=([^;]*)"


def word_of(dimension: str) -> pl.Expr:
    """Return a figure's word in one dimension of its breakdown; null where it is not split by it."""
    return pl.col("breakdown").str.extract(ENTRY.format(dimension))


def parts_only(rows: pl.DataFrame, whole: Sequence[str] = ()) -> pl.DataFrame:
    """Return the figures that are totals of the dimensions in ``whole`` and of no other: what may be added up.

    Of an area that is an aggregate, of all nationalities together, of both sexes there is a total beside its parts;
    whoever adds figures says of which dimensions the total is taken, and of all others the parts.
    """
    stated = pl.col("totals").str.split(";").list.sort().list.join(";").fill_null("")
    return rows.filter(stated == ";".join(sorted(whole)))


def summed(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the sum of the figures of each group: ``by``, value (null: none of them has one), figures, absent.

    Raises
    ------
    UnitError
        The figures are of two units (RULES R1).
    """
    if rows.height:
        one_unit(rows["unit"].unique())
    has_value = pl.col("value").count() > 0
    return rows.group_by(*by, maintain_order=True).agg(
        pl.when(has_value).then(pl.col("value").sum()).alias("value"),
        pl.len().alias("figures"),
        pl.col("absence").count().alias("absent"),
    )
