"""Every width and zoom: nothing is covered, cut or scrolls sideways; a phone's tabs always win; Back closes."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdf import PdfReader

from layouts import ids
from tests.harness.layout import FAULTS_OF_LAYOUT
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser

SIZES = [  # of windows, and of windows at a zoom of 200% (720 × 450) and 400% (360 × 225)
    (2560, 1440), (1440, 900), (1280, 720), (1024, 768), (911, 900), (911, 512), (768, 1024), (720, 450), (667, 375), (640, 360),
    (568, 320), (390, 844), (360, 640), (360, 225), (320, 568),
]  # fmt: skip
HIGHEST = 160  # pixels of the header
LOW = 560  # pixels of a window in which the page scrolls
ZOOM = "window.crossings.innerMap().getZoom()"
OPEN_WORLD = """document.querySelector('.jumps [data-jump="world"]').getAttribute("aria-pressed") === "true" """


def test_at_every_width_and_zoom_nothing_is_covered_cut_or_scrolls_sideways(open_page: Callable[..., Page]) -> None:
    page = open_page()
    wait_until(page, DRAWN)
    found = {}
    for width, height in SIZES:
        page.set_viewport_size(ViewportSize(width=width, height=height))
        page.wait_for_timeout(300)  # the map and the series are drawn anew
        wrong, header = page.evaluate(FAULTS_OF_LAYOUT)
        if wrong or (height > LOW and header > HIGHEST):
            found[width, height] = (wrong, header)
    assert found == {}


def test_on_a_phone_a_tab_replaces_what_is_open_and_back_closes_it(open_page: Callable[..., Page]) -> None:
    page = open_page("?cell=83194dfffffffff", width=390, height=844)
    expect(page.locator(f"#{ids.DRAWER}")).to_be_visible(timeout=30_000)
    page.locator(f"#{ids.TAB_TIME}").click()
    expect(page.locator(f"#{ids.DRAWER}")).to_be_hidden()
    expect(page.locator(f"#{ids.SERIES}")).to_be_in_viewport(ratio=0.5)
    page.locator(f"#{ids.TAB_TABLE}").click()
    expect(page.locator(f"#{ids.TABLE_BODY}")).to_contain_text("Place of the cell's centre", timeout=30_000)
    page.go_back()
    expect(page.locator(f"#{ids.TABLE_BODY}")).to_be_hidden()
    page.locator(".chip-name", has_text="Route").click()
    expect(page.locator(f"#{ids.FIND_ROUTE}")).to_be_focused()
    page.keyboard.type("central med")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text("Central Mediterranean", timeout=30_000)
    page.go_back()
    expect(page.locator(f"#{ids.SENTENCE}")).not_to_contain_text("Central Mediterranean", timeout=30_000)


def test_on_a_phone_back_closes_what_is_open_before_it_leaves(open_page: Callable[..., Page]) -> None:
    page = open_page(width=390, height=844)
    wait_until(page, DRAWN)
    address = page.url
    chip, menu, card = (
        page.locator(".chip details").first,
        page.locator(".bar-menu"),
        page.locator(f"#{ids.ROUTE_CARD}"),
    )
    chip.locator("summary").click()
    page.go_back()
    expect(chip).not_to_have_attribute("open", "")
    menu.click()
    page.go_back()
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.evaluate("document.querySelector('#route-list button').click()")
    expect(card).to_be_visible(timeout=30_000)
    page.go_back()
    expect(card).to_be_hidden()
    middle = page.evaluate("document.querySelector('.sheets').scrollTop")
    page.evaluate("document.querySelector('.sheets').scrollTop = 2000")
    wait_until(page, "(history.state.open || []).includes('whole')")
    page.go_back()
    wait_until(page, f"Math.abs(document.querySelector('.sheets').scrollTop - {middle}) < 2")
    chip.locator("summary").click()
    page.keyboard.press("Escape")
    expect(chip).not_to_have_attribute("open", "")
    assert page.url == address
    page.go_back()  # nothing is open, so one press leaves
    page.wait_for_url("about:blank")


def test_a_low_window_keeps_the_map_and_puts_the_key_behind_a_word(open_page: Callable[..., Page]) -> None:
    page = open_page(width=911, height=512)
    wait_until(page, DRAWN)
    key, word = page.locator(".sheets > .key:not(.answer-key)"), page.locator(".key-word")
    expect(page.locator(".dock-summary")).to_be_visible()
    expect(page.locator(f"#{ids.FOLD_DOCK}")).to_have_text("Show")
    expect(key).to_be_hidden()
    word.click()
    expect(key).to_be_in_viewport(ratio=1)
    page.go_back()
    expect(key).to_be_hidden()
    share = "document.querySelector('.map-panel').offsetHeight / (innerHeight - document.querySelector('.banner').offsetHeight)"
    assert page.evaluate(share) > 0.6
    page.set_viewport_size(ViewportSize(width=360, height=225))  # a zoom of 400%
    wait_until(page, f"{share} >= 0.5")
    page.set_viewport_size(ViewportSize(width=911, height=700))  # where the key would lie over a third of the map
    expect(key).to_be_hidden()
    expect(word).to_be_visible()


def test_at_a_zoom_of_400_percent_the_tab_of_time_holds_the_series(open_page: Callable[..., Page]) -> None:
    page = open_page(width=360, height=225)
    wait_until(page, DRAWN)
    page.locator(f"#{ids.TAB_TIME}").click()
    rows = page.locator(f"#{ids.SERIES} .series-row")
    expect(rows.first).to_be_visible()
    assert rows.count() == 3
    tops = "['.dock-head', '.series'].map((name) => document.querySelector(name).getBoundingClientRect())"
    assert page.evaluate(f"(([head, rows]) => head.bottom <= rows.top + 1)({tops})")  # neither lies on the other


@pytest.mark.long
def test_series_that_unfold_in_a_low_window_leave_all_people_in_the_frame(open_page: Callable[..., Page]) -> None:
    page = open_page(width=911, height=512)
    wait_until(page, DRAWN)
    wait_until(page, OPEN_WORLD)
    page.locator(f"#{ids.FOLD_DOCK}").click()
    wait_until(page, f"document.querySelector('.map-panel').offsetHeight < 240 && {OPEN_WORLD}")
    page.locator('[data-zoom="1"]').click()
    wait_until(page, f"!({OPEN_WORLD})")
    zoom = page.evaluate(ZOOM)
    page.locator(f"#{ids.FOLD_DOCK}").click()
    page.wait_for_timeout(600)  # longer than a map that is fitted anew takes
    assert page.evaluate(ZOOM) == pytest.approx(zoom)  # a reader who has moved the map is left there
    page.evaluate("window.crossings.innerMap().panBy([0, 2000], { animate: false })")
    wait_until(page, "![...document.querySelectorAll('.route-label')].some((one) => one.checkVisibility())")
    page.set_viewport_size(ViewportSize(width=720, height=450))
    page.locator(f"#{ids.FOLD_DOCK}").click()
    page.locator(".series-years").scroll_into_view_if_needed()
    expect(page.locator(".series-years")).to_be_in_viewport(ratio=0.9)


def test_paper_has_the_sentence_the_address_and_the_day_and_no_control(open_page: Callable[..., Page]) -> None:
    page = open_page("?from=2016-01-01&to=2016-12-31")
    wait_until(page, DRAWN)
    sentence = page.locator(f"#{ids.SENTENCE}").inner_text()
    for is_landscape in (False, True):
        paper = PdfReader(BytesIO(page.pdf(format="A4", landscape=is_landscape)))
        words = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
        for wanted in (sentence, "from=2016-01-01", "Printed on", "Sources:"):
            assert wanted in words
        assert not {"Play", "Export", "Menu", "Hide", "Zoom in"} & set(words.split())
        assert len(paper.pages) <= 2


def test_dark_is_chosen_once_and_remembered(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.get_by_role("button", name="Dark", exact=True).click()
    paper = "getComputedStyle(document.querySelector('.bar')).backgroundColor"
    assert page.evaluate(paper) == "rgb(23, 29, 35)"
    page.reload()
    page.locator(f"#{ids.SENTENCE}").filter(has_text=".").wait_for()
    assert page.evaluate(paper) == "rgb(23, 29, 35)"


CUT = """() => {
  const inside = (one, around) => one.left >= around.left - 1 && one.right <= around.right + 1;
  const box = (element) => element.getBoundingClientRect();
  const wrong = [];
  for (const note of document.querySelectorAll(".short-notes > span > span")) {
    const [one, around] = [box(note), box(note.parentElement)];
    if (!one.width || one.top >= around.bottom - 1) continue; // left out whole
    if (!inside(one, around) || one.bottom > around.bottom + 1) wrong.push(note.textContent);
  }
  const chips = box(document.querySelector(".chips"));
  for (const name of document.querySelectorAll(".chip-name"))
    if (!box(name).width || !inside(box(name), chips)) wrong.push(name.textContent);
  return wrong;
}"""
WHOLE = """() => [...document.querySelectorAll(".short-notes > span > span")].filter((one) => {
  const [note, around] = [one.getBoundingClientRect(), one.parentElement.getBoundingClientRect()];
  return note.width && note.bottom <= around.bottom + 1;
}).length"""


@pytest.mark.parametrize(("width", "height"), [(911, 512), (911, 768), (720, 450), (1024, 768), (1440, 900)])
def test_the_bar_leaves_notes_out_whole_and_names_every_chip(
    open_page: Callable[..., Page], width: int, height: int
) -> None:
    page = open_page("?route=central-mediterranean", width=width, height=height)
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert page.evaluate(CUT) == []
    if (width, height) in ((911, 512), (1440, 900)):
        assert page.evaluate(WHOLE) >= 2


OVERLAID = """() => {
  const mark = document.querySelector(".series-mark").getBoundingClientRect();
  const words = [...document.querySelectorAll(".series-name > *")];
  const isOver = ({ left, right, top, bottom }) =>
    mark.left < right && mark.right > left && mark.top < bottom && mark.bottom > top;
  const textOf = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };
  return words.filter((one) => isOver(textOf(one))).map((one) => one.textContent);
}"""
LIGHTNESS = """() => {
  const fill = getComputedStyle(document.querySelector("#map .annotation rect.bg")).fill;
  return Math.max(...fill.match(/\\d+/g).slice(0, 3).map(Number));
}"""


def test_the_mark_of_invented_data_covers_no_total_and_is_dark_in_the_dark(open_page: Callable[..., Page]) -> None:
    page = open_page(width=390, height=844)
    page.locator(".tab").nth(1).click()
    page.locator(".series-mark").wait_for()
    assert page.evaluate(OVERLAID) == []
    assert page.evaluate(LIGHTNESS) > 200
    page.emulate_media(color_scheme="dark")
    wait_until(page, f"({LIGHTNESS})() < 100")
