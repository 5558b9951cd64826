"""The store: immutable vintages, published by one atomic rename, verified by their checksums.

``STORE/v000001/`` holds the tables as Parquet and ``manifest.json`` (rows, sums, SHA-256 of every file);
incidents are sorted by source, then by cell, so that a query on one source and one view reads its own row groups;
no vintage is ever removed by itself, as an address may be pinned to it (``forget`` does, when a person asks);
``STORE/CURRENT`` is a link to the vintage in use. A reader resolves it once per request and keeps its
folder; a writer holds a lock, writes beside, flushes, renames, and then replaces the link.
"""

import json
import os
import re
import shutil
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, Final

import polars as pl

from data.model.caches import CACHES
from data.model.days import today
from data.model.errors import AbsentError, StoreError
from data.model.notices import say
from data.model.schema import READABLE, SCHEMA_VERSION, TABLES
from data.store.counted_files import counted_files
from data.store.disk import flush, locked, point, pointed, refused_by, sha256_of
from data.store.history import add_line, lost_newest, manifest_in, unpublished
from data.store.publication import published_if_whole
from data.store.reconcile import BESIDE
from data.store.summary import parse_summary, summary_of
from data.store.verify import problems
from data.store.vintage import Vintage
from data.store.vintage_ref import NAME, Published, as_known_on, is_name, next_number, vintage_folders, vintage_name

CURRENT: Final = "CURRENT"
MOST_OPEN: Final = 3  # pinned vintages that are held in memory at once
ROW_GROUP: Final = 65_536
IN_MEMORY: Final = 14  # a vintage's bytes in memory for each on disk; a test measures it
SORTED: Final = {"incidents": ("source", "cell", "record_id"), "counts": ("unit", "route", "date_from")}


