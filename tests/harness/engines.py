"""Debian's Firefox and WebKit, on a screen of their own that software draws, and what a reader does in them."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selenium.common.exceptions import TimeoutException
from selenium.webdriver import ActionChains, Remote
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.harness.marionette import Marionette, firefox

ENGINES = ("firefox", "webkit")
# The smallest window of WebKit's MiniBrowser is as wide as its tool bar, which is wider than a phone.
NO_TOOL_BAR = "box, button, entry, image { min-width: 0; margin: 0; padding: 0; border-width: 0; font-size: 1px; }"


def binary_of(engine: str) -> str:
    """Return where an engine is; without it, or a screen for it, the test skips, and fails where all must run."""
    if engine == "webkit":
        found = next(map(str, sorted(Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser"))), None)
        driver = shutil.which("WebKitWebDriver")
    else:
        found = driver = shutil.which("firefox-esr") or shutil.which("firefox")
    if found and driver and shutil.which("Xvfb"):
        return found
    reason = f"there is no {engine} here, or no Xvfb (apt-get install firefox-esr webkit2gtk-driver xvfb)"
    if os.environ.get("CI") or os.environ.get("ALL_ENGINES"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def screen() -> Iterator[str]:
    """Yield the name of a new screen of 1600 × 1200 pixels in memory."""
    into, out = os.pipe()
    command = ["Xvfb", "-displayfd", str(out), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[out], stderr=subprocess.DEVNULL) as process:
        os.close(out)
        with os.fdopen(into) as said:
            number = said.readline().strip()
        try:
            yield f":{number}"
        finally:
            process.terminate()


@contextmanager
def webkit(binary: str, folder: Path, environment: dict[str, str]) -> Iterator[Remote]:
    """Yield a driver of a new WebKit, which keeps all it writes in ``folder``."""
    style = folder / "gtk-3.0" / "gtk.css"
    style.parent.mkdir()
    style.write_text(NO_TOOL_BAR, encoding="utf-8")
    options = Options()
    options.binary_location = binary
    options.add_argument("--automation")
    options.page_load_strategy = "eager"
    options.timeouts = {"pageLoad": 60_000, "script": 15_000}  # WebKit may leave one unanswered while a page loads
    kept = {f"XDG_{kind}_HOME": str(folder) for kind in ("CONFIG", "CACHE", "DATA")}
    service = Service(shutil.which("WebKitWebDriver"), env=environment | kept)
    service.start()
    try:
        server = RemoteConnection(client_config=ClientConfig(remote_server_addr=service.service_url))
        driver = Remote(command_executor=server, options=options)
        try:
            yield driver
        finally:
            driver.quit()
    finally:
        service.stop()


@contextmanager
def engine_on(display: str, engine: str, folder: Path, *, has_webgl: bool = True) -> Iterator["Reader"]:
    """Yield a reader with a new browser of the engine, without anything kept from an earlier one.

    WebKit's driver cannot switch WebGL off: there the page of ``listening_without_webgl2`` does.
    """
    binary = binary_of(engine)
    environment = os.environ | {"DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1", "GDK_BACKEND": "x11"}
    if engine == "webkit":
        with webkit(binary, folder, environment) as driver:
            yield Reader(driver)
    else:
        with firefox(binary, folder, environment, {"webgl.disabled": not has_webgl}) as driver:
            yield Reader(driver)


def is_of_one_colour(png: bytes) -> bool:
    """Whether nothing is seen in a picture."""
    return all(low == high for low, high in Image.open(BytesIO(png)).convert("RGB").getextrema())


class Reader:
    """What a reader does in one browser: open, look, point, press, type; waits are for what is on the page."""

    def __init__(self, driver: Remote) -> None:
        self.driver = driver

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        """Open an address in a window whose page has this many pixels."""
        self.resize(width, height)
        self.driver.get(address)

    def resize(self, width: int, height: int) -> None:
        """Give the page this many pixels, as a phone's or a desktop's window would."""
        if isinstance(connection := self.driver.command_executor, Marionette):
            connection.ask_firefox(f"""const {{ style }} = gBrowser.selectedBrowser;
              resizeTo(1500, 1150); style.width = "{width}px"; style.height = "{height}px";""")
        else:
            self.driver.set_window_rect(0, 0, width, height)
            rest = height - self.until("innerHeight")
            self.driver.set_window_rect(0, 0, width, height + rest)
        self.until(f"innerWidth === {width} && innerHeight === {height}")

    def run(self, expression: str) -> Any:
        """Return the value of an expression on the page."""
        return self.driver.execute_script(f"return {expression}")

    def until(self, expression: str, seconds: float = 90) -> Any:
        """Return the first value of an expression that is true."""
        end = time.monotonic() + seconds
        while not (value := self._run_if_there(expression)):
            if time.monotonic() > end:
                raise TimeoutError(f"not within {seconds:.0f} s: {expression}; errors: {self.errors()}")
            time.sleep(0.1)
        return value

    def _run_if_there(self, expression: str) -> Any:
        """Return the value of an expression; None where WebKit leaves the question unanswered: it is asked again."""
        try:
            return self.run(expression)
        except TimeoutException:
            return None

    def says(self, selector: str, words: str) -> None:
        """Wait until what is shown at ``selector`` has these words."""
        self.until(f"document.querySelector({selector!r})?.innerText.includes({words!r})")

    def sees(self, selector: str, *, not_any: bool = False) -> None:
        """Wait until something is shown at ``selector``, or nothing is."""
        shown = f"[...document.querySelectorAll({selector!r})].some((one) => one.checkVisibility())"
        self.until(f"!{shown}" if not_any else shown)

    def find(self, selector: str, words: str = "") -> WebElement:
        """Return the first thing shown at ``selector`` that has these words."""
        self.until(
            f"""(window.foundInTest = [...document.querySelectorAll({selector!r})]
              .find((one) => one.checkVisibility() && one.textContent.includes({words!r})))?.isConnected"""
        )
        return self.run("window.foundInTest")

    def click(self, selector: str, words: str = "") -> None:
        self.find(selector, words).click()

    def types(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def back(self) -> None:
        """Go back as by the browser's key; WebKit's driver waits for a load that a step inside one page does not bring."""
        self.run("void history.back()")

    def points(
        self, selector: str, *places: tuple[float, float], act: Callable[[ActionChains], None] | None = None
    ) -> None:
        """Move the pointer over shares of the width and height of what is at ``selector``; ``act`` adds what is done."""
        left, top, width, height = self.run(
            f"(({{ left, top, width, height }}) => [left, top, width, height])"
            f"(document.querySelector({selector!r}).getBoundingClientRect())"
        )
        chain = ActionChains(self.driver, duration=50)
        for right, down in places:
            chain.w3c_actions.pointer_action.move_to_location(round(left + right * width), round(top + down * height))
            if act:
                act(chain)
                act = None
        chain.perform()

    def picture(self, path: Path, seconds: float = 20) -> None:
        """Write what is seen now as a PNG; WebKit's is black while its page is painted anew."""
        end = time.monotonic() + seconds
        while is_of_one_colour(png := self.driver.get_screenshot_as_png()):
            if time.monotonic() > end:
                raise TimeoutError(f"the page was of one colour for {seconds:.0f} s")
            time.sleep(0.2)
        path.write_bytes(png)

    def errors(self) -> list[str]:
        """Return the errors of the page since it was opened (tests/harness/listening.py)."""
        return list(self.run("window.wrongInTest ?? []"))
