"""The log of a store: an entry per command that published, restored, forgot or was refused; never in order of clocks.

What was published stands in the manifest of its vintage, with all entries before it: an entry is there if and only if
its vintage is, also after a crash, and after older vintages were forgotten. What published nothing (forgotten,
restored, refused) stands in ``journal.jsonl``, each line with the vintage that was in use.
"""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from data.model.answers import Answer
from data.store.vintage_ref import is_name, number_of, vintage_folders

JOURNAL: Final = "journal.jsonl"


class LogEntry(Answer, frozen=True, kw_only=True):
    """One command: its place in the order of events, what it published (null: nothing) and all that it said."""

    sequence: int
    command: str
    when: str
    vintage: str | None
    after: str | None
    said: dict[str, Any]


def manifest_in(folder: Path) -> dict[str, Any] | None:
    """Return a vintage's manifest; None where it is missing or torn."""
    try:
        found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_read = isinstance(found, dict) and isinstance(found.get("files"), dict) and _is_history(found.get("history", []))
    return found if is_read else None


def _is_history(found: object) -> bool:
    """Return whether the log in a manifest is one: a list of entries, each with the name of its vintage."""
    return isinstance(found, list) and all(
        isinstance(one, dict) and isinstance(one.get("vintage"), str) and is_name(one["vintage"]) for one in found
    )


def unpublished(store: Path, newest: str) -> set[str]:
    """Return the vintages that no entry of the log names, though later or earlier ones of its time are named."""
    entries = (manifest_in(store / newest) or {}).get("history", [])
    if not entries:
        return set()
    known = {one.get(key) for one in entries for key in ("vintage", "undone")}
    names = {path.name for path in vintage_folders(store)} - known
    return {name for name in names if number_of(name) > number_of(entries[0]["vintage"])}


def lost_newest(store: Path, stated: str | None, in_use: str) -> str | None:
    """Return the newest vintage, where it is lost or torn; ``stated`` is what CURRENT names, where it names one.

    A whole vintage that no entry names was never published.
    """
    never = {name for name in unpublished(store, in_use) if manifest_in(store / name) is not None}
    names = {path.name for path in vintage_folders(store)} | {stated or in_use}
    newest = max(names - never, key=number_of)
    return newest if number_of(newest) > number_of(in_use) and stated in (None, newest) else None


def now_in_words() -> str:
    """Return the moment, for people to read; nothing is ordered by it."""
    return datetime.now(tz=UTC).isoformat(timespec="seconds")


def history_with(base: Mapping[str, Any] | None, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return all entries up to and with a new one, for the manifest of the vintage that it publishes."""
    earlier = [] if base is None else list(base.get("history", []))
    after = None if base is None else base["vintage"]
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
    manifest = manifest_in(store / newest) if newest else None
    published = _published(store, manifest)
    placed = [((number_of(one["vintage"]), -1), one) for one in published]
    placed += [
        ((number_of(one["after"]) if one.get("after") else 0, at), one) for at, one in enumerate(_journal(store))
    ]
    ordered = [one for _, one in sorted(placed, key=lambda pair: pair[0])]
    return [_entry(at, one) for at, one in enumerate(ordered, start=1)]


def _published(store: Path, manifest: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the entries in a manifest, and one for each vintage that was there before the log was kept."""
    found = [] if manifest is None else list(manifest.get("history", []))
    first = number_of(found[0]["vintage"]) if found else None
    early = [path for path in vintage_folders(store) if first is None or number_of(path.name) < first]
    days = [(path.name, (manifest_in(path) or {}).get("published", "")) for path in early]
    return [{"command": "ingest", "when": day, "vintage": name, "before_the_log": True} for name, day in days] + found


def _journal(store: Path) -> list[dict[str, Any]]:
    try:
        lines = (store / JOURNAL).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    return [found for line in lines if (found := _parsed(line)) is not None]


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
