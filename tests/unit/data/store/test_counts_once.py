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
from data.store.counts_once import counted_again

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


def test_a_count_that_reaches_over_the_end_of_what_the_other_covers_is_left_out() -> None:
    table = counts(("agency", "ITA", date(2024, 1, 1), date(2024, 12, 31), 90), ("ministry", "ITA", *month(1), 7))
    assert counted_again(table, [BEFORE, AFTER]).to_list() == [True, False]


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
