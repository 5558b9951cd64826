"""Numbers of every worker of one server: each counts in a small file of its own, and whoever is asked adds them up.

The library's own way (a file per worker and metric, chosen by an environment variable before it is imported) cannot be
switched on by a program that has read its settings; what it is good at, the text that Prometheus reads, is its part.
"""

import mmap
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np

BYTES: Final = 8  # of a number
SUFFIX: Final = ".counts"


class Counters:
    """So many numbers, all 0 at first; ``add`` is safe between threads and costs about a microsecond."""

    kept_bytes: Final = 0  # it counts others

    def __init__(self, length: int, folder: Path | None = None) -> None:
        """Count in a file of this process in ``folder``; without one, in memory, for this process alone."""
        self._length, self._folder, self._lock = length, folder, Lock()
        self._pid = 0
        self._numbers: Any  # a memoryview of floats, which its types do not know
        self._open()

    def _open(self) -> None:
        self._pid, size = os.getpid(), self._length * BYTES
        if self._folder is None:
            self._numbers = memoryview(bytearray(size)).cast("d")
            return
        path = self._folder / f"{self._pid}{SUFFIX}"
        with path.open("a+b") as file:
            file.truncate(size)
            self._numbers = memoryview(mmap.mmap(file.fileno(), size)).cast("d")

    def add(self, *changes: tuple[int, float]) -> None:
        """Add to numbers, by their places."""
        with self._lock:
            if self._pid != os.getpid():  # this process was forked: it counts in a file of its own
                self._open()
            for place, number in changes:
                self._numbers[place] += number

    def put(self, changes: Sequence[tuple[int, float]]) -> None:
        """Put numbers in place of those that were there."""
        with self._lock:
            for place, number in changes:
                self._numbers[place] = number

    def of_all(self) -> np.ndarray:
        """Return the numbers of every worker that ever counted, added up."""
        total: np.ndarray = np.sum(self._read(only_living=False), axis=0)
        return total

    def of_living(self) -> np.ndarray:
        """Return the numbers of the workers that run now, a row for each."""
        return np.array(self._read(only_living=True))

    def _read(self, *, only_living: bool) -> list[np.ndarray]:
        if self._folder is None:
            return [np.array(self._numbers)]
        paths = sorted(self._folder.glob(f"*{SUFFIX}"))
        kept = [path for path in paths if not only_living or is_alive(int(path.stem))]
        whole = [content for path in kept if len(content := path.read_bytes()) == self._length * BYTES]
        return [np.frombuffer(content, dtype=np.float64) for content in whole] or [np.array(self._numbers)]


def is_alive(pid: int) -> bool:
    """Return whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it runs, and is somebody else's
        return True
    return True
