"""Figures of few living people are hidden, and with them every figure that they could be worked out from (RULES 9).

A figure is small where it counts at least one living person and fewer than a role may see. A table of indicators holds
parts, totals, months and years beside one another, and indicators that add up to one, so that a hidden cell could be
worked out from the others. So all figures of people of a source are hidden whose periods touch a year in which one of
them is small: no figure that is left holds a hidden person, and no two of them differ by one. Zero alone hides nothing.
"""

import polars as pl

from data.model.indicators import INDICATORS


def without_small_figures(figures: pl.DataFrame, smallest: int) -> pl.DataFrame:
    """Return figures (schema.INDICATORS) of sources that are not public, without those that tell of a small group.

    Parameters
    ----------
    smallest : living people of the smallest group that is shown
    """
    people = [one.id for one in INDICATORS.values() if one.is_of_people]
    years = pl.int_ranges(pl.col("date_from").dt.year(), pl.col("date_to").dt.year() + 1)
    rows = figures.with_row_index("position").with_columns(years.alias("years"))
    of_people = pl.col("indicator").is_in(people)
    by_year = rows.filter(of_people).explode("years", empty_as_null=True)
    small = pl.col("value").is_between(0, smallest, closed="none") | (pl.col("absence") == "below_threshold")
    hidden = by_year.filter(small.fill_null(value=False)).select("source", "years").unique()
    gone = by_year.join(hidden, on=["source", "years"], how="semi")["position"].unique()
    return rows.filter(~pl.col("position").is_in(gone.implode())).drop("position", "years")
