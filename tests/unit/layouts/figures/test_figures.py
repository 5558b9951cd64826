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
from layouts.figures.map import base_map
from layouts.figures.route_widths import HIDDEN, band, cell_width, unit_width
from layouts.text import page as text


def test_plotly_accepts_the_map() -> None:
    base = base_map(map_style(), mark="Demonstration")
    go.Figure(base)
    assert base["data"][0]["below"] in {layer["id"] for layer in map_style()["layers"]}


@pytest.mark.rule("P6")
def test_every_class_of_the_cells_has_its_row_in_the_legend(demonstration_store: Store) -> None:
    legends = map_legends(demonstration_store.current(), Selection())
    assert len(orjson.loads(orjson.dumps(legends[2]))) == 6


@pytest.mark.rule("X8", "P6")
def test_classes_are_fixed_on_the_full_data_and_leave_out_zero_and_unknown() -> None:
    floors = class_floors(pl.Series([0, None, *range(1, 400)]))
    assert len(floors) == len(class_names(floors)) == 6
    table = pl.DataFrame({"value": [None, -2, 0, 1, floors[1], 10_000]})
    assert table.select(class_of(pl.col("value"), floors))["value"].to_list() == [None, None, None, 0, 1, 5]


@pytest.mark.rule("P3")
def test_flow_widths_grow_with_the_value() -> None:
    assert [round(unit_width(value, 4), 1) for value in (1_000, 50_000, 1_000_000)] == [1.2, 1.9, 4.6]
    assert unit_width(1, 2) == 1.1  # never thinner
    assert unit_width(10**8, 9) == 9  # never thicker
    some = [unit_width(10**power * step, 5) for power in range(7) for step in (1, 2, 5)]
    assert some == sorted(some)
    zooms = [unit_width(250_000, zoom) for zoom in (1, 2, 3, 5, 7, 9, 12)]
    assert zooms == sorted(zooms)


def test_both_units_shrink_together_for_a_short_line_and_leave_room_for_a_cell() -> None:
    long = band(1_000_000, 250_000, length=400, latitude=35, zoom=8)
    short = band(1_000_000, 250_000, length=0.4, latitude=35, zoom=8)
    assert short.units * 12 == pytest.approx(0.4 * 2**8)
    assert short.left / short.right == pytest.approx(long.left / long.right)
    for zoom in (2, 3, 4, 5, 6):
        drawn = band(1_000_000, 1_000_000, length=400, latitude=35, zoom=zoom)
        assert drawn.units + drawn.casing <= HIDDEN * cell_width(zoom, 35) + 1e-9
    assert band(None, None, length=400, latitude=35, zoom=4) == (0, 0, 0, 0)
    assert band(None, 5, length=400, latitude=35, zoom=4).gap == 0


def test_a_share_is_never_0_percent_of_something() -> None:
    assert [text.share(value) for value in (None, 0.0, 0.004, 0.5)] == ["–", "0%", "under 1%", "50%"]


def test_what_counts_cannot_follow_is_named() -> None:
    assert (
        text.unfiltered(Selection(regions=("europe",), min_quality=3)) == " (not filtered by region and source quality)"
    )
    assert text.unfiltered(Selection(origins=("mali",))) == " (not filtered by origin)"
    assert text.unfiltered(Selection(start=date(2020, 1, 1))) == ""
