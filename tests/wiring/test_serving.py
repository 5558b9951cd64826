"""The real server on loopback: slow, many, hostile and forwarded connections, and its own end."""

import asyncio
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from callbacks.serving import work
from data.store.store import Store
from tests.harness.event_loop import run
from tests.harness.rows import publish_rows
from tests.harness.serving import started
from tests.load.clients import Heard, holding, reading, request

LIMITS = {
    "CROSSINGS_WORKERS": "1",
    "CROSSINGS_LIMITS": "callbacks=0/0 api=0.2/5 exports=0.2/5",
    "CROSSINGS_PROXIES": "127.0.0.9",
}
DAY = date(2020, 5, 1)
LONG_PATH = "/?" + "x" * 20_000


@pytest.fixture(scope="module")
def server(demonstration_store: Store) -> Iterator[tuple[str, int]]:
    with started(demonstration_store.folder, LIMITS) as (base, _):
        yield base, int(base.rsplit(":", 1)[1])


def said(port: int, sent: bytes, *, address: str = "127.0.0.1", seconds: float = 30) -> bytes:
    """Send bytes and return all that comes until the server closes."""
    with socket.create_connection(("127.0.0.1", port), seconds, (address, 0)) as connection:
        connection.sendall(sent)
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
        return b"".join(parts)


