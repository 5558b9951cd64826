"""Copies of vintages: one taken whole into another folder, and all that a backup holds.

A backup is a store: vintages, CURRENT, and whatever else stands in the store's folder (the journal, the alerts). Files
are copied and never linked: what damages a linked file damages both. Vintages never change, so that no lock is needed
and a writer goes on meanwhile; what it publishes after the backup began comes with the next one.
"""

import os
import shutil
from pathlib import Path

from data.model.answers import Answer
from data.model.errors import StoreError
from data.model.notices import say
from data.store.disk import ASIDE, flush, locked, point
from data.store.opening import open_vintage, whole_vintage
from data.store.pointer import CURRENT, stated_name
from data.store.publication import MANIFEST, PUBLICATION, manifest_in, publication_in
from data.store.store import Store
from data.store.vintage import Vintage
from data.store.vintage_files import copy_tables
from data.store.vintage_ref import vintage_folders


class BackedUp(Answer, frozen=True, kw_only=True):
    """Which vintages were copied, which were there whole, which are damaged here (their older copies stay)."""

    copied: list[str]
    kept: list[str]
    damaged: list[str]
    newest: str


def take(source: Vintage, into: Path) -> None:
    """Copy one whole vintage beside, verify it, then put it in its place by a rename; what stood there is put aside.

    Raises
    ------
    StoreError
        What was written is not what was read.
    """
    temporary, final = into / f".tmp-{source.name}-{os.getpid()}", into / source.name
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    try:
        copy_tables(source, temporary)
        for name in (MANIFEST, PUBLICATION):
            if (source.folder / name).is_file():
                shutil.copyfile(source.folder / name, temporary / name)
                flush(temporary / name)
        flush(temporary)
        open_vintage(temporary)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    if final.exists():
        shutil.rmtree(into / f"{ASIDE}{source.name}", ignore_errors=True)
        final.rename(into / f"{ASIDE}{source.name}")
    temporary.rename(final)
    flush(into)


def take_beside(source: Path, into: Path, *, over: bool) -> list[str]:
    """Copy what stands in a store's folder beside its vintages, each file by one rename; return the names taken.

    What is there already is replaced only if ``over`` says so.
    """
    taken = []
    for path in _files_beside(source):
        name = path.relative_to(source)
        if over or not (into / name).exists():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            temporary = (into / name).with_name(f".tmp-{path.name}-{os.getpid()}")
            shutil.copyfile(path, temporary)
            flush(temporary)
            temporary.replace(into / name)
            flush((into / name).parent)
            taken.append(str(name))
    return taken


def _files_beside(store: Path) -> list[Path]:
    """Return the files beside the vintages and CURRENT; none that is hidden: locks, and what is unfinished."""
    vintages = {CURRENT, *(path.name for path in vintage_folders(store))}
    tops = [path for path in store.iterdir() if path.name not in vintages]
    files = [file for top in tops for file in ([top] if top.is_file() else top.rglob("*")) if file.is_file()]
    return sorted(file for file in files if not any(part[0] == "." for part in file.relative_to(store).parts))


def is_other(one: Path, other: Path) -> bool:
    """Return whether two vintages of one name are both whole and not the same: they are of two stores."""
    if manifest_in(one) is None or manifest_in(other) is None:
        return False
    return bool(
        (one / MANIFEST).read_bytes() != (other / MANIFEST).read_bytes() and whole_vintage(one) and whole_vintage(other)
    )


def check_of_one_store(store: Path, copy: Path) -> None:
    """Raise StoreError where two folders hold vintages of one name that are whole and differ."""
    for path in vintage_folders(copy):
        if is_other(store / path.name, path):
            raise StoreError(say("store.other_copy", folder=copy, vintage=path.name))


def is_known_otherwise(store: Path, vintage: Vintage) -> bool:
    """Return whether a store's log says that its vintage of this name had another manifest."""
    found = (publication_in(path) for path in reversed(vintage_folders(store)))
    entries = next((one.history for one in found if one is not None), ())
    stated = {one["vintage"]: one.get("manifest") for one in entries}.get(vintage.name)
    return stated is not None and vintage.publication.manifest not in (None, stated)


def back_up(store: Store, folder: Path) -> BackedUp:
    """Copy every whole vintage that a backup lacks, verify all, and let its CURRENT name what is in use.

    A backup that was stopped goes on where it was. It never loses a vintage that the store has forgotten.

    Raises
    ------
    StoreError
        The folder lies in the store, is that of another store or of something else, or cannot be written.
    """
    lost, served, never = store.lost(), store.current().name, store.unpublished()
    last = lost.vintage if lost and lost.vintage else served
    _check_place(store.folder, folder)
    try:
        with locked(folder):
            check_of_one_store(store.folder, folder)
            names = sorted({last, *(name for name in store.names() if name < last and name not in never)})
            copied, kept, damaged = _bring(store.folder, folder, names)
            take_beside(store.folder, folder, over=True)
            newest = last if last in (*copied, *kept) else served
            if newest not in (*copied, *kept):
                raise StoreError(say("store.backup_lost", vintage=newest))
            if stated_name(folder) != newest:
                point(folder / CURRENT, newest)
                flush(folder)
    except OSError as error:
        raise StoreError(say("store.not_written", folder=folder, why=error.strerror or str(error))) from error
    return BackedUp(copied=copied, kept=kept, damaged=damaged, newest=newest)


def _check_place(store: Path, folder: Path) -> None:
    """Raise StoreError where a folder is no place for a backup."""
    if store.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise StoreError(say("store.backup_inside", folder=folder))
    if folder.is_dir() and not vintage_folders(folder) and any(one.name[0] != "." for one in folder.iterdir()):
        raise StoreError(say("store.backup_elsewhere", folder=folder))


def _bring(store: Path, folder: Path, names: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Copy what a backup lacks; return what was copied, what was there, and what is damaged or lost in the store."""
    copied, kept, damaged = [], [], []
    for name in names:
        if whole_vintage(folder / name) is not None:
            kept.append(name)
        elif (found := whole_vintage(store / name)) is not None:
            take(found, folder)
            copied.append(name)
        else:
            damaged.append(name)
    return copied, kept, damaged
