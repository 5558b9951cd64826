"""Counts of people whom another count here counts too: kept and shown by themselves, in no sum with it.

Which data sets count the same people in the same unit, and which of them goes before, is declared (``again`` of a
layout): Italy's ministry, UNHCR and IOM each count who lands there. Within one data set a count of a year may stand
beside those of its months. Of two counts of the same people the one that goes before, or the finer one, is summed where
it covers the other's days; where it covers a part of them and has fewer people, the other is, in every window that
holds it (RULES E6, P5). So nobody is counted twice, and a small file takes nobody out of a sum.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter
from typing import Any, Final

import polars as pl

from data.model.days import ONE_DAY
from data.readers.count_layout import CountLayout, Shared
from data.readers.layouts import COUNT_LAYOUTS

KEYS: Final[Mapping[Shared, tuple[str, ...]]] = {
    "all": ("unit",),
    "country": ("unit", "country"),
    "route": ("unit", "route"),
}
SPAN: Final = ("date_from", "date_to")
SAME: Final = ("source", "unit", "route", "place", "country", "mode", "nationality")
ENOUGH: Final = 0.9  # of a count's days: what goes before covers them
FLAGS: Final = pl.Schema(
    {
        "is_again": pl.Boolean,
        "is_sum": pl.Boolean,
        "within_from": pl.Date,
        "within_to": pl.Date,
        "within_own": pl.Boolean,
    }
)
Row = dict[str, Any]


def counted_once(counts: pl.DataFrame, layouts: Iterable[CountLayout] = COUNT_LAYOUTS) -> pl.DataFrame:
    """Return for each count (schema.COUNTS) what is in no sum with it (schema FLAGS).

    ``is_again``: another data set that goes before counts its people; ``is_sum``: others of its own data set do.
    ``within_from``, ``within_to``: the days of a longer count of its people, which is summed in its place in every
    window that holds these days; ``within_own``: that count is of its own data set.
    """
    marks = _Marks(counts.with_row_index("position"))
    for group in _overlapping_groups(marks.rows):
        _weigh_spans(group, marks)
    every = tuple(layouts)
    gapless = {one.source for one in every if one.gaps_are_zero}
    held = set(counts["source"].unique())
    for source, first, how in _in_order(every, held):
        _weigh_sources(marks, source, first, KEYS[how], is_whole=first in gapless)
    return marks.flags()


def is_summed(start: date | None, end: date | None, *, is_named: bool) -> pl.Expr:
    """Return which counts, with their FLAGS, are summed in a window; ``is_named``: those of one data set alone."""
    first = pl.lit(True) if start is None else pl.col("within_from") >= start  # noqa: FBT003 — an expression
    last = pl.lit(True) if end is None else pl.col("within_to") <= end  # noqa: FBT003 — an expression
    is_held = pl.col("within_from").is_not_null() & first & last
    if is_named:
        return ~pl.col("is_sum") & ~(is_held & pl.col("within_own"))
    return ~pl.col("is_sum") & ~pl.col("is_again") & ~is_held


class _Marks:
    """What is found of each row, by its position."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self.rows = rows
        self.again: set[int] = set()
        self.sums: set[int] = set()
        self.within: dict[int, tuple[date, date, bool]] = {}

    def standing(self, source: str) -> pl.DataFrame:
        """Return the rows of a source that are summed so far."""
        gone = pl.Series(sorted(self.again | self.sums | self.within.keys()), dtype=pl.UInt32).implode()
        return self.rows.filter((pl.col("source") == source) & ~pl.col("position").is_in(gone))

    def put_within(self, positions: Iterable[int], span: tuple[date, date], *, own: bool) -> None:
        """Note the shorter of two longer counts: who is in the longer window is in the shorter one's, too."""
        for position in positions:
            before = self.within.get(position)
            if before is None or before[1] - before[0] > span[1] - span[0]:
                self.within[position] = (*span, own)

    def flags(self) -> pl.DataFrame:
        """Return what was found, one row per count."""
        again, sums = (pl.Series(sorted(found), dtype=pl.UInt32).implode() for found in (self.again, self.sums))
        within = pl.DataFrame(
            [(position, *span) for position, span in self.within.items()], orient="row",
            schema={"position": pl.UInt32, "within_from": pl.Date, "within_to": pl.Date, "within_own": pl.Boolean},
        )  # fmt: skip
        found = self.rows.select(
            "position", is_again=pl.col("position").is_in(again), is_sum=pl.col("position").is_in(sums)
        ).join(within, on="position", how="left", maintain_order="left")
        return found.select(*FLAGS.names()[:-1], pl.col("within_own").fill_null(value=False))


# ── Within one data set ───────────────────────────────────────────────────────────────────────────────────────────────


def _overlapping_groups(rows: pl.DataFrame) -> Iterator[list[Row]]:
    """Return the counts of the same people by one data set of which some days lie within those of another."""
    known = rows.drop_nulls([*SPAN, "value"])
    spans = known.select(*SAME, *SPAN).unique().sort(*SAME, *SPAN)
    meets = pl.col("date_from") <= pl.col("date_to").cum_max().shift(1).over(SAME)
    odd = known.join(spans.filter(meets), on=SAME, how="semi", nulls_equal=True)
    for group in odd.partition_by(SAME, maintain_order=True) if odd.height else ():
        yield group.to_dicts()


