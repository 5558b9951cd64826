"""Days in the forms that people write: read where it is certain which day is meant."""

from datetime import date

import polars as pl
import pytest

from data.readers import parse
from data.readers.dates import why_not

JANUARY_13 = date(2020, 1, 13)


def days(
    *texts: str, years: list[int | None] | None = None, months: list[int | None] | None = None
) -> list[date | None]:
    nothing = [None] * len(texts)
    frame = pl.DataFrame(
        {"text": texts, "year": years or nothing, "month": months or nothing},
        schema={"text": pl.String, "year": pl.Int32, "month": pl.Int32},
    )
    return frame.select(parse.day(pl.col("text"), year=pl.col("year"), month=pl.col("month"))).to_series().to_list()


@pytest.mark.rule("Q8")
@pytest.mark.parametrize(
    "text",
    [
        "13 Jan 2020", "13-Jan-2020", "13 January 2020", "Jan 13, 2020", "January 13 2020", "13th of January 2020",
        "2020/01/13", "2020-1-13", "20200113", "2020-Jan-13", "13.01.2020", "13/01/2020", "01/13/2020", "1/13/2020",
        "13/01/2020 12:00", "1/13/2020 0:00", "1/13/2020 12:00:00 AM", "Monday, 13 January 2020", "13.1.2020", "Jan 13, 20",
    ],
)  # fmt: skip
def test_a_text_that_can_mean_one_day_only_is_read_by_itself(text: str) -> None:
    assert days(text) == [JANUARY_13]


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("text", ["12-Jan-20", "12/01/20", "12/01/2020", "12-01-2020", "01/12/2020", "20-Jan-12"])
def test_a_text_with_several_readings_alone_is_not_read(text: str) -> None:
    assert days(text) == [None]


@pytest.mark.rule("Q8")
@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("12-Jan-20", 2020, 1, date(2020, 1, 12)), ("12-Jan-20", 2012, 1, date(2012, 1, 20)),
        ("12-Jan-20", 2020, None, date(2020, 1, 12)), ("12/01/2020", 2020, 1, date(2020, 1, 12)),
        ("12/01/2020", 2020, 12, date(2020, 12, 1)), ("12/01/2020", 2020, None, None), ("12/01/2020", 2020, 5, None),
        ("05/05/2020", None, None, date(2020, 5, 5)), ("01/02/03", 2003, 2, date(2003, 2, 1)),
    ],
)  # fmt: skip
def test_the_year_and_month_of_the_row_say_which_reading_is_meant(
    text: str, year: int | None, month: int | None, day: date | None
) -> None:
    assert days(text, years=[year], months=[month]) == [day]


@pytest.mark.rule("Q8")
def test_the_other_texts_of_a_column_prove_its_form() -> None:
    assert days("12/01/2020", "25/04/2020") == [date(2020, 1, 12), date(2020, 4, 25)]
    assert days("12/01/2020", "04/25/2020") == [date(2020, 12, 1), date(2020, 4, 25)]
    assert days("12-Jan-20", "31-Jan-20") == [date(2020, 1, 12), date(2020, 1, 31)]


@pytest.mark.rule("Q8")
def test_a_column_in_two_forms_proves_neither() -> None:
    assert days("12/01/2020", "25/04/2020", "04/25/2020") == [None, date(2020, 4, 25), date(2020, 4, 25)]


def test_the_form_of_one_kind_of_text_says_nothing_of_another() -> None:
    assert days("12/01/2020", "13.01.2020", "31-Jan-20") == [None, JANUARY_13, date(2020, 1, 31)]


@pytest.mark.rule("Q8")
@pytest.mark.parametrize(("text", "year"), [("31-Jan-89", None), ("31-Jan-93", 1993), ("31-Jan-50", None)])
def test_two_digits_are_a_year_where_one_century_fits(text: str, year: int | None) -> None:
    found = days(text)[0]
    assert (found and found.year) == year


@pytest.mark.parametrize(
    "text", ["31.02.2020", "30/02/2020", "2020-02-30", "13-Foo-20", "44256", "soon", "2020", "Feb-24"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert days(text) == [None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("05/04/2020", "5 April 2020"), ("05/04/2020", "4 May 2020"), ("44256", "1 March 2021"),
        ("31.02.2020", "no day of the calendar"), ("soon", "2025-09-08"),
    ],
)  # fmt: skip
def test_why_a_date_is_not_read_names_its_readings(text: str, words: str) -> None:
    assert words in why_not(text)
