"""The demonstration's context: every view lives on it, and its tables are as their publishers have them."""

from pathlib import Path

import polars as pl
import pytest

from data.counting.totals import totals
from data.demonstration.context import write_context
from data.demonstration.context_tables import INVENTED_TABLES
from data.pillars.models import Asked
from data.pillars.views import VIEWS, view_of
from data.query.selection import Selection
from data.readers.indicators.tables import INDICATOR_LAYOUTS
from data.store.store import Store

ROUTE = "central-mediterranean"
CONTEXT = ["indicators", "treaties", "campaigns"]

OF_ANOTHER_ROUTE = {"motives": "central-america-to-us"}  # the survey is of one route


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_view_has_a_figure_on_demonstration_data(demonstration_store: Store, view: str) -> None:
    asked = Asked(OF_ANOTHER_ROUTE.get(view, ROUTE))
    found = view_of(demonstration_store.current(), VIEWS[view], asked)
    assert found.is_computable, found.words
    assert found.rows


@pytest.mark.rule("P8")
def test_its_sources_are_nobodys(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    context = vintage.sources.filter(pl.col("kind").is_in(CONTEXT))
    assert context["is_demonstration"].all()
    assert set(context["publisher"]) == {"Crossings"}


def test_no_row_of_it_is_quarantined(demonstration_store: Store) -> None:
    context = demonstration_store.current().sources.filter(pl.col("kind").is_in(CONTEXT))
    assert context["quarantined"].sum() == 0


def test_each_table_is_of_a_declared_layout_and_small(tmp_path: Path) -> None:
    assert {one.layout for one in INVENTED_TABLES} <= {one.id for one in INDICATOR_LAYOUTS}
    assert sum(path.stat().st_size for path in write_context(tmp_path, seed=1)) < 2_000_000


def test_a_part_is_no_larger_than_its_whole_and_small_numbers_are_hidden(tmp_path: Path) -> None:
    path = next(one for one in write_context(tmp_path, seed=1) if "unodc" in one.name)
    rows = pl.read_csv(path, infer_schema=False)
    values = rows.filter(pl.col("txtVALUE") != "<5").with_columns(pl.col("txtVALUE").cast(pl.Int64))
    assert "<5" in rows["txtVALUE"].to_list()
    assert not values["txtVALUE"].is_between(1, 4).any()
    victims = values.filter(pl.col("Indicator") == "Detected trafficking victims")
    whole = victims.filter(pl.all_horizontal(pl.col("Dimension", "Sex", "Age") == "Total"))
    part = victims.filter(pl.col("Sex") == "Female").join(whole, on=["Year", "Iso3_code"])
    assert (part["txtVALUE"] <= part["txtVALUE_right"]).all()


def test_no_service_that_searches_for_relatives_is_made_up(demonstration_store: Store) -> None:
    assert "tracing_services" not in demonstration_store.current().sources["kind"].to_list()


@pytest.mark.rule("E6")
def test_a_second_database_of_deaths_stands_beside_the_first_and_in_no_sum_with_it(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    first, second = vintage.incident_sources
    own = {one: totals(vintage, Selection(source=one), measure="dead_or_missing").total for one in (first, second)}
    assert totals(vintage, Selection(), measure="dead_or_missing").total == own[first]
    assert 0 < (own[second] or 0) < (own[first] or 0)
    found = view_of(vintage, VIEWS["other_counts"], Asked(ROUTE))
    assert [row.part.split("/")[-1] for row in found.rows] == [first, second]
    assert found.value is None


def test_the_phases_of_hunger_add_up_and_some_years_were_not_analysed(tmp_path: Path) -> None:
    path = next(one for one in write_context(tmp_path, seed=1) if "ipc" in one.name)
    by = ("Country", "From")
    rows = pl.read_csv(path, schema_overrides={"Phase": pl.String}).with_columns(pl.col("Number").cast(pl.Int64))
    one = rows.pivot("Phase", index=by, values="Number")
    assert (one["all"] == one["1"] + one["2"] + one["3"] + one["4"] + one["5"]).all()
    assert (one["3+"] == one["3"] + one["4"] + one["5"]).all()
    years = rows.group_by("Country").agg(pl.col("From").str.head(4).n_unique())
    assert years["From"].min() < years["From"].max()


def test_a_post_has_days_on_which_nothing_came_in(demonstration_store: Store) -> None:
    found = view_of(demonstration_store.current(), VIEWS["border_data"], Asked())
    assert found.value is not None
    assert 0.9 < found.value < 1
    assert any(row.value is not None and row.value < 1 for row in found.rows)
