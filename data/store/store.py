"""The store: immutable vintages, published by one atomic rename, verified by their checksums.

``STORE/v000001/`` holds the tables as Parquet, ``manifest.json`` (rows, sums, SHA-256 of every file) and
``publication.jsonl`` (days, log, SHA-256 of the manifest); no vintage is removed by itself, as an address may be pinned
to it; ``STORE/CURRENT`` is a link to the vintage in use. A reader resolves it once per request and keeps its folder; a
writer holds a lock, writes beside, flushes, renames, and then replaces the link. Where what CURRENT names is lost,
damaged or not the newest, readers get the newest whole vintage, and writers are refused until a person has decided.
"""

import math
import os
import shutil
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, Final

import polars as pl

from data.model.errors import AbsentError, StoreError
from data.model.notices import say
from data.store.disk import flush, locked, point, refused_by
from data.store.history import add_line, forgotten, latest_publication, unpublished
from data.store.in_use import InUse, Lost, find_in_use, look_of, mark_of, newest_name_in
from data.store.opening import forget_about, open_vintage
from data.store.pointer import CURRENT, stated_name
from data.store.publication import Entries, manifest_in
from data.store.published import published_if_whole
from data.store.unfinished import mark, unmark
from data.store.verify import looks_in
from data.store.vintage import Vintage
from data.store.vintage_files import sweep, write_tables
from data.store.vintage_ref import Published, as_known_on, is_name, next_number, vintage_folders, vintage_name

VERIFY_AFTER: Final = 60  # seconds between two verifications that failing queries may cause
MOST_OPEN: Final = 3  # pinned vintages that are held in memory at once


