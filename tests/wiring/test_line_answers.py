"""What the browser's layers of routes and incidents get: every flow of the API, every incident with a place and a toll."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.map_data.binary_columns import unpack
from callbacks.map_data.lines import route_values, routes_shown
from data.counting.measures import select_incidents
from data.query.selection import Selection
from data.store.store import Store
from layouts.figures.map import DIAMETERS, flow_width


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


def test_every_line_of_a_route_comes_once_with_its_route(client: FlaskClient, demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    lines = client.get(f"/routes/{vintage.mark}.json").get_json()["features"]
    assert [line["properties"]["route"] for line in lines] == vintage.segments["route"].drop_nulls().to_list()
    assert [line["id"] for line in lines] == list(range(len(lines)))
    assert client.get("/routes/v999999.json").status_code == 404


@pytest.mark.parametrize("change", [{}, {"start": date(2020, 1, 1)}, {"routes": ("central-mediterranean",)}])
def test_every_route_has_the_width_and_the_number_of_its_flow(
    demonstration_store: Store, client: FlaskClient, change: dict[str, Any]
) -> None:
    vintage = demonstration_store.current()
    selection = Selection().replace(flow="interceptions", **change)
    shown = routes_shown(vintage, selection)
    query = selection.replace(layers=Selection().layers, flow="detections").to_query()
    api = client.get(f"/api/v1/totals?measure=interceptions&by=route&{query}").get_json()["groups"]
    values = {group["id"]: group["value"] for group in api if group["value"]}
    assert shown["interceptions"]
    for route, (width, words) in shown["interceptions"].items():
        assert width == round(flow_width(values[route]), 2)
        assert words[1] == f"{values[route]:,} interceptions"
    assert routes_shown(vintage, selection.replace(layers=("cells",)))["interceptions"] == {}
    assert set(shown["interceptions"]) == set(route_values(vintage, selection.replace(layers=()), "interceptions"))


def test_a_ring_closes_and_what_is_no_cell_gets_a_sentence(client: FlaskClient) -> None:
    ring = client.get("/cells/ring?cell=83194dfffffffff").get_json()["ring"]
    assert ring[0] == ring[-1]
    assert len(ring) >= 7  # a hexagon, with the corners that an edge of the icosahedron adds
    for wrong in ("", "x", "83194dffffffff0", "9" * 200):
        assert client.get(f"/cells/ring?cell={wrong}").status_code == 400