class Store:
    """A folder of vintages. ``current`` is safe to call from any thread, at any moment."""

    kept_bytes: Final = 0  # held by the app, not by what is kept about it
    by_tier: ClassVar[bool] = False  # whether each reader sees it by tier (RULES 9)

    def __init__(self, folder: Path) -> None:
        """Name the folder; it need not exist before the first publish."""
        self._folder = folder
        self._lock = Lock()
        self._opened: Vintage | None = None
        self._pinned: OrderedDict[str, Vintage] = OrderedDict()

    @property
    def folder(self) -> Path:
        """Return the folder of the vintages."""
        return self._folder

    def current(self) -> Vintage:
        """Return the vintage in use, verified when first opened; raise StoreError where there is none."""
        name = self._target()
        with self._lock:
            if self._opened is None or self._opened.name != name:
                _forget_about(self._opened)
                self._opened = open_vintage(self.folder / name)
            return self._opened

    def open(self, name: str | None) -> Vintage:
        """Return a vintage by its name, or the one that was the newest on a day; the newest for None.

        Raises
        ------
        AbsentError
            There is no such vintage, or none was published by that day.
        """
        newest = self._target()  # it may be damaged: the others are served all the same
        found = newest if name is None else name if is_name(name) else self._as_known_on(name)
        if found == newest:
            return self.current()
        if found not in self.names():
            raise AbsentError(say("store.absent", name=name, newest=newest), parameter="vintage")
        with self._lock:
            if found not in self._pinned:
                self._pinned[found] = open_vintage(self.folder / found)
                while len(self._pinned) > MOST_OPEN:
                    _forget_about(self._pinned.popitem(last=False)[1])
            self._pinned.move_to_end(found)
            return self._pinned[found]

    def _as_known_on(self, day: str) -> str:
        known = as_known_on(day, self.published())
        if known is None:
            raise AbsentError(say("store.none_by", day=day), parameter="vintage")
        return known

    def published(self) -> list[Published]:
        """Return of every vintage when it was published and until when its data is, oldest first; not of a torn one."""
        never = {name for name in self.unpublished() if manifest_in(self.folder / name) is not None}
        found = (
            published_if_whole(self.folder / name, by_tier=self.by_tier) for name in self.names() if name not in never
        )
        return [one for one in found if one is not None]

    def forget(self, name: str) -> None:
        """Remove a vintage for ever: addresses that are pinned to it will say so; the newest cannot be removed."""
        with self.locked():
            if name not in self.names() or name == self.newest_name():
                raise StoreError(say("store.not_older", name=name, known=", ".join(self.names())))
            shutil.rmtree(self.folder / name)
            add_line(self.folder, {"command": "forget", "forgot": name, "after": self.newest_name()})
        with self._lock:
            _forget_about(self._pinned.pop(name, None))

    def has_vintage(self) -> bool:
        """Return whether anything has been published; a store that lost its CURRENT is not empty."""
        return os.path.lexists(self.folder / CURRENT) or bool(self.names())

    def names(self) -> list[str]:
        """Return the names of the vintages, oldest first."""
        return [path.name for path in vintage_folders(self.folder)]

    def unpublished(self) -> set[str]:
        """Return the vintages that a killed writer left whole but never let CURRENT name; they stay until forgotten."""
        try:
            return unpublished(self.folder, self._target())
        except StoreError:
            return set()

    def newest_name(self) -> str:
        """Return the name of the vintage in use: where CURRENT is lost, the newest with a readable manifest."""
        return self._target()

    def base(self) -> Vintage | None:
        """Return the vintage that an ingest builds on, None for an empty store; raise StoreError where it is lost.

        A person brings it back (``restore``) or decides to go on without its people (``rollback``).
        """
        if not self.has_vintage():
            return None
        found = self.current()
        if newest := self.lost_newest():
            raise StoreError(say("store.newest_lost", newest=newest, vintage=found.name))
        return found

    def lost_newest(self) -> str | None:
        """Return the newest vintage, where it is lost or torn and an older one is in use in its place."""
        return lost_newest(self.folder, self.stated_name(), self._target())

    def stated_name(self) -> str | None:
        """Return what CURRENT names, be it there or not; None where CURRENT is lost or names no vintage."""
        try:
            name = pointed(os.fspath(self.folder / CURRENT))
        except OSError:
            return None
        return name if re.fullmatch(NAME, name) else None

    def _target(self) -> str:
        stated = self.stated_name()
        if stated is not None and Path(self.folder, stated).is_dir():
            return stated
        names = self.names()
        for name in reversed(names):
            if manifest_in(self.folder / name) is not None:
                return name
        if names or stated is not None:
            raise StoreError(say("store.lost", folder=self.folder))
        raise StoreError(say("store.empty", folder=self.folder))

    def publish(self, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any]) -> Vintage:
        """Write a new vintage and make it the current one; the previous one stays for its readers."""
        with self.locked():
            return self.publish_locked(tables, details)

    def publish_locked(self, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any]) -> Vintage:
        """Publish while the caller holds ``locked``."""
        return self.publish_written(lambda folder, name: _write_tables(folder, tables, details, name=name))

    def publish_written(self, write: Callable[[Path, str], None]) -> Vintage:
        """Publish what ``write`` puts into a folder, under a name, while the caller holds ``locked``."""
        name = self.next_name()
        temporary, final = self.folder / f".tmp-{name}-{os.getpid()}", self.folder / name
        try:
            self._sweep()
            temporary.mkdir()
            write(temporary, name)
            temporary.rename(final)
            self.point_to(final)
        except BaseException as error:
            told = refused_by(temporary) if isinstance(error, pl.exceptions.PolarsError) else error
            for left in (temporary, *([] if self.stated_name() == name else [final])):
                shutil.rmtree(left, ignore_errors=True)
            if isinstance(error, OSError | pl.exceptions.PolarsError):
                raise self._not_written(told or error) from error
            raise
        return open_vintage(final)

    def _not_written(self, error: BaseException) -> StoreError:
        why = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        return StoreError(say("store.not_written", folder=self.folder, why=why))

    def next_name(self) -> str:
        """Return the next vintage's name; that of a lost one is not given again, as addresses may be pinned to it."""
        stated = self.stated_name()
        return vintage_name(next_number(sorted({*self.names(), *([stated] if stated else [])})))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the writers' lock; a second writer waits. What the disk refuses is told in a sentence."""
        try:
            with locked(self.folder):
                yield
        except OSError as error:
            raise self._not_written(error) from error

    def point_to(self, folder: Path) -> None:
        """Let CURRENT name a vintage, its folder first on the disk; the caller holds ``locked``."""
        flush(self.folder)
        point(self.folder / CURRENT, folder.name)
        flush(self.folder)

    def _sweep(self) -> None:
        """Remove what killed writers left."""
        for left in self.folder.glob(".tmp-*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in self.folder.glob(f".{CURRENT}-*"):
            left.unlink(missing_ok=True)


def _forget_about(vintage: Vintage | None) -> None:
    for one in vintage.with_views() if vintage else ():
        CACHES.drop(about=one)


def _write_tables(folder: Path, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any], *, name: str) -> None:
    files: dict[str, Any] = {}
    summary: dict[str, Any] = {}
    for table in TABLES:
        rows = tables[table]
        if table in SORTED:
            rows = rows.sort(*SORTED[table], nulls_last=True, maintain_order=True)
        files |= _write_table(folder, table, rows)
        if table in BESIDE and BESIDE[table] in tables:
            files |= _write_table(folder, BESIDE[table], tables[BESIDE[table]])
        if table == "incidents":
            summary = summary_of(rows.lazy())
            for beside, counted in counted_files(rows, parse_summary(summary)).items():
                files |= _write_table(folder, beside, counted)
    published = today().isoformat()
    stated = {"schema_version": SCHEMA_VERSION, "vintage": name, "published": published}
    manifest = {**stated, "files": files, "summary": summary, **details}
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    flush(path)
    flush(folder)


