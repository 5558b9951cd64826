"""What of a source that is not public may be read at all: nothing finer than resolution 4 (RULES 9).

Coarsened where a vintage is read, so that no view, count or file can tell more: each incident lies in one cell of
resolution 4, at its centre, and enters no finer cell; texts that may name the spot are left out.
"""

from collections.abc import Collection
from typing import Final

import polars as pl

from geo.cells import centre, first_within

COARSEST_OF_OTHERS: Final = 4
TEXTS: Final = ("place", "url", "cause_text")


def coarsened(rows: pl.LazyFrame, sources: Collection[str]) -> pl.LazyFrame:
    """Return incidents with those of ``sources`` coarsened; columns, order and the others' values stay.

    Parameters
    ----------
    rows : LazyFrame, one row per incident, with any of the columns of ``schema.INCIDENTS``; ``source`` always
    sources : ids of what is not public

    Returns
    -------
    LazyFrame
        Of these sources cell is the first stored cell within its ancestor of resolution 4, longitude and latitude
        are that ancestor's centre (null where not located), finest_resolution is at most 4, a precision of
        ``exact`` is ``place``, and place, url and cause_text are null.
    """
    if not sources:
        return rows
    columns = rows.collect_schema()
    is_other = pl.col("source").is_in(list(sources))
    latitude, longitude = centre(pl.col("cell"), resolution=COARSEST_OF_OTHERS)
    precision = pl.col("location_precision").cast(pl.String)
    coarse = {
        "cell": first_within(pl.col("cell"), resolution=COARSEST_OF_OTHERS),
        "latitude": latitude,
        "longitude": longitude,
        "finest_resolution": pl.min_horizontal(
            pl.col("finest_resolution"), pl.when(pl.col("finest_resolution").is_not_null()).then(COARSEST_OF_OTHERS)
        ),
        "location_precision": pl.when(precision == "exact").then(pl.lit("place")).otherwise(precision),
        **{name: pl.lit(None) for name in TEXTS},
    }
    return rows.with_columns(
        pl.when(is_other).then(made).otherwise(pl.col(name)).cast(columns[name]).alias(name)
        for name, made in coarse.items() if name in columns
    )  # fmt: skip
