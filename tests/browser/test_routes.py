"""Routes on the map: a card opens at a click, a label or a key, chooses the route, and leads back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_page import Open
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
CARD = "#route-card"
LINE = """(route) => {
  const map = window.crossings.innerMap();
  const line = map.querySourceFeatures("routes").find((one) => one.properties.is_main && one.properties.route === route);
  const points = line.geometry.coordinates;
  const { x, y } = map.project(points[Math.floor(points.length / 2)]);
  const box = map.getContainer().getBoundingClientRect();
  return [box.left + x, box.top + y];
}"""
ON_A_CELL = """(route) => {
  const { now, cellAt, innerMap } = window.crossings, map = innerMap();
  const line = map.querySourceFeatures("routes").find((one) => one.properties.is_main && one.properties.route === route);
  const found = line.geometry.coordinates.slice(3, -3).find((point) => {
    const cell = cellAt({ lng: point[0], lat: point[1] });
    return cell >= now.answer.wider && (now.code[cell] & 7) < 6;
  });
  const { x, y } = map.project(found), box = map.getContainer().getBoundingClientRect();
  return [box.left + x, box.top + y];
}"""
COVERED = """[...document.querySelectorAll('.route-label')].filter((label) => {
  const { left, top, width, height } = label.getBoundingClientRect();
  return [4, width / 2, width - 4].some((across) =>
    [4, height - 4].some((down) => !label.contains(document.elementFromPoint(left + across, top + down))));
}).map(({ innerText }) => innerText)"""
LABELLED = "document.querySelectorAll('.route-label').length > 0"


def test_a_route_is_read_chosen_and_left_again(open_page: Open) -> None:
    page = open_page("?view=14,36,4.5")
    wait_until(page, DRAWN)
    wait_until(page, LABELLED)
    wait_until(page, "!document.getElementById('first')")
    assert page.evaluate(COVERED) == []
    sentence = page.locator("#sentence").inner_text()

    page.mouse.click(*page.evaluate(LINE, "central-mediterranean"))
    card = page.locator(CARD)
    expect(card).to_be_visible(timeout=30_000)
    expect(card).to_contain_text("Central Mediterranean")
    expect(page.locator("#route-card-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")

    first = page.locator("#route-list button").first
    first.focus()
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.dataset.route")
    page.keyboard.press("Enter")
    expect(card).to_be_visible(timeout=30_000)
    page.locator("#route-close").click()
    expect(card).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.route") == second

    label = page.locator(".route-label").first
    name = label.locator(".route-name").inner_text()
    label.click()
    expect(card).to_be_visible(timeout=30_000)
    page.locator("#route-show").click()
    expect(page.locator("#sentence")).not_to_have_text(sentence, timeout=30_000)
    assert "route=" in page.evaluate("location.search")
    wait_until(page, f"[...document.querySelectorAll('.route-label')].length === 1 && {LABELLED}")
    assert page.locator(".route-name").inner_text().startswith(name.split(" ")[0])
    page.locator("#route-back").click()
    expect(page.locator("#sentence")).to_have_text(sentence, timeout=30_000)
    wait_until(page, "Math.abs(window.crossings.innerMap().getZoom() - 4.5) < 0.01")

    page.mouse.click(*at_sea(page))
    page.wait_for_timeout(300)
    expect(card).to_be_hidden()
    assert "cell=" not in page.evaluate("location.search")


def test_the_card_of_a_route_leads_to_the_cell_under_its_line(open_page: Open) -> None:
    page = open_page("?view=14,36,4.5")
    wait_until(page, DRAWN)
    wait_until(page, LABELLED)
    page.mouse.click(*page.evaluate(ON_A_CELL, "central-mediterranean"))
    offer = page.locator("#route-cell")
    expect(offer).to_contain_text("The cell here: At least ", timeout=30_000)
    people = offer.inner_text().removeprefix("The cell here: At least ").split(" ")[0]
    offer.click()
    expect(page.locator(CARD)).to_be_hidden()
    expect(page.locator("#drawer")).to_contain_text(people, timeout=30_000)
    page.locator(".route-label").first.click()
    expect(page.locator(CARD)).to_be_visible(timeout=30_000)
    expect(offer).to_be_hidden()  # a name lies on no cell


def at_sea(page: Page) -> list[float]:
    """Return a free place of the map on which nothing is drawn."""
    found: list[float] = page.evaluate("""() => {
      const map = window.crossings.innerMap();
      const box = map.getContainer().getBoundingClientRect();
      for (let x = 340; x < box.width - 40; x += 12) for (let y = 140; y < box.height - 320; y += 12) {
        const top = document.elementFromPoint(box.left + x, box.top + y);
        const lines = map.queryRenderedFeatures([[x - 9, y - 9], [x + 9, y + 9]]).filter(({ source }) => source === "routes");
        if (top === map.getCanvas() && !lines.length && window.crossings.cellAt(map.unproject([x, y])) < 0) return [box.left + x, box.top + y];
      }
    }""")
    return found


@pytest.mark.rule("P3")
def test_that_lines_are_schematic_is_said_while_lines_are_on(open_page: Open) -> None:
    page = open_page("?view=14,36,4.5")
    wait_until(page, LABELLED)
    scheme = page.locator(".map-foot .scheme")
    expect(scheme).to_be_visible()
    expect(scheme).to_contain_text("Lines are schematic, not tracks.")
    page = open_page("?view=14,36,4.5&layers=cells")
    wait_until(page, DRAWN)
    expect(page.locator(".map-foot .scheme")).to_be_hidden()
