"""Two hundred acts of a reader in a row, drawn by a seed: the page says what the API says, and nothing piles up."""

import json
import random
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from layouts import ids
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
ACTS = 200
SET = "([id, value]) => window.dash_clientside.set_props(id, {value})"
HEAP = "performance.memory ? performance.memory.usedJSHeapSize : 0"
# Buffers, textures and vertex arrays that were made and not deleted since this ran.
GPU = """(() => { window.gpu = 0; const maker = WebGL2RenderingContext.prototype;
  for (const kind of ['Buffer', 'Texture', 'VertexArray', 'Framebuffer']) {
    const [create, remove] = [maker['create' + kind], maker['delete' + kind]];
    maker['create' + kind] = function () { window.gpu += 1; return create.call(this); };
    maker['delete' + kind] = function (one) { window.gpu -= one ? 1 : 0; return remove.call(this, one); };
  } })()"""
BARS = r"crossings.series.lines.reduce((a, [, toll]) => a + Math.max(parseInt(toll.replace(/[^\d-]/g, '') || 0), 0), 0)"
AGREES = """() => { const c = crossings; const query = new URLSearchParams(location.search);
  ['v', 'view', 'layers', 'flow', 'step', 'cell'].forEach(name => query.delete(name));
  const asks = new URLSearchParams(c.now.asks); asks.delete('zoomed');
  return c.now.query === c.now.asks && asks.toString() === query.toString() && !c.play.isPlaying
    && !document.querySelector('[data-dash-is-loading="true"]'); }"""


def act(page: Page, chance: random.Random) -> None:
    """Do one thing that a reader may do."""
    year = chance.randint(2014, 2024)
    choices: dict[str, Any] = {
        ids.MEASURE: chance.choice(["dead_or_missing", "dead", "missing", "incidents", "events"]),
        ids.START: chance.choice(["", f"{year}-01-01", f"{year}-05-17"]),
        ids.END: chance.choice(["", f"{year + 1}-12-31"]),
        ids.ROUTE: chance.choice([[], ["central-mediterranean"], ["darien", "western-mediterranean"]]),
        ids.QUALITY: chance.choice(["", 3, 5]),
        ids.STEP: chance.choice(["month", "quarter", "year"]),
        ids.RESOLUTION: chance.choice(["", "", 2, 4]),
        ids.LAYER_INCIDENTS: chance.choice([[], [], ["incidents"]]),
    }
    kind = chance.choice([*choices, "zoom", "pan", "play", "step"])
    if kind in choices:
        page.evaluate(SET, [kind, choices[kind]])
    elif kind in ("zoom", "pan"):
        keys = {"zoom": ["Equal", "Minus"], "pan": ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]}
        page.locator("#map canvas.maplibregl-canvas").press(chance.choice(keys[kind]))
    elif kind == "step":
        page.evaluate(f"document.getElementById('{chance.choice([ids.PLAY_ON, ids.PLAY_BACK])}').click()")
    else:
        page.evaluate(f"document.getElementById('{ids.PLAY}').click()")
        page.wait_for_timeout(chance.randint(100, 600))
        page.evaluate(f"crossings.play.isPlaying && document.getElementById('{ids.PLAY}').click()")


def agrees(page: Page, address: str) -> None:
    """Compare cells, sentence and series with the API's answers for the address that the page shows."""
    wait_until(page, f"({AGREES})()")
    page.wait_for_timeout(300)
    wait_until(page, f"({AGREES})()")
    shown = page.evaluate(
        "({search: location.search, shapes: crossings.now.answer.shapes, measure: crossings.now.answer.measure,"
        f" bars: {BARS},"
        " sum: crossings.now.answer.value.reduce((a, b) => a + b, 0), sentence: document.getElementById('sentence').textContent})"
    )
    kept = [part for part in shown["search"].lstrip("?").split("&") if part.split("=")[0] in KEPT]
    query = "&".join([*kept, f"resolution={shown['shapes'].split('/')[-1].removesuffix('.bin')}"])
    cells = asked(address, f"cells?{query}")["cells"]
    assert shown["sum"] == sum(max(cell["value"] or 0, 0) for cell in cells), query
    parts = [part for part in kept if not part.startswith(("measure=", "resolution="))]
    total = asked(address, f"totals?{'&'.join([*parts, 'measure=' + shown['measure']])}")["total"]
    words = shown["sentence"]
    everything = "&".join(part for part in parts if not part.startswith(("from=", "to=")))
    step = next(
        (part.removeprefix("step=") for part in shown["search"].lstrip("?").split("&") if part.startswith("step=")),
        "month",
    )
    series = asked(address, f"totals?by={step}&{everything}")
    assert shown["bars"] == sum(max(group["value"] or 0, 0) for group in series["groups"] if group["id"]), (query, step)
    assert f"{total or 0:,}" in words or (not total and "No " in words), (query, words)


