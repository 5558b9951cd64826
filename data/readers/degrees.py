"""Places as people write them: latitude and longitude, read where it is certain which number is which (RULES Q9).

``36.1, 14.2`` (latitude first), ``POINT (14.2 36.1)`` (longitude first), ``36,1; 14,2``, ``36.1° N, 14.2° E``,
``36°06'00"N``. ``33,51`` is one number with a decimal comma and no pair.
"""

import re
from typing import Final

import polars as pl

PLAIN: Final = r"^[+-]?\d+(\.\d+)?$"
NUMBER: Final = r"([+-]?\d+(?:\.\d+)?)"
PAIR: Final = rf"^\s*{NUMBER}\s*,\s*{NUMBER}\s*$"
POINT: Final = rf"^\s*POINT\s*\(\s*{NUMBER}\s+{NUMBER}\s*\)\s*$"
ONE_NUMBER: Final = r"^\s*[+-]?\d+,\d+\s*$"
SIGN: Final = {"N": 1, "E": 1, "S": -1, "W": -1}
AXIS_OF: Final = {"N": "latitude", "S": "latitude", "E": "longitude", "W": "longitude"}
WELL_KNOWN: Final = re.compile(
    rf"^(?:SRID=4326;\s*)?POINT\s*(?:Z\s*)?\(\s*{NUMBER}\s+{NUMBER}(?:\s+{NUMBER})?\s*\)$", re.IGNORECASE
)
DEGREES: Final = re.compile(
    r"^(?P<before>[NSEW])?\s*(?P<degrees>[+-]?\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|deg)?\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|'')\s*)?"
    r"(?P<after>[NSEW])?$"
)
SPLITS: Final = (r"\s*[;|]\s*", r",\s+|\s+,\s*", r"(?<=[NSEW])\s*,?\s+|(?<=[NSEW]),")
Axis = tuple[float, str | None]  # degrees, and the axis that a letter states


def read_axis(text: str) -> Axis | None:
    """Return the degrees that one text states and the axis that its letter names; None where it is not certain."""
    found = DEGREES.match(text.strip())
    if not found:
        return None
    before, after = found["before"], found["after"]
    degrees, minutes, seconds = (
        float(found[name].replace(",", ".")) if found[name] else 0.0 for name in ("degrees", "minutes", "seconds")
    )
    letter = before or after
    if (before and after) or (letter and degrees < 0) or minutes >= 60 or seconds >= 60:
        return None
    if found["minutes"] and not letter:
        return None
    value = (abs(degrees) + minutes / 60 + seconds / 3600) * (-1 if degrees < 0 else 1)
    return value * SIGN.get(letter or "N", 1), AXIS_OF.get(letter or "")


def read_pair(text: str) -> tuple[float, float] | None:
    """Return (latitude, longitude) of a text that states both; None where it is not certain which is which."""
    plain = " ".join(text.strip().strip("()[]{}").split())
    point = WELL_KNOWN.match(" ".join(text.split()))
    if point:
        return float(point[2]), float(point[1])
    for mark in (*SPLITS, r"\s+", r","):
        if mark == "," and re.match(ONE_NUMBER, plain):
            return None
        parts = re.split(mark, plain)
        if len(parts) == 2:
            return _ordered(read_axis(parts[0]), read_axis(parts[1]))
    return None


def _ordered(first: Axis | None, second: Axis | None) -> tuple[float, float] | None:
    if first is None or second is None:
        return None
    stated = (first[1], second[1])
    if stated in ((None, None), ("latitude", "longitude")):
        return first[0], second[0]
    return (second[0], first[0]) if stated == ("longitude", "latitude") else None


def coordinates(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return (latitude, longitude) of a column whose texts state both; null where a text states no certain pair."""
    is_pair = (text.str.contains(PAIR) & ~text.str.contains(ONE_NUMBER)).fill_null(value=False)
    parts = pl.when(is_pair).then(text).str.splitn(",", 2)
    others = pl.when(~is_pair).then(text)
    is_point = others.str.contains(POINT).fill_null(value=False)
    points = pl.when(is_point).then(others)
    rest = pl.when(~is_point).then(others)
    latitude, longitude = (
        pl.when(is_pair)
        .then(parts.struct.field(f"field_{index}").str.strip_chars().cast(pl.Float64, strict=False))
        .when(is_point)
        .then(points.str.extract(POINT, 2 - index).cast(pl.Float64, strict=False))
        .otherwise(_each(rest, lambda t, i=index: p[i] if (p := read_pair(t)) else None))
        for index in (0, 1)
    )
    return latitude, longitude


def degrees(text: pl.Expr, axis: str) -> pl.Expr:
    """Return the degrees of a column of one axis; null where a text states none, or those of the other axis."""
    plain = text.str.strip_chars()
    is_plain = plain.str.contains(PLAIN).fill_null(value=False)

    def read(one: str) -> float | None:
        found = read_axis(one)
        return found[0] if found and found[1] in (None, axis) else None

    return (
        pl.when(is_plain)
        .then(plain.cast(pl.Float64, strict=False))
        .otherwise(_each(pl.when(~is_plain).then(plain), read))
    )


def _each(text: pl.Expr, read: object) -> pl.Expr:
    """Return what ``read`` makes of each text, called once for equal texts."""

    def table(texts: pl.Series) -> pl.Series:
        kinds = texts.drop_nulls().unique().to_list()
        values = {one: read(one) for one in kinds}  # type: ignore[operator]
        return (
            texts.replace_strict(values, default=None, return_dtype=pl.Float64)
            if kinds
            else texts.cast(pl.Float64, strict=False)
        )

    return text.map_batches(table, return_dtype=pl.Float64)
