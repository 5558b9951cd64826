"""Records of one event in two files: parts of it that two downloads hold, or an older and a later state of it (E7)."""

from typing import Final

import polars as pl

from data.readers.result import ROW_NUMBER

CONTENT: Final = ("event_id", "date_from", "date_to", "dead", "missing", "dead_or_missing", "place", "cause_text")
FEWEST_PARTED: Final = 3  # events without a record in common, where records have no ids: one may be a correction
MOST_PARTED: Final = 0.25  # of the smaller file's events: measured, at most 5% stand in two parts of one edition


def of_shrunk_events(again: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Return the records that the newer file lacks of events that it states with fewer people: they are withdrawn."""
    now = newer.group_by("event_id").agg(pl.col("dead_or_missing").sum().alias("now"))
    has_id = ~pl.col("record_id").str.contains(ROW_NUMBER)
    lacking = again.filter(has_id & ~pl.col("record_id").is_in(newer["record_id"].unique().implode()))
    sums = again.group_by("event_id").agg(pl.col("dead_or_missing").sum().alias("before"))
    both = lacking.join(sums, on="event_id").join(now, on="event_id")
    return lacking.filter(pl.col("position").is_in(both.filter(pl.col("now") < pl.col("before"))["position"].implode()))


def left_out(stated: pl.DataFrame, older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Return the records that the newer file lacks of events of which it only repeats others, as they were.

    That is no later state of the event: a download of one region or route holds the event's records of that one. A
    record with an id that the older file lacks is one that it has not: no change of others.
    """
    mine = pl.when(~pl.col("record_id").str.contains(ROW_NUMBER)).then(pl.col("record_id")).alias("mine")
    then, now = (rows.with_columns(mine).select("mine", *CONTENT) for rows in (older, newer))
    is_new = pl.col("mine").is_not_null() & ~pl.col("mine").is_in(then["mine"].drop_nulls().unique().implode())
    changed = now.filter(~is_new).join(then, on=now.columns, how="anti", nulls_equal=True)["event_id"].unique()
    same = stated.with_columns(mine).join(now.unique(), on=now.columns, how="semi", nulls_equal=True)
    left = stated.join(same, on="position", how="anti").filter(has_event_id())
    return left.filter(~pl.col("event_id").is_in(changed.implode()))


def has_event_id() -> pl.Expr:
    """Return whether the publisher gave the event an id; a row number is none."""
    return ~pl.col("event_id").str.contains(ROW_NUMBER)


def parted_events(older: pl.DataFrame, newer: pl.DataFrame) -> list[str]:
    """Return the events of which the two files hold different records, and neither a record for the whole event.

    Only files of one state part their events: where a record that both hold differs, the newer one is a later state.
    Where records have no ids, one that is not in both may be a correction: then the event has several records in one
    file. Where not one record is in both, parts share few events; a file that restates many of them is a later state.
    """
    files = (older.with_columns(file=pl.lit(0)), newer.with_columns(file=pl.lit(1)))
    rows = pl.concat(one.select(*CONTENT, "record_id", "file") for one in files)
    rows = rows.filter(has_event_id() & (pl.col("file").n_unique().over("event_id") > 1))
    numbered = set(rows.group_by("file").agg(pl.col("record_id").str.contains(ROW_NUMBER).any())["record_id"])
    if len(numbered) != 1:
        return []  # nothing is in both, or one layout has ids and the other none
    if numbered == {True}:
        fewer = min(one.filter(has_event_id())["event_id"].n_unique() for one in (older, newer))
        return _parted_without_ids(rows, fewer)
    states = rows.unique([*CONTENT, "record_id"]).group_by("record_id").len()
    if states["len"].max() != 1:
        return []
    in_both = (pl.col("file").n_unique().over("record_id") > 1).any().over("event_id")
    is_whole = (pl.col("record_id") == pl.col("event_id")) | pl.col("record_id").str.contains(",", literal=True)
    return rows.filter(~in_both & ~is_whole.any().over("event_id"))["event_id"].unique().to_list()


def _parted_without_ids(rows: pl.DataFrame, fewer: int) -> list[str]:
    """Return which of the events that both files state are parted; ``fewer``: how many the smaller file has in all."""
    in_both = (pl.col("file").n_unique().over(CONTENT) > 1).any().over("event_id")
    has_several = (pl.len().over("event_id", "file") > 1).any().over("event_id")
    disjoint = rows.filter(~in_both)
    number = rows["event_id"].n_unique()
    if disjoint.height == rows.height and number > MOST_PARTED * fewer:
        return []  # a later state, in which every text was written anew
    if disjoint.height < rows.height or number < FEWEST_PARTED:
        disjoint = disjoint.filter(has_several)
    return disjoint["event_id"].unique().to_list()
