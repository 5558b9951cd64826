"""The views of the four pillars beside the map: four presses from a new page, and the map marks the countries."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from layouts import ids
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
MARKED = "Boolean(window.crossings.innerMap().getLayer('answer-countries'))"


def test_a_view_is_three_presses_from_a_new_page_and_leads_back_to_all(open_page: Open) -> None:
    page = open_page()
    wait_until(page, DRAWN)
    assert "views.css" not in page.content()
    page.locator(f"#{ids.SHOW_QUESTIONS}").click()
    page.get_by_text("What protects, opens, disrupts, and is known?").click()
    answer = page.locator(f"#{ids.ANSWER}")
    expect(answer.locator("h3")).to_contain_text("of the four pillars have a figure here.", timeout=60_000)
    answer.get_by_role("button", name="Who is refused a visa?").click()
    expect(answer.locator("h3")).to_contain_text("Schengen visas decided", timeout=60_000)
    assert "ask.view=visas" in page.url
    wait_until(page, MARKED)
    expect(page.locator(f"#{ids.ANSWER_KEY}")).to_contain_text("country with a figure")
    assert page.locator(".answer-country").count() > 3
    answer.get_by_role("button", name="All views").click()
    expect(answer.locator("h3")).to_contain_text("of the four pillars have a figure here.", timeout=60_000)
    wait_until(page, f"!{MARKED}")
