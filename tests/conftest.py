"""What every kind of test shares: real files, stores made once per run."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from data.demonstration.generate import write_demonstration
from data.model.schema import conform
from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.rows import incident_rows, publish_rows
from tests.harness.serving import chromium
from tests.harness.shared import once_per_run

# A busy machine is no reason to fail; where a change is tried before it lands, each run draws the same examples.
settings.register_profile("crossings", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("crossings")

MMP_2025 = "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx"
REAL_FILES = (
    MMP_2025,
    "interceptions/frontex_detections_2009-01_2025-04.csv",
    "interceptions/cbp_southwest_border_encounters_2017-10_2025-05.csv",
    "flows/unhcr_arrivals_12_31.csv",
    "flows/long_uk_small_boats_daily.csv",
)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of publishers' files; without it a test skips, and on CI it fails."""
    folder = Path(os.environ.get("CROSSINGS_REAL_DATA", "../shared/data"))
    if not (folder / "mmp").is_dir():
        reason = f"no publishers' files at {folder}; set CROSSINGS_REAL_DATA"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def demonstration_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the demonstration's files, the incidents first."""
    folder = once_per_run(tmp_path_factory, "demonstration", write_demonstration)
    return sorted(folder.iterdir(), key=lambda path: ("incidents" not in path.name, path.name))


@pytest.fixture(scope="session")
def demonstration_store(demonstration_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store that holds the demonstration data."""
    files = [*demonstration_files, FILES / "routes.geojson"]
    return Store(once_per_run(tmp_path_factory, "store", lambda folder: ingest(files, Store(folder))))


@pytest.fixture(scope="session")
def real_store(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store that holds the publishers' newest full editions."""
    files = [*(real_data / name for name in REAL_FILES), FILES / "routes.geojson"]
    return Store(once_per_run(tmp_path_factory, "real", lambda folder: ingest(files, Store(folder))))


@pytest.fixture(scope="session")
def real(real_store: Store) -> Vintage:
    """Return the vintage of real files."""
    return real_store.current()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that reads publishers' files, directly or through a store of them."""
    for item in items:
        if "real_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    with chromium() as found:
        yield found


@pytest.fixture
def make_incidents() -> object:
    """Return the function that makes a small incidents table."""
    return incident_rows


@pytest.fixture
def make_vintage() -> object:
    """Return the function that makes a vintage, held in memory, of a few incident rows and a few count rows."""

    def made(incidents: list[dict[str, object]], counts: list[dict[str, object]]) -> Vintage:
        plain = {"source": "counts", "edition": "e0", "unit": "persons_arrived", "flags": []}
        tables = {
            "incidents": incident_rows(*({"source": "mmp", "edition": "m0"} | row for row in incidents)),
            "counts": conform(pl.DataFrame([plain | row for row in counts], infer_schema_length=None), "counts"),
        }
        ids = sorted({*tables["incidents"]["source"], *tables["counts"]["source"]})
        tables["sources"] = conform(pl.DataFrame({"source": ids}).with_columns(is_demonstration=False), "sources")
        vintage = Vintage("v000001", Path(), {})
        vars(vintage).update(tables)  # where a table that was read is kept
        return vintage

    return made


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Vintage]:
    """Return the function that publishes incidents as the next vintage of one store."""
    return partial(publish_rows, Store(tmp_path / "published"))
