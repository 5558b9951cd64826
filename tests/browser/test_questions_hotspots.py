"""Where was more recorded than around, and near which lines: asked in three clicks, by mouse and by keyboard."""

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from layouts import ids

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SIZES = [(1440, 900), pytest.param(390, 844, marks=pytest.mark.long)]
HOT, NEAR = "Where was more recorded than around?", "Which route lines are the deaths near?"


def api(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}/api/v1/{path}", timeout=60) as answer:
        return json.load(answer)


def grave(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds serious or critical: the rule, and what breaks it."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], node["html"]) for rule in found if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]]  # fmt: skip


def ask(page: Page, question: str) -> None:
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    page.get_by_text(question).click()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_two_clicks_say_where_more_was_recorded_as_the_interface_does(
    open_page: Open, address: str, width: int, height: int
) -> None:
    page = open_page(width=width, height=height)
    ask(page, HOT)
    found = api(address, "hotspots?study_area=mediterranean")
    hot = sum(cell["class"] in ("hot 95%", "hot 99%") for cell in found["cells"])
    head = page.locator(f"#{ids.ANSWER} h3")
    expect(head).to_contain_text(f"In {hot or 'none'} of the {found['cells_in_study_area']:,} cells", timeout=60_000)
    first = next(cell for cell in found["cells"] if cell["rank"] == 1)
    row = page.locator(f"#{ids.ANSWER} tbody tr").first
    expect(row).to_contain_text(first["place"])
    expect(row).to_contain_text(f"{first['stability']:.0%} of 200 draws")
    expect(page.locator(f"#{ids.ANSWER} .demonstration-mark")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert grave(page) == []


@pytest.mark.long
def test_another_area_is_chosen_by_keyboard_alone(open_page: Open, address: str) -> None:
    page = open_page()
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.ANSWER} h3")).to_contain_text("in the same days", timeout=60_000)  # the list is there
    page.get_by_label("More or fewer than in earlier years?").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#{ids.ANSWER} h3")).to_contain_text("Mediterranean (sea)", timeout=60_000)
    page.locator(".question-form:visible summary").click()
    page.get_by_label("Study area").focus()
    page.keyboard.type("Sahara")
    page.keyboard.press("Tab")
    cells = api(address, "hotspots?study_area=sahara")["cells_in_study_area"]
    expect(page.locator(f"#{ids.ANSWER} h3")).to_contain_text(f"{cells:,} cells of the Sahara (land)", timeout=60_000)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_width_in_km_is_typed_and_the_lines_answer(open_page: Open, address: str, width: int, height: int) -> None:
    page = open_page(width=width, height=height)
    ask(page, NEAR)
    expect(page.locator(f"#{ids.ANSWER} h3")).to_have_text(api(address, "corridors")["sentence"], timeout=60_000)
    page.locator(".question-form:visible summary").click()
    page.get_by_label("Within, km").fill("40")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.ANSWER} h3")).to_have_text(
        api(address, "corridors?within_km=40")["sentence"], timeout=60_000
    )
    expect(page.locator(".corridor-bars .bars .point").first).to_be_visible()
    page.get_by_label("Within, km").fill("7")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.ANSWER}")).to_contain_text("whole number from 10 to 500", timeout=60_000)
    assert grave(page) == []
