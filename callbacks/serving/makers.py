"""Processes that make what takes long, so that the threads that serve readers never do: few, bounded, and fair.

Each runs the app itself. What waits is taken by rank, then from the reader who waits for the fewest, then in the order
of asking: forty pictures for one do not hold up the first of another. What takes too long is stopped with its process.
"""

import asyncio
import heapq
import logging
import multiprocessing
from collections import Counter
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TookTooLong
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, Final

from pebble import ProcessExpired, ProcessPool

from callbacks.serving.refusal import Answer, refusal
from callbacks.serving.wsgi import Environ, run
from data.model.errors import BusyError
from data.model.notices import say
from data.model.settings import hand_on

LOG: Final = logging.getLogger("crossings")
LONGEST: Final = 60.0  # seconds of making
LARGEST: Final = 100_000_000  # bytes
MOST_WAITING: Final = 24
SCHEME: Final = "wsgi.url_scheme"
MOST_MADE: Final = 500  # by one process; then a new one takes its place

_app: list[Any] = []  # of a making process


class Makers:
    """A pool and the queue before it; used from one event loop."""

    def __init__(self, store: Path, processes: int) -> None:
        """Start the processes; they set themselves up while the first pages are read."""
        self._store, self._processes = store, processes
        self._pool = self._new_pool()
        self._free, self._order = processes, count()
        self._queue: list[tuple[int, int, int, asyncio.Future[None]]] = []
        self._waiting: Counter[str] = Counter()

    @property
    def waiting(self) -> int:
        """Return how many wait for a process."""
        return len(self._queue)

    async def make(self, environ: Environ, body: bytes, *, rank: int, client: str) -> Answer:
        """Return the app's answer; raise BusyError at once where too many wait."""
        if len(self._queue) >= MOST_WAITING:
            raise BusyError(say("server.busy"))
        await self._turn(rank, client)
        try:
            return await self._made(environ, body)
        finally:
            self._free += 1
            self._next()

    async def _turn(self, rank: int, client: str) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (rank, self._waiting[client], next(self._order), turn))
        self._waiting[client] += 1
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it had its turn, and nobody takes it
                self._free += 1
                self._next()
            raise
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client]

    def _next(self) -> None:
        while self._free and self._queue:
            turn = heapq.heappop(self._queue)[-1]
            if not turn.done():
                self._free -= 1
                turn.set_result(None)

    def _new_pool(self) -> ProcessPool:
        pool = ProcessPool(
            self._processes, max_tasks=MOST_MADE, initializer=_set_up, initargs=(str(self._store),),
            context=multiprocessing.get_context("spawn"),
        )  # fmt: skip
        for _ in range(self._processes):
            pool.schedule(_nothing)
        return pool

    async def _made(self, environ: Environ, body: bytes) -> Answer:
        """Return what a process makes; where all have ended while none was at work, new ones are started once."""
        for _ in range(2):
            pool = self._pool
            try:
                return await self._made_by(pool, environ, body)
            except RuntimeError:  # pebble's word for a pool that has lost a process while nothing was made
                LOG.exception("The processes that make pictures and workbooks were lost; new ones are started.")
                if self._pool is pool:
                    self._pool = self._new_pool()
                    pool.stop()
        return refusal(503, say("server.failed_apart"))

    async def _made_by(self, pool: ProcessPool, environ: Environ, body: bytes) -> Answer:
        plain = {name: value for name, value in environ.items() if not name.startswith("wsgi.") or name == SCHEME}
        making = pool.schedule(_make, args=(plain, body, LARGEST), timeout=LONGEST)
        try:
            answer: Answer = await asyncio.wrap_future(making)
        except (TookTooLong, TimeoutError):
            return refusal(503, say("server.took_too_long", seconds=int(LONGEST)))
        except (ProcessExpired, CancelledError):
            return refusal(503, say("server.failed_apart"))
        except asyncio.CancelledError:
            making.cancel()  # nobody waits for it any more
            raise
        return answer

    def stop(self) -> None:
        """Stop the processes."""
        self._pool.stop()
        self._pool.join(5)


def _set_up(store: str) -> None:
    """Build the app in a making process, and read what pictures and answers need."""
    import signal  # noqa: PLC0415 — of the process that is set up

    from callbacks.build import create_app, warm  # noqa: PLC0415 — not in the process that serves

    hand_on(metrics_folder=None)  # what is made here is counted where it is asked for
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _app.append(create_app(Path(store)))
    warm()


def _nothing() -> None:
    """Do nothing; the process that was started for it is set up by now."""


def _make(environ: Environ, body: bytes, most: int) -> Answer:
    whole = {**environ, "wsgi.input": BytesIO(body), "wsgi.version": (1, 0)}
    whole.setdefault(SCHEME, "http")
    answered = run(_app[0].whole, whole)
    parts, size = [answered.content], len(answered.content)
    while answered.rest is not None and size <= most:
        part = answered.rest.next_part()
        if not isinstance(part, bytes):
            break
        parts.append(part)
        size += len(part)
    if answered.rest is not None:
        answered.rest.close()
    if size > most:
        return refusal(413, say("server.too_large", most=most // 1_000_000))
    return answered.status, answered.headers, b"".join(parts)
