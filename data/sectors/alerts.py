"""Alerts: changes in watched sectors, held back until a person has released them.

The flow. A person watches a sector: ``python -m data alerts --watch "place=Lampedusa&radius_km=100" --name lampedusa``.
Every ingest makes a new vintage; ``python -m data alerts`` lists what it added, changed or took away inside the watched
sectors since they are watched (with ``--since``: and incidents from that day on). Nothing of it is in a feed. A person
looks at each and says ``--release ID --reason "…"`` or ``--discard ID --reason "…"``; only what is released, and not
discarded since, is in ``/api/v1/sector/changes``. Every act is a line of ``STORE/alerts/log.jsonl``, which is only
added to; a released line carries the change as it was released, so that a feed does not depend on vintages that the
store has cleared away. Watched sectors are in ``STORE/alerts/sectors.json``.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import numpy as np
import polars as pl

from data.model.answers import as_builtins
from data.model.errors import QueryError, StoreError
from data.model.notices import say
from data.query.kinds import ID_PATTERN
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.sectors.answer_model import PendingAlert, RecordChange, ReleasedAlert
from data.sectors.sector import Sector
from data.sectors.vintage_diff import (
    ADDED,
    TOLD,
    alert_id,
    changes_between,
    in_sector,
    recorded_since,
    successive_vintages,
)
from data.store.disk import flush, locked
from data.store.vintage import Vintage

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


def watched_sectors(store: Path) -> dict[str, Watched]:
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
        raise StoreError(say("sectors.watched.not_read", file=f"{FOLDER}/{SECTORS}")) from None


def watch(store: Path, vintage: Vintage, *, query: str, name: str, since: date | None = None) -> Watched:
    """Watch a sector under a name from now on; raise QueryError where the name is taken or is none."""
    if not ID_PATTERN.fullmatch(name):
        raise QueryError(say("sectors.watched.name", found=name[:60]), parameter="name")
    new = Watched(name, Sector.from_query(query), vintage.name, since)
    with _locked(store):
        known = watched_sectors(store)
        if name in known:
            raise QueryError(say("sectors.watched.already", name=name), parameter="name")
        if len(known) >= MOST_WATCHED:
            raise QueryError(say("sectors.watched.many", most=MOST_WATCHED), parameter="name")
        _write_sectors(store, known | {name: new})
    return new


def unwatch(store: Path, name: str) -> None:
    """Watch a sector no longer; what was released of it stays released."""
    with _locked(store):
        known = watched_sectors(store)
        if name not in known:
            raise QueryError(say("sectors.watched.unknown", name=name[:60]), parameter="name")
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
    flush(path.parent)


def found_alerts(store: Path, vintage: Vintage) -> dict[str, PendingAlert]:
    """Return every change inside a watched sector by its id, with the names of those sectors, in a stable order."""
    source = incident_source(vintage, Selection())
    found: dict[str, PendingAlert] = {}
    if source is None:
        return found
    for one in watched_sectors(store).values():
        for found_in, change in _changes(one, vintage, source):
            key = alert_id(source, change, found_in)
            alert = found.setdefault(key, PendingAlert(id=key, source=source, sectors=[], **_fields(change)))
            if one.name not in alert.sectors:
                alert.sectors.append(one.name)
    return dict(sorted(found.items(), key=lambda pair: (str(pair[1].date_from), pair[0])))


def _fields(change: RecordChange) -> dict[str, Any]:
    return {name: getattr(change, name) for name in TOLD}


def _changes(one: Watched, vintage: Vintage, source: str) -> Iterator[tuple[str, RecordChange]]:
    """Return the changes inside a watched sector, each with the name of the vintage that brought it.

    An incident from ``since`` on that no vintage has added since then has a blank for that name.
    """
    added = set()
    for older, newer in successive_vintages(vintage, first=one.vintage):
        for change in _read(in_sector(changes_between(older, newer, source), one.sector)):
            if change.change == ADDED:
                added.add((change.record_id, change.nth))
            yield newer.name, change
    if one.since:
        for change in _read(in_sector(recorded_since(vintage, source, one.since), one.sector)):
            if (change.record_id, change.nth) not in added:
                yield "", change


def _read(changes: pl.DataFrame) -> Iterator[RecordChange]:
    return (RecordChange(**row) for row in changes.select(TOLD).iter_rows(named=True))


def read_change(alert: Mapping[str, Any]) -> RecordChange:
    """Return the change that a line of the log carries."""
    return msgspec.convert({name: alert.get(name) for name in TOLD}, RecordChange)


def pending_alerts(store: Path, vintage: Vintage) -> list[PendingAlert]:
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
        raise QueryError(say("sectors.watched.reason", most=LONGEST_REASON), parameter="reason")
    found = found_alerts(store, vintage)
    with _locked(store):
        before = last_acts(store).get(key)
        if before is not None and before["act"] == what:
            sentence = say("sectors.watched.acted", id=key, act=what, who=before["who"], time=before["time"])
            raise QueryError(sentence, parameter="id")
        alert = as_builtins(found[key]) if key in found else (before or {}).get("alert")
        if alert is None:
            raise QueryError(say("sectors.watched.no_alert", id=key[:40]), parameter="id")
        if what == RELEASED:
            _require_public(vintage, alert["source"])
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "id": key, "act": what, "reason": " ".join(reason.split()), "who": who,
                "vintage": vintage.name, "alert": alert}  # fmt: skip
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


def released_alerts(store: Path, vintage: Vintage, sector: Sector, *, since: date | None = None) -> list[ReleasedAlert]:
    """Return the released alerts whose incident lies in a sector, now or before the change, newest release first.

    ``since`` is the first day of release. Of a source that is not public, or no longer here, nothing is told.
    """
    shown = []
    for line in last_acts(store).values():
        if line["act"] != RELEASED or (since is not None and line["time"][:10] < since.isoformat()):
            continue
        alert = line["alert"]
        if _is_public(vintage, alert["source"]) and _lies_in(alert, sector):
            stated = {name: alert.get(name) for name in ("source", *TOLD)}
            shown.append(msgspec.convert({"id": line["id"], "released": line["time"], **stated}, ReleasedAlert))
    return sorted(shown, key=lambda one: (one.released, one.id), reverse=True)


def _require_public(vintage: Vintage, source: str) -> None:
    """Raise QueryError where a source is not public: a feed has no log-in (RULES 9)."""
    if not _is_public(vintage, source):
        raise QueryError(say("sectors.watched.not_public"), parameter="id")


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
    with ExitStack() as held:
        try:
            held.enter_context(locked(store / FOLDER))
        except OSError as error:
            raise StoreError(say("sectors.watched.not_written", folder=FOLDER, why=error.strerror)) from error
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
        flush(path.parent)


def _last_byte(handle: BinaryIO) -> bytes:
    handle.seek(-1, os.SEEK_END)
    return handle.read(1)
