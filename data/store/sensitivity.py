"""How sensitive each data set is: as a person says, else as it was held, else as it is declared (RULES 9)."""

from collections.abc import Mapping

import polars as pl

from data.model.sources import PUBLIC


def with_sensitivity(sources: pl.DataFrame, *, said: Mapping[str, str], held: pl.DataFrame | None) -> pl.DataFrame:
    """Return sources (schema.SOURCES) of which all editions of one data set are of one sensitivity.

    Parameters
    ----------
    sources : one row per edition; a new one has what is declared of its data set
    said : what a person now says, by data set
    held : the sources of the vintage before; None: there is none
    """
    known = {} if held is None else strictest(held)
    stated = {**strictest(sources), **known, **said}
    return sources.with_columns(pl.col("source").replace_strict(stated, return_dtype=pl.String).alias("sensitivity"))


def strictest(sources: pl.DataFrame) -> dict[str, str]:
    """Return by data set whether it is public: only where every edition of it is; else the first other word."""
    found: dict[str, str] = {}
    for source, sensitivity in sources.select("source", "sensitivity").iter_rows():
        if found.get(source, PUBLIC) == PUBLIC:
            found[source] = sensitivity
    return found
