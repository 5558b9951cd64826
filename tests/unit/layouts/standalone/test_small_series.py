"""Small series: one scale each, one time axis for all, and a gap where a year has no figure."""

from datetime import date

from data.pillars.models import ViewRow
from layouts.standalone.pillar_page import value_words
from layouts.standalone.small_series import panels_of


def row(part: str, year: int, value: float | None) -> ViewRow:
    return ViewRow(part=part, name="Nordland", what=part, date_from=date(year, 1, 1), date_to=date(year, 12, 31),
                   value=value, unit="percent")  # fmt: skip


def test_a_year_without_a_figure_breaks_the_line_and_is_told() -> None:
    rows = [row("work", 2020, 4), row("work", 2021, 8), row("work", 2022, None), row("work", 2023, 2.5)]
    (panel,) = panels_of(rows, value_words)
    (line,) = panel.lines
    assert len(line.strokes) == 1
    assert line.strokes[0].split(" ")[1].endswith(",3.0")
    assert len(line.dots) == 1
    assert line.latest == "2.5 (2023)"
    assert line.alternative == "work: 4 in 2020, 2.5 in 2023, highest 8; 1 year without a figure"


def test_a_series_without_any_figure_is_drawn_as_none_and_not_as_0() -> None:
    rows = [row("work", 2020, 4), row("work", 2021, 8), row("hunger", 2020, None)]
    work, hunger = panels_of(rows, value_words)[0].lines
    assert (hunger.strokes, hunger.dots, hunger.latest) == ((), (), "no figure in these years")
    assert work.strokes


def test_rows_of_one_period_are_no_series() -> None:
    assert panels_of([row("work", 2020, 4), row("risk", 2020, 5)], value_words) == ()
    assert panels_of([], value_words) == ()


def test_a_series_that_is_0_throughout_lies_on_the_axis() -> None:
    (line,) = panels_of([row("work", 2020, 0), row("work", 2021, 0)], value_words)[0].lines
    assert line.strokes == ("3.0,33.0 117.0,33.0",)
