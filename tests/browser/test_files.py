"""The file that is kept and the frame in another page, as a real browser shows them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from callbacks.view_file import view_file
from data.selection import Selection
from data.store import Store
from layouts.view_file import view_page
from tests.wiring.test_brief_answers import picture


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1024, "height": 768})
    yield made
    made.close()


def listened(page: Page) -> list[str]:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong


@pytest.mark.parametrize("width", [390, 1024])
def test_the_kept_file_opens_without_a_network(
    context: BrowserContext, demonstration_store: Store, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "view.html"
    shown = view_file(demonstration_store.current(), Selection(), picture)
    file.write_text(view_page(shown), encoding="utf-8")
    context.set_offline(offline=True)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 768})
    wrong, asked = listened(page), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.get_by_role("heading", level=1).filter(has_text="At least").wait_for()
    assert page.evaluate("[...document.images].map((image) => image.complete && image.naturalWidth)") == [300, 300]
    assert page.get_by_role("table").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert wrong == []


@pytest.mark.parametrize("width", [300, 700, 1200])
def test_the_frame_shows_in_a_page_of_another_site(context: BrowserContext, address: str, width: int) -> None:
    drawn = picture.__call__
    context.route("**/api/v1/exports/*.svg*", lambda route: route.fulfill(
        body=drawn(None, Selection(), "map", "svg", "article"), content_type="image/svg+xml"))  # fmt: skip
    context.route("https://other.example/", lambda route: route.fulfill(
        body=f'<body style="margin:0"><iframe src="{address}/embed?figure=map" width="{width}" height="640">',
        content_type="text/html"))  # fmt: skip
    page = context.new_page()
    page.set_viewport_size({"width": width + 20, "height": 700})
    wrong = listened(page)
    page.goto("https://other.example/")
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", level=1).filter(has_text="At least").wait_for()
    frame.get_by_role("link", name="Open the full view").wait_for()
    inner = page.frames[1]
    assert inner.evaluate("document.images[0].complete && document.images[0].naturalWidth") == 300
    assert inner.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert context.cookies() == []
    assert wrong == []


def test_the_title_of_a_shared_view_goes_when_the_view_changes(open_page: Callable[..., Page]) -> None:
    page = open_page("?resolution=4")
    assert page.title() in ("Crossings", "Dead or missing on migration routes worldwide from January 2014 to December 2025 · Crossings")
