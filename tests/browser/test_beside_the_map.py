"""A panel beside the map: what the map was fitted to is fitted anew, the sector is looked at, and focus goes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from layouts import ids
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
MAP = "window.crossings.innerMap()"
WIDE = "document.querySelector('.map-panel').clientWidth"
AT_REST = f"!{MAP}.isMoving()"
NO_VIEW = "!location.search.includes('view=')"
WORLD_PRESSED = """document.querySelector('.jumps [data-jump="world"]').getAttribute("aria-pressed") === "true" """


def test_the_map_is_fitted_beside_a_panel_and_focus_goes_back(open_page: Callable[..., Page]) -> None:
    page = open_page("?ask=year")
    wait_until(page, DRAWN)
    wait_until(page, f"{WIDE} < 1000 && {WORLD_PRESSED}")  # as the world fits the part of the map that is left
    wait_until(page, NO_VIEW)  # as the page opens there by itself
    page.keyboard.press("Escape")
    wait_until(page, f"document.activeElement.id === '{ids.SHOW_QUESTIONS}'")  # though no press had opened the panel
    wait_until(page, f"{WIDE} > 1000 && {WORLD_PRESSED}")
    wait_until(page, NO_VIEW)
    wait_until(page, "document.querySelector('.route-label')?.checkVisibility({ visibilityProperty: true })")
    page.keyboard.press("Tab")
    page.evaluate("document.querySelector('.route-label').focus()")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator(f"#{ids.SHOW_QUESTIONS}").click()
    wait_until(page, f"{WIDE} < 1000")
    page.evaluate(f"window.dash_clientside.set_props('{ids.QUESTION}', {{value: 'sector'}})")
    page.locator('[data-ask="place"] input').fill("Lampedusa")
    page.locator('[data-ask="place"] input').press("Enter")
    wait_until(page, f"{MAP}.getBounds().contains([12.6, 35.5]) && {MAP}.getZoom() > 5")


@pytest.mark.long
def test_a_small_map_beside_a_question_has_its_key_behind_a_word(open_page: Callable[..., Page]) -> None:
    page = open_page("?ask=compare", width=1024, height=768)
    wait_until(page, DRAWN)
    wait_until(page, "document.body.classList.contains('is-answered')")
    key, word = page.locator(".answer-key"), page.locator(".key-word")
    expect(word).to_be_visible()
    expect(key).to_be_hidden()
    word.click()
    expect(key).to_be_visible()
    parts = "[...document.querySelectorAll('.answer-key .key-part')].map((one) => one.getBoundingClientRect())"
    assert page.evaluate(f"Math.min(...{parts}.map(({{ width }}) => width)) > 100")  # none is one word a line
    assert page.evaluate(f"Math.max(...{parts}.map(({{ right }}) => right)) <= {WIDE}")
    page.locator(f"#{ids.SHOW_QUESTIONS}").click()
    expect(page.locator(".key:not(.answer-key)")).to_be_visible()  # there is room for it again
    expect(word).to_be_hidden()


@pytest.mark.long
def test_names_of_routes_that_changed_hide_no_large_change_and_the_sizes_are_those_of_the_map(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("?ask=compare")
    wait_until(page, DRAWN)
    wait_until(page, f"document.querySelectorAll('.answer-route').length > 1 && {AT_REST}")
    assert page.evaluate("document.querySelectorAll('.answer-labels .lead').length") > 1
    hidden = """() => {
      const { now, cellAt, innerMap } = window.crossings, map = innerMap(), at = map.getContainer().getBoundingClientRect();
      const isOver = (box, right, down) => {
        const cell = cellAt(map.unproject([box.left - at.left + right * box.width, box.top - at.top + down * box.height]));
        return cell >= 0 && Math.abs(now.asked.answer.value[cell]) >= 10;
      };
      const boxes = [...document.querySelectorAll(".answer-route")].map((one) => one.getBoundingClientRect());
      return boxes.filter((box) => [0.05, 0.35, 0.65, 0.95].some((right) => [0.1, 0.5, 0.9].some((down) =>
        isOver(box, right, down)))).length;
    }"""
    assert page.evaluate(hidden) == 0
    steps = page.locator(".answer-key .key-step").all_inner_texts()
    assert [one.strip() for one in steps] == ["−100", "−10", "−1", "+1", "+10", "+100"]
    expect(page.locator("#answer .ramp")).to_contain_text("by 10 to 99")


@pytest.mark.long
def test_all_people_are_shown_once(open_page: Callable[..., Page]) -> None:
    page = open_page()
    wait_until(page, DRAWN)
    page.evaluate(f"{MAP}.jumpTo({{ center: [10, 20], zoom: 0.3 }})")
    wait_until(page, "parseFloat(document.querySelector('.map-panel').style.getPropertyValue('--beyond')) > 100")
    world = page.evaluate(f"512 * 2 ** {MAP}.getZoom()")
    beside = page.evaluate("parseFloat(document.querySelector('.map-panel').style.getPropertyValue('--beyond'))")
    assert abs(page.evaluate(WIDE) - 2 * beside - world) < 2
    at_edge = "document.elementFromPoint(20, document.querySelector('.map-panel').getBoundingClientRect().top + 120).className"
    assert page.evaluate(at_edge) == "map-panel"  # no copy of a cell is pointed at
    page.locator('[data-zoom="1"]').click(click_count=2)
    wait_until(page, "document.querySelector('.map-panel').style.getPropertyValue('--beyond') === '0px'")


def test_the_frame_of_an_answer_on_a_route_holds_its_changes_above_the_key(open_page: Callable[..., Page]) -> None:
    page = open_page("?route=central-mediterranean&ask=year")
    wait_until(page, DRAWN)
    wait_until(page, f"document.body.classList.contains('is-answered') && {AT_REST}")
    hidden = """(() => {
      const { now, innerMap } = window.crossings, map = innerMap();
      const top = document.querySelector(".answer-key").getBoundingClientRect().top - map.getContainer().getBoundingClientRect().top;
      const { set, code, answer } = now.asked, wide = map.getContainer().clientWidth;
      let [all, out] = [0, 0];
      for (let cell = answer.wider; cell < code.length; cell++) {
        const longitude = (set.centre[2 * cell] / 2 ** 32) * 360;
        const latitude = (Math.atan(Math.sinh((-set.centre[2 * cell + 1] / 2 ** 32) * 2 * Math.PI)) * 180) / Math.PI;
        const { x, y } = map.project([longitude, latitude]), size = Math.abs(Number(answer.value[cell]));
        all += size;
        if (x < 4 || x > wide - 4 || y < 4 || y > top - 4) out += size;
      }
      return all > 0 && out / all < 0.03;
    })()"""
    wait_until(page, hidden)
    page.keyboard.press("Escape")
    wait_until(page, """document.querySelector('[data-jump="route"]').getAttribute("aria-pressed") === "true" """)


def test_a_view_is_stated_while_the_map_is_not_where_it_opens(open_page: Callable[..., Page]) -> None:
    page = open_page("?route=central-mediterranean")
    wait_until(page, DRAWN)
    page.locator('[data-jump="americas"]').click()
    wait_until(page, "/view=-8\\d/.test(location.search)")
    page.locator('[data-jump="route"]').click()
    wait_until(page, NO_VIEW)
    page.locator('[data-zoom="1"]').click()
    wait_until(page, "/view=/.test(location.search)")


@pytest.mark.long
def test_on_a_phone_a_step_back_from_an_answer_is_one_from_its_map(open_page: Callable[..., Page]) -> None:
    page = open_page(width=390, height=844)
    wait_until(page, DRAWN)
    page.locator("#tab-questions").click()
    page.evaluate(f"window.dash_clientside.set_props('{ids.QUESTION}', {{value: 'compare'}})")
    wait_until(page, "document.body.classList.contains('is-answered')")
    page.evaluate("history.back()")
    wait_until(page, "!document.body.classList.contains('is-answered')")
