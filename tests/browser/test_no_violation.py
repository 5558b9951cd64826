"""Nothing that a reader opens breaks the content policy: pages, menus, questions, frame, files; no error in the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from callbacks.questions.table import QUESTIONS
from layouts import ids
from tests.harness.policy_probes import BLANK, site
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
TELL = """document.addEventListener('securitypolicyviolation', (event) => console.error(
  `violation of ${event.effectiveDirective}: ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`))"""
PATHS = (
    "/sector", "/sector?area=Italy", "/sector?area=Itly", "/embed?figure=map", "/embed?figure=series", "/embed?figure=nonsense",
    "/embed.svg?figure=map", "/embed.svg?figure=series&width=narrow", "/api/v1/", "/api/v1/totals", "/api/v1/openapi.json",
    "/api/v1/sector/changes.atom?area=Italy", "/healthz", "/assets/page.css",
)  # fmt: skip
FILES = (
    "map.png",
    "map.svg",
    "map.pdf",
    "series.svg",
    "brief.pdf",
    "view.html",
    "cells.csv",
    "cells.xlsx",
    "series.txt",
)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
    """Return a page, and the list of what it and what it opens say is wrong."""
    context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 800}, device_scale_factor=0.5)
    context.add_init_script(TELL)
    page, wrong = context.new_page(), list[str]()
    page.set_default_timeout(60_000)
    context.on("console", lambda said: wrong.append(told(said)) if said.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    yield page, wrong
    context.close()


def told(said: ConsoleMessage) -> str:
    return f"{said.text} ({said.location['url']})"


def is_refusal(message: str) -> bool:
    """Return whether the console tells the status of an address that is refused, or of an icon that a file has not."""
    return "status of 4" in message and any(part in message for part in ("=Itly", "=nonsense", "/favicon.ico"))


def test_the_listener_hears_a_violation(opened: tuple[Page, list[str]], address: str) -> None:
    page, wrong = opened
    page.goto(f"{address}/sector")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: '/embed.svg'}))")
    page.wait_for_timeout(0)
    wait_until(page, "document.images[0].complete")
    assert any("violation of img-src" in one for one in wrong)


@pytest.mark.long
def test_the_page_its_menus_and_its_questions_break_nothing(opened: tuple[Page, list[str]], address: str) -> None:
    page, wrong = opened
    page.goto(f"{address}/?from=2018-01-01")
    wait_until(page, DRAWN)
    for menu in ("export", "share"):
        page.locator(f"details.{menu} summary").first.focus()
        page.keyboard.press("Enter")
        page.locator(f"details.{menu}[open]").wait_for()
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Play").first.click()
    for one in QUESTIONS:
        page.goto(f"{address}/?ask={one.id}")
        page.locator(f"#{ids.ANSWER}:not([aria-busy])").wait_for()
        wait_until(page, DRAWN)
    assert wrong == []


def test_documents_files_and_refusals_break_nothing(opened: tuple[Page, list[str]], address: str) -> None:
    page, wrong = opened
    for path in PATHS:
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert [one for one in wrong if not is_refusal(one)] == [], path


def test_the_frame_breaks_nothing_in_a_page_that_is_isolated_and_in_one_that_is_not(
    opened: tuple[Page, list[str]], address: str
) -> None:
    page, wrong = opened
    isolated = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}
    for headers in ({}, isolated):
        with site() as other:
            other.headers = headers
            frames = "".join(f'<iframe src="{address}/embed?figure={name}"{more}></iframe>'
                             for name, more in (("map", ""), ("series", ' sandbox="allow-popups"')))  # fmt: skip
            other.pages["/news"] = BLANK + frames.encode()
            page.goto(f"{other.address}/news")
            for frame in page.frames[1:]:
                frame.get_by_role("heading", level=1).wait_for()
                assert frame.locator("img").evaluate("(image) => image.complete && image.naturalWidth > 0")
            assert page.evaluate("self.crossOriginIsolated") == bool(headers)
    without_scripts = f"Blocked script execution in '{address}/embed?figure=series'"  # the host's own choice
    assert [one for one in wrong if not one.startswith(without_scripts)] == []


def test_every_kind_of_file_is_kept_and_opens_without_a_violation(
    opened: tuple[Page, list[str]], address: str, tmp_path: Path
) -> None:
    page, wrong = opened
    page.goto(f"{address}/sector")
    for name in FILES:
        link = f"Object.assign(document.createElement('a'), {{href: '/api/v1/exports/{name}', download: ''}})"
        with page.expect_download() as waiting:
            page.evaluate(f"document.body.appendChild({link}).click()")
        waiting.value.save_as(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 100
    for name in ("view.html", "map.svg", "series.svg", "map.png"):
        page.goto((tmp_path / name).as_uri())
    assert wrong == []
