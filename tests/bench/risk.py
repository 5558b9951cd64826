"""``python -m tests.bench.risk``: server CPU of one risk answer and one quote check over HTTP, on the publishers' files.

Uncached: what is kept of a vintage is forgotten before each run, but for its tables, which a server reads once.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient

from callbacks.build import create_app
from data.counting import coverage
from data.model.vocabulary import FILES
from data.risk import inputs as risk_inputs
from data.risk import quote_check as quote
from data.risk import route_counts as risk_series
from data.store.ingest import ingest
from data.store.store import Store

RUNS: Final = 7
BAR: Final = 50  # ms of CPU for one risk answer, uncached
REAL: Final = Path(os.environ.get("CROSSINGS_REAL_DATA", "../shared/data"))
NAMES: Final = (
    "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx",
    "interceptions/frontex_detections_2009-01_2025-04.csv",
    "interceptions/cbp_southwest_border_encounters_2017-10_2025-05.csv",
    "flows/unhcr_arrivals_12_31.csv",
    "flows/long_uk_small_boats_daily.csv",
)
KEPT: Final = (risk_series.counts_by_source, coverage.incident_days, risk_inputs.names_route, quote.windows)
CENTRAL: Final = "/api/v1/risk?route=central-mediterranean"
ADDRESSES: Final = {
    "risk, one year": f"{CENTRAL}&from=2016-01-01&to=2016-12-31",
    "risk, six years": f"{CENTRAL}&from=2014-02-01&to=2019-11-30",
    "risk, seven years of daily arrivals": "/api/v1/risk?route=english-channel&from=2018-01-01&to=2024-12-31",
    "quote, first of a vintage": "/api/v1/quote?text=1%20per%2019",
}


def milliseconds(client: FlaskClient, address: str, *, keep: bool) -> float:
    """Return the median CPU time of an answer; ``keep`` leaves what an earlier request has made."""
    times = []
    for _ in range(RUNS):
        for kept in () if keep else KEPT:
            kept.cache_clear()
        start = time.process_time()
        assert client.get(address).status_code == 200
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def main() -> None:
    """Print the median of each address, first as asked for the first time, then again."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        ingest([*(REAL / name for name in NAMES), FILES / "routes.geojson"], store)
        client = create_app(store.folder).server.test_client()
        assert client.get("/readyz").status_code == 200
        client.get("/api/v1/totals?measure=arrivals")  # the tables are read
        print(f"# Risk, server CPU, median of {RUNS}\n\n| answer | uncached, ms | again, ms |\n| --- | --- | --- |")
        for name, address in ADDRESSES.items():
            first, again = (milliseconds(client, address, keep=keep) for keep in (False, True))
            late = f" (over {BAR})" if name.startswith("risk") and first > BAR else ""
            print(f"| {name} | {first:,.1f}{late} | {again:,.1f} |")


if __name__ == "__main__":
    main()
