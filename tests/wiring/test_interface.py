"""The interface: the same numbers in every format, every row once over the pages, pinned answers that never change."""

import io
from pathlib import Path
from typing import Any

import geopandas as gpd
import polars as pl
import pytest
from flask.testing import FlaskClient

from callbacks.api.collections import MEDIA, formats_of
from callbacks.build import create_app
from data.demonstration.generate import write_demonstration
from data.model.vocabulary import FILES
from data.store.ingest import ingest
from data.store.store import Store

LISTS = ("totals", "series", "cells", "incidents", "segments", "sources", "vintages", "indicators", "exports")
READ = {
    "csv": lambda content: pl.read_csv(io.BytesIO(content), infer_schema_length=None),
    "arrow": lambda content: pl.read_ipc_stream(io.BytesIO(content)),
    "parquet": lambda content: pl.read_parquet(io.BytesIO(content)),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_format_holds_the_same_rows(client: FlaskClient, name: str) -> None:
    query = "by=year" if name == "totals" else ""
    found: dict[str, Any] = client.get(f"/api/v1/{name}?{query}").get_json()
    rows = found["groups" if name == "totals" else name]
    assert rows
    for kind, read in READ.items():
        answer = client.get(f"/api/v1/{name}.{kind}?{query}")
        by_header = client.get(f"/api/v1/{name}?{query}", headers={"Accept": MEDIA[kind]})
        assert (answer.status_code, answer.mimetype) == (200, MEDIA[kind])
        assert answer.data == by_header.data
        assert read(answer.data).height == len(rows)
        assert set(read(answer.data).columns) == set(rows[0])


@pytest.mark.parametrize("name", ["cells", "incidents", "segments"])
def test_geojson_has_a_shape_for_every_row_with_a_place(client: FlaskClient, name: str) -> None:
    features = client.get(f"/api/v1/{name}.geojson").get_json()["features"]
    rows = client.get(f"/api/v1/{name}").get_json()[name]
    assert len(features) == len(rows)
    with_place = [row for row in rows if name != "incidents" or row["latitude"] is not None]
    assert sum(one["geometry"] is not None for one in features) == len(with_place)


def test_pages_hold_every_row_once(client: FlaskClient) -> None:
    whole = client.get("/api/v1/incidents?limit=10000").get_json()
    address, seen, total = "/api/v1/incidents?limit=700", [], 0
    while address:
        page = client.get(address).get_json()
        seen += [row["record_id"] for row in page["incidents"]]
        total += sum(row["dead_or_missing"] or 0 for row in page["incidents"])
        address = page["next"]
    assert len(seen) == len(set(seen)) == whole["total_rows"]
    assert total == whole["total"] == client.get("/api/v1/totals").get_json()["total"]
    csv = client.get("/api/v1/incidents.csv?limit=700")
    assert csv.headers["Link"].endswith('offset=700>; rel="next"')
    assert csv.headers["X-Total-Count"] == str(whole["total_rows"])


def test_a_series_and_its_stated_part_are_the_total(client: FlaskClient) -> None:
    found = client.get("/api/v1/series?step=year&route=central-mediterranean").get_json()
    assert sum(row["dead_or_missing"] or 0 for row in found["series"]) + found["not_dated"] == found["total"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("cells.exe", 404), ("cells.geojsonl", 404), ("series.geojson", 404), ("nothing", 404), ("incidents?limit=0", 400),
        ("incidents?limit=1e3", 400), ("incidents?offset=-1", 400), ("incidents?limit=5&limit=6", 400), ("vintages?route=x", 400),
        ("sources?vintage=v999999", 404), ("cells?vintage=x", 400), ("cells?v=3", 400), ("cells?v=2", 200), ("cells?v=1", 200),
        ("totals?from=2020-01-02&to=2020-01-01", 409), ("totals?measure=detections&cause=drowning", 409),
        ("totals?measure=detections&origin=sudan", 409), ("totals?origin=Syrian%20Arab%20Republic,Sudan", 200),
        ("totals?origin=atlantis", 400), ("totals?origin=", 400), ("totals?by=origin", 400),
        ("cells?route=", 400), ("sources?vintage=1999-01-01", 404), ("cells?zoomed=3&layers=cells", 200),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_gets_a_sentence(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status
    assert status == 200 or len(answer.get_json()["detail"]) > 15


def test_an_accept_that_nothing_fits_is_406(client: FlaskClient) -> None:
    assert client.get("/api/v1/series", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/api/v1/series", headers={"Accept": "text/html,*/*"}).mimetype == "application/json"


def test_another_method_is_405_and_says_which_are_allowed(client: FlaskClient) -> None:
    answer = client.post("/api/v1/cells")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_pinned_answer_is_the_same_after_a_later_ingest(tmp_path: Path) -> None:
    files = write_demonstration(tmp_path / "files" if (tmp_path / "files").mkdir() is None else tmp_path)
    store = Store(tmp_path / "store")
    ingest([*files[:1], FILES / "routes.geojson"], store)
    client = create_app(store.folder).server.test_client()
    addresses = [
        f"/api/v1/{name}.{kind}?vintage=v000001" for name in LISTS if name != "vintages" for kind in formats_of(name)
    ]
    addresses += [
        f"/api/v1/exports/{file}?vintage=v000001" for file in ("cells.csv", "series.xlsx", "cells.gpkg", "citation.bib")
    ]
    before = {address: client.get(address) for address in addresses}
    assert all(answer.status_code == 200 for answer in before.values())
    ingest(files, store)
    assert client.get("/api/v1/vintages").get_json()["total_rows"] == 2
    assert client.get("/api/v1/totals").get_json()["vintage"] == "v000002"
    for address, answer in before.items():
        assert client.get(address).data == answer.data, address
        assert "immutable" in answer.headers["Cache-Control"]
    shown = client.get("/cells/values?vintage=v000001")
    assert shown.status_code == 200
    store.forget("v000001")
    assert create_app(store.folder).server.test_client().get("/api/v1/cells?vintage=v000001").status_code == 404


def test_a_geopackage_opens_with_its_words(client: FlaskClient, tmp_path: Path) -> None:
    for figure in ("cells", "incidents", "segments"):
        path = tmp_path / f"{figure}.gpkg"
        path.write_bytes(client.get(f"/api/v1/exports/{figure}.gpkg").data)
        table = gpd.read_file(path, layer=figure)
        assert table.crs is not None
        assert table.crs.to_epsg() == 4326
        assert len(gpd.read_file(path, layer="columns")) == len(table.columns) - 1
        assert "Demonstration data" in " ".join(gpd.read_file(path, layer="about")["words"])
    total = client.get("/api/v1/cells").get_json()
    cells = gpd.read_file(tmp_path / "cells.gpkg", layer="cells")
    assert int(cells["dead_or_missing"].sum()) + total["not_located"] == total["total"]
    assert cells.geometry.is_valid.all()


def test_the_description_names_every_parameter_and_no_other(client: FlaskClient) -> None:
    found = client.get("/api/v1/openapi.json").get_json()
    assert found["openapi"] == "3.1.0"
    for path, operation in found["paths"].items():
        is_needed = any(one.get("required") for one in operation["get"]["parameters"])
        assert client.get(path).status_code == (400 if is_needed else 200), path
    assert client.get("/api/v1/").status_code == 200
