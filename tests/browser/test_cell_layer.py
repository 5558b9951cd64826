"""The layer of cells in a real Chromium: it is on Plotly's map, tells the cell under the pointer, and survives."""

import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import h3
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from callbacks.map_data.binary_columns import unpack
from layouts import ids
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
VIEW = "?view=14,36,5&resolution=3&layers=cells"
CODES = "Object.fromEntries([...crossings.now.set.id].map((id, at) => [id.toString(16), crossings.now.code[at]]))"


def drawn(open_page: Open, query: str = VIEW) -> Page:
    page = open_page(query)
    wait_until(page, DRAWN)
    wait_until(page, "crossings.now.layer?.frames > 0")
    return page


def asked(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}{path}", timeout=30) as answer:
        return json.load(answer)


def test_the_map_inside_plotly_is_where_the_adapter_looks(open_page: Open) -> None:
    """If this fails after an upgrade of plotly: the map moved; mend ``innerMap`` in map/inner_map.mjs."""
    page = drawn(open_page)
    needs = ["addLayer", "getLayer", "getStyle", "getBounds", "getCenter", "getZoom", "project", "triggerRepaint", "on"]
    found = page.evaluate(f"{json.dumps(needs)}.filter(name => typeof crossings.innerMap()[name] === 'function')")
    assert found == needs
    assert page.evaluate("crossings.innerMap().getLayer('cells').type") == "custom"
    order = page.evaluate("crossings.innerMap().getStyle().layers.map(layer => layer.id)")
    assert order


def test_the_cell_under_a_point_is_the_one_that_holds_it(open_page: Open) -> None:
    page = drawn(open_page)
    random = np.random.default_rng(3)
    points = [
        [float(lon), float(lat)]
        for lon, lat in zip(random.uniform(-20, 45, 4000), random.uniform(-5, 55, 4000), strict=True)
    ]
    found = page.evaluate(
        "points => points.map(([lng, lat]) => { const at = crossings.cellAt({lng, lat});"
        " return at < 0 ? null : crossings.now.set.id[at].toString(16) })",
        points,
    )
    codes = page.evaluate(CODES)
    wrong = 0
    for (longitude, latitude), cell in zip(points, found, strict=True):
        around = [h3.latlng_to_cell(latitude, longitude, size) for size in (3, 2)]  # else a wider area (RULES X9)
        expected = next((one for one in around if codes.get(one, 7) % 8 != 7), None)
        wrong += cell != expected
    assert sum(cell is not None for cell in found) > 100
    assert wrong <= 4  # an edge is an arc on the sphere and a straight line on the map


def test_the_pointer_gets_the_value_at_once_and_then_all_that_the_cell_holds(open_page: Open, address: str) -> None:
    cells = asked(address, "/api/v1/cells?resolution=3")["cells"]
    largest = max(cells, key=lambda cell: cell["value"] or 0)
    latitude, longitude = h3.cell_to_latlng(largest["cell"])
    page = drawn(open_page, f"?view={longitude:.3f},{latitude:.3f},6&resolution=3&layers=cells")
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.move(box["width"] / 2 - 9, box["y"] + box["height"] / 2)
    page.mouse.move(box["width"] / 2, box["y"] + box["height"] / 2)
    tip = page.locator(f"#{ids.CELL_TIP}")
    expect(tip).to_contain_text(f"At least {largest['value']:,} dead or missing")
    expect(tip).to_contain_text(f"{largest['incidents']:,} incidents in {largest['events']:,} event")
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_change_of_measure_or_window_sends_values_only(open_page: Open, address: str) -> None:
    page = drawn(open_page)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.locator("#key-measure").click()
    page.get_by_text("Missing", exact=True).click()
    wait_until(page, "crossings.now.answer.measure === 'missing'")
    asked_for = [url for url in requests if "/cells/" in url]
    assert len(asked_for) == 1
    assert "/cells/values?" in asked_for[0]
    with urllib.request.urlopen(asked_for[0], timeout=30) as answer:
        _, columns = unpack(answer.read())
    assert page.evaluate("[...crossings.now.code]") == columns["code"].tolist()


