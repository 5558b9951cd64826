"""What every kind of test shares: real files, and stores made once per run."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from data.demonstration import write_demonstration
from data.ingest import ingest
from data.schema import TABLES, conform, empty
from data.store import Store
from data.vintage import Vintage
from data.vocabulary import FILES
from geo.cells import cell_at
from geo.great_circle import length_km

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
    """Return the demonstration's files."""
    return write_demonstration(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="session")
def demonstration_store(demonstration_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store that holds the demonstration data."""
    store = Store(tmp_path_factory.mktemp("store"))
    ingest([*demonstration_files, FILES / "routes.geojson"], store)
    return store


@pytest.fixture(scope="session")
def real_store(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store that holds the publishers' newest full editions."""
    store = Store(tmp_path_factory.mktemp("real"))
    ingest([*(real_data / name for name in REAL_FILES), FILES / "routes.geojson"], store)
    return store


@pytest.fixture(scope="session")
def real(real_store: Store) -> Vintage:
    """Return the vintage of real files."""
    return real_store.current()


def incident_rows(*rows: dict[str, object]) -> pl.DataFrame:
    """Return an incidents table of a few rows; what a row leaves out has a plain value."""
    plain = {"source": "test", "is_cumulative": False, "flags": []}
    filled = [plain | {"record_id": f"r{i}", "event_id": f"e{i}", "row": i + 2} | row for i, row in enumerate(rows)]
    return conform(pl.DataFrame(filled), "incidents")


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


def publish_rows(
    store: Store, *rows: dict[str, object], first: date, last: date, lines: Sequence[dict[str, object]] = ()
) -> Vintage:
    """Publish a few incidents of one source that covers ``first`` to ``last``, and a few route lines."""
    plain = {"source": "mmp", "location_precision": "place", "finest_resolution": 4}
    spread = [plain | {"date_to": row.get("date_from")} | row for row in rows]
    incidents = incident_rows(*spread) if rows else empty("incidents")
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
    covers = {"source": "mmp", "kind": "incidents", "publisher": "A publisher", "sensitivity": "public",
              "is_demonstration": False, "first_date": first, "last_date": last}  # fmt: skip
    segments = [{"source": "segments", "length_km": length_km(line["points"]), **line} for line in lines]
    tables = {name: empty(name) for name in TABLES} | {
        "incidents": incidents.with_columns(cell.alias("cell")),
        "sources": conform(pl.DataFrame([covers]), "sources"),
        "segments": conform(pl.DataFrame(segments), "segments") if segments else empty("segments"),
    }
    return store.publish(tables, {})


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Vintage]:
    """Return the function that publishes incidents as the next vintage of one store."""
    return partial(publish_rows, Store(tmp_path / "published"))
