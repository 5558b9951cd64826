"""The real map answers beside a question: its cells, routes and key are the answer's, and one press shows the map again.

One page serves all questions, as opening one takes most of the time.
"""

import json
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from layouts import ids
from layouts.figures.around_marks import NEITHER, STEP_OF_SPOT, code_of
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
KEY = f"#{ids.ANSWER_KEY}"
CODES = "[...window.crossings.now.asked.code]"
BANDS = "window.crossings.innerMap().getLayoutProperty('answer-bands', 'visibility')"
CASING = 2  # of a line, answer_layers.mjs
SHOWN = "document.body.classList.contains('is-answered')"


def api(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}/api/v1/{path}", timeout=60) as answer:
        return json.load(answer)


def asked(page: Page, question: str, key: str) -> None:
    """Choose a question, and wait until the map answers it."""
    page.evaluate(f"window.dash_clientside.set_props('{ids.QUESTION}', {{value: '{question}'}})")
    expect(page.locator(KEY)).to_contain_text(key, timeout=60_000)
    wait_until(page, SHOWN)


@pytest.mark.long
def test_the_map_shows_the_answer_and_goes_back(open_page: Open, address: str) -> None:
    page = open_page("?ask=hotspots")
    wait_until(page, DRAWN)
    hot_and_cold_cells_have_the_class_of_the_interface(page, address)
    one_press_shows_the_map_again(page)
    asked(page, "compare", "Change from ")
    the_cells_of_a_change_carry_their_sign(page, address)
    widths = page.evaluate(
        "window.crossings.innerMap().getSource('answer-routes').serialize().data.features.map((one) => one.properties.width)"
    )
    assert widths
    assert max(widths) + CASING <= 5  # pixels that a line may hide of a cell
    no_number_of_a_wider_area_lies_on_a_cell(page)
    asked(page, "corridors", "Near a route line")
    lit = "window.crossings.innerMap().getSource('answer-bands').serialize().data.features.length"
    assert page.evaluate(lit) > 0
    asked(page, "risk", "Change from ")
    assert page.locator(".answer-route").count() == 1
    assert page.evaluate(BANDS) == "none"
    what_was_drawn_goes_when_another_question_is_asked(page)
    page.locator(f"#{ids.QUESTIONS_CLOSE}").click()
    wait_until(page, f"!{SHOWN}")
    assert page.evaluate("window.crossings.now.asked") is None


def no_number_of_a_wider_area_lies_on_a_cell(page: Page) -> None:
    """No point of its box is over a cell that is drawn finer."""
    covered = """() => {
      const { now, cellAt, innerMap } = window.crossings, map = innerMap(), at = map.getContainer().getBoundingClientRect();
      const drawn = [...document.querySelectorAll(".answer-number.wider")].map((one) => one.getBoundingClientRect());
      return drawn.filter((box) => [0.05, 0.35, 0.65, 0.95].some((right) => [0.1, 0.5, 0.9].some((down) =>
        cellAt(map.unproject([box.left - at.left + right * box.width, box.top - at.top + down * box.height]))
          >= now.asked.answer.wider))).length;
    }"""
    assert page.evaluate(covered) == 0


def what_was_drawn_goes_when_another_question_is_asked(page: Page) -> None:
    """Nothing of the answer before, nor its key, is left while the next one is on its way."""
    held: list[Route] = []
    page.route("**/_dash-update-component", lambda route: held.append(route))  # noqa: PLW0108 — a built-in has no attributes
    page.evaluate(f"window.dash_clientside.set_props('{ids.QUESTION}', {{value: 'corridors'}})")
    wait_until(page, f"!{SHOWN} && window.crossings.now.asked === null")
    assert page.locator(".answer-route").count() == 0
    expect(page.locator(KEY)).to_be_hidden()
    page.unroute("**/_dash-update-component")
    for route in held:
        route.continue_()
    expect(page.locator(KEY)).to_contain_text("Near a route line", timeout=60_000)
    wait_until(page, SHOWN)
    assert page.evaluate(BANDS) == "visible"


def hot_and_cold_cells_have_the_class_of_the_interface(page: Page, address: str) -> None:
    wait_until(page, SHOWN)
    found = api(address, "hotspots?study_area=mediterranean")["cells"]
    steps = [STEP_OF_SPOT.get(one["class"]) for one in found]
    wanted = Counter(NEITHER if step is None else code_of(step) for step in steps)
    drawn = Counter(code if code == NEITHER else code % 8 for code in page.evaluate(CODES))
    assert drawn == wanted
    expect(page.locator(KEY)).to_be_visible()
    expect(page.locator(".key").first).to_be_hidden()
    assert page.locator(f"#{ids.ANSWER} .hot-spots").count() == 0  # no second map


def one_press_shows_the_map_again(page: Page) -> None:
    page.get_by_role("button", name="Back to the map").click()
    wait_until(page, f"!{SHOWN}")
    expect(page.locator(".key").first).to_be_visible()
    expect(page.locator(KEY)).to_be_hidden()
    page.get_by_role("button", name="Show this on the map").press("Enter")
    wait_until(page, SHOWN)


def the_cells_of_a_change_carry_their_sign(page: Page, address: str) -> None:
    shown = json.loads(page.locator(f"#{ids.ANSWER} [data-on-map]").get_attribute("data-on-map") or "{}")
    with urllib.request.urlopen(f"{address}{shown['cells']}", timeout=60) as answer:
        assert answer.status == 200
    signs = page.evaluate(
        "(({code, answer}) => [...code].map((one, at) => [one, Number(answer.value[at])]))(window.crossings.now.asked)"
    )
    assert signs
    assert all((value < 0) == (code <= 2) for code, value in signs if code < 6)
    expect(page.locator(".answer-route").first).to_be_attached()
