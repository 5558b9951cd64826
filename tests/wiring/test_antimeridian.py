"""A line over ±180° is the same line on the page and in the picture: drawn the short way on both."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from callbacks.map_data.route_lines import lines_answer
from callbacks.sheets.picture_data import map_of
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.lines import collection, feature, line, write

ROUTE = "Invented Pacific route"
HEADER = ["unit", "route", "place", "country", "nationality", "date_from", "date_to", "value"]


@pytest.fixture(scope="module")
def vintage(tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """A route whose lines cross the date line in one leg, westwards, in two parts, and beyond 180."""
    folder = tmp_path_factory.mktemp("pacific")
    split = {"type": "MultiLineString", "coordinates": [[[170, -10], [180, -8]], [[-180, -8], [-170, -6]]]}
    shapes = [
        line((170, -21), (-170, -17)),
        line((-170, -17), (170, -21)),
        split,
        line((170, -21), (181, -19), (190, -17)),
    ]
    lines = write(folder, collection(*(feature({"route": ROUTE}, shape) for shape in shapes)))
    counts = folder / "counts.csv"
    with counts.open("w", newline="") as handle:
        row = ["detections", ROUTE, "Somewhere", "FJI", "", "2024-05-01", "2024-05-31", "500"]
        csv.writer(handle).writerows([HEADER, row])
    store = Store(folder / "store")
    ingest([lines, counts], store)
    return store.current()


def on_page(vintage: Vintage) -> list[np.ndarray]:
    features = json.loads(lines_answer(vintage))["features"]
    return [np.array(one["geometry"]["coordinates"]) for one in features]


def in_picture(vintage: Vintage) -> list[np.ndarray]:
    selection = Selection().replace(flow="detections", layers=("interceptions",), routes=("invented-pacific-route",))
    picture = map_of(vintage, selection)
    return [*(route.points for route in picture.routes), *picture.courses]


def test_no_leg_goes_round_the_world_on_the_page_or_in_the_picture(vintage: Vintage) -> None:
    for lines in (on_page(vintage), in_picture(vintage)):
        assert len(lines) == 5
        assert all(np.abs(np.diff(points[:, 0])).max() <= 20 for points in lines)


def test_page_and_picture_get_the_same_coordinates(vintage: Vintage) -> None:
    pairs = zip(on_page(vintage), in_picture(vintage), strict=True)
    assert all(np.allclose(page, picture, atol=1e-3) for page, picture in pairs)


def test_a_published_case_over_the_date_line_is_short_on_both(real_data: Path, tmp_path: Path) -> None:
    names = ("60-antimeridian-route.geojson", "60-antimeridian-counts.csv")
    store = Store(tmp_path)
    ingest([real_data / "cases" / name for name in names], store)
    for lines in (on_page(store.current()), in_picture(store.current())):
        assert len(lines) == 3
        assert all(np.abs(np.diff(points[:, 0])).max() <= 20 for points in lines)
