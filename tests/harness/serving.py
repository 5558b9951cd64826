"""A real server on loopback and a real Chromium, for browser tests and for bench; both stop by themselves."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from callbacks.build import build
from data.store.store import Store

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, *, workers: int = 2, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the store in ``folder`` as a reader gets it, and yield the address."""
    with started(folder, {"CROSSINGS_WORKERS": str(workers), **(settings or {})}) as (base, _):
        yield base


@contextmanager
def started(folder: Path, settings: Mapping[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve a store under some settings, and yield the address and the process; it is stopped at the end."""
    port = free_port()
    command = [sys.executable, "app.py", "--store", str(folder), "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | settings) as server:
        base = f"http://127.0.0.1:{port}"
        _wait_until_ready(base)
        try:
            yield base, server
        finally:
            server.terminate()
            try:
                server.wait(40)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_until_ready(base: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)  # the server is starting; there is nothing on a page to wait for yet
    raise TimeoutError(f"{base} was not ready within {seconds:.0f} s")


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of a request that was answered."""


@contextmanager
def serving_here(store: Store, around: Callable[[Any], Any] | None = None) -> Iterator[str]:
    """Serve ``store`` from a thread of this process, which has all modules and towns at hand, and yield the address.

    ``around`` puts another WSGI app around it.
    """
    app = build(store).server
    server = make_server("127.0.0.1", 0, around(app) if around else app, threaded=True, request_handler=_Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium."""
    path = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("There is no Chromium. Install it: apt-get install chromium.")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


MAP = "document.querySelector('#map .js-plotly-plot')"
DRAWN = f"!!({MAP} && window.crossings.now.answer && {MAP}._fullLayout.map._subplot.map.loaded())"


def wait_until(page: Page, expression: str, *, seconds: int = 60) -> None:
    """Wait until ``expression`` is true on the page; its policy forbids ``wait_for_function``, which evaluates."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {expression}")
        page.wait_for_timeout(100)
