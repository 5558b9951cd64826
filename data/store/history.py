"""The log of a store: an entry per command that published, restored, forgot or was refused; never in order of clocks.

What was published stands beside its vintage (``publication.py``), with all entries before it: an entry is there if and
only if its vintage is, also after a crash, and after older vintages were forgotten. What published nothing (forgotten,
restored, refused) stands in ``journal.jsonl``, each line with the vintage that was in use.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from data.model.answers import Answer
from data.store.publication import Entries, Publication, publication_in
from data.store.unfinished import marked
from data.store.vintage_ref import NAME, number_of, vintage_folders

JOURNAL: Final = "journal.jsonl"


class LogEntry(Answer, frozen=True, kw_only=True):
    """One command: its place in the order of events, what it published (null: nothing) and all that it said."""

    sequence: int
    command: str
    when: str
    vintage: str | None
    after: str | None
    said: dict[str, Any]


def latest_publication(store: Path, newest: str) -> tuple[str, Publication] | None:
    """Return the newest vintage up to ``newest`` whose publication can be read, and that; None where there is none."""
    names = sorted({newest, *(path.name for path in vintage_folders(store) if path.name <= newest)}, reverse=True)
    found = ((name, publication_in(store / name)) for name in names)
    return next(((name, said) for name, said in found if said is not None), None)


def newest_published(store: Path, stated: str | None, names: Sequence[str]) -> str | None:
    """Return the newest that was published, whole or not: ``stated``, which CURRENT names, or a later one of ``names``.

    A later one that is not marked was published: CURRENT was moved, or copied while the store was written. Where there
    is nothing but what is marked, it is the last of that.
    """
    not_yet = marked(store)  # after the names were listed: a writer marks before it names
    later = [name for name in names if name > (stated or "") and name not in not_yet]
    return max([*later, *([stated] if stated else [])], default=names[-1] if names else None)


def unpublished(store: Path, newest: str) -> set[str]:
    """Return the vintages that no entry of the log names, though later or earlier ones of its time are named.

    ``newest`` is the newest that was published; where its own log is lost, that of an earlier one tells of those
    before it.
    """
    later = {path.name for path in vintage_folders(store) if path.name > newest}
    latest = latest_publication(store, newest)
    if latest is None or not latest[1].history:
        return later
    until, entries = latest[0], latest[1].history
    known = {one.get(key) for one in entries for key in ("vintage", "undone")}
    names = {path.name for path in vintage_folders(store)} - known
    first = number_of(entries[0]["vintage"])
    return later | {name for name in names if number_of(name) > first and name < until}


def now_in_words() -> str:
    """Return the moment, for people to read; nothing is ordered by it."""
    return datetime.now(tz=UTC).isoformat(timespec="seconds")


def history_with(earlier: Entries, entry: Mapping[str, Any], *, after: str | None) -> list[Mapping[str, Any]]:
    """Return all entries up to and with a new one, for the vintage that it publishes."""
    return [*earlier, {"when": now_in_words(), "after": after, **entry}]


def add_line(store: Path, entry: Mapping[str, Any]) -> str:
    """Append one line to the journal, on the disk when this returns; return why not, where it cannot be written."""
    line = json.dumps({"when": now_in_words(), **entry}, ensure_ascii=False, default=str) + "\n"
    try:
        with (store / JOURNAL).open("a+b") as handle:
            if handle.seek(0, os.SEEK_END) and handle.seek(-1, os.SEEK_END) >= 0 and handle.read(1) != b"\n":
                handle.write(b"\n")  # a line that a crash cut stays alone
            handle.write(line.encode(errors="backslashreplace"))
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""


def read_log(store: Path, newest: str | None) -> list[LogEntry]:
    """Return every entry, in the order in which they happened: by number of vintage, then by line of the journal."""
    names = [path.name for path in vintage_folders(store)]
    latest = latest_publication(store, newest or names[-1]) if newest or names else None
    published = _published(store, [] if latest is None else latest[1].history)
    placed = [((number_of(one["vintage"]), -1), one) for one in published]
    placed += [
        ((number_of(one["after"]) if one.get("after") else 0, at), one) for at, one in enumerate(_journal(store))
    ]
    ordered = [one for _, one in sorted(placed, key=lambda pair: pair[0])]
    return [_entry(at, one) for at, one in enumerate(ordered, start=1)]


def _published(store: Path, entries: Entries) -> list[dict[str, Any]]:
    """Return the entries of a log, and one for each vintage that was there before it was kept."""
    first = number_of(entries[0]["vintage"]) if entries else None
    early = [path for path in vintage_folders(store) if first is None or number_of(path.name) < first]
    days = [(path.name, (publication_in(path) or Publication()).published) for path in early]
    before = [{"command": "ingest", "when": day, "vintage": name, "before_the_log": True} for name, day in days]
    return [*before, *(dict(one) for one in entries)]


def _journal(store: Path) -> list[dict[str, Any]]:
    try:
        lines = (store / JOURNAL).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    return [found for line in lines if (found := _parsed(line)) is not None]


def forgotten(store: Path) -> set[str]:
    """Return the names of the vintages that the journal says were removed."""
    names = {str(line.get("forgot", "")) for line in _journal(store)}
    return {name for name in names if re.fullmatch(NAME, name)}


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None  # cut by a crash: what it said was not acknowledged
    return found if isinstance(found, dict) else None


def _entry(sequence: int, one: dict[str, Any]) -> LogEntry:
    named = ("command", "when", "vintage", "after")
    said = {key: value for key, value in one.items() if key not in named}
    return LogEntry(
        sequence=sequence, command=one.get("command", ""), when=one.get("when", ""), vintage=one.get("vintage"),
        after=one.get("after"), said=said,
    )  # fmt: skip