def _weigh_spans(group: list[Row], marks: _Marks) -> None:
    """Mark each count that holds others: it, or they, are in no sum with the rest."""
    standing: list[Row] = []
    for row in sorted(group, key=_length):
        inside = [one for one in standing if _holds(row, one) and _length(one) < _length(row)]
        if inside and (_share(row, inside) >= ENOUGH or sum(one["value"] for one in inside) >= row["value"]):
            marks.sums.add(row["position"])
            continue
        marks.put_within((one["position"] for one in inside), (row["date_from"], row["date_to"]), own=True)
        standing = [one for one in standing if one not in inside] + [row]


def _length(row: Row) -> int:
    return int((row["date_to"] - row["date_from"]).days) + 1


def _holds(row: Row, other: Row) -> bool:
    return bool(row["date_from"] <= other["date_from"] and other["date_to"] <= row["date_to"])


def _share(row: Row, others: Sequence[Row]) -> float:
    days, reached = 0, row["date_from"] - ONE_DAY
    for one in sorted(others, key=lambda other: other["date_from"]):
        first, last = max(one["date_from"], reached + ONE_DAY), min(one["date_to"], row["date_to"])
        days += max((last - first).days + 1, 0)
        reached = max(reached, last)
    return days / _length(row)


# ── Between data sets ─────────────────────────────────────────────────────────────────────────────────────────────────


def _in_order(layouts: Sequence[CountLayout], held: set[str]) -> list[tuple[str, str, Shared]]:
    """Return (source, the one that goes before it, how) for all that are here, what goes before all others first."""
    pairs = {(one.source, first, how) for one in layouts for first, how in one.again.items()}
    graph: dict[str, set[str]] = {}
    for source, first, _how in pairs:
        graph.setdefault(source, set()).add(first)
    order = {source: place for place, source in enumerate(TopologicalSorter(graph).static_order())}
    here = [pair for pair in pairs if pair[0] in held and pair[1] in held]
    return sorted(here, key=lambda pair: (order[pair[0]], order[pair[1]], pair))


def _weigh_sources(marks: _Marks, source: str, first: str, key: tuple[str, ...], *, is_whole: bool) -> None:
    """Mark the counts of a source whose days another covers; where it covers some, the one that has more people."""
    rows, before = marks.standing(source).drop_nulls(SPAN), marks.standing(first).drop_nulls([*SPAN, "value"])
    if rows.is_empty() or before.is_empty():
        return
    shared = rows.join(_covered_shares(rows, _runs(before, key, is_whole=is_whole), key), on=[*key, *SPAN])
    marks.again.update(shared.filter(pl.col("share") >= ENOUGH)["position"])
    partly = shared.filter(pl.col("share") < ENOUGH)
    for group in partly.partition_by([*key, *SPAN, "route"], maintain_order=True) if partly.height else ():
        _weigh_part(marks, group, before, key)


def _weigh_part(marks: _Marks, group: pl.DataFrame, before: pl.DataFrame, key: tuple[str, ...]) -> None:
    span = group.row(0, named=True)
    same = [pl.col(name).eq_missing(pl.lit(span[name], group.schema[name])) for name in {*key, "route"}]
    days = (pl.col("date_from") <= span["date_to"]) & (pl.col("date_to") >= span["date_from"])
    parts = before.filter(days, *same)
    if parts.is_empty() or parts["value"].sum() >= (group["value"].sum() or 0):
        marks.again.update(group["position"])
    else:
        marks.put_within(parts["position"], (span["date_from"], span["date_to"]), own=False)


def _covered_shares(rows: pl.DataFrame, runs: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Return how much of the days of each span of a key some runs cover; those of which nothing is are left out."""
    both = rows.select(*key, *SPAN).unique().join(runs, on=list(key), how="inner")
    both = both.filter((pl.col("date_from") <= pl.col("until")) & (pl.col("date_to") >= pl.col("since")))
    first, last = pl.max_horizontal("date_from", "since"), pl.min_horizontal("date_to", "until")
    covered = both.group_by(*key, *SPAN).agg(_days(first, last).sum().alias("days"))
    return covered.select(*key, *SPAN, share=pl.col("days") / _days(pl.col("date_from"), pl.col("date_to")))


def _days(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    return (last - first).dt.total_days() + 1


def _runs(rows: pl.DataFrame, key: tuple[str, ...], *, is_whole: bool) -> pl.DataFrame:
    """Return the stretches of days that rows of one key cover: key, since, until; one where gaps are zeros."""
    spans = rows.select(*key, *SPAN).unique().sort(*key, *SPAN)
    reached = pl.col("date_to").cum_max().shift(1).over(key)
    begins = (pl.col("date_from") > reached.dt.offset_by("1d")).fill_null(value=True)
    number = pl.lit(0) if is_whole else begins.cum_sum().over(key)
    return (
        spans.with_columns(number.alias("run"))
        .group_by(*key, "run")
        .agg(pl.col("date_from").min().alias("since"), pl.col("date_to").max().alias("until"))
        .drop("run")
    )
