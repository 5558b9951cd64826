"""People who are somewhere on a day: the latest day of a window that is known. Days are never added up."""

from datetime import date
from typing import Final, NamedTuple

import polars as pl

from data.counting.measures import in_window
from data.model.days import Span
from data.pillars.figures import figures_of
from data.pillars.models import Asked
from data.pillars.windows import span_of, window_of
from data.store.vintage import Vintage

MOST_APART: Final = 31  # days between two stocks that are set beside each other
DAYS: Final = pl.col("date_to")


class Stock(NamedTuple):
    """People in one state of things on one day, by one source."""

    people: float
    day: date
    source: str


def stock_of(vintage: Vintage, asked: Asked, indicator: str, area: str) -> Stock | None:
    """Return the stock of an area on the latest day that is known; without days, of the last year that is covered."""
    known = by_day(vintage, indicator, area)
    covered = span_of(known)
    if covered is None:
        return None
    inside = known.filter(in_window(*window_of(asked, covered)))
    return _stock(inside.sort("date_to", "source").tail(1))


def stock_near(vintage: Vintage, indicator: str, area: str, day: date) -> Stock | None:
    """Return the stock of an area on the day nearest to one; None where none is known within ``MOST_APART`` days."""
    apart = (DAYS - day).dt.total_days().abs()
    near = by_day(vintage, indicator, area).filter(apart <= MOST_APART)
    return _stock(near.sort(apart, "date_to", "source").head(1))


def by_day(vintage: Vintage, indicator: str, area: str) -> pl.DataFrame:
    """Return the stock of an area by day and source: source, date_from, date_to, value.

    The total where the source states one, else the sum of its parts; a day of which a part is not known is left out.
    """
    rows = figures_of(vintage, (pl.col("indicator") == indicator) & (pl.col("area") == area))
    by = ("source", "date_from", "date_to")
    is_whole = pl.col("breakdown").is_null()
    used = rows.filter(is_whole | ~is_whole.any().over(by))
    sums = used.group_by(by).agg(pl.col("value").sum(), absent=pl.col("value").null_count())
    return sums.filter(pl.col("absent") == 0).drop("absent")


def _stock(row: pl.DataFrame) -> Stock | None:
    return None if row.is_empty() else Stock(row["value"][0], row["date_to"][0], row["source"][0])


def present(vintage: Vintage, asked: Asked, units: frozenset[str]) -> list[tuple[str, str, Stock]]:
    """Return the people of each country and unit that are present in all its places, on the latest day in the window.

    A unit is a kind of place, such as reception centres; units are never added up (RULES R1).
    """
    rows = vintage.counts.filter(pl.col("unit").is_in(units)).drop_nulls(["value", "country", "date_to"])
    covered = span_of(rows)
    if covered is None:
        return []
    by = ("country", "unit")
    inside = rows.filter(in_window(*window_of(asked, covered)))
    last = inside.filter(DAYS.max().over(by) == DAYS)
    sums = last.group_by(*by, "date_to", "source").agg(pl.col("value").sum()).sort(*by, "source")
    kept = sums.unique(by, keep="first", maintain_order=True)
    return [
        (one["country"], one["unit"], Stock(one["value"], one["date_to"], one["source"])) for one in kept.to_dicts()
    ]


def day_of(stock: Stock) -> Span:
    """Return the window that a stock is of: its one day."""
    return stock.day, stock.day
