"""The page under test: a real server on the demonstration data, a real Chromium, and no request elsewhere."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from data.store.store import Store
from tests.harness.serving import serving


@pytest.fixture(scope="session")
def address(demonstration_store: Store) -> Iterator[str]:
    """Return the address of a running server on the demonstration data."""
    with serving(demonstration_store.folder, workers=1) as base:
        yield base


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the page in a clean context; any error or request elsewhere fails the test.

    Without a graphics card every pixel is drawn by the processor, so a screen has a quarter of its pixels; a test that
    looks at pixels asks for ``sharp`` ones.
    """
    contexts, wrong = [], []

    def open_one(query: str = "", *, width: int = 1440, height: int = 900, sharp: bool = False) -> Page:
        size: ViewportSize = {"width": width, "height": height}
        context = browser.new_context(viewport=size, device_scale_factor=1 if sharp else 0.5)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if is_ours(request.url, address) else wrong.append(request.url))
        page.goto(f"{address}/{query}")
        page.locator("#sentence").filter(has_text=".").wait_for()
        page.locator("#first").wait_for(state="detached")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []


def is_ours(url: str, address: str) -> bool:
    return url.startswith((address, "blob:", "data:"))
