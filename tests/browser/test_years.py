"""The years in the dates' popover: a press is one, a drag or Shift with an arrow key several, and the bars show it."""

import pytest
from playwright.sync_api import Page, expect

from layouts import ids
from tests.browser.test_page import Open
from tests.harness.serving import wait_until

pytestmark = pytest.mark.browser
CHOSEN = "[...document.querySelectorAll('.year-bar[aria-pressed=true]')].map((one) => one.dataset.year).join()"


def opened(open_page: Open) -> Page:
    page = open_page()
    page.locator(".chip summary").nth(1).click()
    return page


def middle_of(page: Page, year: int) -> tuple[float, float]:
    box = page.locator(f'[data-year="{year}"]').bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_press_on_a_bar_is_its_year_and_a_drag_is_a_span(open_page: Open) -> None:
    page = opened(open_page)
    assert page.evaluate(CHOSEN) == ""
    page.locator('[data-year="2018"]').click()
    wait_until(page, "location.search.includes('from=2018-01-01&to=2018-12-31')")
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text("in 2018.")
    page.mouse.move(*middle_of(page, 2017))
    page.mouse.down()
    page.mouse.move(*middle_of(page, 2015), steps=6)
    page.mouse.up()
    wait_until(page, "location.search.includes('from=2015-01-01&to=2017-12-31')")
    assert page.evaluate(CHOSEN) == "2015,2016,2017"
    page.get_by_role("button", name="All dates").click()
    wait_until(page, f"{CHOSEN} === ''")


def test_keys_choose_a_year_and_extend_it(open_page: Open) -> None:
    page = opened(open_page)
    year = page.locator('[data-year="2016"]')
    year.focus()
    page.keyboard.press("Enter")
    wait_until(page, "location.search.includes('from=2016-01-01&to=2016-12-31')")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    wait_until(page, "location.search.includes('from=2016-01-01&to=2018-12-31')")
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-year="2019"]')).to_be_focused()
    wait_until(page, f"{CHOSEN} === '2016,2017,2018'")
