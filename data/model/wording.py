"""Numbers, days and counts of people in words, for every answer and every page."""

from datetime import date
from decimal import Decimal

from data.model.notices import Notice, day, month, number

__all__ = ["count_in_words", "day", "exact", "measured", "month", "number", "period", "period_notice", "two_digits"]


def count_in_words(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{number(count)} {one if count == 1 else many}"


def period(first: date, step: str) -> str:
    """Return the name of one step: ``March 2017``, ``Quarter 1 of 2017``, ``2017``."""
    return str(period_notice(first, step))


def period_notice(first: date, step: str) -> Notice:
    """Return the name of one step, to be written later."""
    return Notice(f"unit.period.{step}", month=first, quarter=(first.month + 2) // 3, year=first.year)


def measured(value: int | None, measure: str) -> Notice:
    """Return ``at least 2,853 people dead or missing``, ``12 incidents``, ``no number of people missing reported``."""
    return Notice(f"measure.{measure}.{'no_number' if value is None else 'measured'}", count=value)


def exact(value: float) -> int | Decimal:
    """Return a median or a mean as a message writes it: without decimals where it has none."""
    return int(value) if value == int(value) else Decimal(str(value))


def two_digits(value: float) -> str:
    """Return a number with two digits that count and no exponent: ``0.012``, ``1.2``, ``120``, ``12,000``."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 10 else f"{Decimal(repr(rounded)):f}"
