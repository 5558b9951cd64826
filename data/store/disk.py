"""What stores ask of the disk: a lock between processes, what survives a loss of power, and a link that is replaced.

Written for POSIX, with the two things that Windows does otherwise: a folder cannot be flushed there, and a symbolic
link needs a right that most people do not have (see docs/decisions/10-libraries.md for what was tried).
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Final

from filelock import FileLock

HAS_FOLDER_FLUSH: Final = os.name == "posix"
ASIDE: Final = ".damaged-"  # what stood in the place of what was mended is put aside under this name


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which is made where it is absent; another writer waits.

    The system frees the lock of a process that dies. The lock file stays: it says nothing by being there.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    make_folder(folder)
    lock = FileLock(folder / ".lock", thread_local=False)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are absent, each one's name on the disk when this returns."""
    absent = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in absent:
        flush(one.parent)


def flush(path: Path) -> None:
    """Return when a file's content, or a folder's list of names, is on the disk."""
    if path.is_dir() and not HAS_FOLDER_FLUSH:
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # Windows flushes only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


PROBE: Final = 2**20


def refused_by(folder: Path) -> OSError | None:
    """Return why the disk takes no more in a folder; None where it does: a library's words may not name the cause."""
    probe = folder / ".probe"
    try:
        probe.write_bytes(bytes(PROBE))
        flush(probe)
        probe.unlink()
    except OSError as error:
        return error
    return None


def point(link: Path, name: str) -> None:
    """Let ``link`` name its neighbour ``name``, by one rename; a file with the name where links are not allowed.

    A folder that stands in its place is put aside as ``.damaged-…``: nothing tells what it holds.

    Raises
    ------
    OSError
        The disk does not take it; nothing is left behind.
    """
    started = link.with_name(f".{link.name}-{os.getpid()}")
    started.unlink(missing_ok=True)
    try:
        try:
            started.symlink_to(name)
        except OSError:
            started.write_text(name, encoding="utf-8")
            flush(started)
        if link.is_dir() and not link.is_symlink():
            link.rename(_free_name(link.with_name(f"{ASIDE}{link.name}")))
        started.replace(link)
    finally:
        started.unlink(missing_ok=True)


def _free_name(path: Path) -> Path:
    """Return a path beside which nothing is: itself, or with the first number that is free."""
    names = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(one for one in chain([path], names) if not os.path.lexists(one))


def pointed(link: str) -> str:
    """Return the name that ``point`` wrote; raise OSError where there is none."""
    try:
        return os.readlink(link)  # noqa: PTH115 — read six times for one change of a filter
    except OSError:
        return Path(link).read_text(encoding="utf-8").strip()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
