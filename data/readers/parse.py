"""Text columns into values: numbers, dates, coordinates. Each expression is null where text is not a value."""

from datetime import date

import polars as pl

from data.model.days import EARLIEST, latest_day
from data.readers.dates import MONTHS, WEEKDAY_FORM, read_days
from data.readers.whole_numbers import whole

MONTH_FORMS = {  # how a month may be written: an example, its pattern, its code
    "2024-06": (r"^\d{4}-\d{2}$", "%Y-%m"),
    "06/2024": (r"^\d{2}/\d{4}$", "%m/%Y"),
    "June 2024": (r"^[A-Z][a-z]+ \d{4}$", "%B %Y"),
    "Jun 2024": (r"^[A-Z][a-z]{2} \d{4}$", "%b %Y"),
    "Jun-2024": (r"^[A-Z][a-z]{2}-\d{4}$", "%b-%Y"),
    "JUN2024": (r"^[A-Z]{3}\d{4}$", "%b%Y"),
    "202406": (r"^(19|20)\d{4}$", "%Y%m"),
    "2024M06": (r"^\d{4}M\d{2}$", "%YM%m"),
}
LONG_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
              "november", "december")  # fmt: skip
MONTH_NUMBERS = {name: n for names in (MONTHS, LONG_NAMES) for n, name in enumerate(names, start=1)} | {"sept": 9}
DAY_FORMS = {
    "2024-06-30": (r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d"),
    "30/06/2024": (r"^\d{1,2}/\d{1,2}/\d{4}$", "%d/%m/%Y"),
    "06/30/2024": (r"^\d{1,2}/\d{1,2}/\d{4}$", "%m/%d/%Y"),
    "30.06.2024": (r"^\d{1,2}\.\d{1,2}\.\d{4}$", "%d.%m.%Y"),
}
DAY_BOUNDS = f"expected a day from {EARLIEST} to a year from today. Correct it at its source."
LARGEST = 10_000_000  # people in one record; more is a mistake in the file


def is_out_of_bounds(days: pl.Expr, *, since: date = EARLIEST) -> pl.Expr:
    """Return whether a day lies before 1990, or a declared day, or more than a year after today (RULES Q8)."""
    return ~days.is_between(since, latest_day())


def whole_number(text: pl.Expr, marks: frozenset[str] | None = None) -> pl.Expr:
    """Return whole numbers of people, as ``whole`` reads them; null where there is none, or too many."""
    number = whole(text, marks)
    return pl.when(number.abs() <= LARGEST).then(number)


def day(text: pl.Expr, *, year: pl.Expr | None = None, month: pl.Expr | None = None) -> pl.Expr:
    """Return the days of a column in the forms that people use (RULES Q2, Q8); null where it is not certain which.

    ``2025-09-08``, with or without a time; ``2016-03-19T23:00:00.000Z`` (an instant: the day in central Europe, where
    the publisher works); ``Mon, 10/27/2014 - 12:00`` (month first); and all that ``dates`` reads where ``year`` and
    ``month`` of the same row (numbers), or the column's other texts, confirm its form.
    """
    plain = text.str.strip_chars()
    iso = plain.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    instant = (
        plain.str.replace(r"(\.\d+)?Z$", "")
        .str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False)
        .dt.replace_time_zone("UTC")
        .dt.convert_time_zone("Europe/Rome")
        .dt.date()
    )
    american = plain.str.extract(r"(\d{1,2}/\d{1,2}/\d{4})").str.to_date("%m/%d/%Y", strict=False)
    is_instant = plain.str.contains(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$")
    is_iso = plain.str.contains(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?(\.\d+)?)?$")
    is_american = plain.str.contains(WEEKDAY_FORM.pattern)
    others = pl.when(~(is_instant | is_iso | is_american)).then(plain)
    return (
        pl.when(is_instant)
        .then(instant)
        .when(is_iso)
        .then(iso)
        .when(is_american)
        .then(american)
        .otherwise(_other_days(others, year, month))
    )


def _other_days(text: pl.Expr, year: pl.Expr | None, month: pl.Expr | None) -> pl.Expr:
    nothing = pl.lit(None, pl.Int32)
    beside = pl.struct(
        text.alias("text"),
        (nothing if year is None else year.cast(pl.Int32)).alias("year"),
        (nothing if month is None else month.cast(pl.Int32)).alias("month"),
    )
    return beside.map_batches(
        lambda rows: read_days(*(rows.struct.field(name) for name in ("text", "year", "month"))), return_dtype=pl.Date
    )


def month_number(text: pl.Expr) -> pl.Expr:
    """Return 1 to 12 from a month's English name, short or long, or its number."""
    name = text.str.strip_chars().str.to_lowercase().str.strip_suffix(".")
    named = name.replace_strict(MONTH_NUMBERS, default=None, return_dtype=pl.Int8)
    return named.fill_null(text.str.strip_chars().cast(pl.Int8, strict=False))


def year_number(text: pl.Expr) -> pl.Expr:
    """Return a year of four digits, else null."""
    plain = text.str.strip_chars().str.replace(r"\.0+$", "")
    return pl.when(plain.str.contains(r"^(19|20)\d{2}$")).then(plain.cast(pl.Int32, strict=False))


def month_days(text: pl.Expr, form: str = "2024-06") -> tuple[pl.Expr, pl.Expr]:
    """Return the first and last day of a month that is written as ``form``, a key of MONTH_FORMS."""
    pattern, code = MONTH_FORMS[form]
    first = pl.when(text.str.contains(pattern)).then(
        pl.concat_str(text, pl.lit("-01")).str.to_date(f"{code}-%d", strict=False)
    )
    return first, first.dt.month_end()


def day_in_form(text: pl.Expr, form: str) -> pl.Expr:
    """Return the day that is written as ``form``, a key of DAY_FORMS: which is day and which is month is no guess."""
    pattern, code = DAY_FORMS[form]
    plain = text.str.strip_chars()
    return pl.when(plain.str.contains(pattern)).then(plain.str.to_date(code, strict=False))
