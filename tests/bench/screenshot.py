"""``python -m tests.bench.screenshot``: make ``docs/page.png``, the picture of the README, from the demonstration data."""

import tempfile
from pathlib import Path

from data.demonstration.generate import write_demonstration
from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.serving import DRAWN, chromium, serving, wait_until

PICTURE = Path(__file__).parents[2] / "docs" / "page.png"


def main() -> None:
    """Open the page on the demonstration data and save what a reader sees."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_demonstration(Path(folder))
        store = Store(Path(folder) / "store")
        ingest([*files, FILES / "routes.geojson"], store)
        with serving(store.folder) as address, chromium() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(address, timeout=120_000)  # the first reader of a new store waits for its tables
            page.locator("#sentence").filter(has_text=".").wait_for()
            wait_until(page, DRAWN)
            page.wait_for_timeout(8000)  # the canvas has no words to wait for
            page.screenshot(path=PICTURE)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
