"""Texts that a spreadsheet or a browser might run: stored as published, inert in every file and page that leaves."""

import io
import json
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import fastexcel
import geopandas as gpd
import polars as pl
import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app
from data.exports.files import LIVE
from data.model.schema import TABLES, conform, empty
from data.store.store import Store
from geo.cells import cell_at
from tests.harness.rows import incident_rows

TEXTS: Final = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")',
    "＝1+1", "＋1", "－1", "＠x", " =1+1", '"=1', "=DDE(1)", "+A1", "<script>alert(1)</script>", "{%scripts%}",
    "<img src=x onerror=alert(1)>", "</title><svg onload=alert(1)>", "]]><b>x</b>", "javascript:alert(1)",
    "\"><a href='javascript:alert(1)'>x</a>", "&lt;script&gt;", "<!--", "%{x}",
)  # fmt: skip
PAGES: Final = ("/", "/embed?figure=map", "/embed?figure=series", "/api/v1/exports/view.html",
                "/sector?at=12.6,35.5&radius_km=100")  # fmt: skip


class Tags(HTMLParser):
    """The tags of a page, each with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    day = date(2024, 1, 3)
    rows = [
        {
            "source": "mmp", "record_id": f"r{number}", "event_id": text, "place": text, "cause_text": text, "url": text,
            "origin": text, "reporter": text, "country": "c", "latitude": 35.5, "longitude": 12.6, "date_from": day,
            "date_to": day, "dead_or_missing": 1, "location_precision": "place", "finest_resolution": 4,
        }
        for number, text in enumerate(TEXTS)
    ]  # fmt: skip
    said = dict.fromkeys(("publisher", "title", "citation", "licence", "url", "edition"), TEXTS[17])
    source = {"source": "mmp", "kind": "incidents", "sensitivity": "public", "is_demonstration": False,
              "first_date": day, "last_date": day, "retrieved": day, **said}  # fmt: skip
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")).alias("cell")
    tables = {table: empty(table) for table in TABLES}
    tables |= {
        "incidents": incident_rows(*rows).with_columns(cell), "sources": conform(pl.DataFrame([source]), "sources"),
    }  # fmt: skip
    store = Store(tmp_path_factory.mktemp("hostile"))
    store.publish(tables, {"names": {"country": {"c": TEXTS[17]}}, "sums": {}})
    return create_app(store.folder).server.test_client()


def read_back(content: bytes, kind: str) -> pl.DataFrame:
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return pl.read_csv(archive.read("incidents.csv"), infer_schema_length=None)
    if kind == "xlsx":
        return fastexcel.read_excel(content).load_sheet("data").to_polars()
    if kind == "parquet":
        return pl.read_parquet(io.BytesIO(content))
    if kind == "geojson":
        rows: list[dict[str, Any]] = [one["properties"] for one in json.loads(content)["features"]]
        return pl.DataFrame(rows, infer_schema_length=None)
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as held:
        Path(held.name).write_bytes(content)
        frame = gpd.read_file(held.name, layer="incidents")
        return pl.DataFrame({name: frame[name].tolist() for name in ("record_id", "place", "dead_or_missing")})


@pytest.mark.parametrize(
    ("address", "kind", "is_opened_in_a_spreadsheet"),
    [
        ("exports/incidents.csv", "zip", True), ("exports/incidents.xlsx", "xlsx", True),
        ("exports/incidents.parquet", "parquet", False), ("exports/incidents.geojson", "geojson", False),
        ("exports/incidents.gpkg", "gpkg", False), ("incidents.geojson", "geojson", False),
        ("incidents.parquet", "parquet", False),
    ],
)  # fmt: skip
def test_every_text_is_in_every_file_and_none_is_live(
    client: FlaskClient, address: str, kind: str, is_opened_in_a_spreadsheet: bool
) -> None:
    answer = client.get(f"/api/v1/{address}")
    table = read_back(answer.data, kind).sort(pl.col("record_id").str.slice(1).cast(pl.Int64))
    shown = table["place"].to_list()
    for text, found in zip(TEXTS, shown, strict=True):
        plain = " ".join(text.split())
        assert " ".join(str(found).split()) in (plain, f"'{plain}", f"' {plain}"), (text, found)
        if is_opened_in_a_spreadsheet and kind == "zip":
            assert not str(found).lstrip(" ").startswith(LIVE), (text, found)
    assert table["dead_or_missing"].sum() == len(TEXTS)
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
        assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize("address", ["incidents.csv", "sources.csv", "exports/cells.csv?dictionary=no", "cells.csv"])
def test_no_list_as_csv_has_a_live_text(client: FlaskClient, address: str) -> None:
    table = pl.read_csv(client.get(f"/api/v1/{address}").data, infer_schema_length=0)
    assert table.height
    numbers = {"latitude", "longitude"}
    live = [value for name in table.columns if name not in numbers for value in table[name].drop_nulls()
            if value.lstrip(" ").startswith(LIVE)]  # fmt: skip
    assert live == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_runs_nothing_of_them(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}country=c")
    assert answer.status_code == 200
    tags = Tags()
    tags.feed(answer.text)
    assert not [tag for tag, attributes in tags.found for name in attributes if name.startswith("on")]
    assert not [one for _, one in tags.found for value in one.values() if (value or "").startswith("javascript:")]
    assert "<script>alert" not in answer.text
    assert "{%" not in answer.text


@pytest.mark.parametrize("file", ["map.svg", "series.svg", "brief.svg"])
def test_a_drawing_runs_nothing_of_them(client: FlaskClient, file: str) -> None:
    answer = client.get(f"/api/v1/exports/{file}?country=c")
    assert answer.status_code == 200
    for one in ET.fromstring(answer.data).iter():  # noqa: S314 — drawn here
        assert not one.tag.endswith("script")
        assert not [name for name in one.attrib if name.startswith("on")]
        assert not [value for value in one.attrib.values() if value.startswith("javascript:")]
