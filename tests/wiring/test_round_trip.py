"""What leaves comes back: the same bytes from any process, and the page's figure from any reader, at any place."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

import duckdb
import geopandas as gpd
import h3
import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app
from data.exports.numbers import FIGURES
from data.store.store import Store
from layouts.pictures.exports import PICTURES
from tests.harness.rows import publish_rows

FIRST, LAST = date(2020, 1, 1), date(2022, 12, 31)
FILES: Final = [f"{figure}.{kind}" for every in (FIGURES, PICTURES) for figure in every for kind in every[figure]]
ASK: Final = """
import hashlib, json, pathlib, sys
from callbacks.build import create_app
client = create_app(pathlib.Path(sys.argv[1])).server.test_client()
found = {file: client.get(f"/api/v1/exports/{file}") for file in json.loads(sys.argv[2])}
assert all(answer.status_code == 200 for answer in found.values())
print(json.dumps({file: hashlib.sha256(answer.data).hexdigest() for file, answer in found.items()}))
"""


@pytest.mark.long
def test_every_file_has_the_same_bytes_in_another_process_with_other_hashes(demonstration_store: Store) -> None:
    command = [sys.executable, "-c", ASK, str(demonstration_store.folder), json.dumps(FILES)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]
    one, other = (json.loads(process.communicate(timeout=600)[0]) for process in running)
    assert one == other
    assert sorted(one) == sorted(FILES)


def places() -> list[tuple[float, float]]:
    """Return (latitude, longitude) of the twelve pentagons, of the antimeridian, near a pole and anywhere."""
    chosen = Random(7)  # noqa: S311 — a choice of examples
    edge = [
        (latitude, side * (180 - off)) for latitude in (-60, -15, 3, 40, 66) for side in (1, -1) for off in (0, 0.4)
    ]
    anywhere = [(chosen.uniform(-80, 80), chosen.uniform(-180, 180)) for _ in range(60)]
    return [*(h3.cell_to_latlng(cell) for cell in h3.get_pentagons(4)), *edge, (89.5, 10.0), (-89.5, -170.0), *anywhere]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    chosen = Random(11)  # noqa: S311 — a choice of examples
    rows = []
    for number, (latitude, longitude) in enumerate(places() * 2):
        day = FIRST + timedelta(days=chosen.randrange((LAST - FIRST).days))
        dead, missing = (chosen.choice((None, 0, 1, 7, 300)) for _ in range(2))
        is_placed = chosen.random() < 0.9
        total = None if dead is None and missing is None else (dead or 0) + (missing or 0)
        rows.append({
            "latitude": latitude if is_placed else None, "longitude": longitude if is_placed else None,
            "finest_resolution": chosen.choice((2, 4, 6)) if is_placed else None, "dead": dead, "missing": missing,
            "location_precision": "place" if is_placed else "unknown", "date_from": day, "date_precision": "day",
            "dead_or_missing": total, "route": chosen.choice((None, "east", "west")), "quality": number % 5 + 1,
        })  # fmt: skip
    store = Store(tmp_path_factory.mktemp("round"))
    publish_rows(store, *rows, first=FIRST, last=LAST)
    return create_app(store.folder).server.test_client()


def queries() -> list[str]:
    """Return twelve selections, drawn once."""
    chosen = Random(5)  # noqa: S311 — a choice of examples
    found = []
    for number in range(12):
        start = FIRST + timedelta(days=chosen.randrange(500))
        parts = [f"resolution={number % 6 + 1}", f"measure={chosen.choice(('dead_or_missing', 'dead', 'missing'))}"]
        parts += [f"from={start}&to={start + timedelta(days=chosen.randrange(30, 700))}"] if number % 2 else []
        parts += [f"route={chosen.choice(('east', 'west'))}"] if number % 3 == 1 else []
        parts += [f"min_quality={chosen.randrange(2, 5)}"] if number % 4 == 2 else []
        found.append("&".join(parts))
    return found


def sum_of(path: Path, figure: str, measure: str) -> int:
    """Return what a reader that is not this program sums up; shapes must be valid and on the globe."""
    if path.suffix in (".csv", ".parquet"):
        return int(duckdb.sql(f"select coalesce(sum({measure}), 0) from '{path}'").fetchall()[0][0])  # noqa: S608
    frame = gpd.read_file(path, **({"layer": figure} if path.suffix == ".gpkg" else {}))
    drawn = frame.geometry.dropna()
    assert drawn.is_valid.all()
    west, south, east, north = drawn.total_bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    return int(frame[measure].sum())


@pytest.mark.parametrize("query", queries())
def test_what_any_reader_sums_is_the_total_with_its_stated_parts(
    client: FlaskClient, tmp_path: Path, query: str
) -> None:
    measure = query.partition("measure=")[2].partition("&")[0]
    said = client.get(f"/api/v1/cells?{query}").get_json()
    assert said["cells"]
    for figure in ("cells", "incidents"):
        inside = (said["total"] or 0) - (said["not_located"] if figure == "cells" else 0)
        for kind in ("csv", "parquet", "geojson", "gpkg"):
            path = tmp_path / f"{figure}.{kind}"
            answer = client.get(f"/api/v1/exports/{path.name}?{query}{'&dictionary=no' if kind == 'csv' else ''}")
            assert answer.status_code == 200
            path.write_bytes(answer.data)
            assert sum_of(path, figure, measure) == inside, (figure, kind)


def test_cells_of_every_kind_are_among_those_that_are_read_back(client: FlaskClient) -> None:
    cells = [one["cell"] for one in client.get("/api/v1/cells?resolution=2").get_json()["cells"]]
    features = client.get("/api/v1/exports/cells.geojson?resolution=2").get_json()["features"]
    assert sum(h3.is_pentagon(cell) for cell in cells) >= 8
    assert sum(one["geometry"]["type"] == "MultiPolygon" for one in features) >= 5
