"""What the operator sees: one line of JSON for each request, and metrics; nothing in them of any person."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from callbacks.build import build
from callbacks.server.counters import SUFFIX, Counters
from callbacks.server.metrics import STATUSES, may_read
from callbacks.server.request_kinds import KINDS, request_kind
from callbacks.server.request_log import LONGEST_TEXT, JsonLines, start_log
from data.store.store import Store

SECRET = "somebody@example.org"  # noqa: S105 — what a reader may have typed


@pytest.fixture
def client(demonstration_store: Store, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setenv("CROSSINGS_LOG", "info")
    return build(demonstration_store).server.test_client()


@pytest.fixture(autouse=True)
def level_as_before() -> Iterator[None]:
    yield
    start_log("warning")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_each_request_is_one_line_without_query_and_address(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get(
        f"/api/v1/totals?route={SECRET}",
        headers={"User-Agent": SECRET, "Referer": SECRET, "X-Forwarded-For": "192.0.2.7"},
    )
    client.get(f"/{SECRET}")
    client.open("/healthz", method="PUT")
    written = capsys.readouterr().err
    assert SECRET not in written
    assert "192.0.2.7" not in written
    assert "127.0.0.1" not in written
    said = [json.loads(line) for line in written.splitlines()]
    assert [(one["event"], one["kind"], one["method"], one["status"]) for one in said] == [
        ("request", "interface", "GET", 400), ("request", "other", "GET", 404), ("request", "health", "PUT", 405),
    ]  # fmt: skip
    for one in said:
        assert set(one) == {"time", "level", "pid", "request", "event", "kind", "method", "status", "ms"}
        assert str(one["time"]).endswith("Z")


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("abc-DEF_12345", True), ("a" * 64, True), ("a" * 65, False), ("short", False), ('x" onload="alert(1)', False),
     ("aaaaaaaa\tb", False), ("ääääääää", False)],
)  # fmt: skip
def test_an_id_is_kept_only_where_it_is_one(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], given: str, is_kept: bool
) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    (said,) = lines(capsys)
    assert answer.headers["X-Request-ID"] == said["request"]
    assert (said["request"] == given) == is_kept
    assert len(str(said["request"])) >= 8


def test_a_failure_is_logged_under_the_id_that_the_reader_was_told(
    demonstration_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    app = build(demonstration_store)

    @app.server.get("/healthz/failing")
    def failing() -> str:
        raise RuntimeError("line one\nline two \x1b[31m\u202e" + "x" * 5_000)

    answer = app.server.test_client().get("/healthz/failing")
    failed, request = lines(capsys)
    assert failed["request"] == request["request"] == answer.headers["X-Request-ID"]
    assert (failed["level"], request["level"], request["status"]) == ("error", "error", 500)
    message = str(failed["message"])
    assert not {"\n", "\x1b", "\u202e"} & set(message)
    assert len(message) <= LONGEST_TEXT


@pytest.mark.parametrize("text", ["plain", "x" * 100_000, "\x00" * 1_000, "😀" * 1_000, "\u2028\r\n\ud800", "{}%s"])
def test_a_line_is_one_line_and_bounded(text: str) -> None:
    record = logging.LogRecord("crossings", logging.ERROR, "file", 1, "%s", (text,), None)
    line = JsonLines().format(record)
    assert len(line.splitlines()) == 1
    assert len(line.encode()) < 2_200
    assert json.loads(line)["level"] == "error"


def test_in_local_use_only_what_goes_wrong_is_logged(
    demonstration_store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CROSSINGS_LOG", raising=False)
    build(demonstration_store).server.test_client().get("/healthz")
    assert lines(capsys) == []


def metrics_of(client: FlaskClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    families = text_string_to_metric_families(answer.text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def test_metrics_count_requests_seconds_caches_and_tell_the_vintage(client: FlaskClient) -> None:
    for path in ("/healthz", "/healthz", "/nothing", "/cells/values?resolution=2", "/cells/values?resolution=2"):
        client.get(path)
    found = metrics_of(client)
    assert found["crossings_requests_total", (("kind", "health"), ("status", "200"))] == 2
    assert found["crossings_requests_total", (("kind", "other"), ("status", "404"))] == 1
    assert found["crossings_request_seconds_count", (("kind", "health"),)] == 2
    assert found["crossings_request_seconds_bucket", (("kind", "health"), ("le", "+Inf"))] == 2
    assert 0 < found["crossings_request_seconds_sum", (("kind", "health"),)] < 60
    assert found["crossings_cache_hits_total", (("kept", "answers"),)] == 1
    assert found["crossings_cache_misses_total", (("kept", "answers"),)] == 1
    assert found["crossings_cache_bytes", ()] > 0
    assert found["crossings_cache_budget_bytes", ()] >= 1_000_000
    assert (found["crossings_queue_length", ()], found["crossings_workers", ()]) == (0, 1)
    assert found["crossings_vintage_info", (("vintage", "v000001"),)] == 1
    assert found["crossings_vintage_age_days", ()] >= 0
    assert ("crossings_data_lag_days", ()) in found


@pytest.mark.parametrize(
    ("allowed", "change", "may"),
    [
        ("loopback", {}, True), ("off", {}, False), ("loopback", {"REMOTE_ADDR": "192.0.2.1"}, False),
        ("loopback", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False), ("loopback", {"HTTP_HOST": "crossings.example"}, False),
        ("loopback", {"HTTP_HOST": "[::1]:80", "REMOTE_ADDR": "::1"}, True), ("loopback", {"REMOTE_ADDR": ""}, False),
        ("t" * 32, {}, False), ("t" * 32, {"HTTP_AUTHORIZATION": "Bearer " + "t" * 32}, True),
        ("t" * 32, {"HTTP_AUTHORIZATION": "Bearer " + "t" * 31}, False), ("t" * 32, {"HTTP_AUTHORIZATION": "Bearer \xff"}, False),
        ("t" * 32, {"HTTP_AUTHORIZATION": "Bearer " + "t" * 32, "REMOTE_ADDR": "192.0.2.1"}, True),
    ],
)  # fmt: skip
def test_who_may_read_the_metrics(allowed: str, change: dict[str, str], may: bool) -> None:
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8050"} | change
    assert may_read(environ, allowed) is may


def test_in_public_mode_there_is_nothing_at_metrics(
    demonstration_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSINGS_MODE", "public")
    answer = build(demonstration_store).server.test_client().get("/metrics")
    assert answer.status_code == 404
    assert "X-Request-ID" in answer.headers


def test_every_kind_is_one_that_is_counted() -> None:
    for path in (
        "/",
        "/x",
        "/embed.svg",
        "/api/v1/exports/map.png",
        "/api/v1/totals",
        "/_dash-update-component",
        "/metrics",
    ):
        assert request_kind(path) in KINDS
    assert STATUSES[-1] == "other"


WORKER = """
import sys, time
from pathlib import Path
from callbacks.server.counters import Counters
counters = Counters(4, Path(sys.argv[1]))
for _ in range(1000):
    counters.add((0, 1), (1, 0.5))
counters.put([(3, 7)])
print("done", flush=True)
sys.stdin.read()
"""


def test_workers_are_added_up_and_what_a_dead_one_counted_is_kept(tmp_path: Path) -> None:
    own = Counters(4, tmp_path)
    own.add((0, 5))
    command = [sys.executable, "-c", WORKER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdin is not None
        assert worker.stdout.readline() == "done\n"
        assert own.of_all().tolist() == [1005, 500, 0, 7]
        assert own.of_living()[:, 3].sum() == 7
        worker.stdin.close()
        worker.wait(30)
    assert own.of_all().tolist() == [1005, 500, 0, 7]
    assert own.of_living()[:, 3].sum() == 0
    (tmp_path / f"1{SUFFIX}").write_bytes(b"torn")
    assert own.of_all().tolist() == [1005, 500, 0, 7]
