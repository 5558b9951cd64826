"""What stands before the app: one making for equal questions, bounded queues, whoever goes takes the work along."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from callbacks.server.metrics import Metrics
from callbacks.server.request_log import Observer
from callbacks.server.response_cache import Answers, KeptFirst
from callbacks.serving import front as serving_front
from callbacks.serving.front import Front, Parts
from callbacks.serving.limits import Limiter
from callbacks.serving.makers import Makers
from callbacks.serving.spool import Spool
from data.model.limits import Rate
from data.store.store import Store
from tests.harness.event_loop import run

LATER = 5.0
Made = Callable[..., Any]


class App:
    """A WSGI application that counts what it is asked, and answers when it may."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.environs: list[dict[str, Any]] = []
        self.may_answer = Event()
        self.may_answer.set()
        self.ended = Event()

    def __call__(self, environ: dict[str, Any], start: Made) -> list[bytes] | Iterator[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        self.environs.append(environ)
        if path != "/healthz":
            self.may_answer.wait(LATER)
        if path == "/api/v1/broken":
            raise ValueError("secret words")
        content = f"{path} {len(self.asked)}".encode()
        if path == "/api/v1/endless":
            start("200 OK", [])
            return self.endless()
        if path == "/api/v1/streamed":
            start("200 OK", [])
            return iter([content, b" and", b" more"])
        start("200 OK", [("Content-Length", str(len(content)))])
        return [content]

    def endless(self) -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 1_000
                time.sleep(0.001)
        finally:
            self.ended.set()


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def front(app: App, demonstration_store: Store, tmp_path: Path) -> Iterator[Front]:
    demonstration_store.current()
    limits = {"api": Rate(0.1, 4), "callbacks": Rate(1, 1_000)}
    kept = KeptFirst(app, demonstration_store, Answers())
    parts = Parts(
        kept=kept, whole=kept, door=None, limiter=Limiter(tmp_path / "limits", limits),
        makers=Makers(demonstration_store.folder, 1), spool=Spool(tmp_path / "made"),
        observer=Observer(Metrics(demonstration_store)), learn=lambda _answer: None,
    )  # fmt: skip
    made = Front(parts)
    yield made
    made.stop()


async def ask(front: Front, path: str, *, client: str = "192.0.2.1", leave: float | None = None) -> tuple[int, bytes]:
    """Ask as a connection does; with ``leave``, go after so many seconds."""
    sent: list[dict[str, Any]] = []
    came = [{"type": "http.request", "body": b""}]

    async def receive() -> dict[str, Any]:
        if came:
            return came.pop()
        await asyncio.sleep(LATER if leave is None else leave)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
        "http_version": "1.1", "headers": [(b"host", b"127.0.0.1")], "client": (client, 1),
    }  # fmt: skip
    await front(scope, receive, send)
    if not sent:
        return 0, b""
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def together(*asked: Coroutine[Any, Any, Any]) -> list[Any]:
    async def all_of() -> list[Any]:
        return list(await asyncio.gather(*asked))

    return run(all_of())


def soon(event: Event, seconds: float) -> Awaitable[None]:
    async def later() -> None:
        await asyncio.sleep(seconds)
        event.set()

    return later()


def test_equal_questions_are_made_once_and_then_kept(app: App, front: Front) -> None:
    app.may_answer.clear()
    answers = together(*(ask(front, "/api/v1/totals") for _ in range(30)), soon(app.may_answer, 0.2))  # type: ignore[arg-type]
    assert len(set(answers[:-1])) == 1
    assert app.asked.count("/api/v1/totals") == 1
    assert together(ask(front, "/api/v1/totals")) == [answers[0]]
    assert app.asked.count("/api/v1/totals") == 1


