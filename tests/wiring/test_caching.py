"""Caching: what may be kept for good, by whom, and what every kind of answer says to HEAD, Range and a tag."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app import create_app
from data.store import Store

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


@pytest.fixture(scope="module")
def client(demonstration_store: Store) -> FlaskClient:
    return create_app(demonstration_store.folder).server.test_client()


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
