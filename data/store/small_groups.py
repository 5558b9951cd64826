"""Counts of few living people are hidden, and with them every number that they could be worked out from (RULES 9).

A group is small where it counts at least one person and fewer than a role may see. Hidden are: each count of a small
group; each count that holds others of the same people and exceeds one of them, or all parts of it together, by so few;
and each count that holds a hidden one. So no number that is shown counts the people of a hidden group with others, and
no two of them differ by a small group. Zero is shown: it is nobody.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

DIMENSIONS: Final = ("route", "place", "country", "mode", "nationality")
SPAN: Final = ("date_from", "date_to")
KEY: Final = ("source", "unit")
PARTS: Final = pl.Schema({"whole": pl.UInt32, "part": pl.UInt32, "which": pl.String})


def without_small_groups(counts: pl.DataFrame, smallest: int) -> pl.DataFrame:
    """Return counts (schema.COUNTS) of sources that are not public without those that tell of a small group.

    Parameters
    ----------
    smallest : living people of the smallest group that is shown
    """
    rows = counts.with_row_index("position")
    small = pl.col("value").is_between(1, smallest - 1)
    pairs = pl.concat([PARTS.to_frame(), *_pairs(rows)])
    hidden = {*rows.filter(small)["position"], *_told_by_difference(rows, pairs, small)}
    above = pairs.select("whole", "part").unique()
    while True:
        wider = hidden | set(above.filter(pl.col("part").is_in(sorted(hidden)))["whole"])
        if wider == hidden:
            break
        hidden = wider
    return rows.filter(~pl.col("position").is_in(sorted(hidden))).drop("position")


def _told_by_difference(rows: pl.DataFrame, pairs: pl.DataFrame, small: pl.Expr) -> set[int]:
    """Return the counts that exceed a part of theirs, or parts that share nobody together, by a small group."""
    values = rows.select("position", "value")
    both = pairs.join(values.rename({"position": "whole"}), on="whole").join(
        values.rename({"position": "part", "value": "of_part"}), on="part"
    )
    alone = both.select("whole", value=pl.col("value") - pl.col("of_part"))
    sums = both.group_by("whole", "which").agg(pl.col("value").first() - pl.col("of_part").sum())
    return {*alone.filter(small)["whole"], *sums.filter(small)["whole"]}


def _pairs(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Return which count holds which others: whole, part, and which parts share nobody (schema PARTS)."""
    days = (pl.col("date_to") - pl.col("date_from")).dt.total_days()
    known = rows.drop_nulls([*SPAN, "value"]).select(
        "position", *KEY, *DIMENSIONS, *SPAN, days=days,
        step=pl.coalesce("step", days.cast(pl.String)),
        lacks=pl.concat_list(pl.col(name).is_null() for name in DIMENSIONS),
    )  # fmt: skip
    for (lacks,), wholes in known.group_by("lacks"):
        stated = [name for name, is_null in zip(DIMENSIONS, list(lacks), strict=True) if not is_null]
        for length in (False, True):
            some = wholes.filter((pl.col("days") > 0) == length)
            yield _held(some, known, stated, is_long=length)


def _held(wholes: pl.DataFrame, every: pl.DataFrame, stated: list[str], *, is_long: bool) -> pl.DataFrame:
    """Return the pairs of wholes that state these dimensions; a whole of one day holds none of other days."""
    key = [*KEY, *stated, *([] if is_long else SPAN)]
    left = wholes.select("position", *key, *(SPAN if is_long else []))
    pairs = left.join(every, on=key, how="inner", nulls_equal=True, suffix="_part").filter(
        pl.col("position") != pl.col("position_part")
    )
    which: list[pl.Expr] = []
    if is_long:
        within = (pl.col("date_from") <= pl.col("date_from_part")) & (pl.col("date_to_part") <= pl.col("date_to"))
        pairs = pairs.filter(within)
        which.append(pl.col("step"))
    which += [pl.col("lacks").list.get(place).cast(pl.String) for place in range(len(DIMENSIONS))]
    return pairs.select(
        whole=pl.col("position"), part=pl.col("position_part"), which=pl.concat_str(which, separator="/")
    )
