"""Values of indicators as publishers write them: a number, or a text that says why there is none."""

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from data.readers.indicators.layout import IndicatorLayout
from data.readers.whole_numbers import proven_marks, whole

NUMBER: Final = "__number of {}"
ABSENCE: Final = "__absence of {}"
DECIMAL: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
LARGEST: Final = 1e15


def with_numbers(frame: pl.DataFrame, layout: IndicatorLayout) -> pl.DataFrame:
    """Return the rows with the number and the kind of absence of each column of values.

    A mark is one between thousands where a value of any column proves it (RULES Q7). A flag that says that a value is
    withheld, or not applicable, has the last word: what stands there then is no value.
    """
    columns = [name for name in layout.value_columns() if name in frame.columns]
    marks = proven_marks(frame, columns)
    numbers = [_number(pl.col(name), marks).alias(NUMBER.format(name)) for name in columns]
    absences = [_absence(pl.col(name), layout.absent, layout.blank).alias(ABSENCE.format(name)) for name in columns]
    found = frame.with_columns(*numbers, *absences)
    if layout.flag is None or layout.flag not in frame.columns or not layout.flags:
        return found
    flagged = pl.col(layout.flag).str.strip_chars().replace_strict(
        dict(layout.flags), default=None, return_dtype=pl.String
    )  # fmt: skip
    return found.with_columns(
        *(pl.when(flagged.is_null()).then(pl.col(NUMBER.format(name))).alias(NUMBER.format(name)) for name in columns),
        *(pl.coalesce(flagged, ABSENCE.format(name)).alias(ABSENCE.format(name)) for name in columns),
    )


def _number(text: pl.Expr, marks: frozenset[str]) -> pl.Expr:
    plain = text.str.strip_chars()
    decimal = pl.when(plain.str.contains(DECIMAL)).then(plain.cast(pl.Float64, strict=False))
    grouped = whole(plain, marks).cast(pl.Float64)
    number = pl.coalesce(grouped, pl.when(~_is_unclear(plain)).then(decimal))
    return pl.when(number.abs() <= LARGEST).then(number)


def _is_unclear(plain: pl.Expr) -> pl.Expr:
    """Return whether one mark stands before three digits, in a column that has no other decimals (RULES Q7)."""
    one = plain.str.contains(r"^-?[1-9]\d{0,2}\.\d{3}$")
    others = plain.str.contains(r"^-?\d+\.(\d{1,2}|\d{4,})$").any()
    return one & ~others


def _absence(text: pl.Expr, words: Mapping[str, str], blank: str) -> pl.Expr:
    plain = text.str.strip_chars().fill_null("")
    known = {**words, "": blank}
    return plain.replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)


def number_of(column: str) -> pl.Expr:
    """Return the number of ``with_numbers``; null where there is none."""
    return pl.col(NUMBER.format(column))


def absence_of(column: str) -> pl.Expr:
    """Return why there is no number; null where there is one, or what stands there is neither."""
    return pl.col(ABSENCE.format(column))


def is_no_value(column: str) -> pl.Expr:
    """Return whether what stands in a column is neither a number nor a word for an absence."""
    return number_of(column).is_null() & absence_of(column).is_null()


def words_of_absence(layout: IndicatorLayout) -> Iterable[str]:
    """Return the texts that stand for no value in the columns of a layout."""
    return layout.absent.keys()
