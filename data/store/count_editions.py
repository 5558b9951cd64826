"""Counts of two files of one data set: which of them the other states again (RULES E7).

One group is a unit at a place or on a route in a period. Publishers list only the nationalities that they saw, so a
newer file's group replaces the older one's, whatever nationalities it lists.
"""

from typing import Final

import polars as pl

GROUP: Final = ("unit", "route", "place", "country", "date_from", "date_to")
TO_DATE: Final = (pl.col("step") == "year") & (pl.col("date_from").dt.ordinal_day() == 1)  # since 1 January
FEWEST_PARTED: Final = 10  # rows of shared groups in each of two files
MOST_PARTED: Final = 0.25  # of these rows stand in both: measured, at most 22% in random halves, above 90% in editions


def restated_groups(older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Return the older counts of groups that the newer file has; none where the two are parts of one edition.

    Sea and land borders are two groups; a count of both is stated again by one of either.
    """
    old, new = with_group(older), with_group(newer)
    if _are_parts(old, new):
        return older.clear()
    groups = new.select(*GROUP, "mode").unique()
    is_both = pl.col("mode").is_null()
    again = pl.concat(
        [
            old.join(groups, on=[*GROUP, "mode"], how="semi", nulls_equal=True),
            old.filter(is_both).join(groups.select(GROUP).unique(), on=GROUP, how="semi", nulls_equal=True),
            old.join(groups.filter(is_both), on=GROUP, how="semi", nulls_equal=True),
        ]
    )
    return older.filter(pl.col("position").is_in(again["position"].unique().implode()))


def with_group(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows whose place is written as places are compared: without case and surplus blanks."""
    return rows.with_columns(pl.col("place").str.strip_chars().str.replace_all(r"\s+", " ").str.to_lowercase())


def _are_parts(old: pl.DataFrame, new: pl.DataFrame) -> bool:
    """Return whether two files share groups and few rows of them, as downloads by nationality or at random do.

    A later state of an edition states most rows again. A few keys are of several rows: names that no table knows.
    """
    here = [rows.join(others, on=GROUP, how="semi", nulls_equal=True) for rows, others in ((old, new), (new, old))]
    fewer = min(rows.height for rows in here)
    again = here[0].join(here[1], on=[*GROUP, "mode", "nationality"], how="semi", nulls_equal=True)
    return fewer >= FEWEST_PARTED and again.height <= MOST_PARTED * fewer


def shorter_counts_to_date(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Return the counts from 1 January on that those of another file, of the same place and year, reach beyond."""
    place = [name for name in GROUP if name != "date_to"]
    reach = with_group(others).filter(TO_DATE).group_by(place).agg(pl.col("date_to").max().alias("reach"))
    both = with_group(rows).filter(TO_DATE).join(reach, on=place, how="inner", nulls_equal=True)
    shorter = both.filter(pl.col("date_to") < pl.col("reach"))["position"]
    return rows.filter(pl.col("position").is_in(shorter.implode()))
