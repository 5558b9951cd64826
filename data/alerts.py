"""Alerts: changes in watched sectors, held back until a person has released them.

The flow. A person watches a sector: ``python -m data alerts --watch "place=Lampedusa&radius_km=100" --name lampedusa``.
Every ingest makes a new vintage; ``python -m data alerts`` lists what it added, changed or took away inside the watched
sectors since they are watched (with ``--since``: and incidents from that day on). Nothing of it is in a feed. A person
looks at each and says ``--release ID --reason "…"`` or ``--discard ID --reason "…"``; only what is released, and not
discarded since, is in ``/api/v1/sector/changes``. Every act is a line of ``STORE/alerts/log.jsonl``, which is only
added to; a released line carries the change as it was released, so that a feed does not depend on vintages that the
store has cleared away. Watched sectors are in ``STORE/alerts/sectors.json``.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from data.changes import ADDED, TOLD, alert_id, changes_between, in_sector, recorded_since, successive
from data.errors import QueryError, StoreError
from data.exports.tables import check_may_leave
from data.measures import incident_source
from data.sectors import Sector
from data.selection import ID_PATTERN, Selection
from data.vintage import Vintage

RELEASED, DISCARDED = "released", "discarded"
FOLDER, LOG, SECTORS = "alerts", "log.jsonl", "sectors.json"
MOST_WATCHED: Final = 200
LONGEST_REASON: Final = 500


@dataclass(frozen=True)
class Watched:
    """A sector under a name; changes count from ``vintage`` on, incidents from ``since`` on where it is given."""

    name: str
    sector: Sector
    vintage: str
    since: date | None = None


def watched(store: Path) -> dict[str, Watched]:
    """Return the watched sectors of a store's folder by name; raise StoreError where the file is damaged."""
    path = store / FOLDER / SECTORS
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Watched(name, Sector.from_query(row["query"]), row["vintage"],
                          date.fromisoformat(row["since"]) if row.get("since") else None)
            for name, row in sorted(rows.items())
        }  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, QueryError):
        raise StoreError(f"{FOLDER}/{SECTORS} in the store cannot be read. Restore it or watch again.") from None


def watch(store: Path, vintage: Vintage, *, query: str, name: str, since: date | None = None) -> Watched:
    """Watch a sector under a name from now on; raise QueryError where the name is taken or is none."""
    if not ID_PATTERN.fullmatch(name):
        raise QueryError(f"A name is small letters, digits and hyphens, such as 'lampedusa'; found '{name[:60]}'.",
                         parameter="name")  # fmt: skip
    new = Watched(name, Sector.from_query(query), vintage.name, since)
    with _locked(store):
        known = watched(store)
        if name in known:
            raise QueryError(f"'{name}' is watched already. Unwatch it first or choose another name.", parameter="name")
        if len(known) >= MOST_WATCHED:
            raise QueryError(f"At most {MOST_WATCHED} sectors are watched. Unwatch one first.", parameter="name")
        _write_sectors(store, known | {name: new})
    return new


def unwatch(store: Path, name: str) -> None:
    """Watch a sector no longer; what was released of it stays released."""
    with _locked(store):
        known = watched(store)
        if name not in known:
            raise QueryError(f"There is no watched sector '{name[:60]}'.", parameter="name")
        _write_sectors(store, {other: one for other, one in known.items() if other != name})


