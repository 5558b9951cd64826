"""A sum over states tells no number that a publisher hides: an attack tries all that each number could be (RULES 9)."""

from datetime import date
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.indicators.told_sums import Bounds, ToldSum, added, are_safe, told_sums, totals_with_bounds
from data.model.schema import conform

PLAIN = {"source": "s", "indicator": "trafficking_victims", "unit": "persons", "date_from": date(2024, 1, 1),
         "date_to": date(2024, 12, 31)}  # fmt: skip
STATES = ("ITA", "FRA", "DEU")
EVERY = pl.lit(value=True)
INNER = pl.col("area") != "ITA"
COUNTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=3)


def cell(area: str, value: int, sex: str | None) -> dict[str, Any]:
    hidden = 0 < value < 5
    return PLAIN | {"area": area, "value": None if hidden else float(value), "flag": "<5" if hidden else None,
                    "absence": "below_threshold" if hidden else None, "breakdown": sex and f"sex={sex}",
                    "totals": None if sex else "sex"}  # fmt: skip


def table(counts: list[tuple[int, int]]) -> pl.DataFrame:
    """Return women, men and their total in three states; a number from 1 to 4 is hidden."""
    rows = [cell(area, value, sex) for area, (women, men) in zip(STATES, counts, strict=True)
            for value, sex in ((women, "F"), (men, "M"), (women + men, None))]  # fmt: skip
    return conform(pl.DataFrame(rows, infer_schema_length=None), "indicators")


def could_be(counts: list[tuple[int, int]], sums: list[ToldSum]) -> list[set[tuple[int, int]]]:
    """Return for each state what its women and men could be, for one who sees its total, if shown, and the sums."""
    rows = totals_with_bounds(table(counts), ("sex",))
    shown = dict(rows.select("area", "shown").iter_rows())
    reported = {area for area, value in rows.select("area", "value").iter_rows() if value is not None}
    pairs = {area: [pair for pair in product(range(14), repeat=2) if is_possible(pair, shown[area], own)]
             for area, own in zip(STATES, counts, strict=True)}  # fmt: skip
    found: list[set[tuple[int, int]]] = [set() for _ in STATES]
    for guess in product(*pairs.values()):
        totals = dict(zip(STATES, map(sum, guess), strict=True))
        if all(
            found_sum.left_out or sum(totals[area] for area in inside if area in reported) == (found_sum.value or 0)
            for inside, found_sum in zip((STATES, STATES[1:]), sums, strict=True)
        ):
            for at, pair in enumerate(guess):
                found[at].add(pair)
    return found


def is_possible(pair: tuple[int, int], total: float | None, own: tuple[int, int]) -> bool:
    """Return whether two parts are what a reader may hold for possible: hidden ones from 1 to 4, totals as shown."""
    is_hidden = [0 < value < 5 for value in own]
    fits = all((0 < value < 5) == hidden for value, hidden in zip(pair, is_hidden, strict=True))
    is_small = 0 < sum(own) < 5
    known = total is None or sum(pair) == total
    return fits and known and (0 < sum(pair) < 5) == is_small


@given(COUNTS)
def test_a_withheld_total_is_never_the_only_number_that_a_sum_allows(counts: list[tuple[int, int]]) -> None:
    rows = totals_with_bounds(table(counts), ("sex",))
    sums = told_sums(rows, (EVERY, INNER))
    withheld = {area for area, gone in rows.select("area", "is_withheld").iter_rows() if gone}
    for area, pairs in zip(STATES, could_be(counts, sums), strict=True):
        assert area not in withheld or len(pairs) > 1


def test_two_totals_that_could_only_be_one_number_each_stay_out_of_the_sum() -> None:
    rows = totals_with_bounds(table([(20, 30), (4, 4), (4, 4)]), ("sex",))
    assert rows.filter("is_withheld")["area"].to_list() == ["FRA", "DEU"]
    assert told_sums(rows, (EVERY,)) == [ToldSum(50, 1, 0, 2)]


def test_totals_that_could_be_more_are_in_the_sum() -> None:
    assert are_safe([Bounds(8, 2, 8), Bounds(5, 2, 8)])
    assert not are_safe([Bounds(8, 2, 8), Bounds(8, 2, 8)])
    assert not are_safe([Bounds(40, 0, float("inf"))])
    assert are_safe([])


def test_a_group_within_one_that_is_told_is_not_told_where_the_difference_would_tell() -> None:
    rows = pl.DataFrame({"place": [0, 1, 2], "area": ["ITA", "FRA", "DEU"], "value": [40.0, 50.0, 60.0],
                         "shown": [None, None, None], "is_withheld": [True] * 3, "least": [2.0] * 3,
                         "most": [None] * 3}, schema_overrides={"shown": pl.Float64, "most": pl.Float64})  # fmt: skip
    outer, inner = told_sums(rows, (EVERY, INNER))
    assert (outer.value, outer.left_out) == (150, 0)
    assert (inner.value, inner.left_out) == (None, 2)


@pytest.mark.rule("R11")
def test_years_of_which_nothing_is_known_add_nothing_and_are_not_zero() -> None:
    none, some = ToldSum(None, 0, 3, 0), ToldSum(7, 2, 1, 1)
    assert added([none, some]) == ToldSum(7, 2, 4, 1)
    assert added([none]).value is None
