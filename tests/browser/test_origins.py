"""The list of origins under More: found by typing also where it is too long to be drawn whole, chosen, cleared."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.store import Store
from layouts import ids
from tests.harness.rows import publish_rows
from tests.harness.serving import serving_here

pytestmark = pytest.mark.browser

MANY = 130  # Dash draws of a hundred boxes or more only those in view
DAYS = {"first": date(2024, 1, 1), "last": date(2024, 12, 31)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a page on incidents of very many origins: of number n died n people, one of 1 and 130."""
    rows = [{"origin": f"Origin {n}", "dead_or_missing": n, "dead": n} for n in range(1, MANY)]
    rows.append({"origin": f"Origin 1,Origin {MANY} (P)", "dead_or_missing": 1_000, "dead": 1_000})
    store = Store(tmp_path_factory.mktemp("origins"))
    place = {"latitude": 35.5, "longitude": 12.6, "date_from": date(2024, 3, 5)}
    publish_rows(store, *(row | place for row in rows), **DAYS)
    with serving_here(store) as base:
        yield base


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_origins_are_found_chosen_by_keys_and_cleared(browser: Browser, address: str, width: int, height: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=0.5)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    whole = f"{MANY * (MANY - 1) // 2 + 1_000:,}"
    sentence, chip = page.locator(f"#{ids.SENTENCE}"), page.locator(f"#{ids.MORE_CHOSEN}")
    expect(sentence).to_contain_text(whole, timeout=60_000)
    page.locator(".chip-name", has_text="More").click()
    choose(page, "origin 77")
    expect(sentence).to_contain_text("77 people died or went missing", timeout=30_000)
    expect(sentence).to_contain_text("(origin: Origin 77)")
    choose(page, "ORIGIN 130")
    expect(sentence).to_contain_text("(origin: any of Origin 130 and Origin 77)", timeout=30_000)
    expect(sentence).to_contain_text("1,077 people")
    expect(chip).to_have_text("2 chosen")
    choose(page, "Origin 1")
    expect(sentence).to_contain_text("1,078 people", timeout=30_000)  # one of both, and once
    assert "origin=origin-1,origin-130,origin-77" in page.url
    if width < 600:
        page.locator(".chip", has_text="More").locator(".popover-close").click()
    page.locator(f"#{ids.CLEAR}").click()
    expect(sentence).to_contain_text(whole, timeout=30_000)
    expect(chip).to_have_text("")
    context.close()


def choose(page: Page, typed: str) -> None:
    """Choose the first origin that what is typed finds, by keys alone once the list is open."""
    page.locator(f".many:has(#{ids.ORIGIN}) > summary").click()
    expect(page.locator(f"#{ids.FIND_ORIGIN}")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.locator(f"#{ids.ORIGIN} .box-name").first).to_have_text(typed.capitalize())
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.FIND_ORIGIN}")).to_be_hidden()
