"""Words on the map are true of what is seen: labels end on their routes, the count is of the free frame, the key is kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_page import Open
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser
PILL = ".pill:not(.kept-pill)"
LABELLED = "document.querySelectorAll('.route-label').length > 0"
OVER = "window.crossings.now.over"
OFF_ROUTE = """() => {
  const map = window.crossings.innerMap();
  const around = map.getContainer().getBoundingClientRect();
  const dots = [...document.querySelectorAll(".route-labels .dot")].map((dot) => dot.getBoundingClientRect());
  return [...document.querySelectorAll(".route-label")].map((label, at) => {
    const [x, y] = [dots[at].left + dots[at].width / 2 - around.left, dots[at].top + dots[at].height / 2 - around.top];
    const lines = map.queryRenderedFeatures([[x - 5, y - 5], [x + 5, y + 5]])
      .filter(({ source, properties }) => source.startsWith("route") && properties.route === label.dataset.route);
    return lines.length ? null : label.innerText;
  }).filter(Boolean);
}"""
OVER_A_MARK = """() => {
  const [mark] = [...document.querySelectorAll("#map .annotation")].map((one) => one.getBoundingClientRect());
  const names = [...document.querySelectorAll(".route-label, .area-label")];
  const isOver = (box) =>
    box.left < mark.right && box.right > mark.left && box.top < mark.bottom && box.bottom > mark.top;
  return names.filter((name) => isOver(name.getBoundingClientRect())).map((name) => name.textContent);
}"""
UNSEEN = """() => {
  const { now, innerMap } = window.crossings;
  const map = innerMap();
  const { left, top } = map.getContainer().getBoundingClientRect();
  const values = now.values || now.answer.value;
  const parts = [".key", ".dock", ".drawer"].map((name) => document.querySelector(name).getBoundingClientRect());
  let people = 0;
  for (let cell = 0; cell < values.length; cell++) {
    if ((now.code[cell] & 7) > 5) continue;
    const [x, y] = [now.set.centre[2 * cell], now.set.centre[2 * cell + 1]].map((one) => one / 2 ** 32);
    const place = [x * 360, (Math.atan(Math.sinh(-2 * Math.PI * y)) * 180) / Math.PI];
    const at = map.project(place);
    const [across, down] = [left + at.x, top + at.y];
    const frame = document.querySelector(".map-panel").getBoundingClientRect();
    const isIn = (box) => across >= box.left && across <= box.right && down >= box.top && down <= box.bottom;
    if (!isIn(frame) || parts.some((box) => box.width && isIn(box))) people += values[cell];
  }
  return people;
}"""

GATHERED = """() => {
  const map = window.crossings.innerMap();
  if (!map.getLayer("incidents-together")) return [];
  const { left, top } = map.getCanvas().getBoundingClientRect();
  return map.queryRenderedFeatures({ layers: ["incidents-together"] }).map(({ properties, geometry }) => {
    const { x, y } = map.project(geometry.coordinates);
    return [properties.point_count, left + x, top + y];
  }).filter(([, x, y]) => document.elementFromPoint(x, y) === map.getCanvas());
}"""

ILL_PLACED = """() => {
  const boxOf = (name) => document.querySelector(name).getBoundingClientRect();
  const [tip, map] = [boxOf("#cell-tip"), boxOf(".map-panel")];
  const isOver = ({ left, right, top, bottom }) =>
    tip.left < right && tip.right > left && tip.top < bottom && tip.bottom > top;
  const isOff = tip.left < map.left || tip.right > map.right || tip.top < map.top || tip.bottom > map.bottom;
  if (!tip.width) return []; // the key has moved the map, as no cell lies that way
  const over = [".map-tools", ".key"].filter((name) => isOver(boxOf(name)));
  return [tip.width <= 240 ? "" : "width", isOff ? "off" : "", ...over].filter(Boolean);
}"""


def outside(page: Page) -> int:
    pill = page.locator(PILL)
    return int(pill.inner_text().split(" ")[0].replace(",", "")) if pill.is_visible() else 0


def test_the_count_is_of_the_frame_that_panels_leave_and_labels_end_on_routes(open_page: Open) -> None:
    page = open_page("?view=14,36,4.5")
    wait_until(page, DRAWN)
    wait_until(page, LABELLED)
    assert page.evaluate(OFF_ROUTE) == []
    assert page.evaluate(OVER_A_MARK) == []
    assert outside(page) == page.evaluate(UNSEEN)
    before = outside(page)
    page.evaluate("window.crossings.innerMap().getCanvas().focus()")
    page.keyboard.press("PageDown")
    first = page.evaluate(OVER)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(OVER) not in (-1, first)
    expect(page.locator("#map-note")).to_contain_text(re.compile(" of |Near "), timeout=30_000)
    page.keyboard.press("Enter")
    page.locator(".drawer-place").wait_for()
    wait_until(page, f"({UNSEEN})() > {before}")
    wait_until(page, f"document.querySelector('{PILL}').innerText.startsWith(({UNSEEN})().toLocaleString('en') + ' ')")


def test_the_fullest_area_has_its_number_beside_it_where_it_has_no_place_inside(open_page: Open) -> None:
    page = open_page("?view=14,34,5.2")
    wait_until(page, DRAWN)
    wait_until(page, "document.querySelectorAll('.area-label').length > 0")
    fullest = page.locator(".area-label").first.inner_text()
    page.evaluate("""() => {
      const { now, innerMap } = window.crossings, map = innerMap(), { clientWidth, clientHeight } = map.getContainer();
      const seen = [];
      for (let cell = 0; cell < now.answer.wider; cell++) {
        const [x, y] = [now.set.centre[2 * cell], now.set.centre[2 * cell + 1]].map((one) => one / 2 ** 32);
        const at = map.project([x * 360, (Math.atan(Math.sinh(-2 * Math.PI * y)) * 180) / Math.PI]);
        const isIn = at.x > 0 && at.y > 0 && at.x < clientWidth && at.y < clientHeight;
        if (isIn && (now.drawn[cell] & 7) < 6) seen.push([Number(now.answer.value[cell]), at]);
      }
      const [, { x, y }] = seen.sort(([one], [other]) => other - one)[0];
      const corner = map.unproject([x, y]).lng, half = map.project([corner + 1.9, map.unproject([x, y]).lat]).x - x;
      const cover = document.querySelector(".map-panel").appendChild(document.createElement("div"));
      cover.className = "test-cover";
      Object.assign(cover.style, { position: "absolute", left: `${x - half}px`, top: `${y - half}px`,
        width: `${2 * half}px`, height: `${2 * half}px` });
      map.triggerRepaint();
    }""")
    wait_until(page, "document.querySelectorAll('.area-labels .lead').length > 0")
    label = page.locator(".area-label").first
    expect(label).to_have_text(fullest)
    outside = """([one, other]) => one.right <= other.left || one.left >= other.right || one.bottom <= other.top
      || one.top >= other.bottom"""
    boxes = "['.area-label', '.test-cover'].map((name) => document.querySelector(name).getBoundingClientRect())"
    assert page.evaluate(f"({outside})({boxes})")


def test_a_class_of_the_key_is_kept_in_the_address_until_all_are_shown(open_page: Open) -> None:
    page = open_page("?classes=1&view=14,36,4.5")
    wait_until(page, DRAWN)
    kept = page.locator(".kept-pill")
    expect(kept).to_contain_text("Only cells of 5–19 shown")
    page.locator(".key-class").nth(2).click(modifiers=["Shift"])
    expect(kept).to_contain_text("5–19, 20–49")
    wait_until(page, "location.search.includes('classes=1,2')")
    kept.get_by_role("button").click()
    expect(kept).to_be_hidden()
    wait_until(page, "!location.search.includes('classes')")
    page.locator(".key-class").nth(3).hover()
    wait_until(page, "window.crossings.now.layer.kept === 8")
    page.mouse.move(700, 300)
    wait_until(page, "window.crossings.now.layer.kept === -1")


def test_a_ring_of_gathered_incidents_and_the_key_name_the_same_unit(open_page: Open) -> None:
    page = open_page("?layers=cells,incidents&view=14,36,4")
    wait_until(page, DRAWN)
    wait_until(page, f"({GATHERED})().length > 1")
    mark = page.locator(".key-mark:has(.many-dot)")
    expect(mark).to_have_text("9incidents here, gathered")
    expect(page.locator(".key-switches")).to_contain_text("dot size: people")
    count, x, y = max(page.evaluate(GATHERED))
    page.mouse.move(x, y)
    expect(page.locator("#cell-tip")).to_contain_text(f"{count:,} incidents recorded here, gathered")
    page.locator(".key-switches .layer-switch").last.click()
    expect(mark).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (700, 800)])
def test_the_tip_of_a_cell_reached_by_keys_stays_in_the_map_and_off_its_buttons(
    open_page: Open, width: int, height: int
) -> None:
    page = open_page("?layers=cells", width=width, height=height)
    wait_until(page, DRAWN)
    page.evaluate("window.crossings.innerMap().getCanvas().focus()")
    for key in ["PageDown"] * 6 + ["ArrowRight"] * 3:
        page.keyboard.press(key)
        assert page.evaluate(ILL_PLACED) == [], key
    page.keyboard.press("PageDown")
    expect(page.locator("#cell-tip")).to_contain_text(re.compile(" of |Near "), timeout=30_000)
    assert page.evaluate(ILL_PLACED) == []
    box = page.locator("#map-note").bounding_box()
    assert box
    assert box["width"] <= 1  # said aloud alone: the tip shows it
