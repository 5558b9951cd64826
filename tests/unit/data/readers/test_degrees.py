"""Places in the forms that people write: read where it is certain which number is which."""

import polars as pl
import pytest

from data.readers import degrees


def pair(text: str) -> tuple[float | None, float | None]:
    latitude, longitude = degrees.coordinates(pl.col("text"))
    row = pl.DataFrame({"text": [text]}).select(latitude.round(4).alias("a"), longitude.round(4).alias("b"))
    return row.row(0)


@pytest.mark.rule("Q9")
@pytest.mark.parametrize(
    "text",
    [
        "36.1, 14.2", "36.1,14.2", " 36.1 , 14.2 ", "36.1; 14.2", "36,1; 14,2", "36,1, 14,2", "36,1 14,2", "(36.1, 14.2)",
        "[36.1 14.2]", "POINT (14.2 36.1)", "POINT(14.2 36.1)", "point z (14.2 36.1 0)", "SRID=4326;POINT(14.2 36.1)",
        "36.1 N, 14.2 E", "36.1° N, 14.2° E", "14.2 E, 36.1 N", "N36.1 E14.2", "36°06'N 14°12'E", "36°06'00\"N, 14°12'00\"E",
    ],
)  # fmt: skip
def test_a_pair_is_read_in_every_form_that_is_certain(text: str) -> None:
    assert pair(text) == (36.1, 14.2)


@pytest.mark.rule("Q9")
@pytest.mark.parametrize(
    "text", ["33,51", "-33,51", "33.51", "33,51,14,12", "36.1 N, 14.2 N", "E 36.1 E, 14", "36°99'N 14°12'E", "NaN, 12", "1e3, 4", ","]
)  # fmt: skip
def test_what_is_not_certainly_a_pair_is_not_read(text: str) -> None:
    assert pair(text) == (None, None)


def test_south_and_west_are_below_zero() -> None:
    assert pair("8.5 S, 12.25 W") == (-8.5, -12.25)


@pytest.mark.parametrize(
    ("text", "axis", "value"),
    [
        ("33.51", "latitude", 33.51), ("33,51", "latitude", 33.51), ("33.51° N", "latitude", 33.51), ("12 W", "longitude", -12.0),
        ("12 W", "latitude", None), ("1e3", "latitude", None), ("3651234.5", "latitude", 3651234.5), ("", "latitude", None),
    ],
)  # fmt: skip
def test_a_column_of_one_axis_is_read_with_its_own_letters_only(text: str, axis: str, value: float | None) -> None:
    found = pl.DataFrame({"text": [text]}).select(degrees.degrees(pl.col("text"), axis)).item()
    assert found == value
