"""Counts that are stated again: by place, way and period; parts of one edition; counts since 1 January (RULES E7)."""

from datetime import date, timedelta

import polars as pl
import pytest

from data.model.schema import polars_schema
from data.store.editions import Edition, judge_rows

pytestmark = pytest.mark.rule("E7")
Row = dict[str, object]


def counts(edition: str, *rows: Row) -> pl.DataFrame:
    plain = {"source": "landings", "edition": edition, "unit": "detections", "route": "eastern", "step": "month"}
    plain |= {"date_from": date(2020, 1, 1), "date_to": date(2020, 1, 31), "value": 1}
    return pl.DataFrame([plain | row for row in rows], schema=polars_schema("counts"))


def fates(*files: pl.DataFrame) -> list[list[str | None]]:
    """Return the fates of the rows of each file; they are given from the oldest to the newest."""
    table = pl.concat(files)
    ids = [file["edition"][0] for file in files]
    found = judge_rows(table, [Edition(one, "landings", date(2021, 1, 1 + at)) for at, one in enumerate(ids)])
    marked = table.select("edition").with_columns(found)
    return [marked.filter(pl.col("edition") == one)["fate"].to_list() for one in ids]


def test_sea_and_land_are_two_groups_and_a_count_of_both_is_one_of_either() -> None:
    sea, land, both = {"mode": "sea"}, {"mode": "land"}, {"mode": None}
    assert fates(counts("a", sea), counts("b", land)) == [[None], [None]]
    assert fates(counts("a", both), counts("b", land)) == [["replaced"], [None]]
    assert fates(counts("a", sea, land), counts("b", both)) == [["replaced", "replaced"], [None]]


def test_a_place_is_the_same_however_it_is_written() -> None:
    older = counts("a", {"place": "Lampedusa"}, {"place": "Malta"})
    assert fates(older, counts("b", {"place": "LAMPEDUSA "})) == [["replaced", None], [None]]


def months(*nationalities: str, number: int = 12) -> list[Row]:
    days = [date(2020, month, 1) for month in range(1, number + 1)]
    return [
        {"nationality": one, "date_from": day, "date_to": day + timedelta(27)} for day in days for one in nationalities
    ]


def test_two_downloads_by_nationality_are_parts_of_one_edition() -> None:
    assert set(fates(counts("a", *months("SYR")), counts("b", *months("AFG", "ERI")))[0]) == {None}
    later = counts("b", *months("AFG", "ERI"), *months("SYR", number=6))
    assert set(fates(counts("a", *months("SYR")), later)[0]) == {"replaced"}, (
        "it states half of the rows again: a later state"
    )
    assert set(fates(counts("a", *months("SYR", number=1)), counts("b", *months("ERI")))[0]) == {"replaced"}


def to_date(last: date, value: int) -> Row:
    return {"date_from": date(last.year, 1, 1), "date_to": last, "step": "year", "value": value}


@pytest.mark.parametrize("order", [1, -1])
def test_of_counts_since_1_january_the_one_that_reaches_furthest_counts_whichever_file_has_it(order: int) -> None:
    first = counts("a", to_date(date(2023, 12, 31), 1000), to_date(date(2024, 4, 30), 400))
    second = counts("b", to_date(date(2023, 6, 30), 300), to_date(date(2024, 6, 30), 600))
    found = fates(*(first, second)[::order])[::order]
    assert found == [[None, "replaced"], ["replaced", None]]
