"""What the lists share: the countries that a column names, and days in ISO's form."""

from typing import Final

import polars as pl

from data.model.area_codes import area_of
from data.readers.count_rows import Rule

NO_COUNTRY: Final = "expected a country that data/files/countries.csv or area_codes.csv knows. Add its name there."
ISO_DAY: Final = r"^(\d{4}-\d{2}-\d{2})(?: 00:00:00)?$"


def area_rule(frame: pl.DataFrame, column: str) -> Rule:
    """Return the rule that refuses a text that names no country."""
    known = [text for text, area in _areas(frame[column]).items() if area]
    return ~pl.col(column).str.strip_chars().fill_null("").is_in(known), column, NO_COUNTRY


def _areas(cells: pl.Series) -> dict[str, str | None]:
    found = cells.drop_nulls().str.strip_chars().unique().to_list()
    return {text: area.id if (area := area_of(text, "name")) else None for text in found}


def place_in(frame: pl.DataFrame, column: str) -> pl.Expr:
    """Return the ids of the countries that a column names."""
    return pl.col(column).str.strip_chars().replace_strict(_areas(frame[column]), default=None, return_dtype=pl.String)


def iso_day(column: str) -> pl.Expr:
    """Return the day that a column states in ISO's form; null where it states none."""
    return pl.col(column).str.strip_chars().str.extract(ISO_DAY).str.to_date("%Y-%m-%d", strict=False)
