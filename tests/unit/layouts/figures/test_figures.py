"""Figures are plain dicts: Plotly accepts every one, and each class, width and mark is as stated."""

from datetime import date

import orjson
import plotly.graph_objects as go
import polars as pl
import pytest

from callbacks.page.map import map_legends
from data.counting.classes import class_floors, class_names, class_of
from data.query.selection import Selection
from data.store.store import Store
from geo.map.basemap import map_style
from layouts.figures.map import WIDTHS, base_map, flow_class, flow_width
from layouts.text import page as text


def test_plotly_accepts_the_map() -> None:
    base = base_map(map_style(), mark="Demonstration")
    go.Figure(base)
    assert base["data"][0]["below"] in {layer["id"] for layer in map_style()["layers"]}


@pytest.mark.rule("P6")
def test_every_class_of_the_cells_has_its_row_in_the_legend(demonstration_store: Store) -> None:
    legends = map_legends(demonstration_store.current(), Selection())
    assert len(orjson.loads(orjson.dumps(legends[0]))) == 7  # a head and six classes


@pytest.mark.rule("X8", "P6")
def test_classes_are_fixed_on_the_full_data_and_leave_out_zero_and_unknown() -> None:
    floors = class_floors(pl.Series([0, None, *range(1, 400)]))
    assert len(floors) == len(class_names(floors)) == 6
    table = pl.DataFrame({"value": [None, -2, 0, 1, floors[1], 10_000]})
    assert table.select(class_of(pl.col("value"), floors))["value"].to_list() == [None, None, None, 0, 1, 5]


@pytest.mark.rule("P3")
def test_flow_widths_grow_with_the_value() -> None:
    values = (0, 1, 99, 100, 5_000_000)
    assert [flow_class(value) for value in values] == [0, 0, 0, 1, 5]
    assert [flow_width(value) for value in (0, 1, 100, 10_000, 5_000_000)] == [
        WIDTHS[0],
        *WIDTHS[:2],
        WIDTHS[3],
        WIDTHS[5],
    ]
    some = [flow_width(10**power * step) for power in range(7) for step in (1, 2, 5)]
    assert some == sorted(some)
    assert len(set(some[:16])) == 16  # each value a width of its own, below the last class


def test_a_share_is_never_0_percent_of_something() -> None:
    assert [text.share(value) for value in (None, 0.0, 0.004, 0.5)] == ["–", "0%", "under 1%", "50%"]


def test_what_counts_cannot_follow_is_named() -> None:
    assert (
        text.unfiltered(Selection(regions=("europe",), min_quality=3)) == " (not filtered by region and source quality)"
    )
    assert text.unfiltered(Selection(start=date(2020, 1, 1))) == ""
