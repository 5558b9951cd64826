"""A store of a few incidents, published as one vintage after the other."""

from datetime import date

import polars as pl

from data.model.schema import conform, empty
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.rows import incident_rows

NEAR = {"latitude": 35.5, "longitude": 12.6, "location_precision": "place", "finest_resolution": 4}


def publish(
    store: Store, *rows: dict[str, object], retrieved: date = date(2024, 1, 10), sensitivity: str = "public"
) -> Vintage:
    """Return a new vintage that holds these incidents of one source."""
    source = {"source": "mmp", "kind": "incidents", "title": "Figures", "sensitivity": sensitivity,
              "is_demonstration": False, "retrieved": retrieved, "edition": f"e{len(store.names())}"}  # fmt: skip
    tables = {name: empty(name) for name in ("counts", "segments", "segment_cells", "quarantine", "log")}
    incidents = incident_rows(*({"source": "mmp"} | row for row in rows)) if rows else empty("incidents")
    sources = conform(pl.DataFrame([source]), "sources")
    return store.publish({**tables, "incidents": incidents, "sources": sources}, {"names": {}, "sums": {}})
