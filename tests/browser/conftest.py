"""A real server on loopback and a real Chromium; both stop by themselves."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from data.store import Store

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def address(demonstration_store: Store) -> Iterator[str]:
    """Return the address of a running server on the demonstration data."""
    port = free_port()
    command = [sys.executable, "app.py", "--store", str(demonstration_store.folder), "--port", str(port)]
    with subprocess.Popen(command) as server:
        base = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{base}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.25)  # the server is starting; nothing on a page to wait for yet
        yield base
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    path = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    assert path, "no Chromium; apt-get install chromium"
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


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
