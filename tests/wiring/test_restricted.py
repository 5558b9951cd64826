"""A source that is not public: no address tells where within a cell of resolution 4 anything was (RULES 9).

Two stores differ in nothing but what may not be known: the places within these cells, and the records' texts. Whatever
answers otherwise for the one than for the other, tells. Ids are in neither.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
import pytest
from flask.testing import FlaskClient

from callbacks.api.collections import formats_of
from callbacks.server.interface import LISTS
from data.counting.on_disk import cell_set, large_counts
from data.exports.numbers import FIGURES
from data.model.schema import TABLES, conform, empty
from data.query.selection import Selection
from data.store.store import Store
from data.store.summary import SourceSummary
from data.store.tiered import TieredStore
from data.store.vintage import Vintage
from geo.cells import cell_at, cell_of_point, cell_text, resolution_of
from layouts.pictures.exports import PICTURES
from tests.harness.rows import incident_rows
from tests.harness.tiers import public_app

SPOTS: Final = [(35.4 + 0.3 * number, 12.6 - 0.4 * number) for number in range(6)]
YEARS: Final = "first=2024-01-01..2024-03-31&second=2024-04-01..2024-06-30"
AROUND: Final = "at=12.6,35.4&radius_km"
PLACED: Final = ("totals", "series", "cells", "incidents", "segments")
DRAWN: Final = ("map.svg", "map.txt", "series.svg", "pillar.svg", "view.html", "brief.svg")
ADDRESSES: Final = [
    *(f"/api/v1/{name}.{kind}?resolution={size}" for name in PLACED for kind in formats_of(name) for size in (4, 6)),
    *(f"/api/v1/{name}.{kind}" for name in LISTS if name not in PLACED for kind in formats_of(name)),
    *(f"/api/v1/totals?by={by}" for by in ("cause", "country", "route", "region", "month", "year")),
    *(f"/api/v1/exports/{figure}.{kind}?resolution={size}"
      for figure, kinds in FIGURES.items() for kind in kinds for size in (4, 6)),
    *(f"/api/v1/exports/{file}?resolution=4" for file in DRAWN),
    "/api/v1/exports/map.txt?resolution=6", "/api/v1/exports/view.html?resolution=6",
    "/api/v1/exports/map.svg?layers=incidents&view=12.6,35.4,9", "/embed?figure=map&resolution=6", "/embed?figure=series",
    *(f"/cells/{answer}?resolution={size}" for answer in ("values", "cube") for size in (3, 4, 5, 6)),
    "/incidents/points", *(f"/incidents/words?row={row}&resolution=6" for row in range(6)),
    "/api/v1/trends", "/api/v1/corridors?within_km=10", "/api/v1/risk?route=x&from=2024-01-01&to=2024-12-31",
    *(f"/api/v1/hotspots?study_area=mediterranean&resolution={size}" for size in (4, 5)),
    "/incidents/near?within_km=10", "/cells/spots?study_area=mediterranean&resolution=5",
    *(f"/cells/change?{YEARS}&resolution={size}" for size in (3, 4, 6)),
    *(f"/api/v1/compare?{YEARS}&by={by}&resolution=6" for by in ("route", "cell", "month")),
    f"/api/v1/sector?{AROUND}=1.5", f"/api/v1/sector?{AROUND}=200", f"/sector?{AROUND}=1.5",
    f"/api/v1/sector/changes?{AROUND}=100", f"/api/v1/sector/changes.atom?{AROUND}=100",
    *(f"/cells/words?resolution={size}&cell={cell_text(cell_of_point(latitude=35.4, longitude=12.6, resolution=size))}"
      for size in (3, 4, 5, 6)),
]  # fmt: skip
MARK: Final = re.compile(rb"v000001-[0-9a-f]{8}")  # names the manifest, whose checksums differ


def made(folder: Path, *, shift: float, name: str) -> Store:
    rows = [
        {
            "source": "mmp", "record_id": f"alpha-{number}", "event_id": f"alpha-event-{number}",
            "place": f"{name} beach", "url": f"https://{name}.example/{number}", "cause_text": f"at {name}",
            "latitude": latitude + shift, "longitude": longitude + shift, "location_precision": "exact",
            "finest_resolution": 6, "date_from": date(2024, number + 1, 3), "date_to": date(2024, number + 1, 3),
            "dead_or_missing": 3 + number, "dead": 1, "missing": 2 + number,
        }
        for number, (latitude, longitude) in enumerate(SPOTS)
    ]  # fmt: skip
    source = {
        "source": "mmp", "kind": "incidents", "publisher": "Partners", "title": "Figures", "citation": "Cited.",
        "licence": "Agreement", "sensitivity": "partner", "is_demonstration": False, "edition": "e1",
        "first_date": date(2024, 1, 1), "last_date": date(2024, 12, 31), "retrieved": date(2025, 1, 1),
    }  # fmt: skip
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")).alias("cell")
    tables = {table: empty(table) for table in TABLES}
    tables |= {
        "incidents": incident_rows(*rows).with_columns(cell),
        "sources": conform(pl.DataFrame([source]), "sources"),
    }
    store = Store(folder)
    store.publish(tables, {"names": {}, "sums": {}})
    return store


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    folder = tmp_path_factory.mktemp("restricted")
    return made(folder / "a", shift=0.0, name="alpha"), made(folder / "b", shift=0.02, name="bravo")


@pytest.fixture(scope="module")
def clients(stores: tuple[Store, Store]) -> tuple[FlaskClient, FlaskClient]:
    one, other = (public_app(store.folder).server.test_client() for store in stores)
    return one, other


def test_the_two_stores_differ_below_resolution_4_alone() -> None:
    def cells(size: int, shift: float) -> list[int]:
        return [cell_of_point(latitude=y + shift, longitude=x + shift, resolution=size) for y, x in SPOTS]

    assert cells(4, 0.0) == cells(4, 0.02)
    assert cells(6, 0.0) != cells(6, 0.02)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_tells_more_than_resolution_4(clients: tuple[FlaskClient, FlaskClient], address: str) -> None:
    one, other = (client.get(address) for client in clients)
    assert one.status_code == other.status_code in (200, 400)
    assert MARK.sub(b"", one.data) == MARK.sub(b"", other.data)
    assert b"alpha" not in one.data


@pytest.mark.parametrize("size", range(7))
def test_shapes_are_none_that_are_finer(
    stores: tuple[Store, Store], clients: tuple[FlaskClient, FlaskClient], size: int
) -> None:
    one, other = (client.get(f"/cells/{TieredStore(store.folder).current().mark}/mmp/{size}.bin").data
                  for store, client in zip(stores, clients, strict=True))  # fmt: skip
    assert one == other


@pytest.mark.parametrize("size", [3, 4, 5, 6])
def test_nobody_is_lost_by_it(clients: tuple[FlaskClient, FlaskClient], size: int) -> None:
    found = clients[0].get(f"/api/v1/cells?resolution={size}").get_json()
    assert found["total"] == sum(3 + number for number in range(6))
    assert sum(cell["value"] for cell in found["cells"]) + found["not_located"] == found["total"]
    assert {cell["resolution"] for cell in found["cells"]} == {min(size, 4)}  # finer, what is known is its wider area


def test_a_large_source_is_coarsened_too(stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SourceSummary, "is_large", property(lambda _: True))
    opened: Callable[[Store], Vintage] = lambda store: TieredStore(store.folder).current()  # noqa: E731 — nothing kept
    for size in (4, 5, 6):
        sets = [cell_set(opened(store), "mmp", size).cells.tolist() for store in stores]
        assert sets[0] == sets[1]
        assert {resolution_of(cell) for cell in sets[0]} == {4}
    counted = large_counts(opened(stores[0]), "mmp", Selection.from_query("resolution=4"))
    assert int(counted["dead_or_missing"].sum()) == sum(3 + number for number in range(6))


def test_every_picture_is_among_the_addresses() -> None:
    assert {file.partition(".")[0] for file in DRAWN} == set(PICTURES)