@pytest.mark.rule("X3", "X9")
@pytest.mark.parametrize(
    "filters", ["", pytest.param("&route=central-mediterranean&min_quality=3", marks=pytest.mark.long)]
)
def test_the_size_of_the_cells_follows_the_zoom_and_nobody_is_lost(open_page: Open, address: str, filters: str) -> None:
    page = drawn(open_page, f"?view=14,36,2.5&layers=cells{filters}")
    stated = asked(address, f"/api/v1/cells?{filters[1:]}")
    placed = stated["total"] - stated["not_located"]
    drawn_people = "crossings.now.answer.value.reduce((sum, one) => sum + one, 0)"
    assert h3.get_resolution(page.evaluate("crossings.now.set.id[0].toString(16)")) == 2
    assert page.evaluate(drawn_people) == placed
    canvas = page.locator("#map canvas.maplibregl-canvas")
    for zoom in (3.5, 4.5):
        canvas.press("Equal")
        wait_until(page, f"crossings.innerMap().getZoom() === {zoom} && !crossings.innerMap().isMoving()")
    wait_until(page, "crossings.now.answer.shapes.endsWith('/4.bin')")
    assert page.evaluate("crossings.now.answer.wider") > 0
    assert page.evaluate(drawn_people) == placed
    canvas.press("Equal")
    expect(page.locator(".area-label").first).to_have_text(re.compile(r"^[\d,]+ somewhere here$"), timeout=30_000)
    canvas.press("Minus")
    wait_until(page, "crossings.innerMap().getZoom() === 4.5 && !crossings.innerMap().isMoving()")
    expect(page.locator(f"#{ids.LEGEND_CELLS}")).to_contain_text("of the 10 highest at 120 km", timeout=30_000)
    assert "zoomed" not in page.url
    canvas.press("Minus")
    wait_until(page, "crossings.now.answer.shapes.endsWith('/3.bin')")
    assert page.evaluate(drawn_people) == placed


def test_the_layer_comes_back_after_the_card_was_lost(open_page: Open) -> None:
    page = drawn(open_page)
    page.evaluate(
        "window.lost = crossings.innerMap().getCanvas().getContext('webgl2').getExtension('WEBGL_lose_context');"
        "lost.loseContext()"
    )
    page.wait_for_timeout(300)
    page.evaluate("lost.restoreContext()")
    wait_until(page, "!!crossings.innerMap().getLayer('cells') && crossings.now.layer.frames > 0")
    assert page.evaluate("crossings.now.layer.code.length === crossings.now.layer.set.id.length")


@pytest.mark.parametrize("measure", ["dead_or_missing", "incidents"])
def test_without_the_layer_plotly_draws_the_same_cells(open_page: Open, measure: str) -> None:
    page = drawn(open_page, f"{VIEW}&measure={measure}")
    page.evaluate("crossings.now.isPlain = true; crossings.draw(crossings.now.code)")
    trace = page.evaluate(
        "(({locations, z}) => ({locations, z}))(document.querySelector('#map .js-plotly-plot').data[0])"
    )
    codes = page.evaluate(CODES)
    assert dict(zip(trace["locations"], trace["z"], strict=True)) == {
        cell: code % 8 + 6 * (h3.get_resolution(cell) < 3) for cell, code in codes.items() if code % 8 < 6
    }
    assert len(trace["z"]) > 50


def test_keys_go_through_the_cells_in_view_and_enter_opens_one(open_page: Open) -> None:
    page = drawn(open_page)
    page.locator("#map canvas.maplibregl-canvas").focus()
    page.keyboard.press("PageDown")
    note = page.locator(f"#{ids.MAP_NOTE}")
    expect(note).to_contain_text(re.compile("At least .* incident"))  # its words have come
    first = note.inner_text()
    page.keyboard.press("PageDown")
    assert page.evaluate("crossings.now.over") >= 0
    assert page.evaluate("crossings.now.layer.focused === crossings.now.over && crossings.now.layer.hovered === -1")
    outline = "getComputedStyle(document.querySelector('#map canvas.maplibregl-canvas')).outlineStyle"
    assert page.evaluate(outline) == "none"  # the cell has the ring, not the map
    page.keyboard.press("PageUp")
    expect(note).to_have_text(first)
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.DRAWER}")).to_be_visible(timeout=30_000)
    expect(page).to_have_url(re.compile("cell=8[23]"))
