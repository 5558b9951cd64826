"""A view over the years: asked year by year, gaps are gaps, and no year that is covered in part has a figure."""

from datetime import date

import polars as pl
import pytest
from msgspec.structs import replace

from data.model.notices import Notice
from data.pillars.models import Answering, Asked, Finding, ViewLine, ViewRow, nothing
from data.pillars.request import rows_of_view
from data.pillars.series import MOST_LINES, MOST_YEARS, series_of
from data.pillars.views import VIEWS, view_of
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.text.views import line_names, line_words, series_cells

ROUTE = "central-mediterranean"
OF_ONE_MOMENT = {  # view: why it has no line over the years
    "campaigns": "a list, not a figure of a period",
    "motives": "a survey that was asked once",
    "other_counts": "each source has years of its own",
    "unknown": "the state of the sources today",
}
UNITED_KINGDOM = "demonstration-uk-returns"  # covers 2014 to 2025 whole


def of(answer: Answering, store: Store) -> tuple[ViewLine, ...]:
    return series_of.__wrapped__(store.current(), answer, None)


def share(value: float | None) -> Answering:
    """Return a view whose figure is ``value`` in each year but 2019, in which it has none."""

    def answer(vintage: Vintage, asked: Asked) -> Finding:
        del vintage
        start, end = asked.start or date(2025, 1, 1), asked.end or date(2025, 12, 31)
        if start.year == 2019:
            return nothing(Notice("pillars.why.no_treaties"), sources=(UNITED_KINGDOM,))
        return Finding(Notice("pillars.why.no_treaties"), value=value, unit="share", window=(start, end),
                       sources=(UNITED_KINGDOM,))  # fmt: skip

    return answer


def row(part: str, what: str, value: float | None) -> ViewRow:
    return ViewRow(part=part, name=part, what=what, value=value, unit="persons",
                   status="published" if value is not None else "below_threshold")  # fmt: skip


@pytest.mark.rule("R11")
def test_a_year_without_a_figure_is_a_gap_and_never_zero(demonstration_store: Store) -> None:
    (line,) = of(share(0.25), demonstration_store)
    by_year = {one.year: (one.value, one.status) for one in line.points}
    assert list(by_year) == list(range(2014, 2026))
    assert by_year[2019] == (None, "unknown")
    assert by_year[2020] == (0.25, "published")
    assert "No figure for 2019." in line_words(line, None)


def test_a_year_that_a_source_covers_in_part_is_not_asked(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    last = vintage.sources.filter(pl.col("source") == "demonstration")["last_date"].max()
    assert isinstance(last, date)
    assert last < date(2025, 12, 31)
    (line,) = series_of(vintage, VIEWS["unidentified"].answer, None)
    assert (line.points[-1].year, line.points[-1].value) == (2025, None)
    assert line.points[-2].value is not None


def test_a_view_of_several_figures_has_a_line_for_each_and_keeps_their_kind_of_absence(
    demonstration_store: Store,
) -> None:
    def answer(vintage: Vintage, asked: Asked) -> Finding:
        start, end = asked.start or date(2025, 1, 1), asked.end or date(2025, 12, 31)
        hidden = None if start.year == 2020 else 12.0
        rows = [row("a", "people", 20.0), row("b", "people", hidden), row("c", "people", 1.0), row("d", "people", 2.0)]
        return Finding(Notice("pillars.why.no_treaties"), window=(start, end), rows=rows, sources=(UNITED_KINGDOM,))

    lines = of(answer, demonstration_store)
    assert [one.part for one in lines] == ["a", "b", "c"][:MOST_LINES]
    hidden = next(one for one in lines[1].points if one.year == 2020)
    assert (hidden.value, hidden.status) == (None, "below_threshold")
    assert line_names(lines) == ["a", "b", "c"]
    heads, rows = series_cells(lines)
    assert (len(heads), len(rows)) == (4, MOST_YEARS)
    assert rows[6] == ["2020", "20", "below the threshold", "1"]


def test_what_is_of_no_years_has_no_series(demonstration_store: Store) -> None:
    assert view_of(demonstration_store.current(), VIEWS["unknown"], Asked()).series == ()


@pytest.mark.rule("R11")
def test_rows_of_years_are_the_lines_themselves_and_only_a_year_without_a_row_is_a_gap(
    demonstration_store: Store,
) -> None:
    def of_year(part: str, year: int, value: float | None) -> ViewRow:
        day = date(year, 1, 1)
        return replace(row(part, "people", value), date_from=day, date_to=day.replace(month=12, day=31))

    def answer(vintage: Vintage, asked: Asked) -> Finding:
        del vintage
        assert asked == Asked()  # never asked of one year: then its rows would be those of other origins
        rows = [of_year("b", 2018, 3.0), of_year("b", 2020, None), of_year("b", 2016, 1.0), of_year("a", 2017, 5.0),
                of_year("a", 2018, None), of_year("act/a/2018-05-01", 2018, 9.0)]  # fmt: skip
        return Finding(Notice("pillars.why.no_treaties"), rows=rows, is_by_year=True)

    lines = of(answer, demonstration_store)
    told = {line.part: [(one.year, one.value, one.status) for one in line.points] for line in lines}
    gap = (None, "unknown")
    assert told == {
        "b": [(2016, 1.0, "published"), (2017, *gap), (2018, 3.0, "published")],
        "a": [(2016, *gap), (2017, 5.0, "published"), (2018, None, "below_threshold")],
    }  # an act is no line


@pytest.mark.parametrize("view", ["drivers", "fees"])
@pytest.mark.parametrize("route", [None, ROUTE])
def test_the_years_of_a_view_by_year_are_those_of_its_rows(
    demonstration_store: Store, view: str, route: str | None
) -> None:
    found = view_of(demonstration_store.current(), VIEWS[view], Asked(route))
    for line in found.series:
        rows = {one.date_from.year: one.value for one in found.rows
                if (one.part, one.what) == (line.part, line.what) and one.date_from}  # fmt: skip
        assert {one.year: one.value for one in line.points} == rows


@pytest.mark.parametrize("view", list(VIEWS))
def test_each_figure_over_the_years_is_that_of_the_view_asked_of_the_year(
    demonstration_store: Store, view: str
) -> None:
    vintage = demonstration_store.current()
    for line in view_of(vintage, VIEWS[view], Asked(ROUTE)).series:
        for point in line.points[-3:]:
            found = VIEWS[view].answer(vintage, Asked(ROUTE, date(point.year, 1, 1), date(point.year, 12, 31)))
            found = VIEWS[view].answer(vintage, Asked(ROUTE)) if found.is_by_year else found
            if point.value is None:
                continue
            same = [one.value for one in found.rows if (one.part, one.what) == (line.part, line.what)]
            assert point.value in [found.value, *same]


def test_rows_of_the_series_leave_with_their_mark(demonstration_store: Store) -> None:
    view = view_of(demonstration_store.current(), VIEWS["returns"], Asked())
    rows = rows_of_view(view)
    told = rows.filter("series")
    assert told.height == sum(len(line.points) for line in view.series)
    assert rows.height - told.height == len(view.rows)
    assert told["date_from"].dt.year().unique().len() == MOST_YEARS


@pytest.mark.parametrize("view", list(VIEWS))
def test_a_view_has_a_line_over_the_years_or_a_reason_for_none(demonstration_store: Store, view: str) -> None:
    lines = series_of(demonstration_store.current(), VIEWS[view].answer, ROUTE)
    assert bool(lines) == (view not in OF_ONE_MOMENT)
    assert all(any(point.value is not None for point in line.points) for line in lines)
