"""Questions from a fresh page: few clicks, one sentence first, numbers that are the interface's."""

import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from layouts import ids

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
SLOW = 60_000


def asked(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}/api/v1/{path}", timeout=60) as answer:
        return json.load(answer)


def test_one_click_says_how_this_year_stands_beside_the_last(open_page: Open, address: str) -> None:
    page = open_page()
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    this_year = asked(address, "trends")["year_to_date"]["years"][0]["value"]
    expect(page.locator(f"#{ids.ANSWER} h3")).to_contain_text(f"{this_year:,}", timeout=SLOW)


def test_the_keyboard_alone_opens_the_questions_and_closes_them(open_page: Open) -> None:
    page = open_page()
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.ANSWER} h3")).to_contain_text("at least", timeout=SLOW)
    page.keyboard.press("Escape")
    expect(page.locator(f"#{ids.QUESTIONS}")).to_be_hidden()


def test_three_clicks_tell_more_dangerous_from_just_busier(open_page: Open) -> None:
    page = open_page("?route=central-mediterranean")
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    page.get_by_text("More dangerous, or just busier?").first.click()
    expect(page.locator(f"#{ids.ANSWER} h3")).to_contain_text("Central Mediterranean", timeout=SLOW)
    expect(page.locator(f"#{ids.ANSWER}")).to_contain_text("1 in", timeout=SLOW)


def test_hot_spots_are_listed_with_their_stability(open_page: Open, address: str) -> None:
    page = open_page()
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    page.get_by_text("Where was more recorded than around?").first.click()
    found = asked(address, "hotspots?study_area=mediterranean&resolution=3")
    expect(page.locator(f"#{ids.ANSWER} h3")).to_contain_text(f"{found['cells_in_study_area']:,}", timeout=SLOW)
    first = next(one for one in found["cells"] if one["rank"] == 1)
    row = page.locator(f"#{ids.ANSWER} tbody tr", has_text=first["place"]).first
    expect(row).to_contain_text(re.compile(r"\d+% of \d+ draws"))


@pytest.mark.long
def test_axe_finds_nothing_serious_in_the_answers(open_page: Open) -> None:
    page = open_page()
    page.locator(f"#{ids.SHOW_QUESTIONS}:visible, #{ids.TAB_QUESTIONS}:visible").click()
    for words in ("More or fewer than in earlier years?", "Where was more recorded", "What changed between"):
        page.get_by_text(words).first.click()
        expect(page.locator(f"#{ids.ANSWER} h3").first).to_be_visible(timeout=SLOW)
        expect(page.locator(f"#{ids.ANSWER}:not([aria-busy])")).to_be_visible(timeout=SLOW)
        found = Axe().run(page, context=f"#{ids.QUESTIONS}").response["violations"]
        serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
        assert serious == [], [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