def _write_table(folder: Path, table: str, rows: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Write one file and return what the manifest says of it."""
    path = folder / f"{table}.parquet"
    rows.write_parquet(path, compression="zstd", row_group_size=ROW_GROUP, statistics=True)
    flush(path)
    return {path.name: {"rows": rows.height, "bytes": path.stat().st_size, "sha256": sha256_of(path)}}


def open_vintage(folder: Path) -> Vintage:
    """Return the vintage in ``folder`` after checking its manifest and every file's SHA-256."""
    manifest = manifest_in(folder)
    if manifest is None:
        raise StoreError(say("store.no_manifest", vintage=folder.name))
    version = manifest.get("schema_version")
    if version not in READABLE:
        is_newer = isinstance(version, int) and version > SCHEMA_VERSION
        key = "store.newer_schema" if is_newer else "store.other_schema"
        raise StoreError(say(key, vintage=folder.name, found=str(version), readable=READABLE))
    for problem in problems(folder, manifest):
        raise StoreError(say("store.damaged", problem=problem))
    return Vintage(name=folder.name, folder=folder, manifest=manifest)


def open_older(folder: Path, *, beside: Vintage) -> Vintage | None:
    """Return an older vintage as the reader of another sees it; None where it is damaged or gone."""
    found = _whole_older(folder)
    return None if found is None else found.seen_by(beside.role, today=beside.today or today())


def _whole_older(folder: Path) -> Vintage | None:
    """Return an older vintage, kept with what its tables come to hold."""
    found: Vintage | None = CACHES.get((open_older, folder))
    if found is not None:
        return found
    try:
        vintage = open_vintage(folder)
    except StoreError:
        return None
    on_disk = sum(one["bytes"] for one in vintage.manifest["files"].values())
    CACHES.keep((open_older, folder), vintage, size=IN_MEMORY * on_disk)
    return vintage
