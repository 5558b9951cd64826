"""An address of which a part is not understood opens, says so in a notice, and the notice can be read and dismissed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from layouts import ids

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
NOTICE, DISMISS = f"#{ids.NOT_UNDERSTOOD}", f"#{ids.NOT_UNDERSTOOD_DISMISS}"
LONG = "?from=2023-02-30&to=2023-03-31&view=999,1,2&" + "&".join(f"{'unknown' * 8}{n}={'x' * 60}" for n in range(9))


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_notice_is_read_dismissed_by_keyboard_and_gives_the_focus_to_the_sentence(
    open_page: Open, width: int, height: int
) -> None:
    page = open_page("?from=2023-02-30&to=2023-03-31&route=central-med", width=width, height=height)
    notice = page.locator(NOTICE)
    expect(notice).to_be_visible()
    expect(notice.get_by_role("status")).to_contain_text("“from=2023-02-30” is no day that can be read")
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text("Central Mediterranean")
    page.locator(DISMISS).focus()
    page.keyboard.press("Enter")
    expect(notice).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == ids.SENTENCE
    expect(page).to_have_url(re.compile(r"\?v=2&route=central-mediterranean"))


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_long_notice_stays_on_the_screen_with_its_button(open_page: Open, width: int, height: int) -> None:
    page = open_page(LONG, width=width, height=height)
    expect(page.locator(NOTICE)).to_contain_text("more parts were not understood")
    page.locator(DISMISS).scroll_into_view_if_needed()
    box = page.locator(DISMISS).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator(DISMISS).click()
    expect(page.locator(NOTICE)).to_be_hidden()


def test_an_address_that_is_understood_has_no_notice(open_page: Open) -> None:
    page = open_page("?v=1&country=Turkey&from=2020-01-01")
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text("Türkiye")
    expect(page.locator(NOTICE)).to_be_hidden()


def test_dates_that_end_before_they_begin_are_told_beside_them(open_page: Open) -> None:
    page = open_page("?from=2020-01-01")
    page.locator(".chip-name", has_text="Dates").click()
    field = page.locator(f"#{ids.END}")
    field.fill("2019-01-01")
    field.press("Enter")
    expect(page.locator(f"#{ids.DAYS_NOTE}")).to_contain_text("so none is used")
    field.fill("2020-12-31")
    field.press("Enter")
    expect(page.locator(f"#{ids.DAYS_NOTE}")).to_be_empty()
    expect(page).to_have_url(re.compile("from=2020-01-01&to=2020-12-31"))
