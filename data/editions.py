"""Editions of one data set: where two speak of the same days, the newer one is counted, the older is not.

A publisher's next edition repeats and corrects the last one, so adding both would count people twice
(RULES E1). The rows of the older edition within the newer one's coverage are declared duplicates; they stay
readable in their own vintage. Two different databases are never compared, and never added (E6); nor do counts of
one unit ever replace those of another (R1), as where a reader's own files state arrivals and interceptions apart.
"""

from datetime import date

import polars as pl


def superseded(table: pl.DataFrame) -> pl.Series:
    """Return for each row of incidents or counts whether a newer edition of its source covers its days."""
    covered = pl.lit(value=False)
    for owner, editions in _coverage(table).items():
        same = pl.all_horizontal(pl.col(name) == value for name, value in zip(_owner(table), owner, strict=True))
        for index, (edition, first, last) in enumerate(editions):
            for _, newer_first, newer_last in editions[:index]:
                within = pl.col("date_from").is_between(newer_first, newer_last)
                if newer_first <= first and last <= newer_last:
                    within = within.fill_null(value=True)  # undated rows go with the whole edition
                mine = same & (pl.col("edition") == edition)
                covered = covered | (mine & within.fill_null(value=False))
    return table.with_columns(covered.alias("superseded"))["superseded"]


def _owner(table: pl.DataFrame) -> list[str]:
    """Return the columns whose values two editions share: the source, and of counts the unit."""
    return [name for name in ("source", "unit") if name in table.columns]


def _coverage(table: pl.DataFrame) -> dict[tuple[str, ...], list[tuple[str, date, date]]]:
    """Return the editions of each source and unit with first and last day, newest first; only where there are two.

    Newest: the one whose days reach furthest; of two that reach equally far, the one ingested later.
    """
    spans = (
        table.with_row_index("position")
        .drop_nulls("date_from")
        .group_by(*_owner(table), "edition", maintain_order=True)
        .agg(pl.col("date_from").min().dt.month_start().alias("first"), pl.col("date_to").max().alias("last"),
             pl.col("position").max())
        .sort("last", "position", descending=True)
    )  # fmt: skip
    found: dict[tuple[str, ...], list[tuple[str, date, date]]] = {}
    for *owner, edition, first, last, _position in spans.iter_rows():
        found.setdefault(tuple(owner), []).append((edition, first, last))
    return {owner: editions for owner, editions in found.items() if len(editions) > 1}
