"""What was made apart, kept in a folder that the processes of one server share: made once for all of them."""

import os
import time
from pathlib import Path
from typing import Final

import orjson

from callbacks.serving.refusal import Answer

BUDGET: Final = 512_000_000  # bytes
LONGEST: Final = 65.0  # seconds after which a maker that says it is at work is taken for dead


class Spool:
    """Answers by key, the ones that nobody asked for the longest removed first."""

    def __init__(self, folder: Path, *, budget: int = BUDGET) -> None:
        """Keep so many bytes in a folder, which is made where it is absent."""
        self.folder, self.budget = folder, budget
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def get(self, key: bytes) -> Answer | None:
        """Return a kept answer."""
        path = self.folder / key.hex()
        try:
            head, _, content = path.read_bytes().partition(b"\n")
            status, headers = orjson.loads(head)
            os.utime(path)
        except (OSError, ValueError):
            return None
        return status, [(name, value) for name, value in headers], content

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer; a full disk keeps nothing, and the answer is given all the same."""
        path = self.folder / key.hex()
        started = path.with_suffix(f".{os.getpid()}")
        try:
            started.write_bytes(orjson.dumps(answer[:2]) + b"\n" + answer[2])
            started.replace(path)
            self._sweep()
        except OSError:
            started.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove all that is kept; what is being made now is kept when it is made."""
        for path in self.folder.glob("*"):
            if path.suffix != ".made":
                path.unlink(missing_ok=True)

    def begin(self, key: bytes) -> bool:
        """Say that this process makes an answer; False where another one is at it."""
        mark = self.folder / f"{key.hex()}.made"
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            return _is_stale(mark)
        except OSError:
            return True
        return True

    def end(self, key: bytes) -> None:
        """Say that it is made, or given up."""
        (self.folder / f"{key.hex()}.made").unlink(missing_ok=True)

    def _sweep(self) -> None:
        found = []
        for entry in os.scandir(self.folder):
            try:
                found.append((entry.stat().st_mtime, entry.stat().st_size, entry.path))
            except OSError:
                continue
        held = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if held <= self.budget:
                return
            Path(path).unlink(missing_ok=True)
            held -= size


def _is_stale(mark: Path) -> bool:
    try:
        began = mark.stat().st_mtime
    except OSError:
        return False
    if time.time() - began <= LONGEST:
        return False
    mark.touch()
    return True
