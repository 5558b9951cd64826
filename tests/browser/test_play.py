"""Time is played from a table in the browser: every step counts as the server does, and pausing states the window."""

import json
import re
import urllib.request
from collections.abc import Callable

import h3
import pytest
from playwright.sync_api import Page, expect

from layouts import ids
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
VIEW = "?view=14,36,3&resolution=3&layers=cells"
STEP = """([first, last]) => { const at = text => Date.parse(text + 'T00:00:00Z') / 86400000;
  const {code, value} = crossings.count(crossings.play.cube, crossings.now.set.id.length, at(first), at(last));
  return [...crossings.now.set.id].map((id, place) => [id.toString(16), code[place], value[place]]); }"""


def drawn(open_page: Open, query: str) -> Page:
    page = open_page(query)
    wait_until(page, DRAWN)
    wait_until(page, "document.querySelectorAll('#series .series-row').length === 3")
    return page


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "measure", ["dead_or_missing", *(pytest.param(one, marks=LONG) for one in ("dead", "incidents", "events"))]
)
def test_every_window_counts_as_the_server_does(open_page: Open, address: str, measure: str) -> None:
    page = drawn(open_page, f"{VIEW}&measure={measure}")
    page.locator(f"#{ids.PLAY_ON}").click()
    wait_until(page, "!!crossings.play.cube && !crossings.play.isPlaying")
    for first, last in (("2014-01-01", "2014-01-31"), ("2016-05-01", "2017-04-30"), ("2014-01-01", "2025-12-31")):
        query = f"measure={measure}&resolution=3&from={first}&to={last}"
        with urllib.request.urlopen(f"{address}/api/v1/cells?{query}", timeout=30) as answer:
            stated = {cell["cell"]: cell for cell in json.load(answer)["cells"]}
        for cell, code, value in page.evaluate(STEP, [first, last]):
            one = stated.get(cell)
            if one is None or one["value"] is None or one["value"] <= 0:
                assert code % 8 == (6 if one and one["value"] is None else 7), cell
            else:
                assert value == one["value"]
                is_counted_finely = one["resolution"] == 3 and (one["dead_or_missing"] or 0) >= 20  # RULES X5
                assert (code >= 8) == (is_counted_finely and (one["dominance"] or 0) > 0.5), cell
    assert h3.is_valid_cell(next(iter(stated)))


def test_play_moves_over_every_period_and_pausing_states_the_window(open_page: Open, address: str) -> None:
    page = drawn(open_page, f"{VIEW}&step=year")
    page.locator(".play-more[aria-expanded='false']").click()
    page.locator(f"#{ids.PLAY_SPEED}").select_option("1")
    page.locator(f"#{ids.PLAY}").click()
    expect(page.locator(f"#{ids.PLAY_NOTE}")).to_be_visible()
    wait_until(page, "crossings.play.at >= 2")
    page.locator(f"#{ids.PLAY}").click()
    expect(page).to_have_url(re.compile(r"from=20\d\d-01-01&to=20\d\d-12-31"), timeout=30_000)
    found = re.search(r"from=[\d-]+&to=[\d-]+", page.url)
    assert found
    with urllib.request.urlopen(f"{address}/api/v1/totals?{found.group()}", timeout=30) as answer:
        total = json.load(answer)["total"]
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text(f"{total:,}", timeout=30_000)
    expect(page.locator(f"#{ids.PLAY_NOTE}")).to_be_hidden()
    wait_until(page, f"crossings.now.asks.includes('{found.group()}') && crossings.now.query === crossings.now.asks")
    year = page.url.split("from=")[1][:4]
    page.locator(f"#{ids.PLAY_ON}").click()
    expect(page).to_have_url(re.compile(f"from={int(year) + 1}-01-01&to={int(year) + 1}-12-31"), timeout=30_000)


def test_play_stays_within_the_brush_and_goes_to_its_end(open_page: Open) -> None:
    page = drawn(open_page, f"{VIEW}&step=year&from=2016-01-01&to=2018-12-31")
    page.locator(".play-more[aria-expanded='false']").click()
    page.locator(f"#{ids.PLAY_MODE}").select_option("until")
    page.locator(f"#{ids.PLAY_SPEED}").select_option("12")
    page.locator(f"#{ids.PLAY}").click()
    wait_until(page, "crossings.play.times.length >= 3 && !crossings.play.isPlaying")
    assert page.evaluate("crossings.play.shown") == ["2016-01-01", "2018-12-31"]
    assert page.evaluate("crossings.play.times.length") == 3


def test_a_table_that_is_too_large_is_counted_by_the_server(open_page: Open) -> None:
    page = drawn(open_page, f"{VIEW}&step=year")
    page.locator(f"#{ids.PLAY_ON}").click()
    wait_until(page, SETTLED.format(at=0))
    expected = page.evaluate("[...crossings.now.code]")
    page.evaluate("crossings.play.cube.is_too_large = true")
    page.locator(f"#{ids.PLAY_ON}").click()
    wait_until(page, SETTLED.format(at=1))
    page.locator(f"#{ids.PLAY_BACK}").click()
    wait_until(page, SETTLED.format(at=0))
    assert page.evaluate("[...crossings.now.code]") == expected


SETTLED = """crossings.play.at === {at} && !crossings.play.isPlaying && crossings.now.query === crossings.now.asks
  && crossings.now.asks.includes('from=' + crossings.play.shown[0])"""
