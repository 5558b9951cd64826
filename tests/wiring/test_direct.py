"""What is answered without Dash's dispatch is what Dash answers, and only after the guard's checks."""

from typing import Any

import orjson
import pytest
from dash import Dash, html
from flask.testing import FlaskClient

from callbacks.build import build, create_app
from callbacks.server.dash_json import plain
from callbacks.server.fast_dispatch import kept_by
from callbacks.server.index_html import App
from data.store.store import Store
from layouts import ids
from layouts.page.legends import cells_legend

ENDPOINT = "/_dash-update-component"
QUERIES = [
    "", "from=2018-03-01&to=2019-02-28", "measure=events&step=year&resolution=5", "min_quality=4&layers=none",
    "route=central-mediterranean&flow=encounters", "cell=831f8dfffffffff", "cell=nonsense&from=1", "to=1991-01-01", None,
]  # fmt: skip


@pytest.fixture(scope="module")
def app(demonstration_store: Store) -> App:
    return build(demonstration_store)


def client_without_kept_answers(app: App) -> FlaskClient:
    server: Any = app.server
    server.wsgi_app = app.kept.behind
    return app.server.test_client()


def asked(app: Dash, output: str, query: str | None, trigger: str) -> dict[str, Any]:
    declared = app.callback_map[output]
    names = output.strip(".").split("...") if output.startswith("..") else [output]
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    value = {ids.SELECTION: query, ids.DRAWER_MORE: 2, ids.START: "2019-01-01", ids.ZOOMED: 4, ids.ROUTE: ["darien"]}
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        **{part: [{**one, "value": value.get(one["id"])} for one in declared[part]] for part in ("inputs", "state")},
        "changedPropIds": [trigger] if trigger else [],
    }


@pytest.mark.parametrize("trigger", [f"{ids.SELECTION}.data", f"{ids.DRAWER_MORE}.n_clicks", ""])
@pytest.mark.parametrize("query", QUERIES)
def test_a_direct_answer_means_what_dash_answers(app: Dash, query: str | None, trigger: str) -> None:
    client, direct = client_without_kept_answers(app), kept_by(app.server)
    assert len(direct) == 2
    for output in list(direct):
        body = asked(app, output, query, trigger)
        quick = client.post(ENDPOINT, json=body)
        function = direct.pop(output)
        try:
            slow = client.post(ENDPOINT, json=body)
        finally:
            direct[output] = function
        assert (quick.status_code, slow.status_code) == (200, 200)
        assert orjson.loads(quick.get_data()) == orjson.loads(slow.get_data())
        assert dict(quick.headers) | {"Content-Length": ""} == dict(slow.headers) | {"Content-Length": ""}


def test_every_direct_function_is_a_callback_that_dash_knows(app: Dash) -> None:
    assert set(kept_by(app.server)) <= set(app.callback_map)


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({"inputs": []}, {}, 400),
        ({"outputs": []}, {}, 400),
        ({"outputs": [{"id": ids.SELECTION, "property": "data"}]}, {}, 400),
        ({"output": "no.such"}, {}, 400),
        ({"changedPropIds": [7]}, {}, 400),
        ({"changedPropIds": "x"}, {}, 400),
    ],
)
def test_nothing_is_answered_directly_before_the_checks(
    app: Dash, change: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    client = client_without_kept_answers(app)
    for output in kept_by(app.server):
        body = asked(app, output, "", f"{ids.SELECTION}.data") | change
        assert client.post(ENDPOINT, json=body, headers=headers).status_code == status


def test_components_are_written_as_dash_writes_them() -> None:
    odd = html.Div([html.Span("a", **{"aria-label": "b", "data-x": 1}), None, 3], className="c", style={"top": 1})
    for component in (odd, *cells_legend("dead", (1, 2, 3, 4, 5, 6), range(6), size="")):
        assert orjson.loads(orjson.dumps(component, default=plain)) == orjson.loads(
            orjson.dumps(component, default=lambda one: one.to_plotly_json())
        )


@pytest.mark.parametrize("length", ["²", "-1", "1e3", "", "99999999"])
def test_a_length_that_is_no_number_is_refused(demonstration_store: Store, length: str) -> None:
    client = create_app(demonstration_store.folder).server.test_client()
    sent = {"data": b"{}", "content_type": "application/json", "environ_overrides": {"CONTENT_LENGTH": length}}
    assert client.post(ENDPOINT, **sent).status_code in (400, 413)
