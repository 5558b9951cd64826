"""Small parts cannot be worked out from the total and the parts that are shown; a test that tries."""

from datetime import date
from itertools import product

import polars as pl
import pytest

from data.pillars.models import ViewRow
from data.pillars.small_parts import held_back, of_parts, parts_by_year, without_small

SMALLEST = 4  # so that all that could be can be tried


def row(value: float | None) -> ViewRow:
    return ViewRow(part="x", name="x", what="x", unit="persons", value=value)


def candidates(values: list[float], small: list[int], more: list[int]) -> list[set[int]]:
    """Return for each small value what it could be, for one who knows the total, the other parts and the rule."""
    shown = [value for at, value in enumerate(values) if at not in {*small, *more} and value >= SMALLEST]
    rest = int(sum(values[at] for at in (*small, *more)))
    tops = range(SMALLEST, int(min(shown, default=rest)) + 1)
    found: list[set[int]] = [set() for _ in small]
    for guess in product(*([range(1, SMALLEST)] * len(small)), *([tops] * len(more))):
        if sum(guess) == rest:
            for at in range(len(small)):
                found[at].add(guess[at])
    return found


@pytest.mark.parametrize("first", range(1, SMALLEST))
def test_no_small_part_of_a_total_can_be_recovered(first: int) -> None:
    tried = 0
    for others in product([0, 1, 3, 4, 5, 9, 20], repeat=4):
        values = [float(first), *map(float, others), 30.0, 31.0, 40.0]
        small, more = held_back(dict(enumerate(values)), SMALLEST)
        assert 0 in small
        assert all(len(one) > 1 for one in candidates(values, small, more)), values
        tried += 1
    assert tried == 7**4


def figures(*values: tuple[str, int, float | None]) -> pl.DataFrame:
    rows = [{"partner": part, "date_to": date(year, 12, 31), "value": value} for part, year, value in values]
    return pl.DataFrame(rows, schema={"partner": pl.String, "date_to": pl.Date, "value": pl.Float64})


def test_what_is_held_back_is_settled_by_year_among_all_parts_and_not_by_what_is_asked_for() -> None:
    """Of two years as of one, of two parts as of all: the same cells are held back, so that no two answers differ."""
    rows = figures(("A", 2023, 900), ("B", 2023, 30), ("C", 2023, 3), ("A", 2024, 800), ("B", 2024, 40))
    both, one = (
        parts_by_year(rows, "partner"),
        parts_by_year(rows.filter(pl.col("date_to").dt.year() == 2023), "partner"),
    )
    statuses = {(row["part"], row["first"].year): row["status"] for row in both.to_dicts()}
    assert statuses == {
        ("A", 2024): "published", ("B", 2024): "published",
        ("A", 2023): "published", ("B", 2023): "withheld", ("C", 2023): "below_threshold",
    }  # fmt: skip
    assert one.to_dicts() == both.filter(pl.col("first").dt.year() == 2023).to_dicts()
    assert of_parts(both, ["B"])["value"].to_list() == [40, None]


@pytest.mark.rule("R11")
def test_a_part_without_a_figure_is_unknown_and_not_zero() -> None:
    every = parts_by_year(figures(("A", 2024, 800), ("B", 2024, None)), "partner")
    found = of_parts(every, ["B", "Z"])
    assert found.select("part", "value", "status").rows() == [("B", None, "unknown"), ("Z", None, "unknown")]


def test_nothing_is_held_back_where_nobody_is_few_and_zero_is_no_small_group() -> None:
    rows = [row(0), row(10), row(None), row(500)]
    assert without_small(rows) == (rows, 0)


def test_what_is_held_back_says_so_and_is_not_zero() -> None:
    found, number = without_small([row(3), row(12), row(500), row(9_000)])
    assert number == 2
    assert [(one.value, one.status) for one in found[:3]] == [
        (None, "below_threshold"), (None, "withheld"), (500, "published")
    ]  # fmt: skip
