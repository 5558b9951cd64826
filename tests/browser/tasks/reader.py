"""A reader at the page, by pointer or by keys alone, whose acts are counted; and what the interface says, to compare."""

import json
import time
import urllib.request
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from layouts import ids
from tests.harness.serving import wait_until

SLOW = 120_000
KEY = 15  # ms between two letters
MOST_KEYS = 250  # that lead to one element
HEADING = f"#{ids.ANSWER} h3"
FOCUSED = "document.activeElement && document.activeElement !== document.body"
# 0 where the focus is on the element, −1 where it is behind it, 1 where it is before it or nowhere.
WAY = """(element) => {
  const at = document.activeElement;
  if (at === element) return 0;
  return at !== document.body && element.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}"""


def read_json(address: str, path: str) -> Any:
    """Return what the interface of a site answers at a path."""
    with urllib.request.urlopen(f"{address}/api/v1/{path}", timeout=60) as answer:
        return json.load(answer)


class Reader:
    """What every way of reading shares: a page in a context, what is counted, what the interface says."""

    clicks, typed, keys, took = 0, 0, 0, 0.0

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page = self.opened()
        self.began = time.monotonic()

    def opened(self, address: str = "") -> Page:
        """Return a page of the same browser once it is live; pages that are opened before are left alone."""
        page = self.context.new_page()
        page.set_default_timeout(SLOW)
        expect.set_options(timeout=SLOW)
        page.goto(address or f"{self.address}/")
        page.locator("#first").wait_for(state="detached")
        return page

    def come_back(self) -> None:
        """Leave, and open the page anew, today; what was done before is not counted."""
        self.page.clock.set_fixed_time(datetime.now(UTC))
        self.page.close()
        self.page = self.opened()
        self.clicks = self.typed = self.keys = 0
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def ask(self, path: str) -> Any:
        """Return what the interface answers at a path."""
        return read_json(self.address, path)

    def total(self, query: str = "") -> int:
        return int(self.ask(f"totals?{query}")["total"])

    def answer(self) -> str:
        """Return the first sentence of the answer, once it is there."""
        expect(self.page.locator(f"#{ids.ANSWER}:not([aria-busy])")).to_be_visible()
        expect(self.page.locator(HEADING).first).to_be_visible()
        return self.page.locator(HEADING).first.inner_text()

    def says(self, words: str) -> None:
        """Wait for words in the answer."""
        expect(self.page.locator(f"#{ids.ANSWER}")).to_contain_text(words)

    def find(self, selector: str, words: str = "") -> Locator:
        return self.page.locator(selector, has_text=words).first if words else self.page.locator(selector).first

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name).first

    def write(self, field: Locator, words: str) -> None:
        """Write over what stands in the field; again where Dash, late on a busy machine, has put the cursor back."""
        for _ in range(5):
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(words, delay=KEY)
            if field.input_value() == words:
                return
        raise AssertionError(f"The field holds {field.input_value()!r}, not {words!r}.")

    # What a reader does; each way of reading has its own.
    def click(self, what: Locator) -> None:
        """Press a button, a link, or a word that opens something."""
        raise NotImplementedError

    def type(self, field: Locator, words: str) -> None:
        """Type words into a field, and press Enter."""
        raise NotImplementedError

    def question(self, name: str) -> None:
        """Open the questions, and choose one; the first is chosen as they open."""
        raise NotImplementedError

    def choose(self, menu: Locator, value: str) -> None:
        """Choose a value of a native list."""
        raise NotImplementedError

    def settled(self) -> None:
        """Hold what must be true after a task."""


class Pointer(Reader):
    """Clicks and types; a field is clicked before words are typed into it, where it does not have the focus."""

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def type(self, field: Locator, words: str) -> None:
        if not field.evaluate("(field) => field === document.activeElement"):
            self.click(field)
        self.write(field, words)
        self.page.keyboard.press("Enter")
        self.typed += 1

    def question(self, name: str) -> None:
        self.click(self.page.locator(f"#{ids.SHOW_QUESTIONS}"))
        row = self.page.locator(f'#{ids.QUESTION} label:has(input[value="{name}"])')
        if not row.locator("input").is_checked():
            self.click(row)

    def choose(self, menu: Locator, value: str) -> None:
        menu.select_option(value)
        self.clicks += 1


class Keys(Reader):
    """Tab, arrows, Enter and what is typed; a press of Enter or Space counts as a click, the way there as keys."""

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def settled(self) -> None:
        wait_until(self.page, FOCUSED, seconds=5)

    def go_to(self, element: Locator) -> None:
        """Move the focus to an element by Tab, whichever way is the shorter; the focus is never on nothing."""
        element.wait_for()
        if self.keys:
            self.settled()
        for _ in range(MOST_KEYS):
            way = element.evaluate(WAY)
            if way == 0:
                return
            self.press("Tab" if way > 0 else "Shift+Tab")
        raise AssertionError(f"{element} is not reached by {MOST_KEYS} presses of Tab.")

    def click(self, what: Locator) -> None:
        self.go_to(what)
        self.press("Enter")
        self.clicks += 1

    def type(self, field: Locator, words: str) -> None:
        self.go_to(field)
        self.write(field, words)
        self.press("Enter")
        self.typed += 1

    def question(self, name: str) -> None:
        self.click(self.page.locator(f"#{ids.SHOW_QUESTIONS}"))
        wait_until(self.page, f"document.activeElement.name === '{ids.QUESTION}'")
        values = self.page.locator(f"#{ids.QUESTION} input").evaluate_all("all => all.map((one) => one.value)")
        for _ in range(values.index(name)):
            self.press("ArrowDown")
        expect(self.page.locator(f'#{ids.QUESTION} input[value="{name}"]')).to_be_checked()

    def choose(self, menu: Locator, value: str) -> None:
        self.go_to(menu)
        values = menu.locator("option").evaluate_all("all => all.map((one) => one.value)")
        for _ in range(values.index(value) - values.index(menu.input_value())):
            self.press("ArrowDown")
        self.clicks += 1
