"""The search field of places: a town that no label names, an island, and what is nowhere; by keys alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from layouts import ids
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
CENTRE = "window.crossings.innerMap().getCenter()"


def searching(open_page: Callable[..., Page]) -> Page:
    page = open_page("?view=-90,20,3")
    wait_until(page, DRAWN)
    page.locator("summary.chip-button", has_text="Place").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.FIND_PLACE}")).to_be_focused()
    return page


@pytest.mark.parametrize(("name", "longitude", "latitude"), [("Lampedusa", 12.6, 35.5), ("Sicily", 14.15, 37.6)])
def test_a_place_without_a_label_is_shown_by_keys(
    open_page: Callable[..., Page], name: str, longitude: float, latitude: float
) -> None:
    page = searching(open_page)
    page.keyboard.type(name)
    expect(page.locator(".found-places button").first).to_contain_text(name)
    page.keyboard.press("Enter")
    wait_until(page, f"Math.hypot({CENTRE}.lng - {longitude}, {CENTRE}.lat - {latitude}) < 0.5")


def test_enter_before_the_answer_takes_what_is_found(open_page: Callable[..., Page]) -> None:
    page = searching(open_page)
    page.keyboard.type("Lampedusa")
    page.keyboard.press("Enter")
    wait_until(page, f"Math.hypot({CENTRE}.lng - 12.6, {CENTRE}.lat - 35.5) < 0.5")


def test_what_is_nowhere_is_said_as_far_in_as_the_rest(open_page: Callable[..., Page]) -> None:
    page = searching(open_page)
    page.keyboard.type("Qwxyzzz")
    said = page.locator(".found-places .caution")
    expect(said).to_contain_text("No place of that name")
    inside = said.evaluate("(one) => one.getBoundingClientRect().left + parseFloat(getComputedStyle(one).paddingLeft)")
    field = page.locator(f"#{ids.FIND_PLACE}").evaluate("(one) => one.getBoundingClientRect().left")
    assert abs(inside - field) < 2
