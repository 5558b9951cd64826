"""The file that is kept and the frame in another page, as a real browser shows them."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from callbacks.sheets.single_file import view_file
from data.query.selection import Selection
from data.store.store import Store
from layouts.standalone.embed import host_script
from layouts.standalone.single_file import view_page
from tests.harness.documents import picture
from tests.harness.serving import wait_until

pytestmark = pytest.mark.browser
WIDTHS = (320, 700, 1200)


class Quiet(SimpleHTTPRequestHandler):
    """Serves one folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
        """Say nothing."""


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


FITTED = "[...document.querySelectorAll('iframe')].every((frame) => Number(frame.height) !== 640)"


@pytest.fixture
def other_site(address: str, tmp_path: Path) -> Iterator[str]:
    """Return the address of a page of another origin that frames ours, at three widths."""
    frames = [f'<iframe src="{address}/embed?figure=map" width="{width}" height="640"></iframe>' for width in WIDTHS]
    (tmp_path / "index.html").write_text(
        f"<!DOCTYPE html><link rel=icon href='data:,'><title>Other</title>{''.join(frames)}{host_script()}",
        encoding="utf-8",
    )
    handler = partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()
        thread.join()


def test_the_frame_shows_in_a_page_of_another_site(context: BrowserContext, other_site: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1240, "height": 2200})
    wrong = listened(page)
    page.goto(other_site, timeout=90_000)
    for number in range(len(WIDTHS)):
        frame = page.frame_locator("iframe").nth(number)
        frame.get_by_role("heading", level=1).filter(has_text="At least").wait_for()
        frame.get_by_role("link", name="Open the full view").wait_for()
    for inner, drawn in zip(page.frames[1:], (360, 600, 1000), strict=True):
        inner.wait_for_load_state("load")
        assert inner.evaluate("document.images[0].complete && document.images[0].naturalWidth") == drawn
        assert inner.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        wait_until(page, FITTED)
        assert inner.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    assert context.cookies() == []
    assert [one for one in wrong if "favicon" not in one] == []


def test_the_title_of_a_shared_view_goes_when_the_view_changes(open_page: Callable[..., Page]) -> None:
    page = open_page("?route=central-mediterranean&from=2017-01-01&to=2017-12-31")
    assert page.title() == "Dead or missing on the Central Mediterranean route in 2017 · Crossings"
    page.get_by_role("button", name="Clear all", exact=True).click()
    wait_until(page, "document.title === 'Crossings'")
