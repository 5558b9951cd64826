"""The state of a store, finding by finding: what is wrong, how much it matters, and the way back."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.model.days import today
from data.model.errors import StoreError
from data.model.notices import say
from data.store.disk import refused_by
from data.store.history import JOURNAL
from data.store.in_use import InUse, find_in_use
from data.store.opening import DamagedError, open_vintage
from data.store.pointer import stated_name
from data.store.publication import publication_in
from data.store.store import Store
from data.store.unfinished import marked
from data.store.vintage_ref import vintage_folders

ERROR, WARNING, NOTE = "error", "warning", "note"  # people are not served; something is to be done; good to know
ASIDE: Final = (".tmp-*", ".damaged-*")


@dataclass(frozen=True)
class Finding:
    """One thing that was found: its level, a sentence, and the way back (blank: nothing is to be done)."""

    level: str
    sentence: str
    way_back: str = ""

    @property
    def words(self) -> str:
        """Return sentence and way back as one text."""
        return f"{self.sentence} {self.way_back}".rstrip()


def state_of(folder: Path) -> list[Finding]:
    """Return all that is to be said of a store, every file of every vintage read; the worst first.

    Nothing is changed, but for a file of a mebibyte that is written and removed to see whether the disk takes it.
    """
    if not folder.is_dir():
        return [Finding(ERROR, say("store.health.absent", folder=folder), say("store.health.way.first"))]
    found = [*faults_in(folder), *_of_disk(folder)]
    return sorted(found, key=lambda one: (ERROR, WARNING, NOTE).index(one.level))


def faults_in(folder: Path) -> list[Finding]:
    """Return what is to be said of what a store holds, every file of every vintage read; nothing is written."""
    in_use = find_in_use(folder)
    found = _of_current(in_use)
    lost = in_use.lost.vintage if in_use.lost else None
    return [*found, *_of_vintages(folder, lost), *_of_days(folder), *_of_journal(folder)]


def _of_current(in_use: InUse) -> list[Finding]:
    if in_use.vintage is None:
        return [Finding(ERROR, in_use.error)]
    if in_use.lost is None:
        return []
    served, lost = in_use.vintage.name, in_use.lost
    if lost.behind is not None:
        return [Finding(ERROR, lost.problem, say("store.health.way.point_again", served=served))]
    if lost.vintage is None:
        return [Finding(WARNING, say("store.problem.current_lost", vintage=served))]
    sentence = say("store.health.fallback", lost=lost.vintage, served=served, problem=lost.problem)
    return [Finding(ERROR, sentence, say("store.health.way.restore_or_back", vintage=served))]


def _of_vintages(folder: Path, newest: str | None) -> list[Finding]:
    found, never, stopped = [], Store(folder).unpublished(), marked(folder)
    for path in vintage_folders(folder):
        if path.name in never:
            key = "store.problem.never_published" if path.name in stopped else "store.problem.in_no_log"
            found.append(Finding(WARNING, say(key, vintage=path.name)))
        elif path.name != newest:  # of that one ``_of_current`` tells
            found += _of_vintage(path)
    return found


def _of_vintage(path: Path) -> list[Finding]:
    try:
        vintage = open_vintage(path)
    except DamagedError as error:
        return [Finding(ERROR, error.problem, say("store.health.way.restore_or_forget", vintage=path.name))]
    except StoreError as error:
        return [Finding(ERROR, str(error))]
    has_hash = vintage.publication.manifest is not None
    return [] if has_hash else [Finding(NOTE, say("store.health.no_hash", vintage=path.name))]


def _of_days(folder: Path) -> list[Finding]:
    """Return the vintages that a clock dated to days that are to come, or before the vintage they follow."""
    found, before = [], ""
    for path in vintage_folders(folder):
        said = publication_in(path)
        day = said.published if said else ""
        if day and day > today().isoformat():
            found.append(Finding(NOTE, say("store.health.ahead", vintage=path.name, day=day)))
        elif day < before and day:
            found.append(Finding(NOTE, say("store.health.back", vintage=path.name, day=day, before=before)))
        before = max(before, day)
    return found


def _of_journal(folder: Path) -> list[Finding]:
    """Return the lines of the journal that cannot be read."""
    try:
        lines = (folder / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        return [Finding(WARNING, say("store.problem.unreadable", file=JOURNAL, why=error.strerror or str(error)))]
    cut = [at for at, line in enumerate(lines, start=1) if line.strip() and not _is_entry(line)]
    return [Finding(WARNING, say("store.health.journal", lines=cut, file=JOURNAL))] if cut else []


def _is_entry(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _of_disk(folder: Path) -> list[Finding]:
    left = sorted(path.name for pattern in ASIDE for path in folder.glob(pattern))
    found = [Finding(NOTE, say("store.health.aside", names=left))] if left and stated_name(folder) else []
    if (error := refused_by(folder)) is not None:
        why = error.strerror or str(error)
        found.append(Finding(WARNING, say("store.not_written", folder=folder, why=why), say("store.health.way.disk")))
    return found
