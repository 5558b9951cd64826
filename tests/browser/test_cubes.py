"""The page over a vintage that is held in sums: it opens, counts, and says what it cannot tell."""

from collections.abc import Iterator

import polars as pl
import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import expect as expects

from data.counting.engine import cells, people_parts
from data.model.notices import number
from data.query.selection import Selection
from data.scale.engines import PolarsEngine
from data.scale.publish_cubes import publish_cubes
from data.store.store import Store
from geo.cells import cell_text
from layouts import ids
from tests.harness.scale import hostile_incidents, write_partitions
from tests.harness.serving import serving

WAIT = 60_000  # ms; expect's own five seconds are short on a busy machine
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def summed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("summed")
    write_partitions(hostile_incidents().filter(pl.col("source") == "mmp"), folder / "in")
    publish_cubes(folder / "in", Store(folder / "store"), PolarsEngine())
    return Store(folder / "store")


@pytest.fixture
def page(browser: Browser, summed: Store) -> Iterator[tuple[Page, str]]:
    wrong: list[str] = []
    with serving(summed.folder, workers=1) as base:
        one = browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=0.5)
        one.set_default_timeout(60_000)
        one.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        one.on("pageerror", lambda error: wrong.append(str(error)))
        yield one, base
        one.close()
    assert wrong == []


@pytest.mark.long
def test_it_counts_and_says_what_it_cannot_tell(page: tuple[Page, str], summed: Store) -> None:
    browser, base = page
    vintage = summed.current()
    browser.goto(f"{base}/?v=2&min_quality=3&resolution=3")
    whole = people_parts(vintage, Selection())["total"]
    expects(browser.locator(f"#{ids.SENTENCE}")).to_contain_text(number(whole), timeout=WAIT)
    notice = browser.locator(f"#{ids.NOT_UNDERSTOOD}")
    expects(notice).to_contain_text("“min_quality=3” cannot be asked of this data, which is held in sums", timeout=WAIT)

    browser.goto(f"{base}/?v=2")
    browser.locator(f"#{ids.SHOW_TABLE}").click()
    expects(browser.locator(f"#{ids.TABLE_BODY}")).to_contain_text("Place of the cell's centre", timeout=WAIT)
    browser.locator(f"#{ids.TABLE_KIND}").get_by_text("incidents", exact=False).click()
    expects(browser.locator(f"#{ids.TABLE_BODY}")).to_contain_text("no single incident", timeout=WAIT)


def test_a_cell_tells_its_numbers_and_that_this_is_all(page: tuple[Page, str], summed: Store) -> None:
    browser, base = page
    top = cells(summed.current(), Selection()).sort("dead_or_missing", descending=True).row(0, named=True)
    browser.goto(f"{base}/?v=2&resolution=3&cell={cell_text(top['cell'])}")
    drawer = browser.locator(f"#{ids.DRAWER}")
    expects(drawer).to_contain_text(number(top["dead_or_missing"]), timeout=WAIT)
    expects(drawer).to_contain_text("no single incident", timeout=WAIT)
