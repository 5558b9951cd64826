"""What a reader sees of a figure beside its numbers: the names of its areas, and its status."""

import polars as pl

from data.model.absence import CODES, IN_PART, PUBLISHED
from data.model.area_codes import area_name


def with_names(figures: pl.DataFrame) -> pl.DataFrame:
    """Return figures with area_name, partner_name, status (published, or a kind of absence) and obs_status (SDMX)."""
    in_part = pl.when(pl.col("flag") == IN_PART).then(pl.lit(IN_PART))  # of a rate: some of its parts have no value
    status = pl.coalesce("absence", in_part, pl.lit(PUBLISHED))
    return figures.with_columns(
        *(_names(figures[name]).alias(f"{name}_name") for name in ("area", "partner")),
        status.alias("status"),
        status.replace_strict(CODES, return_dtype=pl.String).alias("obs_status"),
    )


def _names(ids: pl.Series) -> pl.Series:
    names = {one: area_name(one) for one in ids.drop_nulls().unique()}
    return ids.replace_strict(names, default=None, return_dtype=pl.String)
