"""``python -m tests.bench.page_pictures``: the page at every width, zoom and theme, as pictures in ``docs/pages``.

They are of the demonstration data, and made to be looked at after a change to the page; the first is the README's.
"""

import io
import shutil
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image
from playwright.sync_api import Browser

from data.demonstration.generate import write_demonstration
from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.serving import DRAWN, chromium, serving, wait_until

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pages"
COLOURS: Final = 96  # of a picture: enough for the page, a third of the bytes
HEAD: Final = """# The page at every width, zoom and theme

Made by `python -m tests.bench.page_pictures` from the demonstration data. A window at a zoom of 200% or 400% is as wide
as half or a quarter of the screen.

"""


class Shot(NamedTuple):
    """One picture: its file, what it shows, the window, and what is asked."""

    name: str
    words: str
    width: int
    height: int
    query: str = ""
    is_dark: bool = False


SHOTS: Final = (
    Shot("desktop", "1440 × 900", 1440, 900),
    Shot("desktop-dark", "1440 × 900, dark", 1440, 900, is_dark=True),
    Shot("route", "1440 × 900, one route", 1440, 900, "?route=central-mediterranean"),
    Shot("question", "1440 × 900, a question", 1440, 900, "?route=central-mediterranean&ask=risk"),
    Shot("pillars", "1440 × 900, what protects, opens, disrupts", 1440, 900, "?ask=pillars"),
    Shot("laptop", "1280 × 720", 1280, 720),
    Shot("small-laptop", "1024 × 768", 1024, 768),
    Shot("tablet", "768 × 1024", 768, 1024),
    Shot("low", "911 × 512", 911, 512),
    Shot("zoom-200", "1440 × 900 at 200%", 720, 450),
    Shot("zoom-400", "1440 × 900 at 400%", 360, 225),
    Shot("phone", "390 × 844", 390, 844),
    Shot("phone-dark", "390 × 844, dark", 390, 844, is_dark=True),
    Shot("phone-route", "390 × 844, one route", 390, 844, "?route=central-mediterranean"),
    Shot("phone-question", "390 × 844, a question", 390, 844, "?ask=hotspots"),
    Shot("small-phone", "360 × 640", 360, 640),
    Shot("smallest", "320 × 568", 320, 568),
)


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """Return a picture of the page once its map is drawn, in few colours."""
    theme = "dark" if shot.is_dark else "light"
    context = browser.new_context(viewport={"width": shot.width, "height": shot.height}, color_scheme=theme)
    page = context.new_page()
    page.goto(address + shot.query, timeout=120_000)  # the first reader of a new store waits for its tables
    wait_until(page, DRAWN)
    page.wait_for_timeout(3000)  # words of the map come when it is still, an answer after its question
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    context.close()
    written = io.BytesIO()
    image.save(written, "png", optimize=True)
    return written.getvalue()


def main() -> None:
    """Take all pictures and write the page that shows them."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        ingest([*write_demonstration(Path(folder)), FILES / "routes.geojson"], store)
        with serving(store.folder, workers=1) as address, chromium() as browser:
            for shot in SHOTS:
                (FOLDER / f"{shot.name}.png").write_bytes(taken(browser, f"{address}/", shot))
    shown = "\n\n".join(f"{one.words}:\n\n![{one.words}]({one.name}.png)" for one in SHOTS)
    (FOLDER / "README.md").write_text(HEAD + shown + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
