"""What stands before the app: answers that are kept, limits, and where the rest is made.

One event loop for each process reads requests, gives what is kept, and never waits for anything but the network; what
is not kept goes to a few threads, and what is heavy to processes of its own (``makers``).
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Final, cast

from callbacks.server.guard import LARGEST_BODY
from callbacks.server.reader import Door, nobody_known, with_privacy
from callbacks.server.request_log import ID_HEADER, Observer
from callbacks.server.response_cache import Answer, KeptFirst, is_kept
from callbacks.serving import work
from callbacks.serving.client_address import Network, client_of
from callbacks.serving.flight import Flight, Message, Receive, Scope, Send, gone
from callbacks.serving.limits import Limiter
from callbacks.serving.makers import Makers
from callbacks.serving.refusal import refusal
from callbacks.serving.spool import Spool
from callbacks.serving.wsgi import DONE, Answered, Application, Environ, Stream, environ_of, plain_environ, run
from data.model.errors import BusyError
from data.model.notices import say
from data.model.roles import Reader, Role, reader_in_use, reading_as

LOG: Final = logging.getLogger("crossings")
THREADS: Final = 4
MOST_WAITING: Final = 240  # answers that wait for a thread; 30 ms each, so that none waits for more than two seconds
STREAMS: Final = 16
STREAMS_EACH: Final = 3
READY_SECONDS: Final = 1.0
LOOK_AGAIN: Final = 0.05  # seconds


@dataclass
class Parts:
    """What one process serves with."""

    kept: KeptFirst
    whole: Application
    door: Door | None
    limiter: Limiter
    makers: Makers
    spool: Spool
    observer: Observer
    learn: Callable[[Answer], None]
    hosts: str | None = None
    proxies: tuple[Network, ...] = ()


class Front:
    """An ASGI application before a WSGI one."""

    def __init__(self, parts: Parts) -> None:
        """Open the threads; ``health`` has one of its own."""
        self._parts = parts
        self._threads = ThreadPoolExecutor(THREADS, "reader")
        self._aside = ThreadPoolExecutor(1, "readiness")
        self._streaming = ThreadPoolExecutor(2, "stream")
        self._waiting = 0
        self._streams: Counter[str] = Counter()
        self._flights: dict[bytes, Flight] = {}
        self._mark = ""
        self._ready: tuple[float, asyncio.Future[Answered]] | None = None
        self._alive = _whole(run(parts.whole, plain_environ("/healthz", parts.hosts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and note what became of it."""
        observer, began, said = self._parts.observer, time.perf_counter(), ["499"]  # whoever asked has gone
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        named = (ID_HEADER.lower().encode(), observer.begin(given.decode("latin-1")).encode())

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                said[0] = str(message["status"])
                message["headers"].append(named)
            await send(message)

        try:
            await self._given(scope, receive, answer)
        finally:
            observer.end(scope["path"], scope["method"], said[0], began)

    async def _given(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/healthz":
            await _send(send, self._alive)
            return
        body = await _body(receive)
        if body is None:
            await _send(send, refusal(413, say("server.callback.large", most=LARGEST_BODY)))
            return
        client = self._client(scope)
        environ = environ_of(scope, body, client)
        try:
            with reading_as(self._reader(environ)):
                answered = await self._answer(environ, body, client, receive)
        except Exception as error:
            LOG.exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"][:120], exc_info=error)
            answered = refusal(500, say("server.failed"))
        if answered is None:
            return  # whoever asked has gone
        if isinstance(answered, Answered) and answered.rest is not None and scope["method"] != "HEAD":
            await self._stream(receive, send, answered, client)
            return
        if isinstance(answered, Answered) and answered.rest is not None:
            answered.rest.close()
        await _send(send, _whole(answered) if isinstance(answered, Answered) else answered)

    def _client(self, scope: Scope) -> str:
        peer = (scope.get("client") or ("",))[0]
        forwarded = (value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for")
        return client_of(peer, forwarded, self._parts.proxies)

    async def _answer(self, environ: Environ, body: bytes, client: str, receive: Receive) -> Any:
        if environ["PATH_INFO"] == "/readyz" and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return await self._readiness()
        if environ["REQUEST_METHOD"] == "HEAD" and is_kept(environ["PATH_INFO"]):
            environ["REQUEST_METHOD"] = "GET"  # the connection leaves the content out
        key = self._parts.kept.question(environ, at_once=True) if _is_shared() else None
        found = None if key is None else self._parts.kept.answers.get(key)
        if found is not None:
            return self._told(found)
        heavy = work.is_heavy(environ, body)
        if heavy:
            self._forget_what_was_forgotten()
        if heavy and key is not None and (found := self._parts.spool.get(key)) is not None:
            self._learn(environ, found)
            return found
        flight = None if key is None else self._flights.get(key)
        if flight is not None and not flight.is_given_up:
            answered = await flight.landed(receive)
            if not (isinstance(answered, Answered) and answered.rest is not None):
                return answered
            key = None  # parts are read once, by whoever asked first
        if (refused := self._over_limit(environ, client)) is not None:
            return refused
        making = asyncio.ensure_future(self._make(environ, body, client, key=key, heavy=heavy))
        return await self._begun(key, Flight(making)).landed(receive)

    def _reader(self, environ: Environ) -> Reader | None:
        """Return who asks, where a store is read by tier; found again where an answer is made."""
        if not self._parts.kept.store.by_tier:
            return None
        return nobody_known(environ) if self._parts.door is None else self._parts.door.find(environ)

    def _told(self, kept: Answer) -> Answer:
        """Return a kept answer with what is said of whoever may keep it."""
        reader, door = reader_in_use(), self._parts.door
        return (kept[0], with_privacy(kept[1], reader, with_sessions=True), kept[2]) if reader and door else kept

    def _former(self, environ: Environ) -> Answer | None:
        found = self._parts.kept.former(environ) if _is_shared() else None
        return None if found is None else self._told(found)

    async def _readiness(self) -> Any:
        """Return whether a query runs: asked anew once a second by a thread of its own, and never as any reader."""
        now = time.monotonic()
        if self._ready is None or (self._ready[1].done() and now - self._ready[0] > READY_SECONDS):
            environ = plain_environ("/readyz", self._parts.hosts)
            asked = asyncio.get_running_loop().run_in_executor(self._aside, run, self._parts.whole, environ)
            self._ready = now, asked
        return await asyncio.shield(self._ready[1])

    def _forget_what_was_forgotten(self) -> None:
        """Empty the spool when a vintage has come or gone: what was forgotten is to lie nowhere."""
        mark = self._parts.kept.store.mark()
        if mark != self._mark:
            self._mark = mark
            self._parts.spool.clear()

    def _begun(self, key: bytes | None, flight: Flight) -> Flight:
        if key is not None:
            self._flights[key] = flight
            flight.making.add_done_callback(lambda _: self._landed(key, flight))
        return flight

    def _landed(self, key: bytes, flight: Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]

    def _over_limit(self, environ: Environ, client: str) -> Answer | None:
        kind = work.kind_of(environ)
        wait = 0.0 if kind is None else self._parts.limiter.wait(kind, client)
        return refusal(429, say("server.too_often"), retry_after=int(wait) + 1) if wait else None

    async def _make(self, environ: Environ, body: bytes, client: str, *, key: bytes | None, heavy: bool) -> Any:
        if not heavy:
            return await self._in_thread(environ)
        try:
            return await self._apart(environ, body, client, key)
        except BusyError as error:
            return self._former(environ) or refusal(503, str(error), retry_after=10)

    async def _in_thread(self, environ: Environ) -> Any:
        if self._waiting >= MOST_WAITING:
            return self._former(environ) or refusal(503, say("server.many"), retry_after=2)
        self._waiting += 1
        loop = asyncio.get_running_loop()
        making = self._threads.submit(copy_context().run, run, self._parts.whole, environ)
        making.add_done_callback(lambda _: loop.call_soon_threadsafe(self._done))  # though whoever asked has gone
        return await asyncio.wrap_future(making)

    def _done(self) -> None:
        self._waiting -= 1

    async def _apart(self, environ: Environ, body: bytes, client: str, key: bytes | None) -> Answer:
        makers, spool = self._parts.makers, self._parts.spool
        if key is None:
            return await makers.make(environ, body, rank=work.rank_of(environ), client=client)
        while not spool.begin(key):
            await asyncio.sleep(LOOK_AGAIN)
            if (found := spool.get(key)) is not None:
                self._learn(environ, found)
                return found
        try:
            answer = await makers.make(environ, body, rank=work.rank_of(environ), client=client)
            if answer[0].startswith("200"):
                spool.keep(key, answer)
                self._parts.kept.answers.keep(key, answer)
                self._learn(environ, answer)
            return answer
        finally:
            spool.end(key)

    def _learn(self, environ: Environ, answer: Answer) -> None:
        """Tell a still map to whoever writes the page that will hold it."""
        if environ["PATH_INFO"] == work.STILL:
            self._parts.learn(answer)

    async def _stream(self, receive: Receive, send: Send, answered: Answered, client: str) -> None:
        rest = cast("Stream", answered.rest)
        if self._streams[client] >= STREAMS_EACH or self._streams.total() >= STREAMS:
            rest.close()
            await _send(send, refusal(503, say("server.many_files"), retry_after=10))
            return
        self._streams[client] += 1
        loop, leaving = asyncio.get_running_loop(), asyncio.ensure_future(gone(receive))
        try:
            await send(_start(answered.status, answered.headers))
            part: Any = answered.content
            while part is not DONE and not leaving.done():
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await loop.run_in_executor(self._streaming, rest.next_part)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            leaving.cancel()
            self._streams[client] -= 1
            await loop.run_in_executor(self._streaming, rest.close)

    def stop(self) -> None:
        """Let the threads end and stop the processes."""
        for threads in (self._threads, self._aside, self._streaming):
            threads.shutdown(wait=False, cancel_futures=True)
        self._parts.makers.stop()


def _is_shared() -> bool:
    """Return whether what is answered may be given to others: what another role is told is made anew, and noted."""
    reader = reader_in_use()
    return reader is None or reader.role is Role.PUBLIC


async def _body(receive: Receive) -> bytes | None:
    """Return what was posted; None where it is larger than anything that is read here."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


async def _send(send: Send, answer: Answer) -> None:
    await send(_start(answer[0], answer[1]))
    await send({"type": "http.response.body", "body": answer[2], "more_body": False})


def _start(status: str, headers: list[tuple[str, str]]) -> Message:
    named = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": int(status[:3]), "headers": named}


def _whole(answered: Answered) -> Answer:
    return answered.status, answered.headers, answered.content
