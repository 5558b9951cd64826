"""Change points are suggestions: found where the level differs, the same each time, and never explained."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.trends.change_points import change_points


def table(values: list[int], *, start: date = date(2015, 1, 1)) -> pl.DataFrame:
    end = pl.Series([start]).dt.offset_by(f"{len(values) - 1}mo")[0]
    return pl.DataFrame({"period": pl.date_range(start, end, "1mo", eager=True), "value": values, "is_complete": True})


def noisy(level: int, count: int, seed: int) -> list[int]:
    return np.random.default_rng(seed).poisson(level, count).tolist()


def test_a_step_in_the_level_is_found_at_its_month_and_again_the_same() -> None:
    made = table([*noisy(20, 24, 1), *noisy(90, 24, 2)])
    found = change_points(made, step="month")
    assert [point.period for point in found.points] == [date(2017, 1, 1)]
    assert found.points[0].before < 30 < found.points[0].after
    assert str(found.sentence).startswith("Suggested by the numbers alone")
    assert str(found.points[0].sentence) == (
        "From January 2017: a median of 89.5 recorded a month over 24 months, against 21 over the 24 before."
    )
    assert isinstance(found.penalty, float)
    assert found.penalty > 0
    assert change_points(made, step="month") == found


@pytest.mark.parametrize("seed", range(5))
def test_noise_about_one_level_has_no_change_point(seed: int) -> None:
    assert change_points(table(noisy(40, 60, seed)), step="month").points == []


def season(months: int) -> list[int]:
    return [int(50 + 40 * np.sin(2 * np.pi * place / 12)) for place in range(months)]


def test_a_season_is_no_change_of_level() -> None:
    assert change_points(table(season(120)), step="month").points == []


def test_a_change_of_level_under_a_season_is_found_once() -> None:
    values = [value * (4 if place >= 72 else 1) for place, value in enumerate(season(120))]
    assert [one.period for one in change_points(table(values), step="month").points] == [date(2021, 1, 1)]


def test_large_shipwrecks_by_chance_are_hardly_ever_a_change_of_level() -> None:
    random = np.random.default_rng(3)
    wrecks = np.where(random.random((60, 120)) < 0.1, random.integers(20, 400, (60, 120)), random.poisson(1, (60, 120)))
    cut = [change_points(table([int(one) for one in row]), step="month").points for row in wrecks]
    assert sum(map(bool, cut)) <= 3


def test_a_route_with_few_records_is_not_cut_to_pieces() -> None:
    few = [1 if place % 9 == 0 else 0 for place in range(90)]
    assert change_points(table(few), step="month").points == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([5], "1 complete month without a gap"),
        ([5] * 23, "23 complete months without a gap, at least 24 are needed"),
        ([5] * 40, "Every period has the same number"),
        ([*range(30), -2], "below zero"),
        ([], "0 complete months without a gap"),
    ],
)
def test_what_cannot_be_computed_says_why(values: list[int], words: str) -> None:
    made = table(values) if values else table([1]).clear()
    found = change_points(made, step="month")
    assert not found.is_computable
    assert words in str(found.sentence)


def test_a_gap_ends_the_run_that_is_looked_at() -> None:
    made = table([*noisy(20, 30, 1), *noisy(90, 30, 2)]).with_row_index("place")
    gap = made.with_columns(pl.when(pl.col("place") != 33).then(pl.col("value")).alias("value")).drop("place")
    found = change_points(gap, step="month")
    assert (found.periods, found.first, found.points) == (26, date(2017, 11, 1), [])
