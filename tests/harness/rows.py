"""Small tables of incidents, and small stores published from them."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data.model.schema import TABLES, conform, empty
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_at
from geo.sphere.great_circle import length_km


def incident_rows(*rows: dict[str, object]) -> pl.DataFrame:
    """Return an incidents table of a few rows; what a row leaves out has a plain value."""
    plain = {"source": "test", "is_cumulative": False, "flags": []}
    filled = [plain | {"record_id": f"r{i}", "event_id": f"e{i}", "row": i + 2} | row for i, row in enumerate(rows)]
    return conform(pl.DataFrame(filled), "incidents")


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
