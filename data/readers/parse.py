"""Text columns into values: numbers, dates, coordinates. Each expression is null where text is not a value."""

import polars as pl

THOUSANDS = r"^-?\d{1,3}(,\d{3})+$"
WHOLE = r"^-?\d+(\.0+)?$"
NUMBER = r"^[+-]?\d+(\.\d+)?$"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LARGEST = 10_000_000  # people in one record; more is a mistake in the file


def whole_number(text: pl.Expr) -> pl.Expr:
    """Return whole numbers; "1,022" is 1022 (RULES C2), "3.0" is 3, anything else null."""
    plain = text.str.strip_chars()
    joined = pl.when(plain.str.contains(THOUSANDS)).then(plain.str.replace_all(",", "")).otherwise(plain)
    number = joined.str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    return pl.when(joined.str.contains(WHOLE) & (number.abs() <= LARGEST)).then(number)


def is_thousands(text: pl.Expr) -> pl.Expr:
    """Return whether the text is a number with thousands commas."""
    return text.str.strip_chars().str.contains(THOUSANDS)


def day(text: pl.Expr) -> pl.Expr:
    """Return dates from the forms that publishers use (RULES Q2); each form is told by its own pattern.

    ``2025-09-08``, with or without a time; ``January 05, 2020``; ``Mon, 10/27/2014 - 12:00`` (month first);
    ``2016-03-19T23:00:00.000Z`` (an instant: the day in central Europe, where the publisher works).
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
    words = plain.str.to_date("%B %d, %Y", strict=False)
    american = plain.str.extract(r"(\d{1,2}/\d{1,2}/\d{4})").str.to_date("%m/%d/%Y", strict=False)
    return (
        pl.when(plain.str.contains(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"))
        .then(instant)
        .when(plain.str.contains(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?(\.\d+)?)?$"))
        .then(iso)
        .when(plain.str.contains(r"^[A-Z][a-z]+ \d{1,2}, \d{4}$"))
        .then(words)
        .when(plain.str.contains(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2}/\d{1,2}/\d{4}( - \d{1,2}:\d{2})?$"))
        .then(american)
    )


def month_number(text: pl.Expr) -> pl.Expr:
    """Return 1 to 12 from a month's English name, short or long, or its number."""
    short = text.str.strip_chars().str.to_lowercase().str.slice(0, 3)
    named = short.replace_strict(dict(zip(MONTHS, range(1, 13), strict=True)), default=None, return_dtype=pl.Int8)
    return named.fill_null(text.str.strip_chars().cast(pl.Int8, strict=False))


def year_number(text: pl.Expr) -> pl.Expr:
    """Return a year of four digits, else null."""
    plain = text.str.strip_chars().str.replace(r"\.0+$", "")
    return pl.when(plain.str.contains(r"^(19|20)\d{2}$")).then(plain.cast(pl.Int32, strict=False))


def month_days(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the first and last day of a ``YYYY-MM`` month."""
    first = pl.when(text.str.contains(r"^\d{4}-\d{2}$")).then(
        pl.concat_str(text, pl.lit("-01")).str.to_date("%Y-%m-%d", strict=False)
    )
    return first, first.dt.month_end()


def coordinates(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return (latitude, longitude) from ``36.1, 14.2`` or, the other way round, ``POINT (14.2 36.1)``."""
    pair = r"^\s*([+-]?\d+(?:\.\d+)?)\s*,\s*([+-]?\d+(?:\.\d+)?)\s*$"
    point = r"^\s*POINT\s*\(\s*([+-]?\d+(?:\.\d+)?)\s+([+-]?\d+(?:\.\d+)?)\s*\)\s*$"
    latitude = text.str.extract(pair, 1).fill_null(text.str.extract(point, 2))
    longitude = text.str.extract(pair, 2).fill_null(text.str.extract(point, 1))
    return latitude.cast(pl.Float64, strict=False), longitude.cast(pl.Float64, strict=False)


def degrees(text: pl.Expr) -> pl.Expr:
    """Return a plain decimal number of degrees; NaN, infinity and exponents are null."""
    plain = text.str.strip_chars()
    return pl.when(plain.str.contains(NUMBER)).then(plain.cast(pl.Float64, strict=False))
