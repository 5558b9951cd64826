"""What the browser counts and decodes: the tests of ``*.test.mjs``, in Chromium, and in node where there is one."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.harness.modules import serving_modules

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.test.mjs"))
STATED = sum(file.read_text(encoding="utf-8").count("\ntest(") for file in FILES)
RUN = """async (files) => {
  for (const file of files) await import(file);
  return (await import("/tests/js/browser/test.mjs")).runAll();
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving_modules() as found:
        yield found


def in_browser(browser: Browser, address: str, *files: str) -> dict[str, object]:
    page = browser.new_page()
    page.goto(address)
    found: dict[str, object] = page.evaluate(RUN, list(files))
    page.close()
    return found


@pytest.mark.browser
def test_what_is_counted_and_decoded_is_right_in_the_browser(browser: Browser, address: str) -> None:
    found = in_browser(browser, address, *(f"/tests/js/{file.name}" for file in FILES))
    assert found == {"count": STATED, "failed": []}
    assert STATED > 40


@pytest.mark.browser
def test_a_wrong_assertion_fails_in_the_browser(browser: Browser, address: str) -> None:
    found = in_browser(browser, address, "/tests/js/browser/wrong.mjs")
    assert found["count"] == len(found["failed"]) == 6, found


@pytest.mark.parametrize("node", [found for found in [shutil.which("node")] if found])
def test_what_is_counted_and_decoded_is_right_in_node(node: str) -> None:
    done = subprocess.run([node, "--test", *map(str, FILES)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
