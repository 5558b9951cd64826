"""Which vintage is in use: the one that CURRENT names; where that is lost or damaged, the newest whole one, and why."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.model.errors import StoreError
from data.model.notices import say
from data.store.history import newest_published, unpublished
from data.store.opening import DamagedError, open_vintage
from data.store.pointer import stated_name
from data.store.verify import looks_in
from data.store.vintage import Vintage
from data.store.vintage_ref import vintage_folders


@dataclass(frozen=True)
class Lost:
    """Why the vintage in use is not what CURRENT names."""

    vintage: str | None  # the newest, lost or damaged; None: CURRENT alone is lost
    served: str  # the newest whole one, in its place
    problem: str  # what is wrong, in a sentence
    since: datetime  # when this process noticed it, UTC
    behind: str | None = None  # what CURRENT names, though ``served`` is newer

    @property
    def is_in_doubt(self) -> bool:
        """Return whether the newest data may not be what is served: nothing is built on it until a person decides."""
        return self.vintage is not None or self.behind is not None

    @property
    def refusal(self) -> str:
        """Return why nothing is published on it, with the ways back."""
        if self.vintage is None:
            return self.words
        return say("store.newest_lost", newest=self.vintage, vintage=self.served)

    @property
    def words(self) -> str:
        """Return it with the ways back, for those who keep the store."""
        if self.vintage is None:
            way = f" {say('store.health.way.point_again', served=self.served)}" if self.behind else ""
            return f"{self.problem}{way}"
        told = say("store.health.fallback", lost=self.vintage, served=self.served, problem=self.problem)
        return f"{told} {say('store.health.way.restore_or_back', vintage=self.served)}"


@dataclass(frozen=True)
class InUse:
    """The vintage in use, and what is wrong; without a vintage, why there is none."""

    vintage: Vintage | None
    lost: Lost | None
    error: str
    watched: str | None  # the vintage whose files are looked at again, as what is wrong may be mended there
    look: tuple[object, ...]

    @property
    def state(self) -> str | None:
        """Return what changes whenever another vintage comes into use, or why; None where there is none."""
        if self.vintage is None:
            return None
        return self.vintage.name if self.lost is None else f"{self.vintage.name} {self.lost.words}"


def newest_name_in(store: Path) -> str | None:
    """Return the newest name that was published, be it there and whole or not; None in an empty store."""
    return newest_published(store, stated_name(store), [path.name for path in vintage_folders(store)])


def look_of(store: Path, watched: str | None) -> tuple[object, ...]:
    """Return what shows, without reading a file, that another vintage may be in use now."""
    stated = stated_name(store)
    seen: list[object] = [stated, _place(store / stated) if stated else None]
    if watched is not None:
        seen += [_place(store), looks_in(store / watched)]
    return tuple(seen)


def mark_of(store: Path) -> str:
    """Return what changes whenever a vintage comes or goes, or an alert is made or released."""
    try:
        with os.scandir(store / "alerts") as entries:
            found = sorted((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in entries)
    except OSError:
        found = []
    return repr((os.stat(store).st_mtime_ns, found))  # noqa: PTH116 — asked for each request


def _place(folder: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(folder)  # noqa: PTH116 — read six times for one change of a filter
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def find_in_use(store: Path) -> InUse:
    """Return the vintage in use after verifying it: the newest whole one of those that were published."""
    place, plain = _place(store), look_of(store, None)  # before all else: what changes meanwhile shows at the next look
    stated, names = stated_name(store), [path.name for path in vintage_folders(store)]
    newest = newest_published(store, stated, names)
    if newest != stated is not None and stated_name(store) != stated:
        return find_in_use(store)  # a writer published meanwhile: its mark is gone, and CURRENT was read before
    if newest is None:
        return InUse(None, None, say("store.empty", folder=store), None, ())  # no look is like it: it is not kept
    look = (*plain, place, looks_in(store / newest))
    why: StoreError | None = None
    if newest not in names:
        why = DamagedError(say("store.problem.stated_absent", vintage=newest))
    never = unpublished(store, newest)
    for name in (one for one in reversed(names) if one <= newest and one not in never):
        try:
            found = open_vintage(store / name)
        except StoreError as error:
            why = why or error
            continue
        if stated == name == newest:
            return InUse(found, None, "", None, plain)
        return InUse(found, _lost(stated, newest, found.name, why), "", newest, look)
    return InUse(None, None, _nothing_whole(store, names, why), newest, look)


def _lost(stated: str | None, newest: str, served: str, why: StoreError | None) -> Lost:
    if why is None and stated is not None:
        problem = say("store.problem.current_behind", stated=stated, served=served)
        return Lost(None, served, problem, datetime.now(tz=UTC), behind=stated)
    if why is None:
        return Lost(None, served, say("store.problem.current_lost", vintage=served), datetime.now(tz=UTC))
    return Lost(newest, served, why.problem if isinstance(why, DamagedError) else str(why), datetime.now(tz=UTC))


def _nothing_whole(store: Path, names: list[str], why: StoreError | None) -> str:
    """Return why there is no vintage: of a store of one, what is wrong with that."""
    return str(why) if why and len(names) == 1 else say("store.lost", folder=store)