class Store:
    """A folder of vintages. ``current`` is safe to call from any thread, at any moment."""

    kept_bytes: Final = 0  # held by the app, not by what is kept about it
    by_tier: ClassVar[bool] = False  # whether each reader sees it by tier (RULES 9)

    def __init__(self, folder: Path, *, tell: Callable[[str], object] = lambda _: None) -> None:
        """Name the folder, which need not exist yet; ``tell`` gets the sentence when what is in use is found lost."""
        self._folder = folder
        self._tell = tell
        self._lock = Lock()
        self._in_use: InUse | None = None
        self._doubted = -math.inf
        self._pinned: OrderedDict[str, Vintage] = OrderedDict()
        self._refused: dict[str, tuple[object, str]] = {}  # damaged vintages by name: how they look, and the sentence

    @property
    def folder(self) -> Path:
        """Return the folder of the vintages."""
        return self._folder

    def current(self) -> Vintage:
        """Return the vintage in use, verified when first opened; raise StoreError where there is none.

        It is the newest whole one where the newest is lost or damaged; ``lost`` says so.
        """
        found = self._found()
        if found.vintage is None:
            raise StoreError(found.error)
        return found.vintage

    def lost(self) -> Lost | None:
        """Return why what is in use is not what CURRENT names and the newest; None where it is, or there is none."""
        return self._found().lost

    def verify_again(self) -> None:
        """Let the next reader verify all files anew: a query has failed, or something is to be built on them."""
        with self._lock:
            self._in_use = None
            self._refused.clear()
            for vintage in self._pinned.values():
                forget_about(vintage)
            self._pinned.clear()

    def doubt(self) -> None:
        """Let the next reader verify all files anew, now and then: a query has failed, maybe on a damaged file."""
        now = time.monotonic()
        if now - self._doubted >= VERIFY_AFTER:
            self._doubted = now
            self.verify_again()

    def _found(self) -> InUse:
        with self._lock:
            kept = self._in_use
            is_broken = kept is not None and kept.vintage is not None and kept.vintage.is_broken
            if kept is None or is_broken or look_of(self.folder, kept.watched) != kept.look:
                self._in_use = found = find_in_use(self.folder)
                forget_about(kept.vintage if kept else None)
                if found.lost is not None and not (kept and kept.lost and kept.lost.words == found.lost.words):
                    self._tell(found.lost.words)
                return found
            return kept

    def state(self) -> str | None:
        """Return what changes whenever another vintage comes into use; None where there is none."""
        return self._found().state

    def state_at_hand(self) -> str | None:
        """Return the same, but None where a vintage would have to be opened first: nothing is read but the link."""
        kept = self._in_use
        is_old = kept is None or look_of(self.folder, kept.watched) != kept.look
        return None if kept is None or is_old else kept.state

    def may_tell_again(self) -> bool:
        """Return whether what was answered before the store last changed may be told while it is busy."""
        return True

    def mark(self) -> str:
        """Return what changes whenever a vintage comes or goes, or an alert is made or released."""
        return mark_of(self.folder)

    def open(self, name: str | None) -> Vintage:
        """Return a vintage by its name, or the one that was the newest on a day; the one in use for None.

        What is asked for by name or day is never answered from another vintage.

        Raises
        ------
        AbsentError
            There is no such vintage, or none was published by that day.
        StoreError
            It is damaged, or a damaged one may be what was known on that day.
        """
        if name is None:
            return self.current()
        in_use = self._found().vintage
        found = name if is_name(name) else self._as_known_on(name)
        if in_use is not None and found == in_use.name:
            return in_use
        if found not in self.names():
            newest = in_use.name if in_use else stated_name(self.folder)
            raise AbsentError(say("store.absent", name=name, newest=newest or ""), parameter="vintage")
        with self._lock:
            return self._open_pinned(found)

    def _open_pinned(self, name: str) -> Vintage:
        kept = self._pinned.get(name)
        if kept is None or kept.is_broken:
            forget_about(self._pinned.pop(name, None))
            self._pinned[name] = self._open_or_refuse(name)
            while len(self._pinned) > MOST_OPEN:
                forget_about(self._pinned.popitem(last=False)[1])
        self._pinned.move_to_end(name)
        return self._pinned[name]

    def _open_or_refuse(self, name: str) -> Vintage:
        """Return a vintage; one that was found damaged is not read again until its files look otherwise."""
        look = looks_in(self.folder / name)
        seen, sentence = self._refused.get(name, (None, ""))
        if seen == look:
            raise StoreError(sentence)
        try:
            return open_vintage(self.folder / name)
        except StoreError as error:
            self._refused[name] = (look, str(error))
            raise

    def _as_known_on(self, day: str) -> str:
        listed = self.published()
        known = as_known_on(day, listed)
        unclear = [name for name in self._torn(day, {one.vintage for one in listed}) if name > (known or "")]
        if unclear:
            raise StoreError(say("store.unclear_day", day=day, vintage=unclear[-1]))
        if known is None:
            raise AbsentError(say("store.none_by", day=day), parameter="vintage")
        return known

    def _torn(self, day: str, listed: set[str]) -> list[str]:
        """Return the vintages whose days cannot be read and that the log does not say to be of a later day."""
        stated, newest = stated_name(self.folder), newest_name_in(self.folder)
        latest = latest_publication(self.folder, newest) if newest else None
        entries = latest[1].history if latest else ()
        days = {one["vintage"]: str(one.get("published", "")) for one in entries}
        there = {*self.names(), *([stated] if stated else [])} - listed - self.unpublished()
        return sorted(name for name in there if days.get(name, "") <= day)

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
            if name not in self.names() or name in (self.newest_name(), stated_name(self.folder)):
                raise StoreError(say("store.not_older", name=name, known=", ".join(self.names())))
            shutil.rmtree(self.folder / name)
            unmark(self.folder, name)
            add_line(self.folder, {"command": "forget", "forgot": name, "after": self.newest_name()})
        with self._lock:
            forget_about(self._pinned.pop(name, None))

    def has_vintage(self) -> bool:
        """Return whether anything has been published; a store that lost its CURRENT is not empty."""
        return os.path.lexists(self.folder / CURRENT) or bool(self.names())

    def names(self) -> list[str]:
        """Return the names of the vintages, oldest first."""
        return [path.name for path in vintage_folders(self.folder)]

    def unpublished(self) -> set[str]:
        """Return the vintages that a killed writer left whole but never let CURRENT name; they stay until forgotten."""
        return unpublished(self.folder, newest) if (newest := newest_name_in(self.folder)) else set()

    def newest_name(self) -> str:
        """Return the name of the vintage in use: the newest whole one where what CURRENT names is lost or damaged."""
        return self.current().name

    def base(self) -> Vintage | None:
        """Return the vintage that an ingest builds on, verified now, None for an empty store.

        Raises
        ------
        StoreError
            The newest is lost or damaged, or CURRENT names an older one; ``refusal`` names the ways back.
        """
        if not self.has_vintage():
            return None
        self.verify_again()
        if (lost := self.lost()) is not None and lost.is_in_doubt:
            raise StoreError(lost.refusal)
        return self.current()

    def publish(
        self, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any], *, history: Entries = ()
    ) -> Vintage:
        """Write a new vintage and make it the current one; the previous one stays for its readers."""
        with self.locked():
            return self.publish_locked(tables, details, history=history)

    def publish_locked(
        self, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any], *, history: Entries
    ) -> Vintage:
        """Publish while the caller holds ``locked``; ``history`` is the log up to this vintage's own entry."""
        return self.publish_written(
            lambda folder, name: write_tables(folder, tables, details, name=name, history=history)
        )

    def publish_written(self, write: Callable[[Path, str], None]) -> Vintage:
        """Publish what ``write`` puts into a folder, under a name, while the caller holds ``locked``."""
        name = self.next_name()
        temporary, final = self.folder / f".tmp-{name}-{os.getpid()}", self.folder / name
        try:
            sweep(self.folder, stated_name(self.folder))
            temporary.mkdir()
            write(temporary, name)
            open_vintage(temporary)  # what the disk holds is what was written
            mark(self.folder, name)
            temporary.rename(final)
            self.point_to(final)
            unmark(self.folder, name)
        except BaseException as error:
            told = refused_by(temporary) if isinstance(error, pl.exceptions.PolarsError) else error
            for left in (temporary, *([] if stated_name(self.folder) == name else [final])):
                shutil.rmtree(left, ignore_errors=True)
            if isinstance(error, OSError | pl.exceptions.PolarsError):
                raise self._not_written(told or error) from error
            raise
        return open_vintage(final)

    def _not_written(self, error: BaseException) -> StoreError:
        why = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        return StoreError(say("store.not_written", folder=self.folder, why=why))

    def next_name(self) -> str:
        """Return the next vintage's name; none that was lost or forgotten is given again, for pinned addresses."""
        stated = stated_name(self.folder)
        given = {*self.names(), *forgotten(self.folder), *([stated] if stated else [])}
        return vintage_name(next_number(sorted(given)))

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
