"""``python -m tests.bench.page_weight``: compressed bytes of a first and a repeat visit, on the demonstration data."""

import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Request

from callbacks.server.precompress import write_packed
from callbacks.set_up import page_files
from data.demonstration.generate import write_demonstration
from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.serving import DRAWN, chromium, serving, wait_until


def visit(context: BrowserContext, address: str) -> list[tuple[int, str]]:
    """Return bytes and path of every answer of one visit, largest first; 0 bytes for what the browser kept."""
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
        (max(request.sizes()["responseBodySize"], 0), request.url.removeprefix(address).split("?")[0])
        for request in finished
        if request.url.startswith(address)
    ]
    context.remove_listener("requestfinished", note)
    page.close()
    return sorted(found, reverse=True)


def main() -> None:
    """Print both visits and the heaviest parts of each."""
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
    for name, parts in (("first", first), ("repeat", again)):
        print(f"\n## {name}\n")
        print("\n".join(f"- {size / 1000:,.1f} kB {path}" for size, path in parts[:14]))


if __name__ == "__main__":
    main()
