"""Back to an earlier state, and a damaged store made whole from a copy of it; a good vintage is never overwritten."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from data.model.answers import Answer
from data.model.errors import StoreError
from data.model.notices import say
from data.store.copies import check_of_one_store, is_known_otherwise, take, take_beside
from data.store.history import add_line, history_with, latest_publication
from data.store.in_use import newest_name_in
from data.store.opening import whole_vintage
from data.store.pointer import stated_name
from data.store.sensitivity import said_in
from data.store.store import Store
from data.store.unfinished import mark, marked
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


def point_to_newest(store: Store) -> Restored:
    """Let CURRENT name the newest vintage that was published, without a copy; nothing else is changed.

    Raises
    ------
    StoreError
        That vintage, or every one, is damaged or missing.
    """
    with store.locked():
        store.verify_again()
        kept = [name for name in store.names() if whole_vintage(store.folder / name)]
        lacking = [name for name in store.names() if name not in kept]
        before, newest = stated_name(store.folder), _point_again(store, kept, without_copy=True)
        add_line(store.folder, {"command": "restore", "after": newest, "current_was": before})
    return Restored(taken=[], kept=kept, not_mended=lacking, newest=newest)


def restore(store: Store, copy: Path) -> Restored:
    """Mend a store from a backup or another copy of it: what is damaged or missing here and whole there is taken.

    The journal, alerts and whatever else stands beside the vintages are taken where they are missing here. What was
    never published there is not published here.

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
                if name not in store.names() and name in marked(copy) and name in backup.unpublished():
                    mark(store.folder, name)
                take(found, store.folder)
                taken.append(name)
            else:
                lacking.append(name)
        newest = _point_again(store, [*kept, *taken])
        beside = take_beside(copy, store.folder, over=False)
        said = {"taken": taken, "not_mended": lacking, "beside": beside}
        add_line(store.folder, {"command": "restore", "after": newest, **said})
    return Restored(taken=taken, kept=kept, not_mended=lacking, newest=newest)


def _point_again(store: Store, whole: list[str], *, without_copy: bool = False) -> str:
    """Let CURRENT name the newest that was published, if it is whole; where CURRENT is lost, the newest whole one."""
    if not whole:
        raise StoreError(say("store.none_whole"))
    stated, newest = stated_name(store.folder), newest_name_in(store.folder)
    never = store.unpublished()
    served = max([name for name in whole if name not in never] or whole)
    if newest != served and stated is not None:
        if without_copy:
            raise StoreError(say("store.newest_lost", newest=newest, vintage=served))
        raise StoreError(say("store.in_use_lost", name=newest, newest=served))
    if stated != served:
        store.point_to(store.folder / served)
    return served
