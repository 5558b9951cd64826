"""Heavy work is made by processes of its own: fair, bounded, stopped when it takes too long, replaced when it dies."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from callbacks.serving import makers as making
from callbacks.serving.makers import Makers
from callbacks.serving.refusal import Answer
from callbacks.serving.spool import Spool
from callbacks.serving.wsgi import environ_of
from data.model.errors import BusyError
from data.store.store import Store
from tests.harness.event_loop import run

TEXT = "/api/v1/exports/map.txt"


@pytest.fixture(scope="module")
def makers(demonstration_store: Store) -> Iterator[Makers]:
    made = Makers(demonstration_store.folder, 1)
    yield made
    made.stop()


def environ(path: str, query: str = "") -> dict[str, Any]:
    scope = {
        "method": "GET", "raw_path": path.encode(), "query_string": query.encode(), "http_version": "1.1",
        "headers": [(b"host", b"127.0.0.1")],
    }  # fmt: skip
    return environ_of(scope, b"", "192.0.2.1")


async def ask(makers: Makers, query: str = "", *, path: str = TEXT, client: str = "one", rank: int = 1) -> Answer:
    return await makers.make(environ(path, query), b"", rank=rank, client=client)


def test_what_is_made_apart_is_what_the_app_answers(makers: Makers, demonstration_store: Store) -> None:
    from callbacks.build import create_app  # noqa: PLC0415

    client = create_app(demonstration_store.folder).server.test_client()
    status, headers, content = run(ask(makers, "from=2019-01-01"))
    assert status == "200 OK"
    assert content == client.get(f"{TEXT}?from=2019-01-01", headers={"Host": "127.0.0.1"}).data
    assert dict(headers)["X-Content-Type-Options"] == "nosniff"
    assert run(ask(makers, "route=nowhere"))[0].startswith("400")


def test_many_for_one_reader_do_not_hold_up_the_first_of_another(makers: Makers) -> None:
    finished: list[str] = []

    async def one(name: str, query: str, client: str, rank: int = 1) -> None:
        await ask(makers, query, client=client, rank=rank)
        finished.append(name)

    async def crowd() -> None:
        greedy = [asyncio.ensure_future(one(f"greedy {n}", f"from=20{10 + n}-02-01", "one")) for n in range(8)]
        await asyncio.sleep(0)
        other = asyncio.ensure_future(one("other", "from=2011-05-05", "two"))
        page = asyncio.ensure_future(one("page", "from=2012-05-05", "one", rank=0))
        await asyncio.gather(*greedy, other, page)

    run(crowd())
    assert finished[:2] == ["greedy 0", "page"]
    assert finished.index("other") <= 3


def test_a_full_queue_turns_away_at_once(makers: Makers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_WAITING", 2)

    async def crowd() -> list[Any]:
        asked = [ask(makers, f"from=2014-0{n}-01") for n in range(1, 9)]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    answers = run(crowd())
    assert sum(isinstance(one, BusyError) for one in answers) == 5
    assert [one[0] for one in answers if not isinstance(one, BaseException)] == ["200 OK"] * 3


def test_whoever_stops_waiting_gives_up_the_turn(makers: Makers) -> None:
    async def crowd() -> Answer:
        asked = [asyncio.ensure_future(ask(makers, f"from=2015-0{n}-01")) for n in range(1, 6)]
        await asyncio.sleep(0.01)
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        return await ask(makers, "from=2016-01-01")

    assert run(crowd())[0] == "200 OK"
    assert makers.waiting == 0


def test_what_takes_too_long_is_stopped_and_the_next_is_made(makers: Makers, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/api/v1/exports/brief.pdf"
    with monkeypatch.context() as changed:
        changed.setattr(making, "LONGEST", 0.05)
        status, headers, content = run(ask(makers, path=path))
    assert status.startswith("503")
    assert "Retry-After" in dict(headers)
    assert b"was stopped" in content
    assert run(ask(makers, "from=2017-01-01"))[0] == "200 OK"


def test_what_would_be_too_large_is_refused(makers: Makers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "LARGEST", 100)
    status, _, content = run(ask(makers, "from=2018-01-01"))
    assert status.startswith("413")
    assert b"larger than" in content


def test_a_process_that_dies_is_replaced(makers: Makers) -> None:
    async def killed() -> Answer:
        asked = asyncio.ensure_future(ask(makers, path="/api/v1/exports/brief.pdf", query="from=2018-03-01"))
        await asyncio.sleep(0.3)
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        return await asked

    assert run(killed())[0].startswith("503")
    assert run(ask(makers, "from=2019-02-01"))[0] == "200 OK"


@pytest.mark.parametrize("seconds", [0.0, 0.5], ids=["idle", "being set up"])
def test_a_process_that_dies_while_nothing_is_made_is_replaced(demonstration_store: Store, seconds: float) -> None:
    made = Makers(demonstration_store.folder, 1)

    async def killed() -> list[Answer]:
        if not seconds:
            await ask(made, "from=2020-02-01")
        await asyncio.sleep(seconds)
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        await asyncio.sleep(1)
        return [await ask(made, f"from=2020-0{n}-01") for n in (3, 4)]

    assert [answer[0] for answer in run(killed())] == ["200 OK", "200 OK"]
    made.stop()


def test_a_spool_keeps_within_its_bytes_and_one_process_makes_an_answer(tmp_path: Path) -> None:
    spool, other = Spool(tmp_path, budget=3_000), Spool(tmp_path, budget=3_000)
    answer = ("200 OK", [("Content-Type", "text/plain")], b"x" * 900)
    assert spool.begin(b"k")
    assert not other.begin(b"k")
    spool.end(b"k")
    assert other.begin(b"k")
    for n in range(6):
        spool.keep(bytes([n]), answer)
        os.utime(tmp_path / bytes([n]).hex(), (n, n))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 3_000 + 1_000
    assert other.get(bytes([5])) == answer
    assert other.get(bytes([0])) is None


def test_a_damaged_or_unwritable_spool_costs_no_answer(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "made")
    (tmp_path / "made" / b"k".hex()).write_bytes(b"torn")
    assert spool.get(b"k") is None
    (tmp_path / "made" / b"k".hex()).unlink()
    (tmp_path / "made").rmdir()
    spool.keep(b"k", ("200 OK", [], b""))
    assert spool.begin(b"k")
    assert spool.get(b"k") is None
