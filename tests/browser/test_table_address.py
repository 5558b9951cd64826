"""The open table and the open sources are kept in the address, and the address opens them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from layouts import ids
from tests.harness.serving import wait_until

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def test_an_address_opens_the_table_that_it_names_and_states_the_one_chosen_then(open_page: Open) -> None:
    page = open_page("?ask=table&ask.kind=periods")
    expect(page.locator(f"#{ids.TABLE} th", has_text="Period")).to_be_visible(timeout=60_000)
    page.locator(f"#{ids.TABLE_KIND} label", has_text="By route").click()
    wait_until(page, "location.search.includes('ask.kind=routes')")
    page.locator(f"#{ids.TABLE_CLOSE}").click()
    wait_until(page, "!location.search.includes('ask')")


def test_an_address_opens_the_sources(open_page: Open) -> None:
    page = open_page("?ask=sources")
    expect(page.locator("#sources .panel-body")).to_be_visible(timeout=60_000)
    wait_until(page, "location.search.includes('ask=sources')")
