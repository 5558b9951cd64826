"""``python -m tests.bench.motion``: frames while the map plays and pans, with 5,000 segments and 50,000 incidents on it.

Script is the time in our own code; the rest of a frame is drawing, here by a processor without a graphics card.
"""

import os
import statistics
import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store
from tests.bench import trace
from tests.harness.serving import DRAWN, chromium, serving, wait_until

REAL: Final = Path(os.environ.get("CROSSINGS_REAL_DATA", "../shared/data"))
FILES_READ: Final = (
    "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx",
    "interceptions/frontex_detections_2009-01_2025-04.csv",
    "flows/unhcr_arrivals_12_31.csv",
)
FRAMES: Final = """(() => {
  if (window.frames_) { window.frames_ = []; return; }
  window.frames_ = [];
  let last = performance.now();
  const beat = (now) => { frames_.push(now - last); last = now; requestAnimationFrame(beat); };
  requestAnimationFrame(beat); })()"""
PAN: Final = """(() => { window.ends = performance.now() + 3000;
  crossings.innerMap().panBy([240, 90], { duration: 3000, animate: true }); })()"""
PANNED: Final = "performance.now() > window.ends"
MANY: Final = """(() => {
  const map = crossings.innerMap();
  const chance = (a, b) => a + Math.random() * (b - a);
  const point = () => [chance(-10, 40), chance(5, 50)];
  const line = ([x, y]) => [[x, y], [x + chance(-2, 2), y + chance(-2, 2)]];
  const collection = (features) => ({ type: 'FeatureCollection', features });
  map.getSource('routes').setData(collection(Array.from({ length: 5000 }, (_, id) => ({ type: 'Feature', id,
    properties: { route: 'x' }, geometry: { type: 'LineString', coordinates: line(point()) } }))));
  for (let id = 0; id < 5000; id++) {
    map.setFeatureState({ source: 'routes', id }, { interceptions: chance(1, 8), arrivals: chance(0, 4) });
  }
  map.getSource('incidents').setData(collection(Array.from({ length: 50000 }, (_, row) => ({ type: 'Feature',
    properties: { row, toll: 1, size: 5, area: 0 }, geometry: { type: 'Point', coordinates: point() } })))); })()"""
FAST: Final = """(() => { const speed = document.getElementById('play-speed');
  speed.add(new Option('60', '60')); speed.value = '60'; })()"""
PARTS: Final = "| what: CPU of the page's thread, its waiting, the GPU process | a step |\n| --- | --- |"
HEAD: Final = "| what | frames | median frame | script per step |\n| --- | --- | --- | --- |"


def measured(page: Page, act: str, until: str) -> list[float]:
    """Return the milliseconds of each frame from an act until something is true."""
    page.evaluate(FRAMES)
    page.evaluate(act)
    wait_until(page, until, seconds=300)
    found: list[float] = page.evaluate("window.frames_")
    return found[1:]


def row(name: str, frames: list[float], script: list[float] | None = None) -> str:
    """Return a line of the table."""
    own = f"{statistics.median(script):.2f} ms" if script else "–"
    return f"| {name} | {len(frames)} | {statistics.median(frames):.1f} ms | {own} |"


def play(page: Page) -> str:
    """Return the line of a whole play by month, as fast as it goes; no step may be left out."""
    page.evaluate(FAST)
    page.evaluate("crossings.play.times.length = 0")
    done = "crossings.play.times.length > 0 && !crossings.play.isPlaying"
    frames = measured(page, "document.getElementById('play').click()", done)
    found: dict[str, Any] = page.evaluate("({ times: crossings.play.times, steps: crossings.play.steps.length })")
    assert len(found["times"]) == found["steps"], "a step was left out"
    return row(f"play, {found['steps']} months", frames, found["times"])


def parts(browser: Browser, page: Page) -> list[str]:
    """Return the lines of a trace of the same play: milliseconds a step by what they went to."""
    found = trace.split(trace.traced(browser, page, lambda: play(page)))
    steps = page.evaluate("crossings.play.steps.length")
    return [f"| {kind} | {taken / steps:.1f} ms |" for kind, taken in sorted(found.items(), key=lambda one: -one[1])]


def main() -> None:
    """Print two tables."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        ingest([*(REAL / name for name in FILES_READ), FILES / "routes.geojson"], store)
        with serving(store.folder) as address, chromium() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}/?view=14,36,4")
            wait_until(page, DRAWN)
            page.wait_for_timeout(3000)
            lines = [play(page)]
            traced = parts(browser, page)
            lines.append(row("pan, the real file", measured(page, PAN, PANNED)))
            page.evaluate(MANY)
            page.wait_for_timeout(5000)
            lines.append(row("pan, 5,000 segments and 50,000 incidents", measured(page, PAN, PANNED)))
    print(f"# Frames in Chromium, drawn by a processor\n\n{HEAD}")
    print("\n".join(lines))
    print(f"\n# A step of that play by a trace\n\n{PARTS}")
    print("\n".join(traced))


if __name__ == "__main__":
    main()
