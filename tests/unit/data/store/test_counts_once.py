"""People whom two data sets count are in one sum once: by day, by place, and whichever came first."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from data.model.schema import polars_schema
from data.model.sources import Publication
from data.readers.count_figures import Figure
from data.readers.count_layout import CountLayout
from data.readers.periods import Month
from data.store.counts_once import counted_once, is_summed

BEFORE = CountLayout(
    id="ministry", source="ministry", publication=Publication("Nobody", "Invented", "Nobody", "CC0 1.0"),
    headers=frozenset({"when", "number"}), period=Month("when"), figures=(Figure("number", "persons_arrived"),),
)  # fmt: skip
AFTER = replace(BEFORE, id="agency", source="agency", again={"ministry": "country"})


def counts(*rows: tuple[str, str | None, date, date, int | None], unit: str = "persons_arrived") -> pl.DataFrame:
    made: list[dict[str, Any]] = [
        {"source": source, "unit": unit, "country": country, "date_from": first, "date_to": last, "value": value}
        for source, country, first, last, value in rows
    ]
    return pl.DataFrame(made, schema=polars_schema("counts"))


def counted_again(table: pl.DataFrame, layouts: list[CountLayout]) -> pl.Series:
    """Return for each count whether it is in no sum over all days and data sets."""
    marked = table.hstack(counted_once(table, layouts))
    return marked.select(again=~is_summed(None, None, is_named=False)).to_series()


def summed(table: pl.DataFrame, start: date | None, end: date | None, source: str | None = None) -> int:
    """Return the sum of a window, of all data sets or of one."""
    marked = table.hstack(counted_once(table, [BEFORE, AFTER]))
    rows = marked.filter(is_summed(start, end, is_named=source is not None))
    rows = rows if start is None else rows.filter((pl.col("date_from") >= start) & (pl.col("date_to") <= end))
    return int((rows if source is None else rows.filter(pl.col("source") == source))["value"].sum())


def month(number: int) -> tuple[date, date]:
    return date(2024, number, 1), date(2024, number, 28)


@pytest.mark.rule("E6")
def test_the_one_that_goes_before_counts_on_its_days_and_the_next_on_others() -> None:
    table = counts(
        ("agency", "ITA", *month(1), 5), ("agency", "ITA", *month(2), 6), ("ministry", "ITA", *month(1), 7),
        ("agency", "GRC", *month(1), 8),
    )  # fmt: skip
    assert counted_again(table, [BEFORE, AFTER]).to_list() == [True, False, False, False]
    assert counted_again(table.reverse(), [AFTER, BEFORE]).to_list() == [False, False, False, True]


YEAR = date(2024, 1, 1), date(2024, 12, 31)


@pytest.mark.rule("E6")
def test_a_file_of_one_month_takes_no_year_out_of_the_sum() -> None:
    table = counts(("agency", "ITA", *YEAR, 90), ("ministry", "ITA", *month(1), 7), ("ministry", "ITA", *month(2), 8))
    assert counted_again(table, [BEFORE, AFTER]).to_list() == [False, True, True]
    assert summed(table, None, None) == summed(table, *YEAR) == 90
    assert summed(table, date(2024, 1, 1), date(2024, 6, 30)) == 15, "the year is not in this window: the months are"
    assert summed(table, None, None, "ministry") == 15


def test_a_part_that_has_more_people_than_the_whole_is_counted() -> None:
    table = counts(("agency", "ITA", *YEAR, 10), ("ministry", "ITA", *month(1), 12))
    assert counted_again(table, [BEFORE, AFTER]).to_list() == [True, False]


def test_a_year_whose_days_are_nearly_all_covered_gives_way() -> None:
    months = [("ministry", "ITA", *month(number), 10) for number in range(1, 13)]
    table = counts(("agency", "ITA", *YEAR, 121), *months)
    assert counted_again(table, [BEFORE, AFTER]).to_list() == [True] + [False] * 12


@pytest.mark.rule("E6")
@pytest.mark.parametrize(("months", "expected"), [(12, 120), (3, 121), (0, 121)])
def test_a_year_beside_its_months_is_counted_once(months: int, expected: int) -> None:
    table = counts(("agency", "ITA", *YEAR, 121), *(("agency", "ITA", *month(n), 10) for n in range(1, months + 1)))
    assert summed(table, None, None) == summed(table, None, None, "agency") == expected
    assert summed(table, date(2024, 1, 1), date(2024, 2, 28)) == 10 * min(months, 2)


def test_a_quarter_between_a_year_and_its_months_is_counted_once() -> None:
    quarter = ("agency", "ITA", date(2024, 1, 1), date(2024, 3, 31), 40)
    table = counts(("agency", "ITA", *YEAR, 121), quarter, ("agency", "ITA", *month(2), 10))
    assert summed(table, None, None) == 121
    assert summed(table, date(2024, 1, 1), date(2024, 3, 31)) == 40
    assert summed(table, *month(2)) == 10


def test_what_is_not_known_counts_nobody() -> None:
    table = counts(("agency", "ITA", *month(1), 5), ("ministry", "ITA", *month(1), None))
    assert counted_again(table, [BEFORE, AFTER]).to_list() == [False, False]


def test_another_unit_is_another_thing() -> None:
    table = pl.concat(
        [counts(("agency", "ITA", *month(1), 5), unit="detections"), counts(("ministry", "ITA", *month(1), 5))]
    )
    assert not counted_again(table, [BEFORE, AFTER]).any()


def test_a_gap_that_is_zero_is_covered() -> None:
    table = counts(
        ("agency", "ITA", *month(2), 5), ("ministry", "ITA", *month(1), 7), ("ministry", "ITA", *month(3), 7)
    )
    assert counted_again(table, [BEFORE, AFTER]).to_list() == [False, False, False]
    assert counted_again(table, [replace(BEFORE, gaps_are_zero=True), AFTER]).to_list() == [True, False, False]


def test_a_total_of_all_countries_gives_way_to_any_of_them() -> None:
    table = counts(("agency", None, *month(1), 50), ("agency", None, *month(2), 60), ("ministry", "ITA", *month(1), 7))
    whole = replace(AFTER, again={"ministry": "all"})
    assert counted_again(table, [BEFORE, whole]).to_list() == [True, False, False]


def test_without_another_source_every_count_counts() -> None:
    assert not counted_again(counts(("agency", "ITA", *month(1), 5)), [BEFORE, AFTER]).any()
    assert counted_again(counts(), [BEFORE, AFTER]).to_list() == []


@pytest.mark.rule("E6")
@pytest.mark.parametrize("is_year_first", [True, False])
def test_of_two_longer_counts_the_shorter_holds_a_month(is_year_first: bool) -> None:
    half = ("agency", "ITA", date(2024, 1, 1), date(2024, 6, 30), 30)
    longer = [("agency", "ITA", *YEAR, 90), half][:: 1 if is_year_first else -1]
    table = counts(*longer, ("ministry", "ITA", *month(1), 7)).with_columns(
        nationality=pl.Series(["SYR", "AFG", None])  # so that the agency's two counts are of other people
    )
    assert summed(table, *month(1)) == 7
    assert summed(table, *half[2:4]) == 30, "the month is a part of the half-year, which is in this window"
    assert summed(table, None, None) == 120
