"""Whole numbers as publishers write them: read where it is certain what they mean, never cleaned (RULES Q7, C2).

Each expression speaks of a whole column: a mark between groups of three digits is read as one where the column's other
values prove it.
"""

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

PLAIN: Final = r"^[+-]?\d+$"
ENDS_IN_ZEROS: Final = r"^-?\d+\.(0{1,2}|0{4,})$|^-?0\.0+$"  # 3.0 is 3; three zeros may be a group
GAPS: Final = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'\N{RIGHT SINGLE QUOTATION MARK}"
SPACED: Final = rf"^-?[1-9]\d{{0,2}}([{GAPS}]\d{{3}})+$"
MARKS: Final = {",": ",", ".": r"\."}
ONE_GROUP: Final = r"^-?[1-9]\d{{0,2}}{mark}\d{{3}}$"
SEVERAL: Final = r"^-?[1-9]\d{{0,2}}({mark}\d{{3}}){{2,}}$"
DECIMALS: Final = r"^-?\d+{mark}(\d{{1,2}}|\d{{4,}})$"
NO_DIGIT: Final = r"[^\d-]"
BEFORE: Final = r"[~<>≤≥≈]|ca\.?|about|over|at least|up to|more than|fewer than"
BOUND: Final = rf"(?i)^\s*({BEFORE})\s*\d|^\s*\d[\d.,]*\s*(\+|[-–—]\s*\d)"
MARK_READ: Final = "Q7: thousands mark read"
READINGS: Final = "{readings}"  # stands in the reason for both readings of the value
AMBIGUOUS_WORDS: Final = f"which may mean thousands or decimals: {READINGS}. Write the number without a mark."
BOUND_WORDS: Final = (
    "a bound and not a number. Where it says at least so many, that least number (20 of '20+', 2 of '2–3') could be "
    "entered at its source."
)


def whole(text: pl.Expr, marks: frozenset[str] | None = None) -> pl.Expr:
    """Return the whole number that each text of a column states; null where it states none, or what is not certain.

    ``marks`` are those that ``proven_marks`` found in all columns of such numbers; else this column alone is asked.

    ``1022``, ``3.0``; ``1 022``, ``1’022``; ``1,022`` and ``1.022``, as neither is a count with decimals; ``12.000``
    where another value of the column shows that its dots part thousands (``1.250``, ``1.234.567``) and none has
    decimals.
    """
    plain = text.str.strip_chars()
    read = pl.when(plain.str.contains(PLAIN)).then(plain).when(plain.str.contains(ENDS_IN_ZEROS))
    digits = read.then(plain.str.replace(r"\.0+$", "")).when(plain.str.contains(SPACED)).then(_joined(plain))
    for mark in MARKS:
        is_proven = _proves(plain, mark).any() & ~_has_decimals(plain, mark).any()
        is_proven = is_proven if marks is None else pl.lit(mark in marks)
        digits = digits.when(_is_grouped(plain, mark) & is_proven).then(_joined(plain))
    return digits.otherwise(None).cast(pl.Int64, strict=False)


def _joined(plain: pl.Expr) -> pl.Expr:
    return plain.str.replace_all(NO_DIGIT, "")


def _is_grouped(plain: pl.Expr, mark: str) -> pl.Expr:
    escaped = MARKS[mark]
    return plain.str.contains(ONE_GROUP.format(mark=escaped)) | plain.str.contains(SEVERAL.format(mark=escaped))


def proven_marks(table: pl.DataFrame, columns: Sequence[str]) -> frozenset[str]:
    """Return the marks that some value shows to part thousands, in any of these columns, and none to part decimals."""
    texts = [pl.col(name).str.strip_chars() for name in columns]
    found = table.select(
        pl.any_horizontal(test(text, mark).any().fill_null(value=False) for text in texts).alias(f"{number}{mark}")
        for mark in MARKS
        for number, test in enumerate((_proves, _has_decimals))
    ).row(0, named=True)
    return frozenset(mark for mark in MARKS if found[f"0{mark}"] and not found[f"1{mark}"])


def _proves(plain: pl.Expr, mark: str) -> pl.Expr:
    escaped = MARKS[mark]
    one = plain.str.contains(ONE_GROUP.format(mark=escaped)) & ~plain.str.ends_with("000")  # no count has decimals
    return plain.str.contains(SEVERAL.format(mark=escaped)) | one


def _has_decimals(plain: pl.Expr, mark: str) -> pl.Expr:
    return plain.str.contains(DECIMALS.format(mark=MARKS[mark]))


def is_marked(text: pl.Expr) -> pl.Expr:
    """Return whether a text has marks between its thousands, be it certain or not."""
    plain = text.str.strip_chars()
    return plain.str.contains(SPACED) | pl.any_horizontal(_is_grouped(plain, mark) for mark in MARKS)


def is_bound(text: pl.Expr) -> pl.Expr:
    """Return whether a text is a bound or a range, such as ``20+``, ``~20``, ``<5`` or ``2–3``."""
    return text.str.contains(BOUND)


def with_readings(reason: str, value: object) -> str:
    """Return a reason with both readings of a number, where it speaks of them: ``12.000`` is 12,000, or 12."""
    if READINGS not in reason:
        return reason
    text = str(value).strip()
    thousands = int(re.sub(NO_DIGIT, "", text))
    decimals = re.fullmatch(r"(-?\d+)[.,](\d+)", text)
    other = f"{decimals[1]}.{decimals[2]}".rstrip("0").rstrip(".") if decimals else "none that is a count"
    return reason.replace(READINGS, f"{thousands:,} or {other}")


def reasons(text: pl.Expr, wrong: pl.Expr, otherwise: str) -> list[tuple[pl.Expr, str]]:
    """Return why a text that is ``wrong`` is no whole number: which rows, and what was expected of them."""
    unclear, bound = (found(text).fill_null(value=False) for found in (is_marked, is_bound))
    return [
        (wrong & unclear, AMBIGUOUS_WORDS),
        (wrong & bound & ~unclear, BOUND_WORDS),
        (wrong & ~bound & ~unclear, otherwise),
    ]
