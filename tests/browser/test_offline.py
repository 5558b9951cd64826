"""A view that is kept opens when the server is gone, says as of when, and can be removed; what is not public is refused."""

import pytest
from playwright.sync_api import Browser, expect

from data.store.store import Store
from tests.harness.serving import serving_here

pytestmark = pytest.mark.browser
QUERY = "?v=2&route=central-mediterranean"


def test_a_kept_view_opens_without_a_network(browser: Browser, demonstration_store: Store) -> None:
    context = browser.new_context(device_scale_factor=0.5)
    page = context.new_page()
    page.set_default_timeout(90_000)
    with serving_here(demonstration_store) as address:
        page.goto(f"{address}/{QUERY}")
        page.locator("#first").wait_for(state="detached")
        sentence = page.locator("#sentence").inner_text()
        page.locator(".share > summary").click()
        page.locator("#keep-view").click()
        expect(page.locator("#kept [role=status]")).to_contain_text("Kept.")
        kept = page.locator(".kept-list a").get_attribute("href") or ""
        assert "vintage=" in kept
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        assert page.evaluate(
            "document.querySelector('link[rel=manifest]') && fetch('/manifest.webmanifest').then((one) => one.ok)"
        )
    page.goto(kept)
    page.get_by_text("A kept copy, as of").wait_for()
    expect(page.get_by_text("This browser cannot draw the moving map")).to_be_hidden()
    assert page.locator(".first-sentence").inner_text() == sentence
    assert page.locator("a[href]:not([href^='#'])").count() == 0  # no link leads where there is no network
    assert page.locator(".first-years").is_hidden()
    assert page.get_by_role("table").count() >= 3
    page.goto(address)
    page.get_by_role("heading", name="There is no network").wait_for()
    assert page.get_by_role("link", name=sentence).get_attribute("href") == kept
    expect(page.get_by_text("Kept on")).to_contain_text("kB")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("link")).to_have_count(0)
    context.close()
