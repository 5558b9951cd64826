"""The first picture in a browser: the live map takes its place without a jump; without WebGL2 or scripts it stays."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.harness.serving import wait_until

pytestmark = pytest.mark.browser

NO_WEBGL2 = """{
  const given = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind === "webgl2" ? null : given.call(this, kind, ...rest);
  };
}"""
STILL = """() => {
  const place = document.querySelector(".first-place");
  const { left, top, width } = place.getBoundingClientRect();
  const [x, y] = place.dataset.middle.split(",").map(Number);
  const share = width / Number(place.dataset.size.split(",")[0]);
  return { view: place.dataset.view.split(",").map(Number), at: [left + x * share, top + y * share] };
}"""
LIVE = """([longitude, latitude]) => {
  const map = window.crossings.innerMap();
  const { x, y } = map.project([longitude, latitude]);
  const { left, top } = map.getCanvas().getBoundingClientRect();
  return { at: [left + x, top + y], zoom: map.getZoom() };
}"""
TAKEN = "!document.getElementById('first') && !!window.crossings"


def words(page: Page, name: str) -> str:
    return page.locator(name).inner_text()


BOX = """(name) => {
  const { left, top, right, bottom } = document.querySelector(name).getBoundingClientRect();
  return [left, top, right, bottom];
}"""

KEY = """(name) => {
  const parts = ["", " .key-classes", " .key-switches .swatch"].map((part) => document.querySelector(name + part));
  const boxes = parts.map((part) => part.getClientRects()[0]).filter(Boolean);
  return boxes.flatMap(({ left, top }) => [left, top]);
}"""


@pytest.mark.parametrize(
    ("query", "width", "height"),
    [("", 1440, 900), ("", 390, 844), ("", 911, 512), ("", 320, 568), ("?route=central-mediterranean", 1024, 768)],
)
def test_the_live_map_takes_over_without_a_jump(
    browser: Browser, address: str, query: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=0.5)
    page.goto(f"{address}/{query}", wait_until="commit")
    page.locator(".first-place").wait_for()
    still, sentence, frame = page.evaluate(STILL), words(page, ".first-sentence"), page.evaluate(BOX, ".first-map")
    page.evaluate("document.fonts.ready.then(() => 0)")  # words of the system's face are of another width
    key = page.evaluate(KEY, ".first-key")
    wait_until(page, TAKEN)
    live = page.evaluate(LIVE, still["view"])
    assert page.evaluate(KEY, ".key") == pytest.approx(key, abs=2)
    assert live["at"] == pytest.approx(still["at"], abs=2)
    assert page.evaluate(BOX, ".map-panel") == pytest.approx(frame, abs=2)
    assert words(page, "#sentence") == sentence
    page.close()


def test_without_webgl2_the_still_map_stays_and_its_cells_lead_on(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(NO_WEBGL2)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_default_timeout(90_000)
    page.goto(address)
    page.get_by_text("This browser cannot draw the moving map").wait_for()
    assert not [one for one in asked if "plotly" in one]
    page.locator(".still-drawing a").nth(3).focus()
    page.keyboard.press("Enter")
    page.get_by_text("The chosen cell").wait_for()
    assert "cell=" in page.url
    page.close()


def test_without_scripts_routes_and_years_are_links(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    page.locator("summary").first.click()
    page.get_by_role("link", name="Central Mediterranean").first.click()
    page.locator("summary").nth(1).click()
    page.get_by_role("link", name="2018").first.click()
    assert words(page, ".first-sentence").endswith("on the Central Mediterranean route in 2018.")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    page.locator("#first-numbers caption").first.scroll_into_view_if_needed()
    assert page.locator("#first-numbers table").count() >= 3
    context.close()


def test_without_scripts_the_key_says_what_is_drawn_and_switches_it(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    key = page.get_by_role("region", name="Key of the map")
    assert "300 or more" in key.locator(".still-class").last.inner_text()
    key.get_by_role("link", name=re.compile(r"Arrivals\W+shown")).click()
    assert "layers=cells,interceptions" in page.url
    assert key.get_by_role("link", name=re.compile(r"Arrivals\W+not shown")).is_visible()
    key.locator("summary").first.click()
    key.get_by_role("link", name="Incidents", exact=True).click()
    assert "measure=incidents" in page.url
    context.close()


COVERED = """() => {
  const wrong = [];
  const boxes = (name) => [...document.querySelectorAll(name)].map((one) => one.getBoundingClientRect());
  const parts = [".first-sentence", ".first-chips", ".first-map", ".first-dock", "#first-numbers"];
  const [key, map, foot] = [".first-key", ".first-map", ".first-foot"].map((name) => boxes(name)[0]);
  const isOver = key.top < map.bottom - 1;
  if (isOver && (key.left < map.left || key.right > map.right || key.top < map.top)) wrong.push("the key is cut");
  if (isOver && foot.left < key.right && key.left < foot.right && foot.bottom > key.top) wrong.push("the key over words");
  if (boxes(".still-class").length !== 6) wrong.push("a key without its classes");
  const [shown] = [parts.map((name) => [name, boxes(name).find(({ height }) => height)]).filter(([, box]) => box)];
  shown.forEach(([name, box], at) => {
    if (at && box.top < shown[at - 1][1].bottom - 1) wrong.push(`${name} over ${shown[at - 1][0]}`);
  });
  const rows = boxes(".first-dock .series-row");
  rows.forEach(({ top }, at) => { if (at && top < rows[at - 1].bottom - 1) wrong.push("a series over another"); });
  const [dock] = boxes(".first-dock");
  if (rows.at(-1).bottom > dock.bottom) wrong.push("a series is cut");
  if (boxes(".first-dock .series-plot").some(({ height }) => height < 30)) wrong.push("a series without a height");
  return wrong;
}"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (720, 450), (390, 844)])
@pytest.mark.parametrize("why", ["no scripts", "no WebGL2"])
def test_the_still_page_covers_and_cuts_nothing(
    browser: Browser, address: str, width: int, height: int, why: str
) -> None:
    is_scripted = why != "no scripts"
    context = browser.new_context(java_script_enabled=is_scripted, viewport={"width": width, "height": height})
    page = context.new_page()
    if is_scripted:
        page.add_init_script(NO_WEBGL2)
    page.goto(f"{address}?route=central-mediterranean")
    if is_scripted:
        page.get_by_text("This browser cannot draw the moving map").wait_for()
    assert page.evaluate(COVERED) == []
    context.close()
