"""Stores at the edge of what can be shown: one incident at ±180°, deaths without a day, no incident at all."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from data.demonstration.generate import write_demonstration
from data.store.ingest import ingest
from data.store.store import Store
from layouts import ids
from tests.harness.serving import DRAWN, serving_here, wait_until

pytestmark = pytest.mark.browser

FIELDS = ("Main ID", "Incident ID", "Incident Type", "Region of Incident", "Incident Date", "Incident Year", "Month",
          "Number of Dead", "Minimum Estimated Number of Missing", "Total Number of Dead and Missing",
          "Number of Survivors", "Number of Females", "Number of Males", "Number of Children", "Country of Origin",
          "Region of Origin", "Cause of Death", "Country of Incident", "Migration Route", "Location of Incident",
          "Coordinates", "UNSD Geographical Grouping", "Information Source", "URL", "Source Quality")  # fmt: skip
FIJI = {"Main ID": "a", "Incident ID": "a", "Incident Type": "Incident", "Incident Date": "2020-05-01",
        "Incident Year": "2020", "Month": "May", "Number of Dead": "3", "Total Number of Dead and Missing": "3",
        "Coordinates": "-17.123, 179.981", "Source Quality": "4", "Location of Incident": "Off Taveuni"}  # fmt: skip
UNDATED = FIJI | {"Incident Date": "", "Incident Year": "", "Month": "", "Number of Dead": "5",
                  "Total Number of Dead and Missing": "5"}  # fmt: skip


@pytest.fixture
def open_store(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that ingests a file into a store of its own and opens the page on it."""
    ending, wrong = [], []

    def open_one(query: str, file: Path) -> Page:
        store = Store(tmp_path / "store")
        ingest([file], store)
        server = serving_here(store)
        context = browser.new_context(viewport={"width": 1440, "height": 800})
        ending.extend([context.close, lambda: server.__exit__(None, None, None)])
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{server.__enter__()}/{query}")
        page.locator(f"#{ids.SENTENCE}").filter(has_text=".").wait_for(timeout=60_000)
        wait_until(page, DRAWN)
        return page

    yield open_one
    for end in ending:
        end()
    assert wrong == []


def file_of(folder: Path, *rows: dict[str, str]) -> Path:
    """Return a file of incidents in the publisher's layout."""
    path = folder / "incidents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def pictured(page: Page) -> np.ndarray:
    """Return the pixels of the map, as a reader sees them."""
    shot = page.locator("#map").screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)


def test_a_cell_over_the_antimeridian_is_whole_and_there_once_on_a_small_world(
    open_store: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_store("?view=-60,0,1&resolution=1&layers=cells", file_of(tmp_path, FIJI))
    wait_until(page, "crossings.now.layer?.frames > 0 && crossings.now.set.id.length === 1")
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text("At least 3 people")
    page.wait_for_timeout(1000)
    shown = pictured(page)
    page.evaluate("crossings.now.layer.isShown = false; crossings.now.layer.redraw()")
    page.wait_for_timeout(1000)
    across = np.flatnonzero((np.abs(shown - pictured(page)).sum(axis=2) > 12).any(axis=0))
    meridian = shown.shape[1] / 2 - 1024 * 120 / 360  # on a world of 1,024 pixels; what lies beyond one is covered
    assert across.size > 8
    assert all(abs(pixel - meridian) < 20 for pixel in across), across  # no stripe side to side, and no second cell
    assert across[0] < meridian < across[-1]


def test_deaths_without_a_day_are_counted_and_said(open_store: Callable[..., Page], tmp_path: Path) -> None:
    page = open_store("", file_of(tmp_path, UNDATED))
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text("At least 5 people")
    expect(page.locator(f"#{ids.NOTES}")).to_contain_text("not dated")
    page.locator(f"#{ids.PLAY}").click()  # there is nothing to play
    page.wait_for_timeout(500)
    assert not page.evaluate("!!crossings.play.isPlaying")


def test_a_store_without_deaths_says_so(open_store: Callable[..., Page], tmp_path: Path) -> None:
    detections = next(file for file in write_demonstration(tmp_path) if "detections" in file.name)
    page = open_store("", detections)
    expect(page.locator(f"#{ids.SENTENCE}")).to_contain_text("No source of deaths")


def test_who_wants_less_motion_gets_one_step_a_second(open_store: Callable[..., Page], tmp_path: Path) -> None:
    years = range(2001, 2020)
    rows = [FIJI | {"Main ID": f"{year}", "Incident ID": f"{year}", "Incident Date": f"{year}-05-01",
                    "Incident Year": f"{year}"} for year in years]  # fmt: skip
    page = open_store("?step=year", file_of(tmp_path, *rows))
    page.emulate_media(reduced_motion="reduce")
    page.locator(".play-more[aria-expanded='false']").click()
    page.locator(f"#{ids.PLAY_SPEED}").select_option("12")
    page.locator(f"#{ids.PLAY}").click()
    wait_until(page, "crossings.play.times.length >= 1")
    page.wait_for_timeout(2500)
    assert page.evaluate("crossings.play.times.length") <= 4
