"""Parts of a total that count few living people are held back, with others, so that the total does not tell them.

Who sees the total and the other parts knows what the held-back parts add up to, that each small one is from 1 to the
threshold less 1, and that each further one is at least the threshold and no larger than the smallest part shown. So
further parts are held back, the smallest first, until each small one could be more than one number (RULES 9).

Which parts are held back is settled among all parts of a total in one year, whatever route or window is asked for:
else one answer would show what another holds back (``parts_by_year``).
"""

from collections.abc import Sequence
from typing import Final

import polars as pl
from msgspec.structs import replace

from data.model.absence import BELOW_THRESHOLD, PUBLISHED, UNKNOWN, WITHHELD
from data.model.roles import LIMITS, Role
from data.pillars.models import ViewRow

SMALLEST: Final = LIMITS[Role.PUBLIC].smallest_group


def without_small(rows: Sequence[ViewRow], smallest: int = SMALLEST) -> tuple[list[ViewRow], int]:
    """Return rows that are parts of one total, without the figures that are held back, and how many these are.

    A row counts its numerator where it has one, as a share of the total; else its value.
    """
    known = {at: people for at, row in enumerate(rows) if (people := people_in(row)) is not None}
    small, more = held_back(known, smallest)
    hidden = dict.fromkeys(small, BELOW_THRESHOLD) | dict.fromkeys(more, WITHHELD)
    found = [
        replace(row, value=None, numerator=None, status=hidden[at]) if at in hidden else row
        for at, row in enumerate(rows)
    ]
    return found, len(hidden)


def people_in(row: ViewRow) -> float | None:
    """Return how many people a row counts: its numerator where it is a quotient, else its value."""
    return row.value if row.denominator is None else row.numerator


def parts_by_year(
    rows: pl.DataFrame, part: str, *, within: str | None = None, smallest: int = SMALLEST
) -> pl.DataFrame:
    """Return people by part and year, the latest and the largest first, each with its status; small ones are held back.

    Parameters
    ----------
    rows : DataFrame (schema.INDICATORS)
        Every figure of one indicator that is added up: all parts of the same yearly totals.
    part : str
        The column that names the part.
    within : str, optional
        The column that names the total that they are parts of; None: each year has one.

    Returns
    -------
    DataFrame, one row per part and year
        whole (null without ``within``), part, first, last (days of the year), value (people; null: held back, or not
        known), status (RULES R11).
    """
    whole = pl.col(within) if within else pl.lit(None, pl.String)
    year = pl.col("date_to").dt.year()
    sums = rows.drop_nulls(part).group_by(whole.alias("whole"), pl.col(part).alias("part"), year.alias("year")).agg(
        pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).alias("value")
    )  # fmt: skip
    ordered = sums.sort("year", "value", "part", "whole", descending=[True, True, False, False], nulls_last=True)
    ordered = ordered.with_row_index("at")
    hidden: dict[int, str] = {}
    for at, values in (
        ordered.drop_nulls("value").group_by("year", "whole").agg("at", "value").select("at", "value").iter_rows()
    ):
        small, more = held_back(dict(zip(at, values, strict=True)), smallest)
        hidden |= dict.fromkeys(small, BELOW_THRESHOLD) | dict.fromkeys(more, WITHHELD)
    kind = pl.col("at").replace_strict(hidden, default=None, return_dtype=pl.String)
    known = pl.when(pl.col("value").is_null()).then(pl.lit(UNKNOWN)).otherwise(pl.lit(PUBLISHED))
    return ordered.select(
        "whole", "part", pl.date("year", 1, 1).alias("first"), pl.date("year", 12, 31).alias("last"),
        pl.when(kind.is_null()).then("value").alias("value"), pl.coalesce(kind, known).alias("status"),
    )  # fmt: skip


def of_parts(every: pl.DataFrame, parts: Sequence[str]) -> pl.DataFrame:
    """Return the rows of ``parts_by_year`` of some parts; a year in which one has no figure is unknown, never 0."""
    wanted = every.select("first", "last").unique(maintain_order=True).join(pl.DataFrame({"part": parts}), how="cross")
    found = wanted.join(every, on=["part", "first", "last"], how="left", maintain_order="left")
    return found.with_columns(pl.col("status").fill_null(UNKNOWN)).select(every.columns)


def held_back(values: dict[int, float], smallest: int) -> tuple[list[int], list[int]]:
    """Return the keys of the small values, and of those that are held back with them."""
    small = [one for one, value in values.items() if 0 < value < smallest]
    others = sorted((one for one, value in values.items() if value >= smallest), key=lambda one: (values[one], one))
    more: list[int] = []
    while small and others and not _is_hidden(small, more, others, values, smallest):
        more.append(others.pop(0))
    return small, more


def _is_hidden(
    small: Sequence[int], more: Sequence[int], others: Sequence[int], values: dict[int, float], smallest: int
) -> bool:
    """Return whether a small value could be more than one number, whatever the total tells."""
    if not more:
        return False
    whole = sum(values[one] for one in (*small, *more))
    largest = values[others[0]] if others else whole
    beside = len(small) - 1
    least = max(1, whole - beside * (smallest - 1) - len(more) * largest)
    most = min(smallest - 1, whole - beside - len(more) * smallest)
    return least < most
