"""Back to an earlier state, and a damaged store made whole from a copy of it; a good vintage is never overwritten."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from data.model.answers import Answer
from data.model.errors import StoreError
from data.model.notices import say
from data.store.copies import check_of_one_store, is_known_otherwise, take, take_beside
from data.store.history import add_line, history_with, latest_publication
from data.store.opening import whole_vintage
from data.store.pointer import stated_name
from data.store.sensitivity import said_in
from data.store.store import Store
from data.store.vintage import Vintage
from data.store.vintage_files import write_again


class RolledBack(Answer, frozen=True, kw_only=True):
    """The new vintage, the one it states again, and the one that was in use."""

    vintage: str
    restored: str
    undone: str
    reason: str | None


class Restored(Answer, frozen=True, kw_only=True):
    """Which vintages were taken from a copy, which were whole here, which are whole nowhere; and what is in use now."""

    taken: list[str]
    kept: list[str]
    not_mended: list[str]
    newest: str


def roll_back(store: Store, name: str | None, *, reason: str | None) -> RolledBack:
    """Publish an earlier vintage again, as a new one; without a name, the newest whole one before that in use.

    What was said last of how sensitive a data set is holds on (RULES 9).

    Raises
    ------
    StoreError
        There is no such vintage, it is damaged, or it is the one in use, and that not in place of a lost one.
    """
    with store.locked():
        store.verify_again()
        lost = store.lost()
        undone = (lost and lost.vintage) or store.newest_name()
        asked = whole_vintage(store.folder / name) if name and name in store.names() else None
        again = asked if name else _whole_before(store, undone)
        if again is None or again.name == undone:
            known = ", ".join(one for one in store.names() if one != undone) or "none"
            raise StoreError(say("store.no_way_back", name=name or undone, known=known))
        history = _log_with(store, {"command": "rollback", "restored": again.name, "undone": undone, "reason": reason})
        said = said_in(store.folder).last
        made = store.publish_written(
            lambda folder, new: write_again(folder, again, name=new, history=history(new), said=said)
        )
    return RolledBack(vintage=made.name, restored=again.name, undone=undone, reason=reason)


def _log_with(store: Store, entry: dict[str, Any]) -> Callable[[str], list[Mapping[str, Any]]]:
    """Return the log up to a new entry, given the name of its vintage: it goes on from the newest that can be read."""
    latest = latest_publication(store.folder, entry["undone"])
    after, earlier = (entry["restored"], ()) if latest is None else (latest[0], latest[1].history)
    return lambda new: history_with(earlier, {**entry, "vintage": new}, after=after)


def _whole_before(store: Store, name: str) -> Vintage | None:
    """Return the newest whole vintage before one, of those that were published."""
    earlier = [one for one in store.names() if one < name and one not in store.unpublished()]
    return next((found for one in reversed(earlier) if (found := whole_vintage(store.folder / one))), None)


def restore(store: Store, copy: Path) -> Restored:
    """Mend a store from a backup or another copy of it: what is damaged or missing here and whole there is taken.

    The journal, alerts and whatever else stands beside the vintages are taken where they are missing here.

    Raises
    ------
    StoreError
        The copy is no store or that of another one, or no vintage is whole in either.
    """
    backup = Store(copy)
    if not backup.names() or copy.resolve() == store.folder.resolve():
        raise StoreError(say("store.no_copy", folder=copy))
    taken, kept, lacking = [], [], []
    with store.locked():
        store.verify_again()
        check_of_one_store(store.folder, copy)
        for name in sorted({*store.names(), *backup.names()}):
            if whole_vintage(store.folder / name):
                kept.append(name)
            elif (found := whole_vintage(copy / name)) and not is_known_otherwise(store.folder, found):
                take(found, store.folder)
                taken.append(name)
            else:
                lacking.append(name)
        newest = _point_again(store, [*kept, *taken])
        beside = take_beside(copy, store.folder, over=False)
        said = {"taken": taken, "not_mended": lacking, "beside": beside}
        add_line(store.folder, {"command": "restore", "after": newest, **said})
    return Restored(taken=taken, kept=kept, not_mended=lacking, newest=newest)


def _point_again(store: Store, whole: list[str]) -> str:
    """Let CURRENT name what it named, if that is whole now; where it is lost, the newest whole vintage."""
    stated = stated_name(store.folder)
    if stated in whole:
        return str(stated)
    if not whole:
        raise StoreError(say("store.none_whole"))
    newest = max(whole)
    if stated is None:
        store.point_to(store.folder / newest)
        return newest
    raise StoreError(say("store.in_use_lost", name=stated, newest=newest))