def test_an_answer_made_part_by_part_is_whole_for_each(app: App, front: Front) -> None:
    for status, content in together(*(ask(front, "/api/v1/streamed", client=f"192.0.2.{n}") for n in range(3))):
        assert status == 200
        assert content.startswith(b"/api/v1/streamed ")
        assert content.endswith(b" and more")
    assert app.asked.count("/api/v1/streamed") == 3


def test_what_is_sent_part_by_part_ends_with_its_reader(app: App, front: Front) -> None:
    status, content = together(ask(front, "/api/v1/endless", leave=0.2))[0]
    assert status == 200
    assert len(content) >= 1_000
    assert app.ended.is_set()


def test_only_work_that_is_not_kept_counts_against_a_limit(front: Front) -> None:
    assert {status for status, _ in together(*(ask(front, "/api/v1/totals") for _ in range(50)))} == {200}
    for n in range(3):
        assert together(ask(front, f"/api/v1/{n}"))[0][0] == 200
    status, content = together(ask(front, "/api/v1/one-more"))[0]
    assert status == 429
    assert b"Wait a moment" in content
    assert together(ask(front, "/api/v1/one-more", client="192.0.2.77"))[0][0] == 200
    assert together(ask(front, "/api/v1/totals"))[0][0] == 200


def test_where_too_many_wait_what_was_answered_before_is_given(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    before = together(ask(front, "/cells/known"))[0]
    monkeypatch.setattr(Store, "mark", lambda _: "another vintage has come")
    monkeypatch.setattr(serving_front, "MOST_WAITING", 0)
    assert together(ask(front, "/cells/known"))[0] == before
    assert together(ask(front, "/cells/unknown"))[0][0] == 503


def test_readiness_is_asked_by_the_server_itself_and_as_nobody(app: App, front: Front) -> None:
    app.environs.clear()
    for status, _ in together(*(ask(front, "/readyz", client=f"192.0.2.{n}") for n in range(5))):
        assert status == 200
    assert [one["REMOTE_ADDR"] for one in app.environs] == [""]
    assert "HTTP_COOKIE" not in app.environs[0]


def test_where_too_many_wait_for_a_thread_the_rest_is_turned_away_and_health_answers(
    app: App, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_front, "MOST_WAITING", 6)
    app.may_answer.clear()
    began = time.monotonic()

    async def crowd() -> list[Any]:
        asked = [asyncio.ensure_future(ask(front, f"/cells/{n}")) for n in range(20)]
        await asyncio.sleep(0.2)
        health = await ask(front, "/healthz")
        took = time.monotonic() - began
        app.may_answer.set()
        return [health, took, *await asyncio.gather(*asked)]

    health, took, *answers = run(crowd())
    assert health[0] == 200
    assert took < LATER
    assert sorted(status for status, _ in answers) == [200] * 6 + [503] * 14
    assert together(ask(front, "/cells/again"))[0][0] == 200


def test_a_failure_is_a_sentence_without_what_failed(front: Front) -> None:
    status, content = together(ask(front, "/api/v1/broken"))[0]
    assert status == 500
    assert b"secret" not in content


def test_whoever_goes_is_sent_nothing_and_the_next_who_asks_gets_an_answer(app: App, front: Front) -> None:
    app.may_answer.clear()
    gone, answer, _ = together(
        ask(front, "/api/v1/slow", leave=0.1),
        _after(0.3, ask(front, "/api/v1/slow")),
        soon(app.may_answer, 0.5),  # type: ignore[arg-type]
    )
    assert gone == (0, b"")
    assert answer[0] == 200


async def _after(seconds: float, asked: Coroutine[Any, Any, Any]) -> Any:
    await asyncio.sleep(seconds)
    return await asked


def test_a_body_larger_than_any_that_is_read_is_refused(front: Front) -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * 40_000, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/_dash-update-component", "raw_path": b"/_dash-update-component",
        "query_string": b"", "http_version": "1.1", "headers": [], "client": ("192.0.2.1", 1),
    }  # fmt: skip
    run(front(scope, receive, send))
    assert sent[0]["status"] == 413
