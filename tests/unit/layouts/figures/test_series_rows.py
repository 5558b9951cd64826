"""The rows of the dock: what is cut, what is stacked, what of coverage is drawn where."""

import re
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from layouts.figures.series_bars import bars_of, row_scale, stacked
from layouts.figures.series_rows import SeriesRow, series_row
from layouts.figures.series_scale import half_magnitude, scale_of, ticks
from tests.harness.small_pictures import a_series

WORDS = {"name": "Detections", "unit": "not persons, per year", "total": "5,000"}


def a_row(table: pl.DataFrame, key: str = "flow", *, is_full: bool = False) -> SeriesRow:
    return series_row(table, key, WORDS, (None, None), is_full=is_full, tick_words=str,
                      cut_words=lambda value, first: f"{value:.0f} in {first.year}, cut")  # fmt: skip


def test_a_row_is_cut_where_one_bar_would_leave_all_others_on_the_ground() -> None:
    months = [*range(1_000, 50_000, 500), 200_000, 433_620]
    found = scale_of(months, may_cut=True)
    assert found.is_cut
    assert found.top == half_magnitude(sorted(months)[92])
    assert not scale_of(months, may_cut=False).is_cut
    assert not scale_of([10, 12, 20], may_cut=True).is_cut
    assert scale_of([None, 0], may_cut=True).ticks == ()


def test_a_top_is_rounded_up_to_a_half_of_its_magnitude() -> None:
    assert [half_magnitude(one) for one in (50_410, 55_000, 1.2, 999)] == [55_000, 55_000, 1.5, 1_000]


@pytest.mark.parametrize("top", [1.0, 3.0, 17.0, 1_605.0, 55_000.0, 433_620.0])
def test_the_lines_of_a_row_are_one_or_two_whole_numbers_within_it(top: float) -> None:
    found = ticks(top)
    assert 1 <= len(found) <= 2
    assert 0 < found[-1] <= top


def test_negative_numbers_go_down_and_nothing_is_stacked_where_there_is_no_number() -> None:
    bars = stacked(a_series().table, ("dead", "missing", "unsplit"))
    assert [(low, high) for _, _, low, high in bars["missing"]] == [(900.0, 1200.0), (0.0, -13.0)]
    assert [(low, high) for _, _, low, high in bars["unsplit"]] == [(600.0, 640.0)]
    assert [len(bars[name]) for name in bars] == [2, 2, 1]


def test_the_dates_that_are_chosen_set_the_scale_and_all_others_are_paler() -> None:
    picture = a_series()
    bars = bars_of(picture.table, "dead", (picture.start, picture.end))
    assert {one.first.year: one.is_outside for one in bars} == {2016: True, 2017: False}
    assert row_scale(bars, "flow", is_full=False).top == 640
    assert row_scale([one._replace(is_outside=False) for one in bars], "flow", is_full=False).top == 1200


def test_deaths_are_whole_whatever_dates_are_chosen() -> None:
    picture = a_series()
    row = series_row(picture.table, "dead", WORDS, (picture.start, picture.end), is_full=False, tick_words=str,
                     cut_words=lambda value, first: f"{value:.0f} in {first.year}, cut")  # fmt: skip
    assert (row.torn, row.cut) == ((), None)


def test_bars_of_other_dates_that_are_torn_are_told_too() -> None:
    table = a_series().table.with_columns(pl.Series("flow", [5_000, 40, 50]))
    row = series_row(table, "flow", WORDS, (date(2017, 1, 1), date(2018, 12, 31)), is_full=False, tick_words=str,
                     cut_words=lambda value, first: f"{value:.0f} in {first.year}, cut")  # fmt: skip
    assert len(row.torn) == 1
    assert row.cut is not None
    assert row.cut.words == "5000 in 2016, cut"


@pytest.mark.rule("P6", "R10", "R11")
def test_zero_is_a_clear_ground_and_no_figure_is_hatched() -> None:
    table = a_series().table
    row = a_row(table)
    assert [name for name, _ in row.paths] == ["flow"]  # 2016; 2018 is 0 and has no bar
    assert [(one.kind, one.words) for one in row.hatches] == [("absent", "not collected")]
    assert [one.kind for one in row.strip] == ["whole", "absent", "growing"]
    assert sum(one.width for one in row.strip) == pytest.approx(100, abs=0.01)


@pytest.mark.rule("R10")
def test_a_break_has_its_words_and_what_goes_on_is_drawn_as_of_other_places() -> None:
    row = a_row(a_series().table, "arrivals")
    assert [one.words for one in row.breaks] == ["Not a fall: UNHCR’s figures end in 2016."]
    assert [name for name, _ in row.paths] == ["arrivals", "arrivals other"]
    assert [one.kind for one in row.hatches] == ["absent", "fewer"]


def test_bars_that_are_cut_are_torn_and_the_highest_is_told() -> None:
    years = pl.DataFrame({"period": pl.date_range(pl.date(1990, 1, 1), pl.date(2019, 1, 1), "1y", eager=True)})
    table = a_series().table.head(1).drop("period").join(years, how="cross").with_columns(
        pl.when(pl.col("period").dt.year() == 2015).then(90_000).otherwise(5_000).alias("flow"))  # fmt: skip
    row = a_row(table)
    assert row.cut is not None
    assert row.cut.words == "90000 in 2015, cut"
    assert row.cut.is_far  # near the end of the axis: before the bars, not beyond the edge
    assert len(row.torn) == 1
    whole = a_row(table, is_full=True)
    assert (whole.cut, whole.torn) == (None, ())
    heights = [int(top) for _, path in replace(whole).paths for top in re.findall(r"M\S+ (\d+)h", path)]
    assert min(heights) == 0
    assert heights.count(0) == 1
