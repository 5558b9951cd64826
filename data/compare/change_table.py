"""The change of a measure between two windows, a row for each route, cell or month; classes for a ramp around zero."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

import polars as pl

from data.compare.models import ClassWords
from data.counting.measures import amount, is_dated, is_placed, shown_cell
from data.counting.period_days import first_days
from data.counting.windows import Window, alike
from data.model.errors import ContradictionError
from data.model.notices import Notice, say
from data.query.selection import Selection
from geo.cells import cell_text

SIDES: Final = ("first", "second")
BY: Final = ("route", "cell", "month")
# The lowest size of each of three classes on either side of zero; fixed, so that no window rescales them, and the same
# for routes, cells and months, as map and list show them in the same colours side by side (X8, P6).
FLOORS: Final = (1, 10, 100)


def with_key(rows: pl.DataFrame, selection: Selection, *, by: str, window: Window) -> pl.DataFrame:
    """Return incidents with ``key``: route, cell as text, or the month's number from the window's first; null: none.

    A cell is of the selection's resolution, coarser where a place is known no better (RULES X9).
    """
    if by == "route":
        return rows.with_columns(pl.col("route").alias("key"))
    if by == "cell":
        at = pl.when(is_placed()).then(shown_cell(selection.resolution))
        cells = rows.select(at.alias("cell"))["cell"]
        names = {cell: cell_text(cell) for cell in cells.drop_nulls().unique().to_list()}
        return rows.with_columns(cells.replace_strict(names, default=None, return_dtype=pl.String).alias("key"))
    begins, start = pl.col("date_from").dt, window.first
    months = (begins.year() - start.year) * 12 + begins.month() - start.month
    return rows.with_columns(pl.when(is_dated("month")).then(months).cast(pl.Int64).alias("key"))


def change_table(sides: Sequence[pl.DataFrame], *, measure: str, is_alike: bool) -> pl.DataFrame:
    """Return the measure of every key of two tables (``with_key``).

    Returns
    -------
    DataFrame, one row per key of either side
        key, first, second (0: no record there; null: its records state no number), change (null where a side is),
        is_alike (as given: whether the two may be compared, by ``change_class``).
    """
    counted = [
        rows.filter(pl.col("key").is_not_null())
        .group_by("key")
        .agg(amount(measure).alias(name), pl.lit(value=True).alias(f"has_{name}"))
        for rows, name in zip(sides, SIDES, strict=True)
    ]
    joined = counted[0].join(counted[1], on="key", how="full", coalesce=True)
    value = {name: pl.when(pl.col(f"has_{name}")).then(pl.col(name)).otherwise(0) for name in SIDES}
    return _with_change(joined.select("key", **value, is_alike=pl.lit(value=is_alike)))


def by_month(table: pl.DataFrame, windows: Sequence[Window], spans: Sequence[Window]) -> pl.DataFrame:
    """Return one row per pair of months, the first with the first; null where no day of a month is covered.

    ``is_alike`` says whether the two are as long and covered whole: each pair by itself, whatever the other months are.

    Raises
    ------
    ContradictionError
        The windows have different numbers of months.
    """
    steps = [first_days(window.first, window.last, "month") for window in windows]
    if len(steps[0]) != len(steps[1]):
        words = say("compare.refused.months", first=len(steps[0]), second=len(steps[1]))
        raise ContradictionError(words, parameter="by")
    columns: dict[str, Any] = {"key": list(range(len(steps[0])))}
    for name, months, window in zip(SIDES, steps, windows, strict=True):
        columns[f"month_{name}"] = months
        columns[f"is_seen_{name}"] = [_within(month, window).touches(spans) for month in months]
    cut = [[_within(month, window) for month in months] for months, window in zip(steps, windows, strict=True)]
    columns["is_alike"] = [alike(*pair) and all(one.within(spans) for one in pair) for pair in zip(*cut, strict=True)]
    pairs = pl.DataFrame(columns, schema_overrides={"key": pl.Int64})
    recorded = table.select(*("key", *SIDES), is_recorded=pl.lit(value=True))
    whole = pairs.join(recorded, on="key", how="left", maintain_order="left")
    value = {
        name: pl.when(pl.col(f"is_seen_{name}")).then(pl.when("is_recorded").then(pl.col(name)).otherwise(0))
        for name in SIDES
    }
    return _with_change(whole.with_columns(**value)).select(
        "key", "month_first", "month_second", *SIDES, "change", "is_alike"
    )


def _within(month: date, window: Window) -> Window:
    last = pl.Series([month]).dt.month_end()[0]
    return Window(max(month, window.first), min(last, window.last))


def _with_change(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns((pl.col("second") - pl.col("first")).alias("change"))


def change_class(floors: tuple[int, ...]) -> pl.Expr:
    """Return the class of ``change``: how many floors its size passes, negative where it fell; 0 for no change.

    Null where there is no change, or where ``is_alike`` is false: what may not be compared has no colour (RULES P6).
    """
    passed = pl.sum_horizontal([(pl.col("change").abs() >= floor).cast(pl.Int64) for floor in floors])
    known = pl.when(pl.col("change").is_not_null() & pl.col("is_alike"))
    return known.then(passed * pl.col("change").sign()).cast(pl.Int64).alias("class")


def change_classes(floors: tuple[int, ...]) -> list[ClassWords]:
    """Return every class from −3 to 3 with its words, for the legend of a diverging ramp (RULES P6)."""
    ends = [*(high - 1 for _, high in pairwise(floors)), None]
    steps = list(enumerate(zip(floors, ends, strict=True), start=1))
    up, down = (
        [
            ClassWords(place=sign * place, words=Notice("compare.class.changed", is_more=sign > 0, low=low, high=high))
            for place, (low, high) in steps
        ]
        for sign in (1, -1)
    )
    return [*reversed(down), ClassWords(place=0, words=Notice("compare.class.same")), *up]
