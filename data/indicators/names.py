"""What a reader sees of a figure beside its numbers: the names of its areas, and its status."""

import polars as pl

from data.model.absence import CODES, IN_PART, PUBLISHED
from data.model.area_codes import area_name


def with_status(figures: pl.DataFrame) -> pl.DataFrame:
    """Return figures with status (published, in_part, or a kind of absence) and obs_status (SDMX)."""
    in_part = pl.when(pl.col("flag") == IN_PART).then(pl.lit(IN_PART))  # of a rate: some of its parts have no value
    status = pl.coalesce("absence", in_part, pl.lit(PUBLISHED))
    return figures.with_columns(
        status.alias("status"), status.replace_strict(CODES, return_dtype=pl.String).alias("obs_status")
    )


def with_area_names(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Return rows with the name of the area in each of these columns: ``area_name`` beside ``area``."""
    return rows.with_columns(_names(rows[name]).alias(f"{name}_name") for name in columns)


def _names(ids: pl.Series) -> pl.Series:
    names = {one: area_name(one) for one in ids.drop_nulls().unique()}
    return ids.replace_strict(names, default=None, return_dtype=pl.String)
