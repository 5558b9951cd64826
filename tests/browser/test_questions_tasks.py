"""What a reader gets from a fresh page in how many acts, by mouse and by keyboard; the address; small screens.

The seconds are measured by ``tests.bench.page_latency``.

Each page that is opened serves several checks, as opening one takes most of the time.
"""

import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from callbacks.questions.table import QUESTIONS
from layouts import ids
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SLOW = 60_000
ROOM_OF_A_ROW = 40  # pixels
HEAD = f"#{ids.ANSWER} h3"
NAMES = {question.id: question.name for question in QUESTIONS}
COMPARE, QUOTE, SECTOR = (NAMES[name] for name in ("compare", "quote", "sector"))


class Acts:
    """Counts what a reader does: every click, and every key that is pressed on a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def click(self, what: Locator) -> None:
        what.click()
        self.count += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1


def api(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}/api/v1/{path}", timeout=60) as answer:
        return json.load(answer)


def chosen(page: Page, words: str) -> Locator:
    return page.locator(f"#{ids.QUESTION}").get_by_text(words)


def answered(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator(HEAD).first).to_contain_text(words, timeout=SLOW)
    expect(page.locator(f"#{ids.ANSWER}:not([aria-busy])")).to_be_visible(timeout=SLOW)


def tabbed_to(acts: Acts, element: str) -> None:
    """Press Tab until an element has the focus; that is not counted as an act of the task."""
    for _ in range(60):
        if acts.page.evaluate("document.activeElement && document.activeElement.id") == element:
            return
        acts.page.keyboard.press("Tab")
    raise AssertionError(f"{element} cannot be reached by Tab.")


@pytest.mark.long
def test_clicks_from_a_fresh_page_to_three_answers(open_page: Open, address: str) -> None:
    year = api(address, "trends")["year_to_date"]["years"]
    page = open_page()
    wait_until(page, DRAWN)
    acts = Acts(page)
    acts.click(page.locator(f"#{ids.SHOW_QUESTIONS}"))
    answered(page, f"{year[0]['value']:,}")
    expect(page.locator(HEAD)).to_contain_text(f"{year[1]['value']:,}")
    assert acts.count <= 2
    acts.click(chosen(page, "More dangerous, or just busier?"))
    answered(page, re.compile(r"deaths per attempt (rose|fell|stayed)"))
    expect(page.locator(f"#{ids.ANSWER}")).to_contain_text("the two spreads")
    assert acts.count <= 3
    expect(page.locator(f"#{ids.ANSWER_SAID}")).to_have_text(page.locator(HEAD).inner_text())
    assert page.locator(f"#{ids.ANSWER}").get_attribute("aria-live") is None
    files = page.locator(".answer-file").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    with urllib.request.urlopen(f"{address}{files[1]}", timeout=60) as given:
        assert "spreadsheetml" in given.headers["Content-Type"]
    a_folded_table_is_of_its_answer(page, address)


def a_folded_table_is_of_its_answer(page: Page, address: str) -> None:
    """Unfold the table of all lines, and ask again with another width: the rows are always those of the answer."""
    chosen(page, NAMES["corridors"]).click()
    page.get_by_text("Every route line, as a table").click()
    page.locator(".question-form:visible summary").click()
    for width in ("100", "40"):
        page.get_by_label("Within, km").fill(width)
        page.keyboard.press("Enter")
        found = api(address, f"corridors?within_km={width}")
        answered(page, found["sentence"])
        rows = page.locator(".folded tbody tr")
        expect(rows).to_have_count(len(found["segments"]) + 3)
        expect(rows.nth(len(found["segments"]))).to_contain_text(f"{found['off']:,}")
        expect(rows.first).to_contain_text(f"{found['segments'][0]['value']:,}")


@pytest.mark.long
def test_the_keyboard_alone_gets_the_same_answers_and_a_sheet_to_print(open_page: Open) -> None:
    page = open_page("?view=14,36,5")
    wait_until(page, DRAWN)
    acts = Acts(page)
    tabbed_to(acts, ids.SHOW_QUESTIONS)
    acts.press("Enter")
    answered(page, "at least")
    assert acts.count <= 2
    acts.press("ArrowDown")
    answered(page, "deaths per attempt")
    assert acts.count <= 3
    for _ in QUESTIONS[2:]:
        page.keyboard.press("ArrowDown")
    expect(page.locator(f"#{ids.ANSWER}")).to_contain_text("Draw the area", timeout=SLOW)
    drawing = Acts(page)
    tabbed_to(drawing, ids.SECTOR_DRAW)
    drawing.press("Enter")
    expect(page.locator(".draw-said")).to_contain_text("100 km")
    drawing.press("Enter")
    answered(page, "within 100 km")
    link = page.get_by_role("link", name="Open the sheet to print")
    link.focus()
    with page.context.expect_page() as opened:
        drawing.press("Enter")
    expect(opened.value.locator("h1")).to_contain_text("within 100 km")
    assert drawing.count + 2 <= 5  # with opening the sheet and choosing the question


@pytest.mark.long
def test_a_comparison_is_asked_read_shared_and_opened_again(open_page: Open, address: str) -> None:
    page = open_page("?route=central-mediterranean")
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    chosen(page, COMPARE).click()
    page.locator(".question-form:visible summary").click()
    for window, days in (("first", ("2021-01-01", "2021-06-30")), ("second", ("2022-01-01", "2022-06-30"))):
        for field, day in zip(page.locator(f"[data-ask={window}] input").all(), days, strict=True):
            field.fill(day)
    page.keyboard.press("Enter")
    page.get_by_label("Change by", exact=False).first.select_option("cell")
    query = "compare?route=central-mediterranean&first=2021-01-01..2021-06-30&second=2022-01-01..2022-06-30&by=cell"
    found = api(address, query)
    answered(page, f"{found['second']['value']:,}")
    expect(page.locator(f"#{ids.ANSWER_KEY}")).to_contain_text("Change from ", timeout=SLOW)
    expect(page.locator(f"#{ids.ANSWER} .demonstration-mark").first).to_be_visible()
    lists = page.locator(f"#{ids.ANSWER} .wide:visible")
    assert min(one.bounding_box()["height"] for one in lists.all() if one.inner_text()) > ROOM_OF_A_ROW
    wait_until(page, "location.search.includes('ask.by=cell')")
    other = open_page(page.url.partition("/?")[2].join(["?", ""]))
    answered(other, f"{found['second']['value']:,}")
    expect(other.locator("[data-ask=first] input").last).to_have_value("2021-06-30")
    other.locator(f"#{ids.QUESTIONS_CLOSE}").click()
    wait_until(other, "!location.search.includes('ask')")


@pytest.mark.long
def test_every_answer_fits_a_small_screen_and_axe_finds_nothing_grave(open_page: Open) -> None:
    page = open_page(width=390, height=844)
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    answered(page, "at least")
    for words in NAMES.values():
        chosen(page, words).click()
        if words == QUOTE:
            page.get_by_label("Quoted figure").fill("1 in 250")
            page.keyboard.press("Enter")
        if words == SECTOR:
            page.get_by_label("Town, or longitude,latitude").fill("Lampedusa")
            page.keyboard.press("Enter")
        expect(chosen(page, words)).to_be_visible()
        expect(page.locator(f"#{ids.ANSWER}:not([aria-busy])")).to_be_visible(timeout=SLOW)
        expect(page.locator(f"#{ids.ANSWER} h3").first).to_be_visible(timeout=SLOW)
        wait_until(
            page, f"getComputedStyle(document.querySelector('#{ids.ANSWER} h3')).opacity === '1'"
        )  # not on the way
        assert page.evaluate("document.querySelector('#questions .panel-body').scrollWidth <= window.innerWidth"), words
        found = Axe().run(page, context=f"#{ids.QUESTIONS}").response["violations"]
        grave = [
            (one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")
        ]
        assert grave == [], words
    watched(page)


def watched(page: Page) -> None:
    """Keep the sector that is answered in the list of this browser, read the list as a file, and remove the sector."""
    page.get_by_text("Watch this sector").click()
    page.get_by_label("Short name").fill("South of Sicily")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(f"#{ids.WATCH_LIST} [role=status]")).to_have_text("“South of Sicily” is watched.")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as file").click()
    content = json.loads(saved.value.path().read_text())
    assert [one["name"] for one in content["sectors"]] == ["South of Sicily"]
    page.get_by_role("button", name="Remove South of Sicily").click()
    expect(page.locator(f"#{ids.WATCH_LIST} summary")).to_have_text("Watched sectors")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load file").click()
    chooser.value.set_files(saved.value.path())
    expect(page.locator(f"#{ids.WATCH_LIST} [role=status]")).to_have_text("1 added from the file.")
    page.get_by_role("button", name="Open South of Sicily").click()
    answered(page, "Lampedusa")


def test_a_quote_is_checked_and_its_sentence_copied(open_page: Open, address: str) -> None:
    page = open_page("?ask=quote&ask.text=1 in 250")
    found = api(address, "quote?text=1%20in%20250")
    answered(page, f"{found['matched']} computed value")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").first.click()
    expect(page.locator("[data-copy]").first).to_have_text(re.compile("Copied|Selected"))
    page.get_by_text("Numbers stated with the quote").click()
    page.locator("[data-ask='deaths'] input").fill("1314")
    page.locator("[data-ask='attempts'] input").fill("45648")
    page.get_by_label("Quoted figure").fill("They say 1 in 35 died.")
    page.keyboard.press("Enter")
    answered(page, "1 computed value rounds to “1 in 35”")
    expect(page.locator(f"#{ids.ANSWER}")).not_to_contain_text("Demonstration")
    expect(page).to_have_url(re.compile("ask.deaths=1314"))
    again = open_page(page.url.partition("/?")[2].join(("?", "")))
    answered(again, "1 computed value rounds to “1 in 35”")
    expect(again.locator("[data-ask='deaths'] input")).to_be_visible()
