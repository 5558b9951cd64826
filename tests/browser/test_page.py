"""What a reader does: open, filter, brush, choose a cell, share; at both sizes, with numbers that equal the API's."""

import json
import re
import urllib.request
from collections.abc import Callable

import fastexcel
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geo.cells import cell_centre, cell_from_text
from layouts import ids
from tests.harness.serving import DRAWN, MAP, wait_until

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SIZES = [(1440, 900), (390, 844)]


def total(address: str, query: str = "") -> int:
    with urllib.request.urlopen(f"{address}/api/v1/totals?{query}", timeout=30) as answer:
        return int(json.load(answer)["total"])


def says(page: Page, people: int) -> None:
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text(f"{people:,}", timeout=60_000)


def map_is_drawn(page: Page) -> None:
    wait_until(page, DRAWN)


def since(page: Page, day: str) -> None:
    page.locator(".chip-name", has_text="Dates").click()
    page.locator(f"#{ids.START}").fill(day)
    page.locator(f"#{ids.START}").press("Enter")


def zooms_to(page: Page, level: int) -> None:
    wait_until(page, f"Math.abs({MAP}._fullLayout.map._subplot.map.getZoom() - {level}) < 0.1")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_page_opens_with_its_sentence_its_map_and_its_banner(
    open_page: Open, address: str, width: int, height: int
) -> None:
    page = open_page(width=width, height=height)
    says(page, total(address))
    expect(page.get_by_text("Demonstration data").first).to_be_visible()
    map_is_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_address_restores_the_selection_in_a_clean_browser(open_page: Open, address: str) -> None:
    query = "from=2018-01-01&to=2019-12-31&route=central-mediterranean"
    page = open_page(f"?{query}&view=20,38,5")
    says(page, total(address, query))
    expect(page.locator(f"#{ids.START}")).to_have_value("2018-01-01")
    map_is_drawn(page)
    zooms_to(page, 5)


def test_a_filter_changes_the_sentence_and_the_address_and_keeps_the_zoom(open_page: Open, address: str) -> None:
    page = open_page("?view=20,38,6")
    map_is_drawn(page)
    zooms_to(page, 6)
    since(page, "2019-01-01")
    says(page, total(address, "from=2019-01-01"))
    expect(page).to_have_url(re.compile("from=2019-01-01"))
    map_is_drawn(page)
    zooms_to(page, 6)


def test_where_the_reader_has_moved_the_map_it_stays(open_page: Open, address: str) -> None:
    page = open_page("?view=20,38,5")
    map_is_drawn(page)
    zooms_to(page, 5)
    page.locator("#map canvas.maplibregl-canvas").press("Equal")
    zooms_to(page, 6)
    page.locator(f"#{ids.LAYER_ARRIVALS}").get_by_text("Arrivals").click()
    expect(page).to_have_url(re.compile("layers=cells,interceptions"))
    since(page, "2019-01-01")
    says(page, total(address, "from=2019-01-01"))
    wait_until(page, f"!{MAP}.data.some(trace => trace.line?.color === '#1f6a8c' && trace.lon.length > 1)")
    map_is_drawn(page)
    zooms_to(page, 6)


def test_brushing_the_time_axis_filters_the_map(open_page: Open, address: str) -> None:
    page = open_page()
    map_is_drawn(page)
    box = page.locator(f"#{ids.SERIES_CURSOR}").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=8)
    page.mouse.up()
    expect(page).to_have_url(re.compile("from=.*to="), timeout=30_000)
    query = re.search(r"from=[\d-]+&to=[\d-]+", page.url)
    assert query
    says(page, total(address, query.group()))


def test_the_rows_are_read_by_pointer_and_keys_shown_alone_and_in_full_height(open_page: Open) -> None:
    page = open_page("?view=20,38,4")
    cursor, box = page.locator(f"#{ids.SERIES_CURSOR}"), page.locator(f"#{ids.SERIES_BOX}")
    expect(page.locator(".series-row")).to_have_count(3, timeout=60_000)
    room = cursor.bounding_box()
    assert room
    page.mouse.move(room["x"] + room["width"] * 0.3, room["y"] + 20)
    expect(box.locator("p")).to_have_count(4)
    expect(box).to_contain_text("dead or missing")
    cursor.focus()
    page.mouse.move(room["x"], room["y"] - 60)
    expect(box).to_be_hidden()
    cursor.press("Home")
    expect(cursor).to_have_attribute("aria-valuetext", re.compile("January 2014; .* dead or missing; .*arrivals"))
    cursor.press("ArrowRight")
    expect(cursor).to_have_attribute("aria-valuetext", re.compile("February 2014; "))
    cursor.press("Escape")
    expect(box).to_be_hidden()
    page.locator(".row-flow .series-name").click()
    expect(page.locator(".series-row:visible")).to_have_count(1)
    page.locator(".row-flow .series-name").click()
    expect(page.locator(".series-row:visible")).to_have_count(3)
    page.locator(f"#{ids.HEIGHT}").get_by_text("Full height").click()
    expect(page).to_have_url(re.compile("height=full"))
    expect(page.locator(".series-plot .torn")).to_have_count(0)


