"""The demonstration's context: every view lives on it, and its tables are as their publishers have them."""

from pathlib import Path

import polars as pl
import pytest

from data.demonstration.context import write_context
from data.demonstration.context_tables import INVENTED_TABLES
from data.pillars.models import Asked
from data.pillars.views import VIEWS, view_of
from data.readers.indicators.tables import INDICATOR_LAYOUTS
from data.store.store import Store

ROUTE = "central-mediterranean"
CONTEXT = ["indicators", "treaties", "campaigns"]

NOT_INVENTED = {"other_counts": "the demonstration has one source of each measure: a second would change every answer"}
OF_ANOTHER_ROUTE = {"motives": "central-america-to-us"}  # the survey is of one route


@pytest.mark.parametrize("view", [one for one in VIEWS if one not in NOT_INVENTED])
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


def test_a_post_has_days_on_which_nothing_came_in(demonstration_store: Store) -> None:
    found = view_of(demonstration_store.current(), VIEWS["border_data"], Asked())
    assert found.value is not None
    assert 0.9 < found.value < 1
    assert any(row.value is not None and row.value < 1 for row in found.rows)
