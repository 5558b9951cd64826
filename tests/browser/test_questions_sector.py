"""A border team on the map: draws its sector, reads what is new, keeps a watch list, prints the sheet."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from layouts import ids
from tests.harness.serving import DRAWN, MAP, wait_until

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
FIRST = ".sector-answer h3"
SIZES = [(1440, 900), pytest.param(390, 844, marks=pytest.mark.long)]


def asked(open_page: Open, *, width: int = 1440, height: int = 900) -> Page:
    page = open_page("?view=14,36,5", width=width, height=height)
    wait_until(page, DRAWN)
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    page.get_by_text("What is new in my sector?").click()
    return page


def drawn(page: Page) -> None:
    """Press Draw and drag a circle from the middle of the map."""
    page.locator(f"#{ids.SECTOR_DRAW}").click()
    expect(page.locator(".questions")).not_to_be_visible()
    wait_until(page, "Math.abs(document.querySelector('#map canvas.maplibregl-canvas').clientWidth - "
                     "document.querySelector('.map-panel').clientWidth) < 2")  # fmt: skip
    box = page.locator("#map canvas.maplibregl-canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    expect(page.locator(".draw-said")).to_contain_text("km around")
    page.mouse.up()
    expect(page.locator(FIRST)).to_be_visible(timeout=30_000)


def sheet_link(page: Page) -> str:
    link = page.get_by_role("link", name="Open the sheet to print").get_attribute("href")
    assert link
    return link


def told(address: str, query: str) -> dict[str, dict[str, dict[str, int]]]:
    with urllib.request.urlopen(f"{address}/api/v1/sector?{query}", timeout=60) as answer:
        found: dict[str, dict[str, dict[str, int]]] = json.load(answer)
    return found


def answer_is_the_interfaces(page: Page, address: str) -> str:
    query = urlsplit(sheet_link(page)).query
    people = told(address, query)["places"]["inside"]["people"]
    expect(page.locator(FIRST)).to_contain_text(f"At least {people:,} ")
    return query


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_circle_is_drawn_by_a_drag_and_printed_in_five_acts(
    open_page: Open, address: str, width: int, height: int
) -> None:
    page = asked(open_page, width=width, height=height)  # acts 1 and 2
    view = page.evaluate(f"{MAP}._fullLayout.map._subplot.map.getCenter().toArray()")
    drawn(page)  # acts 3 and 4
    page.wait_for_timeout(1000)  # in which the map would have gone elsewhere
    assert page.evaluate(f"{MAP}._fullLayout.map._subplot.map.getCenter().toArray()") == view
    query = answer_is_the_interfaces(page, address)
    assert re.match(r"at=1[34][\d.]*,3[3-6][\d.]*&radius_km=\d+&since=\d{4}-\d\d-\d\d", query)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the sheet to print").click()  # act 5
    sheet = opened.value
    expect(sheet.locator("h1")).to_have_text(page.locator(FIRST).inner_text())
    found = Axe().run(page).response["violations"]
    grave = [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")]
    assert grave == []


@pytest.mark.long
def test_the_keyboard_alone_draws_a_circle_and_escape_leaves(open_page: Open, address: str) -> None:
    page = asked(open_page)
    page.locator(f"#{ids.SECTOR_DRAW}").press("Enter")
    expect(page.locator(".draw-said")).to_contain_text("100 km")
    page.keyboard.press("Escape")
    expect(page.locator(".questions")).to_be_visible()
    page.locator(f"#{ids.SECTOR_DRAW}").press("Enter")
    for key in ("ArrowRight", "ArrowDown", "Equal", "Minus", "Equal", "Equal"):
        page.keyboard.press(key)
    expect(page.locator(".draw-said")).to_contain_text("200 km")
    page.keyboard.press("Enter")
    expect(page.locator(FIRST)).to_contain_text("within 200 km", timeout=30_000)
    answer_is_the_interfaces(page, address)


def test_the_place_chip_draws_at_once_and_what_is_drawn_opens_the_question(open_page: Open, address: str) -> None:
    page = open_page("?view=14,36,5")
    wait_until(page, DRAWN)
    for is_left in (True, False):
        page.locator(".chip-button", has_text="Place").click()
        page.locator("[data-draw-area]").click()
        expect(page.locator(f"#{ids.SECTOR_PAD}")).to_be_visible()
        expect(page.locator(".draw-note .how")).to_contain_text("Press and drag")
        expect(page.locator(".questions")).not_to_be_visible()
        if is_left:
            page.keyboard.press("Escape")
            expect(page.locator(f"#{ids.SECTOR_PAD}")).to_be_hidden()
            expect(page.locator(".chip-button", has_text="Place")).to_be_focused()
    page.mouse.move(700, 400)
    page.mouse.down()
    page.mouse.move(760, 400, steps=5)
    page.mouse.up()
    expect(page.locator(FIRST)).to_be_visible(timeout=30_000)
    answer_is_the_interfaces(page, address)


@pytest.mark.long
def test_a_polygon_is_drawn_corner_by_corner(open_page: Open, address: str) -> None:
    page = asked(open_page)
    page.locator(f"#{ids.SECTOR_DRAW}").click()
    for x, y in ((500, 300), (900, 300), (900, 600)):
        page.mouse.click(x, y)
    page.mouse.dblclick(500, 600)
    expect(page.locator(FIRST)).to_contain_text("polygon of 4 corners", timeout=30_000)
    assert answer_is_the_interfaces(page, address).startswith("polygon=")
    page.locator('.sector-answer [data-list="clear"]').click()
    expect(page.locator(f"#{ids.ANSWER}")).to_contain_text("Draw the area")


def test_the_page_to_print_is_clean(open_page: Open, address: str) -> None:
    page = open_page()
    page.goto(f"{address}/sector?place=Lampedusa&radius_km=100&since=2025-01-01&incidents_above=5")
    expect(page.locator("h1")).to_contain_text("within 100 km of Lampedusa")
    assert Axe().run(page).response["violations"] == []


def test_a_polygon_of_900_corners_is_refused_with_a_sentence(address: str) -> None:
    corners = ";".join(f"{12 + i / 1000:.4f},{35 + (i % 2) / 1000:.4f}" for i in range(900))
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/sector?polygon={corners}", timeout=30)
    assert refused.value.code == 414
    assert "draw a simpler polygon" in json.load(refused.value)["detail"]


@pytest.mark.parametrize("query", ["place=Lampedusa&radius_km=100&since=2020-01-01", "area=Libya",
                                   "at=12.6,34.5&radius_km=300&since=2020-01-01&incidents_above=3&arrivals_above=4"])  # fmt: skip
def test_a_sheet_prints_on_two_pages_of_type_that_is_read(open_page: Open, address: str, query: str) -> None:
    page = open_page("?view=14,36,5")
    page.goto(f"{address}/sector?{query}")
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) <= 2
    words = " ".join(paper.pages[0].extract_text().split())
    assert "Valid until" in words
    assert "latest incidents inside" in words
    page.emulate_media(media="print")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.sheet td, .sheet li')].map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 12  # 9 pt
