"""Back to an earlier state, and a damaged store made whole from a copy of it; a good vintage is never overwritten."""

import json
import os
import shutil
from pathlib import Path
from typing import Any, Final

from data.model.answers import Answer
from data.model.days import today
from data.model.errors import StoreError
from data.model.notices import say
from data.store.disk import flush
from data.store.history import add_line, history_with, manifest_in
from data.store.store import Store, open_vintage
from data.store.vintage import Vintage


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

    Raises
    ------
    StoreError
        There is no such vintage, it is damaged, or it is the one in use, and that not in place of a lost one.
    """
    with store.locked():
        undone = store.lost_newest() or store.newest_name()
        asked = _whole(store.folder / name) if name and name in store.names() else None
        again = asked if name else _whole_before(store, undone)
        if again is None or again.name == undone:
            known = ", ".join(one for one in store.names() if one != undone) or "none"
            raise StoreError(say("store.no_way_back", name=name or undone, known=known))
        entry = {"command": "rollback", "restored": again.name, "undone": undone, "reason": reason}
        manifests = (manifest_in(store.folder / one) for one in reversed(store.names()) if one <= undone)
        known_base = next((found for found in manifests if found is not None), again.manifest)

        def write(folder: Path, new: str) -> None:
            manifest = again.manifest | {"vintage": new, "published": today().isoformat()}
            manifest |= {"history": history_with(known_base, {**entry, "vintage": new})}
            _copy_tables(again.folder, folder, manifest)

        made = store.publish_written(write)
    return RolledBack(vintage=made.name, restored=again.name, undone=undone, reason=reason)


def _whole_before(store: Store, name: str) -> Vintage | None:
    """Return the newest whole vintage before one, of those that were published."""
    earlier = [one for one in store.names() if one < name and one not in store.unpublished()]
    return next((found for one in reversed(earlier) if (found := _whole(store.folder / one))), None)


def _whole(folder: Path) -> Vintage | None:
    try:
        return open_vintage(folder)
    except StoreError:
        return None


def _copy_tables(source: Path, folder: Path, manifest: dict[str, Any]) -> None:
    for name in manifest["files"]:
        shutil.copyfile(source / Path(name).name, folder / Path(name).name)
        flush(folder / Path(name).name)
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    flush(path)
    flush(folder)


DAMAGED: Final = ".damaged-"  # what stood in the place of a vintage that was mended is put aside under this name


def restore(store: Store, copy: Path) -> Restored:
    """Mend a store from a copy of it: vintages that are damaged or missing here and whole there are taken.

    Raises
    ------
    StoreError
        The copy is no store, or no vintage is whole in either.
    """
    backup = Store(copy)
    if not backup.names() or copy.resolve() == store.folder.resolve():
        raise StoreError(say("store.no_copy", folder=copy))
    taken, kept, lacking = [], [], []
    with store.locked():
        for name in sorted({*store.names(), *backup.names()}):
            if _whole(store.folder / name):
                kept.append(name)
            elif _whole(backup.folder / name):
                _take(store, backup.folder / name)
                taken.append(name)
            else:
                lacking.append(name)
        newest = _point_again(store, [*kept, *taken])
        add_line(store.folder, {"command": "restore", "after": newest, "taken": taken, "not_mended": lacking})
    return Restored(taken=taken, kept=kept, not_mended=lacking, newest=newest)


def _take(store: Store, source: Path) -> None:
    """Copy one whole vintage beside, then put it in its place by a rename; what stood there is put aside."""
    temporary = store.folder / f".tmp-{source.name}-{os.getpid()}"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    _copy_tables(source, temporary, open_vintage(source).manifest)
    shutil.copyfile(source / "manifest.json", temporary / "manifest.json")
    flush(temporary / "manifest.json")
    final = store.folder / source.name
    if final.exists():
        shutil.rmtree(store.folder / f"{DAMAGED}{source.name}", ignore_errors=True)
        final.rename(store.folder / f"{DAMAGED}{source.name}")
    temporary.rename(final)
    flush(store.folder)


def _point_again(store: Store, whole: list[str]) -> str:
    """Let CURRENT name what it named, if that is whole now; where it is lost, the newest whole vintage."""
    stated = store.stated_name()
    if stated in whole:
        return str(stated)
    if not whole:
        raise StoreError(say("store.none_whole"))
    newest = max(whole)
    if stated is None:
        store.point_to(store.folder / newest)
        return newest
    raise StoreError(say("store.in_use_lost", name=stated, newest=newest))
