"""The app is connected: every id is on the page, it builds twice, and bad requests get a sentence."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from dash._callback import GLOBAL_CALLBACK_LIST
from flask.testing import FlaskClient

from callbacks.build import create_app
from data.store.store import Store

ENDPOINT = "/_dash-update-component"


def walk(node: Any) -> Iterator[Any]:
    yield node
    children = getattr(node, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if hasattr(child, "to_plotly_json"):
            yield from walk(child)


def test_every_id_that_a_callback_names_is_on_the_page(app: Dash, demonstration_store: Store) -> None:
    on_page = {node.id for node in walk(app.layout()) if getattr(node, "id", None)}
    plain = {one for one in on_page if isinstance(one, str)}
    for declared in app.callback_map.values():
        for part in (*declared["inputs"], *declared["state"]):
            if not part["id"].startswith("{"):
                assert part["id"] in plain, part


def test_the_app_builds_twice_and_shares_no_callbacks(app: Dash, demonstration_store: Store) -> None:
    other = create_app(demonstration_store.folder)
    assert other.callback_map.keys() == app.callback_map.keys()
    assert not GLOBAL_CALLBACK_LIST


def test_no_figure_may_be_sent_to_an_outside_service(app: Dash) -> None:
    graphs = [node for node in walk(app.layout()) if type(node).__name__ == "Graph"]
    assert graphs
    assert all(graph.config.get("showSendToCloud") is False for graph in graphs)


@pytest.mark.parametrize(
    "path", ["/admin.php", "/api/v1/typo", "/api", "/basemap/secret.json", "/assets/../app.py", "/x/y"]
)
def test_an_unknown_address_is_404_with_a_sentence(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "resolution=15", "resolution=NaN", "from=99999-01-01", "measure=risk", "route=nowhere", "nonsense=1",
        "route=" + ",".join(["x"] * 1000), "from=2020-01-01&from=2021-01-01", "min_quality=1e308", "by=day",
        "measure=dead&source=" + "x" * 7_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/v1/totals", "/api/v1/cells"])
def test_a_query_that_cannot_be_meant_is_400_with_a_sentence(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    if path.endswith("totals") and query.startswith("resolution=3"):
        return
    assert answer.status_code == 400
    assert len(answer.get_json()["detail"]) > 10


def good_body(app: Dash) -> dict[str, Any]:
    output, declared = next((o, d) for o, d in app.callback_map.items() if "callback" in d and not o.startswith(".."))
    name, prop = output.rsplit(".", 1)
    blank = [{**one, "value": None} for one in declared["inputs"]]
    return {
        "output": output, "outputs": {"id": name, "property": prop}, "inputs": blank,
        "state": [{**one, "value": None} for one in declared["state"]], "changedPropIds": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"output": "nobody.children"}, {"output": None}, {"output": {}}, {"inputs": None}, {"inputs": "x"},
        {"inputs": [{"id": "x", "property": "y"}]}, {"state": [1]}, {"outputs": None}, {"outputs": [{"id": "x", "property": "y"}]},
        {"changedPropIds": 3},
    ],
)  # fmt: skip
def test_a_malformed_callback_is_refused(app: Dash, client: FlaskClient, change: dict[str, Any]) -> None:
    answer = client.post(ENDPOINT, json=good_body(app) | change)
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"output": NaN}', "[" * 5000])
def test_a_body_that_is_no_request_is_refused(client: FlaskClient, body: str) -> None:
    assert client.post(ENDPOINT, data=body, content_type="application/json").status_code == 400


def test_a_body_of_ten_megabytes_is_refused(client: FlaskClient) -> None:
    text = json.dumps({"output": "x" * 10_000_000})
    assert client.post(ENDPOINT, data=text, content_type="application/json").status_code == 413


def test_a_form_post_and_a_foreign_page_are_refused(client: FlaskClient) -> None:
    assert client.post(ENDPOINT, data={"a": "b"}).status_code == 415
    foreign = client.post(ENDPOINT, json={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


def test_health_is_alive_and_readiness_runs_a_query(client: FlaskClient, demonstration_store: Store) -> None:
    assert client.get("/healthz").get_json() == {"status": "alive"}
    rows = demonstration_store.current().incidents.height
    assert client.get("/readyz").get_json() == {"status": "ready", "vintage": "v000001", "incidents": rows}


def test_a_store_without_data_is_not_ready(tmp_path: Any) -> None:
    client = create_app(tmp_path).server.test_client()
    assert client.get("/readyz").status_code == 503


def test_cells_and_the_rest_add_up_to_the_total(client: FlaskClient) -> None:
    for resolution in range(7):
        answer = client.get(f"/api/v1/cells?measure=dead_or_missing&resolution={resolution}").get_json()
        inside = sum(cell["value"] or 0 for cell in answer["cells"])
        assert inside + answer["not_located"] == answer["total"]


def test_the_page_is_served_with_a_policy_and_compressed(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["totals", "cells"])
def test_two_routes_joined_by_a_comma_are_both_counted(client: FlaskClient, kind: str) -> None:
    """They were once read as the publisher's own class of incidents on several routes, and gave nobody."""
    one, other = "central-mediterranean", "darien"
    both = client.get(f"/api/v1/{kind}?route={one},{other}").get_json()["total"]
    each = [client.get(f"/api/v1/{kind}?route={route}").get_json()["total"] for route in (one, other)]
    assert both == sum(each) > max(each) > 0
    spelt = client.get(f"/api/v1/{kind}?route=Central Mediterranean,Darien").get_json()["total"]
    assert spelt == both
