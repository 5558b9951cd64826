"""How many heavy answers are made at a time: a few, a short queue, and a plain refusal after that."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from data.model.errors import BusyError
from data.model.notices import say

AT_A_TIME: Final = 2
MOST_WAITING: Final = 20
LONGEST_WAIT: Final = 30.0


class Queue:
    """Lets two in, keeps twenty waiting, turns away the rest; safe between threads."""

    def __init__(self, *, at_a_time: int = AT_A_TIME, waiting: int = MOST_WAITING, wait: float = LONGEST_WAIT) -> None:
        """Open an empty queue."""
        self._places, self._most, self._wait = BoundedSemaphore(at_a_time), at_a_time + waiting, wait
        self._inside, self._lock = 0, Lock()

    @property
    def length(self) -> int:
        """Return how many are inside: those at work and those that wait."""
        return self._inside

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and take it; raise BusyError where too many wait, or one waited too long."""
        with self._lock:
            if self._inside >= self._most:
                raise BusyError(say("server.busy"))
            self._inside += 1
        try:
            if not self._places.acquire(timeout=self._wait):
                raise BusyError(say("server.busy"))
            try:
                yield
            finally:
                self._places.release()
        finally:
            with self._lock:
                self._inside -= 1