def test_choosing_a_cell_lists_its_incidents(open_page: Open, address: str) -> None:
    with urllib.request.urlopen(f"{address}/api/v1/cells?resolution=3", timeout=30) as answer:
        cells = json.load(answer)["cells"]
    largest = max(cells, key=lambda cell: cell["value"] or 0)
    page = open_page(f"?cell={largest['cell']}")
    drawer = page.locator(f"#{ids.DRAWER}")
    expect(drawer).to_contain_text(f"{largest['value']:,}", timeout=30_000)
    expect(drawer).to_contain_text("Invented report")


def test_a_click_on_the_map_opens_the_cell_under_it(open_page: Open, address: str) -> None:
    with urllib.request.urlopen(f"{address}/api/v1/cells?resolution=3", timeout=30) as answer:
        cells = json.load(answer)["cells"]
    largest = max(cells, key=lambda cell: cell["value"] or 0)
    longitude, latitude = cell_centre(cell_from_text(largest["cell"]))
    page = open_page(f"?view={longitude:.3f},{latitude:.3f},6&layers=cells&resolution=3")
    map_is_drawn(page)
    zooms_to(page, 6)
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(f"cell={largest['cell']}"), timeout=30_000)
    expect(page.locator(f"#{ids.DRAWER}")).to_contain_text(f"{largest['value']:,}", timeout=30_000)


def test_the_keyboard_alone_reaches_the_table_and_closes_it(open_page: Open) -> None:
    page = open_page()
    page.locator(f"#{ids.SHOW_TABLE}").focus()
    page.keyboard.press("Enter")
    table = page.locator(f"#{ids.TABLE_BODY}")
    expect(table).to_contain_text("Place of the cell's centre", timeout=30_000)
    page.keyboard.press("Escape")
    expect(table).not_to_be_visible()


def test_two_readers_do_not_see_each_others_choices(open_page: Open, address: str) -> None:
    one, other = open_page("?from=2020-01-01"), open_page("?to=2015-12-31")
    says(one, total(address, "from=2020-01-01"))
    says(other, total(address, "to=2015-12-31"))


@pytest.mark.parametrize(
    ("query", "words", "way_back"),
    [
        ("?to=1995-01-01", "Nobody counted in these days", "Widen the dates"),  # R10: unknown, not zero
        (
            "?from=2018-01-01&to=2018-12-31&region=caribbean&route=western-balkans",
            "No incidents match",
            "Clear all filters",
        ),
    ],
)
def test_an_empty_selection_says_so_and_offers_a_way_back(
    open_page: Open, address: str, query: str, words: str, way_back: str
) -> None:
    page = open_page(query)
    expect(page.get_by_text(words)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name=way_back).click()
    expect(page.get_by_text(words)).to_be_hidden(timeout=30_000)
    says(page, total(address))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing_serious(open_page: Open, width: int, height: int) -> None:
    page = open_page(width=width, height=height)
    map_is_drawn(page)
    found = Axe().run(page).response["violations"]
    grave = [(rule["id"], rule["nodes"][0]["target"]) for rule in found if rule["impact"] in ("serious", "critical")]
    assert grave == []


def test_the_list_of_files_gives_what_is_shown_and_closes(open_page: Open, address: str) -> None:
    page = open_page("?from=2019-01-01&route=central-mediterranean")
    page.locator("details.export summary").first.click()
    link = page.locator("a.export-file", has_text="XLSX").nth(1)
    expect(link).to_have_attribute("href", re.compile(r"incidents\.xlsx\?from=2019-01-01&route=central-mediterranean"))
    with page.expect_download() as begun:
        link.click()
    table = fastexcel.read_excel(begun.value.path()).load_sheet("data").to_polars()
    people = total(address, "from=2019-01-01&route=central-mediterranean")
    assert sum(table["dead_or_missing"].drop_nulls()) == people > 0
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text(f"{people:,}")
    page.keyboard.press("Escape")
    expect(page.locator(".export-list").first).to_be_hidden()
    page.locator("details.export summary").first.click()
    page.mouse.click(700, 450)
    expect(page.locator(".export-list").first).to_be_hidden()
