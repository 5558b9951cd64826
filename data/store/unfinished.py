"""Marks of vintages that have their name and were not published yet: ``.unpublished-vNNNNNN`` beside them.

A writer marks its vintage before the rename that names it, and removes the mark once CURRENT names it. So a mark that
stays tells a vintage whose writer was killed from one that was published and that CURRENT no longer names.
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.store.disk import flush
from data.store.vintage_ref import NAME

MARK: Final = ".unpublished-"


def mark(store: Path, name: str) -> None:
    """Mark a vintage as not published yet; the mark is on the disk when this returns."""
    (store / f"{MARK}{name}").touch()
    flush(store)


def unmark(store: Path, name: str) -> None:
    """Remove the mark of a vintage that was published, or is not there any more."""
    with suppress(OSError):  # one that stays says nothing of what CURRENT or the log names
        (store / f"{MARK}{name}").unlink()


def marked(store: Path) -> set[str]:
    """Return the names that are marked."""
    names = (path.name.removeprefix(MARK) for path in store.glob(f"{MARK}*"))
    return {name for name in names if re.fullmatch(NAME, name)}


def sweep_marks(store: Path, stated: str | None) -> None:
    """Remove the marks that say nothing any more: of what CURRENT names, and of what is not there."""
    for name in marked(store):
        if name == stated or not (store / name).is_dir():
            unmark(store, name)
