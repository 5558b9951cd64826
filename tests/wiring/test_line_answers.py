"""What the browser's layer of incidents gets: every incident with a place and a toll."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.map_data.binary_columns import unpack
from data.counting.measures import select_incidents
from data.query.selection import Selection
from data.store.store import Store
from layouts.figures.map import DIAMETERS


def points(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/incidents/points?{query}")
    assert answer.status_code == 200
    return unpack(answer.get_data())[1]


@pytest.mark.parametrize(
    "query", ["", "from=2019-01-01&to=2020-12-31", "route=darien", "min_quality=4", "to=1995-01-01"]
)
def test_every_incident_with_a_place_and_a_toll_is_a_point(
    client: FlaskClient, demonstration_store: Store, query: str
) -> None:
    vintage = demonstration_store.current()
    rows = select_incidents(vintage, Selection.from_query(query)).collect()
    placed = rows.filter(rows["cell"].is_not_null() & (rows["dead_or_missing"] > 0))
    found = points(client, query)
    assert found["toll"].tolist() == sorted(placed["dead_or_missing"].to_list(), reverse=True)
    places = {(round(x * 1e4), round(y * 1e4)) for x, y in placed.select("longitude", "latitude").iter_rows()}
    assert set(zip(found["longitude"].tolist(), found["latitude"].tolist(), strict=True)) == places
    assert set(found["size"].tolist()) <= set(DIAMETERS)
    assert int(found["is_area"].sum()) == (placed["location_precision"] == "area").sum()


def test_the_words_of_an_incident_are_its_own(client: FlaskClient) -> None:
    found = points(client)
    for at in (0, len(found["row"]) // 2, -1):
        said = client.get(f"/incidents/words?row={found['row'][at]}&resolution=2").get_json()
        assert said["lines"][0] == f"At least {found['toll'][at]:,} dead or missing"
        assert len(said["lines"]) == 3
        assert said["cell"][1] in "012"  # never finer than chosen (RULES X2)


@pytest.mark.parametrize("row", ["", "-1", "x", "999999999999", "²", "1e3", "99999999"])
def test_a_row_that_is_not_there_gets_a_sentence(client: FlaskClient, row: str) -> None:
    answer = client.get(f"/incidents/words?row={row}")
    assert answer.status_code == (404 if row == "99999999" else 400)
    assert answer.get_json()["parameter"] == "row"


def test_a_ring_closes_and_what_is_no_cell_gets_a_sentence(client: FlaskClient) -> None:
    ring = client.get("/cells/ring?cell=83194dfffffffff").get_json()["ring"]
    assert ring[0] == ring[-1]
    assert len(ring) >= 7  # a hexagon, with the corners that an edge of the icosahedron adds
    for wrong in ("", "x", "83194dffffffff0", "9" * 200):
        assert client.get(f"/cells/ring?cell={wrong}").status_code == 400
