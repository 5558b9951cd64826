"""Caching: what may be kept for good, by whom, and what every kind of answer says to HEAD, Range and a tag."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app
from callbacks.map_data.binary_columns import unpack
from data.store.store import Store
from tests.harness.rows import publish_rows
from tests.harness.small_store import NEAR, publish

SECTOR = "at=12.6,35.5&radius_km=100"
YEARS = "first=2019-01-01..2019-12-31&second=2020-01-01..2020-12-31"
TAGGED = (
    "/api/v1/totals", "/api/v1/cells.csv", "/api/v1/cells.geojson", "/api/v1/series.arrow", "/api/v1/segments.parquet",
    "/api/v1/vintages", "/api/v1/trends", f"/api/v1/compare?{YEARS}", "/api/v1/quote?text=1 in 35",
    "/api/v1/risk?route=central-mediterranean&from=2018-01-01&to=2018-12-31", f"/api/v1/sector?{SECTOR}",
    f"/api/v1/sector/changes?{SECTOR}", f"/api/v1/sector/changes.atom?{SECTOR}", f"/sector?{SECTOR}",
    "/api/v1/exports/cells.csv", "/api/v1/exports/cells.xlsx", "/api/v1/exports/series.parquet",
    "/api/v1/exports/segments.geojson", "/api/v1/exports/cells.gpkg", "/api/v1/exports/citation.bib",
    "/api/v1/exports/map.svg", "/api/v1/exports/map.txt", "/api/v1/exports/view.html", "/embed?figure=series",
    "/basemap/land.json",
)  # fmt: skip


@pytest.mark.parametrize("address", TAGGED)
def test_head_range_and_a_tag_are_answered_alike_everywhere(client: FlaskClient, address: str) -> None:
    whole = client.get(address)
    assert whole.status_code == 200
    head = client.head(address)
    assert (head.status_code, head.data, head.mimetype) == (200, b"", whole.mimetype)
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert int(head.headers["Content-Length"]) == len(whole.data)
    for wanted in ("bytes=0-9", "bytes=9-1"):
        part = client.get(address, headers={"Range": wanted})
        assert (part.status_code, part.data) == (200, whole.data)  # parts are not offered: the whole, as HTTP allows
    kept = client.get(address, headers={"If-None-Match": f'"other", {whole.headers["ETag"]}'})
    assert (kept.status_code, kept.data) == (304, b"")
    assert kept.headers["ETag"] == whole.headers["ETag"]
    assert kept.headers["Cache-Control"] == whole.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_packed_list_still_varies_by_what_is_accepted(client: FlaskClient, encoding: str) -> None:
    for accept in ("application/json", "text/csv"):
        answer = client.get("/api/v1/series", headers={"Accept-Encoding": encoding, "Accept": accept})
        assert set(answer.vary) == {"Accept", "Accept-Encoding"}
        assert answer.headers.get("Content-Encoding", "identity") == encoding


@pytest.mark.parametrize("path", ["totals", "series.csv", "trends", "exports/cells.csv", "exports/map.txt"])
def test_a_day_that_is_not_over_is_not_kept_for_good(client: FlaskClient, path: str) -> None:
    today = datetime.now(UTC).date()
    for day in (today + timedelta(days=1), today + timedelta(days=400)):
        answer = client.get(f"/api/v1/{path}?vintage={day}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    named = client.get(f"/api/v1/{path}?vintage=v000001")
    assert "immutable" in named.headers["Cache-Control"]


def shapes_of(client: FlaskClient) -> str:
    details, _ = unpack(client.get("/cells/values?resolution=3").data)
    return str(details["shapes"])


def test_a_forgotten_vintage_is_not_answered_from_what_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    publish(store, NEAR | {"dead_or_missing": 2})
    publish(store, NEAR | {"dead_or_missing": 5}, NEAR | {"dead_or_missing": 7})
    client = create_app(store.folder).server.test_client()
    addresses = [f"{path}?vintage=v000001" for path in ("/cells/values", "/cells/cube")]
    before = {address: [client.get(address).data for _ in range(2)] for address in addresses}
    store.forget("v000001")
    for address in addresses:
        newest = client.get(address.partition("?")[0]).data
        assert before[address][0] == before[address][1] != client.get(address).data == newest


def test_a_store_made_anew_has_other_addresses_of_what_never_changes(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    line = {"segment_id": "one", "route": "somewhere", "order": 1, "is_major": True, "points": [[1.0, 1.0], [2.0, 2.0]]}
    day = date(2024, 1, 1)
    addresses = []
    for longitude in (12.6, 20.0):
        vintage = publish_rows(store, NEAR | {"longitude": longitude}, first=day, last=day, lines=[line])
        client = create_app(store.folder).server.test_client()
        addresses.append((shapes_of(client), f"/routes/{vintage.mark}.json"))
        assert addresses[-1][0].endswith("/3.bin")
        assert all(client.get(address).status_code == 200 for address in addresses[-1])
        if longitude != 20.0:
            shutil.rmtree(store.folder)
    assert vintage.name == "v000001"
    assert set(addresses[0]).isdisjoint(addresses[1])
    for gone in (*addresses[0], "/cells/v000001/mmp/3.bin", "/routes/v000001.json"):
        answer = client.get(gone)
        assert (answer.status_code, answer.headers.get("Cache-Control")) == (404, None)


@pytest.mark.parametrize("path", ["routes/..%2fx.json", "routes/x", "cells/..%2f..%2fx/3.bin", "incidents/..%2fx",
                                  "incidents/", "assets/..%2f..%2fapp.py", "basemap/..%2fx.json", "routes/%2e%2e/x.json",
                                  "_favicon/x", "_dash-nothing", "healthz/x"])  # fmt: skip
def test_a_path_that_nothing_answers_is_404_not_the_page(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 404
    assert "nothing" in answer.text or "no " in answer.text
