"""Whether the files of a vintage are what was published, byte by byte, when it is opened and while it is read.

Every file's SHA-256 is compared when a vintage is opened. Afterwards a file is compared again only where its size, its
time or its place on the disk are others than then: what a disk changes in silence is found at the next opening.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from data.model.errors import StoreError
from data.model.notices import say
from data.model.schema import EVERY_TABLE, TABLES
from data.store.disk import sha256_of
from data.store.older import columns_of
from data.store.publication import MANIFEST, NAMED, PUBLICATION, Publication

Look = tuple[int, int, int]  # what a file looks like without reading it: bytes, time of its last change, place


def look_at(path: Path) -> Look | None:
    """Return what a file looks like without reading it; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def looks_in(folder: Path) -> tuple[tuple[str, Look | None], ...]:
    """Return the names of a folder's files with what they look like."""
    try:
        return tuple((path.name, look_at(path)) for path in sorted(folder.iterdir()))
    except OSError:
        return ()


class Seal:
    """The tables of an opened vintage as they were when their hashes were found right."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        """Look at each file; whoever opens the vintage compares the hashes after that."""
        self.is_broken = False
        self._folder, self._manifest = folder, manifest
        self._looks = {name: look_at(folder / name) for name in manifest["files"]}

    def check(self, name: str) -> None:
        """Raise StoreError where a file is not what was published; its hash is compared only if it looks changed."""
        now = look_at(self._folder / name)
        if now is not None and now == self._looks.get(name):
            return
        if (sentence := file_problem(self._folder, name, self._manifest)) is not None:
            self.is_broken = True
            raise StoreError(say("store.damaged", problem=sentence))
        self._looks[name] = now


def publication_problem(folder: Path) -> str:
    """Return what is wrong with a publication that cannot be read."""
    key = "store.problem.altered" if (folder / PUBLICATION).exists() else "store.problem.absent"
    return say(key, file=f"{folder.name}/{PUBLICATION}")


def manifest_problem(folder: Path, publication: Publication, manifest: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a manifest, as far as the publication beside it tells; None of one that has no hash."""
    if publication.manifest is None:
        return None  # from before it was kept: ``state_of`` says so
    is_right = NAMED in manifest and sha256_of(folder / MANIFEST) == publication.manifest
    return None if is_right else say("store.problem.altered", file=f"{folder.name}/{MANIFEST}")


def problems(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each file that is absent, altered, unreadable or of another schema."""
    tables = [f"{table}.parquet" for table in TABLES]
    beside = sorted(manifest["files"].keys() - set(tables))
    found = (file_problem(folder, Path(name).name, manifest) for name in [*tables, *beside])
    return [sentence for sentence in found if sentence is not None]


def file_problem(folder: Path, name: str, manifest: Mapping[str, Any]) -> str | None:
    """Return what is wrong with one file; None where it is as it was published."""
    path, stated = folder / name, manifest["files"].get(name)
    file, table = f"{folder.name}/{name}", path.stem
    if not isinstance(stated, Mapping) or not path.is_file():
        return say("store.problem.absent", file=file)
    try:
        if sha256_of(path) != stated.get("sha256"):
            return say("store.problem.altered", file=file)
    except OSError as error:
        return say("store.problem.unreadable", file=file, why=error.strerror or str(error))
    if table in EVERY_TABLE and pl.read_parquet_schema(path) != columns_of(table, manifest):
        return say("store.problem.columns", file=file)
    return None
