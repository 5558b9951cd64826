"""The page under test: a real server on the demonstration data, a real Chromium, and no request elsewhere."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import chromium, serving
from data.store import Store


@pytest.fixture(scope="session")
def address(demonstration_store: Store) -> Iterator[str]:
    """Return the address of a running server on the demonstration data."""
    with serving(demonstration_store.folder) as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    with chromium() as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the page in a clean context; any error or request elsewhere fails the test."""
    contexts, wrong = [], []

    def open_one(query: str = "", *, width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if is_ours(request.url, address) else wrong.append(request.url))
        page.goto(f"{address}/{query}")
        page.locator("#sentence").filter(has_text=".").wait_for()
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []


def is_ours(url: str, address: str) -> bool:
    return url.startswith((address, "blob:", "data:"))