def get(port: int, path: str, *, address: str = "127.0.0.1", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


def test_readers_are_answered_beside_hundreds_who_hold_connections(server: tuple[str, int]) -> None:
    _, port = server

    async def beside() -> tuple[Heard, Heard]:
        readers, health = Heard(), Heard()
        async with holding(port, 300, large="/basemap/land.json"):
            await asyncio.sleep(1)
            asked = [
                reading(port, ("/", "/_dash-layout"), readers, times=6, address=f"127.0.0.{100 + n}", pause=0.1)
                for n in range(10)
            ]
            await asyncio.gather(*asked, reading(port, ("/healthz",), health, times=6, address="127.0.0.1", pause=0.1))
        return readers, health

    readers, health = run(beside())
    assert readers.failed == health.failed == 0
    assert readers.statuses == {200: 60}
    assert health.statuses == {200: 6}


def test_who_does_not_go_on_is_let_go_with_a_sentence(server: tuple[str, int]) -> None:
    half_a_body = request("/_dash-update-component", body=b"{", length=500)
    kinds = (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nA:", half_a_body)
    with ThreadPoolExecutor(len(kinds)) as all_at_once:
        answers = list(all_at_once.map(partial(said, server[1]), kinds))
    for answer in answers:
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b"did not arrive in time" in answer


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01", 400), (b"GET\r\n\r\n", 400), (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(9_000)) + b"\r\n", 431),
        (b"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked"
         b"\r\nConnection: close\r\n\r\n" + b"8000\r\n" + b"x" * 0x8000 + b"\r\n8001\r\n" + b"x" * 0x8001 + b"\r\n0\r\n\r\n", 413),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_in_a_sentence(server: tuple[str, int], sent: bytes, status: int) -> None:
    answer = said(server[1], sent)
    head, _, content = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    problem = json.loads(content)
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert len(problem["detail"]) > 20
    assert b"nosniff" in head


def test_an_address_too_long_is_414(server: tuple[str, int]) -> None:
    status, headers, content = get(server[1], LONG_PATH)
    assert (status, headers["content-type"]) == (414, "application/problem+json")
    assert json.loads(content)["status"] == 414


def test_two_requests_sent_at_once_are_answered_in_turn(server: tuple[str, int]) -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /api/v1/vintages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = said(server[1], one + one + last)
    assert answer.count(b"HTTP/1.1 200 OK") == 3


def test_health_and_readiness_are_told_whatever_else_is_asked(server: tuple[str, int]) -> None:
    _, port = server
    for other in (
        b"POST /readyz HTTP/1.1\r\nHost: x\r\nContent-Length: 0",
        b"GET /readyz HTTP/1.1\r\nHost: evil.example",
    ):
        said(port, other + b"\r\nConnection: close\r\n\r\n")
        assert get(port, "/readyz")[0] == get(port, "/healthz")[0] == 200


@pytest.mark.parametrize(
    ("body", "is_apart"),
    [
        (b'{"output": "answer.children"}', True), (b" " * 900 + b'{"inputs": [], "output": "answer.children"}', True),
        (b'{"output": "\\u0061nswer.children"}', True), (b'{"output": "sentence.children"}', False), (b"[", False), (b"[]", False),
    ],
)  # fmt: skip
def test_what_searches_is_made_apart_however_it_is_asked(body: bytes, *, is_apart: bool) -> None:
    assert work.is_heavy({"REQUEST_METHOD": "POST", "PATH_INFO": "/_dash-update-component"}, body) is is_apart


@pytest.mark.parametrize(
    ("path", "is_apart"),
    [
        ("/api/v1/hotspots", True), ("/api/v1/exports/hotspots.csv", True), ("/api/v1/exports/risk.zip", True),
        ("/api/v1/trends", True), ("/api/v1/sector/changes.atom", True), ("/api/v1/exports/cells.xlsx", True),
        ("/api/v1/exports/cells.csv", False), ("/api/v1/totals", False), ("/", False), ("/embed.svg", True),
    ],
)  # fmt: skip
def test_a_search_is_made_apart_in_whatever_format(path: str, *, is_apart: bool) -> None:
    assert work.is_heavy({"REQUEST_METHOD": "GET", "PATH_INFO": path}, b"") is is_apart


@pytest.mark.parametrize("folder", ["/proc/x", "open"])
def test_a_shared_folder_that_cannot_be_used_is_said_in_a_sentence(
    demonstration_store: Store, tmp_path: Path, folder: str
) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    command = [sys.executable, "app.py", "--store", str(demonstration_store.folder), "--port", "0"]
    settings = os.environ | {"CROSSINGS_RUN": folder if folder.startswith("/") else str(tmp_path / folder)}
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=settings)
    assert ended.returncode == 2
    assert ended.stderr.startswith("CROSSINGS_RUN")
    assert "Traceback" not in ended.stderr


def test_head_has_no_content(server: tuple[str, int]) -> None:
    answer = said(server[1], b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"\r\n\r\n")


def test_who_asks_too_often_is_told_when_to_come_again(server: tuple[str, int]) -> None:
    _, port = server
    answers = [get(port, f"/api/v1/totals?from=2014-01-{day:02}", address="127.0.0.40") for day in range(1, 10)]
    assert [status for status, _, _ in answers] == [200] * 5 + [429] * 4
    _, headers, content = answers[-1]
    assert 1 <= int(headers["retry-after"]) <= 60
    assert headers["content-type"] == "application/problem+json"
    assert b"Wait a moment" in content
    assert get(port, "/api/v1/totals?from=2014-01-01", address="127.0.0.40")[0] == 200  # it is kept
    assert get(port, "/", address="127.0.0.40")[0] == 200
    assert get(port, "/api/v1/totals?from=2014-02-01", address="127.0.0.41")[0] == 200


def test_readers_behind_a_named_proxy_are_told_apart_and_nobody_else_is_believed(server: tuple[str, int]) -> None:
    _, port = server
    for reader in range(8):
        path = f"/api/v1/totals?from=2015-01-{reader + 1:02}"
        assert get(port, path, address="127.0.0.9", X_Forwarded_For=f"203.0.113.{reader}")[0] == 200
    liar = [
        get(port, f"/api/v1/totals?from=2015-02-{n + 1:02}", address="127.0.0.42", X_Forwarded_For=f"203.0.113.{n}")[0]
        for n in range(7)
    ]
    assert liar == [200] * 5 + [429] * 2


def test_a_picture_is_made_apart_and_kept(server: tuple[str, int]) -> None:
    _, port = server
    first = get(port, "/api/v1/exports/map.png?from=2016-01-01")
    again = get(port, "/api/v1/exports/map.png?from=2016-01-01")
    assert first[0] == again[0] == 200
    assert first[2] == again[2]
    assert first[2].startswith(b"\x89PNG")


def test_what_is_under_way_is_finished_when_the_server_is_told_to_stop(demonstration_store: Store) -> None:
    with started(demonstration_store.folder, {"CROSSINGS_WORKERS": "1"}) as (base, process):
        answers: list[bytes] = []
        asked = Event()

        def picture() -> None:
            asked.set()
            with urllib.request.urlopen(f"{base}/api/v1/exports/map.png?from=2017-01-01", timeout=60) as answer:
                answers.append(answer.read())

        urllib.request.urlopen(f"{base}/api/v1/exports/map.txt").close()  # from here on, pictures are drawn at once
        thread = Thread(target=picture)
        thread.start()
        asked.wait()
        time.sleep(0.2)  # the request is on its way
        process.send_signal(signal.SIGTERM)
        thread.join()
        assert process.wait(45) == 0
    assert answers[0].startswith(b"\x89PNG")
    assert b"IEND" in answers[0][-12:]


def test_a_new_vintage_and_new_workers_take_over_without_a_failure(demonstration_store: Store, tmp_path: Path) -> None:
    folder = shutil.copytree(demonstration_store.folder, tmp_path / "store", symlinks=True)
    with started(folder, {"CROSSINGS_WORKERS": "1"}) as (base, process):
        heard = Heard()
        before = json.loads(get(int(base.rsplit(":", 1)[1]), "/api/v1/totals")[2])["vintage"]
        port = int(base.rsplit(":", 1)[1])

        async def across() -> None:
            read = [
                reading(port, ("/api/v1/totals",), heard, seconds=20, address=f"127.0.0.{60 + n}", pause=0.02)
                for n in range(3)
            ]
            publishing = asyncio.to_thread(
                publish_rows, Store(folder), {"date_from": DAY, "date_to": DAY, "dead": 3}, first=DAY, last=DAY
            )
            await asyncio.gather(*read, publishing, _soon(process, signal.SIGHUP))

        run(across())
        after = json.loads(get(port, "/api/v1/totals")[2])["vintage"]
    assert (before, after) == ("v000001", "v000002")
    assert set(heard.statuses) == {200}
    assert heard.failed == 0


async def _soon(process: subprocess.Popen[bytes], sent: signal.Signals) -> None:
    await asyncio.sleep(1)
    process.send_signal(sent)


def test_an_address_in_use_is_said_in_a_sentence(demonstration_store: Store, server: tuple[str, int]) -> None:
    command = [sys.executable, "app.py", "--store", str(demonstration_store.folder), "--port", str(server[1])]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=os.environ)
    assert ended.returncode == 2
    assert "cannot be listened on" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_nothing_is_left_behind(demonstration_store: Store, tmp_path: Path) -> None:
    settings = {"CROSSINGS_WORKERS": "1", "TMPDIR": str(tmp_path)}
    with started(demonstration_store.folder, settings) as (base, _), urllib.request.urlopen(f"{base}/") as answer:
        assert answer.status == 200
        assert [path.name.startswith("crossings-") for path in tmp_path.glob("crossings-*")] == [True]
    assert not list(tmp_path.glob("crossings-*"))
