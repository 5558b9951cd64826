"""Every way to count gives what the plain reference gives: Polars, arrays, on disk, and the browser's own count."""

import base64
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import brotli
import polars as pl
import pytest
from hypothesis import given
from playwright.sync_api import Browser, Page

from callbacks.map_data.cells import cube_answer
from data.counting.counts import ArrayCounts, Counts
from data.counting.engine import drop_unknown_ids
from data.model.schema import TABLES
from data.query.selection import Selection
from data.store import summary
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness import naive_counts as naive
from tests.harness.counting import ENGINES, MANY, check_counts, selections
from tests.harness.modules import serving_modules

ROWS = 500


def mixed(incidents: pl.DataFrame) -> pl.DataFrame:
    """Return some rows with what files bring: unknown days, places, numbers; shared events; adjustments; tallies."""
    drawn = random.Random(7)  # noqa: S311 — no secret
    rows = incidents.sample(ROWS, seed=7).sort("cell", "record_id").to_dicts()
    for row, before in zip(rows, [rows[-1], *rows[:-1]], strict=True):
        if drawn.random() < 0.3:
            row["event_id"] = before["event_id"]
        if drawn.random() < 0.1:
            row["date_from"] = row["date_to"] = None
        elif drawn.random() < 0.1:
            row["date_to"] = row["date_from"] + timedelta(drawn.randrange(200))
        if drawn.random() < 0.1:
            row["missing"], row["dead_or_missing"] = -3, (row["dead"] or 0) - 3
        for name in ("dead", "missing", "dead_or_missing", "quality", "route"):
            row[name] = None if drawn.random() < 0.1 else row[name]
        if drawn.random() < 0.1:
            row["cell"] = row["finest_resolution"] = None
        if drawn.random() < 0.3:
            row["origin"] = drawn.choice([None, "Sudan (P)", "Côte d'Ivoire,Sudan", "Afghanistan,Unknown,Sudan"])
        if drawn.random() < 0.05:
            row["is_cumulative"], row["cell"], row["finest_resolution"] = True, None, None
    return pl.DataFrame(rows, schema=incidents.schema)


@pytest.fixture(scope="module")
def vintages(demonstration_store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Vintage]:
    """Return one vintage as it is, and one with the same rows that is published as too large to keep."""
    tables = {name: getattr(demonstration_store.current(), name) for name in TABLES}
    tables["incidents"] = mixed(tables["incidents"])
    plain, large = (Store(tmp_path_factory.mktemp(name)) for name in ("plain", "large"))
    kept = plain.publish(tables, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "MOST_KEPT", 100)
        return {"polars": kept, "arrays": kept, "on disk": large.publish(tables, {})}


@cache
def rows_of(vintage: Vintage) -> list[naive.Row]:
    return vintage.incidents_of(vintage.primary_source).collect().to_dicts()


@pytest.fixture(params=ENGINES)
def counts(request: pytest.FixtureRequest, vintages: dict[str, Vintage]) -> Counts:
    """Return one way to count."""
    vintage = vintages[request.param]
    return ENGINES[request.param](vintage, vintage.primary_source)


@pytest.mark.rule("C1", "C3", "C5", "E1", "E4", "Q1", "Q2", "X2", "X5")
@given(selection=selections())
@MANY
def test_every_engine_counts_as_the_reference(
    counts: Counts, vintages: dict[str, Vintage], selection: Selection
) -> None:
    rows, selection = rows_of(vintages["polars"]), drop_unknown_ids(vintages["polars"], selection)
    check_counts(counts, rows, selection)


COUNT = """async ([packed, first, last]) => {
  const { unpack } = await import("/layouts/assets/map/binary_columns.mjs");
  const { countCells } = await import("/layouts/assets/time/count.mjs");
  const cube = unpack(Uint8Array.from(atob(packed), (one) => one.charCodeAt(0)).buffer);
  const cells = cube.cell.reduce((most, one) => Math.max(most, one + 1), 0);
  const { value, sum } = countCells(cube, cells, first, last);
  return [[...value], sum];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return a page that may import the modules of the project."""
    with serving_modules() as address:
        one = browser.new_page()
        one.goto(address)
        yield one
        one.close()


@pytest.mark.browser
@pytest.mark.rule("C1", "C3", "E1", "X2", "X8")
@given(selection=selections())
@MANY
def test_the_browser_counts_any_window_as_the_reference(
    page: Page, vintages: dict[str, Vintage], selection: Selection
) -> None:
    vintage = vintages["arrays"]
    selection = drop_unknown_ids(vintage, selection)
    window = selection.replace(start=selection.start or date(1990, 1, 1), end=selection.end or date(2060, 1, 1))
    packed = base64.b64encode(brotli.decompress(cube_answer(vintage, window))).decode()
    days = [(day - date(1970, 1, 1)).days for day in (window.start, window.end) if day]
    values, added = page.evaluate(COUNT, [packed, *days])
    found = naive.by_cell(rows_of(vintage), window)
    cells = ArrayCounts(vintage, vintage.primary_source).cells(window.resolution).cells.tolist()
    expected = [(found[cell][window.measure] or 0) if cell in found else 0 for cell in cells[: len(values)]]
    assert (values, added) == ([max(value, 0) for value in expected], sum(expected))