def _write_sectors(store: Path, known: dict[str, Watched]) -> None:
    rows = {
        name: {"query": one.sector.to_query(), "vintage": one.vintage, "since": one.since and one.since.isoformat()}
        for name, one in sorted(known.items())
    }
    path = store / FOLDER / SECTORS
    temporary = path.with_name(f".{SECTORS}-{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as handle:
        json.dump(rows, handle, ensure_ascii=False, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
    _flush_folder(path.parent)


def found_alerts(store: Path, vintage: Vintage) -> dict[str, dict[str, Any]]:
    """Return every change inside a watched sector by its id, with the names of those sectors, in a stable order."""
    source = incident_source(vintage, Selection())
    found: dict[str, dict[str, Any]] = {}
    if source is None:
        return found
    for one in watched(store).values():
        for found_in, change in _changes(one, vintage, source):
            key = alert_id(source, change, found_in)
            alert = found.setdefault(key, {"id": key, "source": source, **{n: change[n] for n in TOLD}, "sectors": []})
            if one.name not in alert["sectors"]:
                alert["sectors"].append(one.name)
    return dict(sorted(found.items(), key=lambda pair: (str(pair[1]["date_from"]), pair[0])))


def _changes(one: Watched, vintage: Vintage, source: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the changes inside a watched sector, each with the name of the vintage that brought it.

    An incident from ``since`` on that no vintage has added since then has a blank for that name.
    """
    added = set()
    for older, newer in successive(vintage, first=one.vintage):
        for change in in_sector(changes_between(older, newer, source), one.sector).to_dicts():
            if change["change"] == ADDED:
                added.add((change["record_id"], change["nth"]))
            yield newer.name, change
    if one.since:
        for change in in_sector(recorded_since(vintage, source, one.since), one.sector).to_dicts():
            if (change["record_id"], change["nth"]) not in added:
                yield "", change


def pending(store: Path, vintage: Vintage) -> list[dict[str, Any]]:
    """Return the changes of watched sectors that nobody has released or discarded."""
    settled = last_acts(store)
    return [alert for key, alert in found_alerts(store, vintage).items() if key not in settled]


def act(store: Path, vintage: Vintage, *, key: str, what: str, reason: str, who: str) -> dict[str, Any]:
    """Release or discard one alert; return the line that the log now holds.

    A released alert may be discarded, which takes it out of the feeds, and a discarded one released; the log keeps
    both.

    Raises
    ------
    QueryError
        The reason is empty or too long, the id is unknown, the alert is in that state already, or its source is not
        public (RULES 9).
    """
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise QueryError(f'Say why, in 1 to {LONGEST_REASON} characters: --reason "…".', parameter="reason")
    found = found_alerts(store, vintage)
    with _locked(store):
        before = last_acts(store).get(key)
        if before is not None and before["act"] == what:
            raise QueryError(f"Alert {key} was {what} by {before['who']} on {before['time']}.", parameter="id")
        alert = found.get(key) or (before or {}).get("alert")
        if alert is None:
            raise QueryError(f"There is no alert '{key[:40]}'. 'python -m data alerts' lists them.", parameter="id")
        if what == RELEASED:
            check_may_leave(vintage, Selection(source=alert["source"]), "incidents")
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "id": key, "act": what, "reason": " ".join(reason.split()), "who": who,
                "vintage": vintage.name, "alert": json.loads(json.dumps(alert, default=str))}  # fmt: skip
        _append(store / FOLDER / LOG, line)
    return line


def last_acts(store: Path) -> dict[str, dict[str, Any]]:
    """Return the last line of the log on each alert; a line that was cut off in writing counts for nothing."""
    found: dict[str, dict[str, Any]] = {}
    path = store / FOLDER / LOG
    if not path.exists():
        return found
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and line.get("act") in (RELEASED, DISCARDED) and isinstance(line.get("id"), str):
            found[line["id"]] = line
    return found


def released(store: Path, vintage: Vintage, sector: Sector, *, since: date | None = None) -> list[dict[str, Any]]:
    """Return the released alerts whose incident lies in a sector, now or before the change, newest release first.

    ``since`` is the first day of release. Of a source that is not public, or no longer here, nothing is told.
    """
    shown = []
    for line in last_acts(store).values():
        if line["act"] != RELEASED or (since is not None and line["time"][:10] < since.isoformat()):
            continue
        alert = line["alert"]
        if _is_public(vintage, alert["source"]) and _lies_in(alert, sector):
            told = {name: alert.get(name) for name in ("source", *TOLD)}
            shown.append({"id": line["id"], "released": line["time"], **told})
    return sorted(shown, key=lambda one: (one["released"], one["id"]), reverse=True)


def _is_public(vintage: Vintage, source: str) -> bool:
    tiers = vintage.sources.filter(vintage.sources["source"] == source)["sensitivity"]
    return tiers.len() > 0 and bool((tiers == "public").all())


def _lies_in(alert: dict[str, Any], sector: Sector) -> bool:
    points = [(alert[f"{was}longitude"], alert[f"{was}latitude"]) for was in ("", "was_")]
    known = [point for point in points if None not in point]
    if not known:
        return False
    longitudes, latitudes = zip(*known, strict=True)
    return bool(sector.area.contains(np.array(longitudes, float), np.array(latitudes, float)).any())


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    """Hold the alerts' lock; a second writer waits."""
    folder = store / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / ".lock").open("a")
    except OSError as error:
        raise StoreError(f"{FOLDER} in the store cannot be written: {error.strerror}.") from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _append(path: Path, line: dict[str, Any]) -> None:
    is_new = not path.exists()
    with path.open("ab+") as handle:
        if handle.seek(0, os.SEEK_END) and _last_byte(handle) != b"\n":
            handle.write(b"\n")  # a line that was cut off stays apart from this one
        handle.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        handle.flush()
        os.fsync(handle.fileno())
    if is_new:
        _flush_folder(path.parent)


def _last_byte(handle: BinaryIO) -> bytes:
    handle.seek(-1, os.SEEK_END)
    return handle.read(1)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
