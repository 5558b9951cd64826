"""The rows as the page gets them: drawn for every selection, with the words of each period and a total of the dates."""

from datetime import date
from typing import Any

import orjson
import polars as pl
import pytest

from callbacks.page.time_series import (
    row_words,
    series_rows,
    series_shown,
    series_titles,
    stated_window,
    tick_words,
)
from callbacks.server.dash_json import plain
from callbacks.view.series import drawn_periods
from callbacks.view.view_model import view_model
from data.query.parameters import LAYERS
from data.query.selection import Selection
from data.store.store import Store

SELECTIONS = [
    Selection(),
    Selection(height="full", measure="incidents", step="quarter"),
    Selection(start=date(1995, 1, 1), end=date(1995, 2, 1)),
    Selection(routes=("central-mediterranean",), step="year", flow="interceptions", layers=LAYERS),
    Selection(start=date(2016, 1, 1), end=date(2016, 12, 31), causes=("drowning",)),
]


def shown(store: Store, selection: Selection) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(orjson.dumps(series_shown(store.current(), selection), default=plain))
    return found


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: one.to_query() or "default")
def test_every_selection_has_three_rows_and_words_for_each_period(
    demonstration_store: Store, selection: Selection
) -> None:
    rows = shown(demonstration_store, selection)["rows"]
    assert rows["html"].count('class="series-row') == 3
    assert len(rows["periods"]) == len(rows["lines"]) + 1
    assert all(len(lines) == 4 for lines in rows["lines"])
    assert 0 < rows["played"] <= len(rows["lines"])
    assert "Invented" in rows["html"]  # RULES P8


def test_a_total_is_of_the_chosen_dates_and_one_that_is_whole_of_all(demonstration_store: Store) -> None:
    year = Selection(start=date(2016, 1, 1), end=date(2016, 12, 31))
    vintage = demonstration_store.current()
    table = drawn_periods(vintage, year, date(2026, 1, 1)).filter(pl.col("period").dt.year() == 2016)
    html = shown(demonstration_store, year)["rows"]["html"]
    assert f"{table['flow'].sum():,}</b>" in html
    assert f"{table['arrivals'].sum():,}</b>" in html
    assert stated_window(vintage, year) == (year.start, year.end)


@pytest.mark.rule("R1", "R2")
def test_a_name_says_what_the_unit_is_and_no_row_is_headed_interceptions_that_holds_none() -> None:
    assert series_titles(Selection())[1:] == ("Detections, not persons, per month", "People who arrived, per month")
    assert series_titles(Selection(flow="interceptions", step="year"))[1] == "People intercepted, per year"
    assert "region" in series_titles(Selection(regions=("europe",)))[1]


@pytest.mark.rule("R11")
def test_the_drawn_axis_runs_to_the_month_of_a_day_and_what_comes_after_the_data_is_not_yet_there(
    demonstration_store: Store,
) -> None:
    table = drawn_periods(demonstration_store.current(), Selection(), date(2031, 5, 9))
    assert table["period"][-1] == date(2031, 5, 1)
    last = table.row(-1, named=True)
    assert (last["toll_mark"], last["dead"]) == ("absent", None)
    assert last["toll_said"].startswith("no figures yet after ")
    assert table["toll_grows"].sum() == 3


def test_only_an_axis_writes_thousands_short() -> None:
    assert [tick_words(one) for one in (500, 2_000, 50_000, 2_500_000)] == ["500", "2,000", "50k", "2.5m"]


@pytest.mark.rule("P1")
@pytest.mark.parametrize(("measure", "name"), [("missing", "People missing"), ("dead", "People dead")])
def test_the_first_row_is_of_the_people_that_the_sentence_is_of(
    demonstration_store: Store, measure: str, name: str
) -> None:
    vintage, selection = demonstration_store.current(), Selection(measure=measure)
    words = row_words(vintage, selection)["dead"]
    total = view_model(vintage, selection).parts["total"]
    assert (words["name"], words["total"]) == (name, f"at least {total:,}")
    assert f"{total:,}" in view_model(vintage, selection).sentence
    (row, *_) = series_rows(vintage, selection, drawn_periods(vintage, selection, date(2026, 1, 1)))
    assert {look.split()[0] for look, _ in row.paths} == {measure}
    assert series_titles(selection)[0].startswith(name)


def test_a_row_of_records_is_named_by_its_people(demonstration_store: Store) -> None:
    words = row_words(demonstration_store.current(), Selection(measure="incidents"))["dead"]
    assert words["name"] == "People dead or missing"
