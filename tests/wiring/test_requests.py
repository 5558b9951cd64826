"""Hostile requests: every one gets a 4xx with a sentence, none a traceback, and none learns what is installed."""

import json
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.build import create_app
from callbacks.server.guard import trusted_hosts
from callbacks.server.response_cache import Answers
from data.model.caches import Caches
from data.store.ingest import How, ingest
from data.store.store import Store

ENDPOINT = "/_dash-update-component"
VALUES = [
    None, True, -1, 1e308, 10**30, "", "x" * 5000, "<script>alert(1)</script>", "2024-13-45", "99999-01-01",
    [], [1] * 200, ["x"] * 200, {"a": {"b": [1]}}, [{"points": None}], {"points": [{"location": 7}]},
    {"points": "x"}, "?from=2020-01-01&to=1999-01-01", "measure=risk&resolution=99",
]  # fmt: skip


def body(output: str, declared: dict[str, Any], value: Any) -> dict[str, Any]:
    names = output.strip(".").split("...") if output.startswith("..") else [output]
    outputs = [dict(zip(("id", "property"), name.split("@")[0].rsplit(".", 1), strict=True)) for name in names]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": [{**one, "value": value} for one in declared["inputs"]],
        "state": [{**one, "value": value} for one in declared["state"]],
        "changedPropIds": [f"{declared['inputs'][0]['id']}.{declared['inputs'][0]['property']}"],
    }


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:30])
def test_no_value_from_a_browser_breaks_a_callback(app: Dash, client: FlaskClient, value: Any) -> None:
    served = {output: one for output, one in app.callback_map.items() if "callback" in one}
    assert served
    broken = [
        (output, answer.status_code)
        for output, declared in served.items()
        if (answer := client.post(ENDPOINT, json=body(output, declared, value))).status_code not in (200, 204, 400, 413)
    ]
    assert broken == []


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:30])
@pytest.mark.parametrize("part", ["table-body.children", "drawer.hidden"])
def test_asking_for_more_in_an_absurd_way_shows_the_first_page(
    app: Dash, client: FlaskClient, part: str, value: Any
) -> None:
    output, declared = next((name, one) for name, one in app.callback_map.items() if part in name)
    asked = body(output, declared, value)
    fit = {"selection": "cell=8338_", "table-asks": ["cell=8338_", "cells", value]}
    asked["inputs"] = [{**one, "value": fit.get(one["id"], value)} for one in asked["inputs"]]
    assert client.post(ENDPOINT, json=asked).status_code in (200, 204)


@pytest.mark.parametrize(
    "path", ["flask/x.js", "dash/dcc/nope.js", "dash/../../app.py", "dash/%2e%2e/%2e%2e/app.py", "os/path.py", "dash"]
)
def test_a_component_file_that_is_not_registered_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(f"/_dash-component-suites/{path}").status_code == 404


def test_the_page_tells_no_versions(client: FlaskClient) -> None:
    page = client.get("/").text
    config = json.loads(page.split('type="application/json">')[1].split("</script>")[0])
    assert not [name for name in config if "version" in name and name != "disable_version_check"]


def test_a_host_outside_the_list_is_refused(demonstration_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSINGS_HOSTS", "crossings.example, localhost")
    client = create_app(demonstration_store.folder).server.test_client()
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/healthz", headers={"Host": "crossings.example"}).status_code == 200
    assert trusted_hosts(None) is None


def test_the_page_never_repeats_a_host_or_a_query(client: FlaskClient) -> None:
    page = client.get("/?next=//evil.example", headers={"Host": "evil.example"}).text
    assert "evil.example" not in page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/api/v1/totals", "/healthz", "/"])
def test_other_methods_are_405(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert len(answer.get_json()["detail"]) > 10


@pytest.mark.parametrize(
    "header", [{"If-None-Match": '"' + "x" * 5000}, {"Range": "bytes=9-1"}, {"Accept": "\x7f/;;q=9"}]
)
def test_odd_headers_do_no_harm(client: FlaskClient, header: dict[str, str]) -> None:
    assert client.get("/api/v1/totals", headers=header).status_code in (200, 400, 406, 416)


def test_an_unchanged_answer_is_304(client: FlaskClient) -> None:
    tag = client.get("/api/v1/totals").headers["ETag"]
    assert client.get("/api/v1/totals", headers={"If-None-Match": tag}).status_code == 304


def test_nothing_is_loaded_by_itself() -> None:
    assert [point.name for point in entry_points(group="dash_hooks")] == []


def test_the_same_question_gets_the_same_answer_and_another_its_own(app: Dash, client: FlaskClient) -> None:
    output, declared = next((name, one) for name, one in app.callback_map.items() if "sentence.children" in name)

    def ask(query: str) -> bytes:
        answer = client.post(ENDPOINT, json=body(output, declared, query), headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        return answer.get_data()

    first, other = ask("from=2020-01-01"), ask("from=2021-01-01")
    assert first != other
    assert (ask("from=2020-01-01"), ask("from=2021-01-01")) == (first, other)


def test_a_new_vintage_is_not_answered_from_the_old_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    header = "unit,route,place,country,nationality,date_from,date_to,value\n"
    app = create_app(store.folder)
    client = app.server.test_client()
    output, declared = next((name, one) for name, one in app.callback_map.items() if "series-shown.data" in name)
    answers = []
    for value in (7, 8):
        path = tmp_path / "counts.csv"
        path.write_text(f"{header}detections,Darien,,,,2024-01-01,2024-01-31,{value}\n")
        ingest([path], store, how=How(published=date(2024, 2, value), approve="a test"))
        answers += [client.post(ENDPOINT, json=body(output, declared, "step=year")).get_data() for _ in range(2)]
    assert answers[0] == answers[1] != answers[2] == answers[3]


def test_kept_answers_make_room_by_their_bytes() -> None:
    kept = Answers(caches=Caches(45_000))
    for number in range(5):
        kept.keep(bytes([number]), ("200 OK", [], bytes(10_000)))
        kept.get(b"\0")
    assert [kept.get(bytes([number])) is not None for number in range(5)] == [True, False, True, True, True]


def test_a_kept_answer_is_for_the_same_encoding_and_no_other(app: Dash, client: FlaskClient) -> None:
    plain = [client.get("/cells/values?resolution=2", headers={"Accept-Encoding": "identity"}) for _ in range(2)]
    packed = [client.get("/cells/values?resolution=2", headers={"Accept-Encoding": "br"}) for _ in range(2)]
    assert {answer.headers.get("Content-Encoding") for answer in plain} == {None}
    assert {answer.headers.get("Content-Encoding") for answer in packed} == {"br"}
    assert plain[0].get_data() == plain[1].get_data() != packed[0].get_data() == packed[1].get_data()
    assert all("default-src 'none'" in answer.headers["Content-Security-Policy"] for answer in (*plain, *packed))


def test_a_refusal_is_not_kept(client: FlaskClient) -> None:
    for _ in range(2):
        assert client.get("/cells/values?resolution=99").status_code == 400
        assert client.post(ENDPOINT, data="{", content_type="application/json").status_code == 400
