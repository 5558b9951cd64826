"""Figures are plain dicts: Plotly accepts every one, and each class, width and mark is as stated."""

from datetime import date
from typing import Any

import orjson
import plotly.graph_objects as go
import polars as pl
import pytest

from callbacks.map import map_layers, map_legends
from callbacks.time_series import series_view
from data.selection import LAYERS, Selection
from data.store import Store
from geo.basemap import map_style
from layouts import text
from layouts.classes import class_floors, class_names, class_of
from layouts.figures.map import base_map, beside, circle, flow_class

SELECTIONS = [
    Selection(),
    Selection(layers=LAYERS, size=4, measure="incidents"),
    Selection(layers=()),
    Selection(start=date(1995, 1, 1), end=date(1995, 2, 1), layers=LAYERS),
    Selection(routes=("central-mediterranean",), step="year", flow="interceptions", layers=LAYERS, size=0),
]


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: one.to_query() or "default")
def test_plotly_accepts_every_map(demonstration_store: Store, selection: Selection) -> None:
    vintage = demonstration_store.current()
    base = base_map(map_style(), mark="Demonstration")
    layers = map_layers(vintage, selection)
    go.Figure({"data": layers, "layout": base["layout"]})
    assert [layer["type"] for layer in layers] == [layer["type"] for layer in base["data"]]


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: one.to_query() or "default")
def test_plotly_accepts_every_series(demonstration_store: Store, selection: Selection) -> None:
    parts = series_view(demonstration_store.current(), selection)
    layout: dict[str, Any] = {"shapes": parts["layout", "shapes"], "annotations": parts["layout", "annotations"]}
    data = orjson.loads(orjson.dumps(parts["data",]))  # encoded once, as it is sent
    go.Figure({"data": data, "layout": layout})


def test_every_class_of_the_cells_has_its_row_in_the_legend(demonstration_store: Store) -> None:
    legends = map_legends(demonstration_store.current(), Selection())
    assert len(orjson.loads(orjson.dumps(legends[0]))) == 7  # a head and six classes


def test_classes_are_fixed_on_the_full_data_and_leave_out_zero_and_unknown() -> None:
    floors = class_floors(pl.Series([0, None, *range(1, 400)]))
    assert len(floors) == len(class_names(floors)) == 6
    table = pl.DataFrame({"value": [None, -2, 0, 1, floors[1], 10_000]})
    assert table.select(class_of(pl.col("value"), floors))["value"].to_list() == [None, None, None, 0, 1, 5]


def test_a_line_is_moved_to_its_side_and_keeps_its_points() -> None:
    moved = beside([[0.0, 0.0], [0.0, 10.0]], 111.195)
    assert len(moved) == 2
    assert moved[0][0] == pytest.approx(1.0, abs=0.01)


def test_a_circle_is_closed_and_its_points_are_at_the_radius() -> None:
    ring = circle(longitude=0, latitude=0, radius_km=111.195)
    assert ring[0] == pytest.approx(ring[-1])
    assert ring[0][1] == pytest.approx(1.0, abs=0.001)


def test_flow_widths_grow_with_the_value() -> None:
    assert [flow_class(value) for value in (0, 1, 99, 100, 5_000_000)] == [0, 0, 0, 1, 5]


def test_a_share_is_never_0_percent_of_something() -> None:
    assert [text.share(value) for value in (None, 0.0, 0.004, 0.5)] == ["–", "0%", "under 1%", "50%"]


def test_what_counts_cannot_follow_is_named() -> None:
    assert (
        text.unfiltered(Selection(regions=("europe",), min_quality=3)) == " (not filtered by region and source quality)"
    )
    assert text.unfiltered(Selection(start=date(2020, 1, 1))) == ""