def table_agrees(page: Page, address: str) -> None:
    """Open the table by route, compare its people with the API's total for the address, and close it."""
    page.evaluate(f"document.getElementById('{ids.SHOW_TABLE}').click()")
    wait_until(page, f"document.querySelector('#{ids.TABLE_BODY} thead')?.textContent.includes('Place of the cell')")
    page.evaluate(SET, [ids.TABLE_KIND, "routes"])
    kept = [part for part in page.evaluate("location.search").lstrip("?").split("&") if part.split("=")[0] in KEPT]
    query = "&".join(part for part in kept if not part.startswith("measure="))
    expected = asked(address, f"totals?{query}")["total"] or 0
    wait_until(page, f"{TABLED} === {expected}")
    page.evaluate(f"document.getElementById('{ids.TABLE_CLOSE}').click()")


TABLED = f"""[...document.querySelectorAll('#{ids.TABLE_BODY} tbody tr')].reduce((sum, row) =>
  sum + (parseInt(row.children[1].textContent.replaceAll(',', '').replace('−', '-')) || 0), 0)"""


def settled(page: Page, address: str) -> None:
    """Compare until all agree: the sentence may answer a moment after the map. The last try tells what does not."""
    for _ in range(20):
        try:
            return agrees(page, address)
        except AssertionError:
            page.wait_for_timeout(500)
    return agrees(page, address)


KEPT = ("measure", "from", "to", "route", "min_quality")


def asked(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}/api/v1/{path}", timeout=30) as answer:
        return json.load(answer)


@pytest.mark.long
def test_two_hundred_acts_leave_everything_in_agreement(open_page: Open, address: str) -> None:
    page = open_page("?view=14,36,3", width=1024, height=640)
    wait_until(page, DRAWN)
    chance = random.Random(20)  # noqa: S311 — a seed that gives the same acts again
    page.evaluate(GPU)
    heap, held = [], []
    for number in range(1, ACTS + 1):  # acts in a row, compared at every tenth
        act(page, chance)
        if number % 10 == 0:
            settled(page, address)
            if number % 50 == 0:
                table_agrees(page, address)
            heap.append(page.evaluate(HEAP))
            held.append(page.evaluate("window.gpu"))
    assert page.evaluate("crossings.innerMap().style._order ? crossings.innerMap().getStyle().layers.length : 0") < 120
    assert max(heap[-5:]) < 2.5 * max(heap[:5]) + 40e6, heap
    assert max(held[-5:]) < max(held[5:10]) + 300, (
        held
    )  # the map keeps tiles of where the reader has been, so many at most


@pytest.mark.long
def test_changes_at_one_place_leave_the_card_as_it_was(open_page: Open) -> None:
    page = open_page("?view=14,36,4&layers=cells,incidents,interceptions,arrivals", width=1024, height=640)
    wait_until(page, DRAWN)
    page.evaluate(GPU)
    held = []
    for number in range(1, 25):
        page.evaluate(SET, [ids.MEASURE, "dead" if number % 2 else "missing"])
        page.evaluate(SET, [ids.START, f"{2014 + number % 9}-01-01"])
        page.evaluate(SET, [ids.ROUTE, [] if number % 3 else ["central-mediterranean"]])
        page.evaluate(SET, [ids.LAYER_INCIDENTS, [] if number % 4 else ["incidents"]])
        wait_until(
            page,
            f"crossings.now.asks.includes('{2014 + number % 9}-01-01') && crossings.now.query === crossings.now.asks",
        )
        held.append(page.evaluate("window.gpu"))
    assert max(held[12:]) <= max(held[:12]) + 8, held
