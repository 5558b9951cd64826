"""The store: immutable vintages, published by one atomic rename, verified by their checksums.

``STORE/v000001/`` holds the tables as Parquet and ``manifest.json`` (rows, sums, SHA-256 of every file);
incidents are sorted by source, then by cell, so that a query on one source and one view reads its own row groups;
no vintage is ever removed by itself, as an address may be pinned to it (``forget`` does, when a person asks);
``STORE/CURRENT`` is a link to the vintage in use. A reader resolves it once per request and keeps its
folder; a writer holds a lock, writes beside, flushes, renames, and then replaces the link.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import polars as pl

from data.errors import AbsentError, StoreError
from data.large import counted_files
from data.schema import SCHEMA_VERSION, TABLES, polars_schema
from data.summary import parse_summary, summary_of
from data.vintage import Vintage

CURRENT: Final = "CURRENT"
MOST_OPEN: Final = 3  # pinned vintages that are held in memory at once
ROW_GROUP: Final = 65_536
SORTED: Final = {"incidents": ("source", "cell", "record_id"), "counts": ("unit", "route", "date_from")}


def default_store() -> Path:
    """Return the project's own store: CROSSINGS_STORE, else var/store beside this code."""
    given = os.environ.get("CROSSINGS_STORE")
    return Path(given) if given else Path(__file__).parent.parent / "var" / "store"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class Store:
    """A folder of vintages. ``current`` is safe to call from any thread, at any moment."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it need not exist before the first publish."""
        self.folder = folder
        self._link = os.fspath(folder / CURRENT)
        self._lock = Lock()
        self._opened: Vintage | None = None
        self._pinned: OrderedDict[str, Vintage] = OrderedDict()

    def current(self) -> Vintage:
        """Return the vintage in use, verified when first opened; raise StoreError where there is none."""
        name = self._target()
        with self._lock:
            if self._opened is None or self._opened.name != name:
                self._opened = open_vintage(self.folder / name)
            return self._opened

    def asked(self, name: str | None) -> Vintage:
        """Return a vintage by its name, or the one that was the newest on a day; the newest for None.

        Raises
        ------
        AbsentError
            There is no such vintage, or none was published by that day.
        """
        newest = self.current()
        if name is None or name == newest.name:
            return newest
        found = name if name.startswith("v") else self._as_known_on(name)
        if found == newest.name:
            return newest
        if found not in self.names():
            raise AbsentError(f"There is no vintage '{name}' in this store. The newest is {newest.name}.",
                             parameter="vintage")  # fmt: skip
        with self._lock:
            if found not in self._pinned:
                self._pinned[found] = open_vintage(self.folder / found)
                while len(self._pinned) > MOST_OPEN:
                    self._pinned.popitem(last=False)
            self._pinned.move_to_end(found)
            return self._pinned[found]

    def _as_known_on(self, day: str) -> str:
        known = [one["vintage"] for one in self.published() if one["published"] <= day]
        if not known:
            raise AbsentError(f"No vintage of this store was published by {day}.", parameter="vintage")
        return str(known[-1])

    def published(self) -> list[dict[str, str]]:
        """Return vintage, published (day) and data_until of every vintage, oldest first."""
        return [_published(self.folder / name) for name in self.names()]

    def forget(self, name: str) -> None:
        """Remove a vintage for ever: addresses that are pinned to it will say so; the newest cannot be removed."""
        if name not in self.names() or name == self.current().name:
            raise StoreError(f"'{name}' is not an older vintage of this store. Known: {', '.join(self.names())}.")
        with self.locked():
            shutil.rmtree(self.folder / name)
        with self._lock:
            self._pinned.pop(name, None)

    def has_vintage(self) -> bool:
        """Return whether anything has been published."""
        return (self.folder / CURRENT).is_symlink()

    def names(self) -> list[str]:
        """Return the names of the vintages, oldest first."""
        return sorted(path.name for path in self.folder.glob("v[0-9]*") if path.is_dir())

    def _target(self) -> str:
        try:
            return os.readlink(self._link)  # noqa: PTH115 — asked six times for one change of a filter
        except OSError:
            raise StoreError(
                f"The store {self.folder} holds no data yet. Run 'make demonstration', or 'python -m data ingest FILE'."
            ) from None

    def publish(self, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any]) -> Vintage:
        """Write a new vintage and make it the current one; the previous one stays for its readers."""
        with self.locked():
            return self.publish_locked(tables, details)

    def publish_locked(self, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any]) -> Vintage:
        """Publish while the caller holds ``locked``."""
        self._sweep()
        names = self.names()
        number = int(names[-1][1:]) + 1 if names else 1
        temporary = self.folder / f".tmp-{number}-{os.getpid()}"
        temporary.mkdir()
        try:
            _write_tables(temporary, tables, details, name=f"v{number:06d}")
            final = self.folder / f"v{number:06d}"
            temporary.rename(final)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        self._point_to(final)
        return open_vintage(final)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the writers' lock; a second writer waits."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / ".lock").open("a")
        except OSError as error:
            raise StoreError(f"The store {self.folder} cannot be written: {error.strerror}.") from error
        with handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _point_to(self, folder: Path) -> None:
        _flush(self.folder)
        link = self.folder / f".{CURRENT}-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name)
        link.replace(self.folder / CURRENT)
        _flush(self.folder)

    def _sweep(self) -> None:
        for left in self.folder.glob(".tmp-*"):
            shutil.rmtree(left, ignore_errors=True)


