"""Indicators of two files of one data set: which of their figures the other states again (RULES E7).

One group is an indicator of an area, or a route, in a period, split by the same dimensions. Publishers list only the
nationalities that they saw, so a newer file's group replaces the older one's, whatever nationalities it lists.
"""

from typing import Final

import polars as pl

from data.store.count_editions import FEWEST_PARTED, MOST_PARTED

SPLIT: Final = "split"  # the dimensions by which a figure is split or summed, without their words
GROUP: Final = ("indicator", "area", "route", SPLIT, "date_from", "date_to")
KEY: Final = (*GROUP, "partner", "breakdown", "totals", "unit")


def with_group(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the dimensions by which each is split: ``level;procedure`` of ``level=FI;procedure=G``."""
    return rows.with_columns(pl.col("breakdown").str.replace_all(r"=[^;]*", "").alias(SPLIT))


def restated_figures(older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Return the older figures of groups that the newer file has; none where the two are parts of one edition."""
    old, new = with_group(older), with_group(newer)
    again = old.join(new.select(GROUP).unique(), on=GROUP, how="semi", nulls_equal=True)
    there = new.join(old.select(GROUP).unique(), on=GROUP, how="semi", nulls_equal=True)
    fewer = min(again.height, there.height)
    shared = again.join(there, on=KEY, how="semi", nulls_equal=True).height
    is_parted = fewer >= FEWEST_PARTED and shared <= MOST_PARTED * fewer
    return older.clear() if is_parted else older.filter(pl.col("position").is_in(again["position"].implode()))
