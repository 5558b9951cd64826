"""``python -m tests.bench.first_picture``: when a reader on a weak line sees the sentence, the picture, the live map.

1 Mbit/s, 150 ms to an answer, a processor four times slower than this one; on the demonstration data, the page's answer
kept (``CROSSINGS_STORE`` names another store). Times are from the start of loading to the frame in which something is
shown; bytes are of the answers that had come through the line until then.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from callbacks.server.precompress import write_packed
from callbacks.set_up import page_files
from data.demonstration.generate import write_demonstration
from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.serving import chromium, serving

LINE: Final = {"offline": False, "latency": 150, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
SLOWER: Final = 4
LONGEST: Final = 90  # seconds
SEEN: Final = {  # what is looked for at each frame, by what is measured
    "sentence": "document.querySelector('.first-sentence, #sentence')?.textContent.includes('.')",
    "first picture": "document.querySelector('.still-drawing, .first-place img') && document.querySelector('.series-row')",
    "live map": "window.crossings?.now.answer && window.crossings.innerMap()?.loaded()"
                " && !document.getElementById('first')",
}  # fmt: skip
KNOWN: Final = ",".join(f"{name!r}: () => Boolean({test})" for name, test in SEEN.items())
WATCH: Final = f"""window.seen = {{}};
const known = {{{KNOWN}}};
const looked = () => {{
  for (const [name, is] of Object.entries(known))
    if (!(name in window.seen) && is()) requestAnimationFrame(() => {{ window.seen[name] ??= performance.now(); }});
  requestAnimationFrame(looked);
}};
requestAnimationFrame(looked);"""
CAME: Final = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .map((one) => [one.responseEnd, one.transferSize])"""


@contextmanager
def store_folder() -> Iterator[Path]:
    """Yield the store that is measured: the one that is named, else one of demonstration data."""
    if named := os.environ.get("CROSSINGS_STORE"):
        yield Path(named)
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        ingest([*write_demonstration(Path(folder)), FILES / "routes.geojson"], store)
        yield store.folder


def visit(browser: Browser, address: str) -> dict[str, tuple[float, float]]:
    """Return (seconds, kB that had come) of each thing that is seen in one first visit on a weak line."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, device_scale_factor=0.5)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit", timeout=LONGEST * 1000)
    seen: dict[str, float] = {}
    for _ in range(LONGEST * 4):
        seen = page.evaluate("window.seen ?? {}")
        if len(seen) == len(SEEN):
            break
        page.wait_for_timeout(250)
    came: list[tuple[float, float]] = page.evaluate(CAME)
    context.close()
    return {
        name: (at / 1000, sum(size for end, size in came if end <= at) / 1000)
        for name, at in sorted(seen.items(), key=lambda one: one[1])
    }


def main() -> None:
    """Print what is seen when, in a first visit."""
    with store_folder() as folder:
        write_packed(page_files())
        with serving(folder, workers=1) as address, chromium() as browser:
            for path in ("/", "/first.svg", "/"):  # the page's answer is kept from the second time on
                browser.new_page().goto(address + path)
            found = visit(browser, address)
    print(
        "# A first visit at 1 Mbit/s, 150 ms, a processor four times slower\n\n| seen | s | kB |\n| --- | --- | --- |"
    )
    for name in SEEN:
        at, size = found.get(name, (float("nan"), float("nan")))
        print(f"| {name} | {at:.1f} | {size:,.0f} |")


if __name__ == "__main__":
    main()