@lru_cache(maxsize=4096)
def _published(folder: Path) -> dict[str, str]:
    """Return vintage, published (day) and data_until of one vintage; a folder is never changed."""
    sources = pl.read_parquet(folder / "sources.parquet", columns=["retrieved", "last_date"])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    published = manifest.get("published") or str(sources["retrieved"].max() or "")
    return {"vintage": folder.name, "published": published, "data_until": str(sources["last_date"].max() or "")}


def _write_tables(folder: Path, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any], *, name: str) -> None:
    files: dict[str, Any] = {}
    summary: dict[str, Any] = {}
    for table in TABLES:
        rows = tables[table]
        if table in SORTED:
            rows = rows.sort(*SORTED[table], nulls_last=True, maintain_order=True)
        files |= _write_table(folder, table, rows)
        if table == "incidents":
            summary = summary_of(rows.lazy())
            for beside, counted in counted_files(rows, parse_summary(summary)).items():
                files |= _write_table(folder, beside, counted)
    published = date.today().isoformat()  # noqa: DTZ011 — the day as the reader's calendar has it
    stated = {"schema_version": SCHEMA_VERSION, "vintage": name, "published": published}
    manifest = {**stated, "files": files, "summary": summary, **details}
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    _flush(path)
    _flush(folder)


def _write_table(folder: Path, table: str, rows: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Write one file and return what the manifest says of it."""
    path = folder / f"{table}.parquet"
    rows.write_parquet(path, compression="zstd", row_group_size=ROW_GROUP, statistics=True)
    _flush(path)
    return {path.name: {"rows": rows.height, "bytes": path.stat().st_size, "sha256": sha256_of(path)}}


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_vintage(folder: Path) -> Vintage:
    """Return the vintage in ``folder`` after checking its manifest and every file's SHA-256."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise StoreError(f"{folder.name} has no readable manifest. Ingest the files again.") from None
    if manifest.get("schema_version") != SCHEMA_VERSION:
        raise StoreError(
            f"{folder.name} has schema version {manifest.get('schema_version')}, this program reads "
            f"{SCHEMA_VERSION}. Use the matching program or ingest the files again."
        )
    for problem in problems(folder, manifest):
        raise StoreError(f"{problem} Ingest the files again.")
    return Vintage(name=folder.name, folder=folder, manifest=manifest)


def problems(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each file that is absent, altered or of another schema."""
    found = []
    for table in TABLES:
        path, stated = folder / f"{table}.parquet", manifest["files"].get(f"{table}.parquet")
        if stated is None or not path.is_file():
            found.append(f"{folder.name}/{table}.parquet is missing.")
        elif sha256_of(path) != stated["sha256"]:
            found.append(f"{folder.name}/{table}.parquet does not match its SHA-256: it was altered or damaged.")
        elif pl.read_parquet_schema(path) != dict(polars_schema(table)):
            found.append(f"{folder.name}/{table}.parquet has other columns than the schema.")
    for name in sorted(manifest["files"].keys() - {f"{table}.parquet" for table in TABLES}):
        path = folder / Path(name).name
        if not path.is_file() or sha256_of(path) != manifest["files"][name]["sha256"]:
            found.append(f"{folder.name}/{path.name} is missing or does not match its SHA-256.")
    return found
