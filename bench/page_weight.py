"""``python -m bench.page_weight``: compressed bytes of a first and a repeat visit, on the demonstration data."""

import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Request

from bench.serving import DRAWN, chromium, serving, wait_until
from callbacks.pack import page_files, write_packed
from data.demonstration import write_demonstration
from data.ingest import ingest
from data.store import Store
from data.vocabulary import FILES


def visit(context: BrowserContext, address: str) -> list[tuple[int, str]]:
    """Return the bytes and the path of every answer that came over the line in one visit, largest first."""
    finished: list[Request] = []

    def note(request: Request) -> None:
        finished.append(request)

    context.on("requestfinished", note)
    page = context.new_page()
    page.goto(address)
    page.locator("#sentence").filter(has_text=".").wait_for()
    wait_until(page, DRAWN)
    page.wait_for_timeout(3000)
    found = [
        (request.sizes()["responseBodySize"], request.url.removeprefix(address).split("?")[0])
        for request in finished
        if request.url.startswith(address)
    ]
    context.remove_listener("requestfinished", note)
    page.close()
    return sorted(found, reverse=True)


def main() -> None:
    """Print both visits and the heaviest parts of the first."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        ingest([*write_demonstration(Path(folder)), FILES / "routes.geojson"], store)
        write_packed(page_files())
        with serving(store.folder) as address, chromium() as browser:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            first, again = visit(context, address), visit(context, address)
    print("# Page weight, compressed\n\n| visit | kB |\n| --- | --- |")
    print(f"| first | {sum(size for size, _ in first) / 1000:,.0f} |")
    print(f"| repeat | {sum(size for size, _ in again) / 1000:,.0f} |\n")
    print("\n".join(f"- {size / 1000:,.0f} kB {path}" for size, path in first[:12]))


if __name__ == "__main__":
    main()
