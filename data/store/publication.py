"""What a store says of the publishing of a vintage: days, the log and the manifest's hash, beside what was published.

``manifest.json`` and the tables hold nothing of the day on which they were made: the same files give the same bytes on
any day. ``publication.jsonl`` beside them holds the day, the day on which each file came in, the log up to then, and
the SHA-256 of the manifest, which names that of each table. Its second line is the SHA-256 of its first. Vintages from
before it was kept state days and log in their manifests, which no hash covers.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from data.store.disk import flush
from data.store.vintage_ref import NAME

MANIFEST: Final = "manifest.json"
PUBLICATION: Final = "publication.jsonl"
NAMED: Final = "publication"  # the entry by which a manifest says that it has one beside it
OF_A_DAY: Final = ("published", "history")  # what manifests stated before

Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Publication:
    """When a vintage was published and its files came in, the hash of its manifest, and the log up to its own entry."""

    published: str = ""  # day; blank: not known
    retrieved: Mapping[str, str] = field(default_factory=dict)  # day by edition; else the table of sources has it
    manifest: str | None = None  # SHA-256; None: the vintage is from before it was stated
    history: Entries = ()


def manifest_in(folder: Path) -> dict[str, Any] | None:
    """Return a vintage's manifest; None where it is missing or torn."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_read = isinstance(found, dict) and isinstance(found.get("files"), dict) and _is_history(found.get("history", []))
    return found if is_read else None


def publication_in(folder: Path) -> Publication | None:
    """Return what is said of a vintage's publishing; None where that is missing or was altered."""
    try:
        content = (folder / PUBLICATION).read_bytes()
    except FileNotFoundError:
        manifest = manifest_in(folder)
        if manifest is None or NAMED in manifest:
            return None
        return Publication(published=str(manifest.get("published", "")), history=manifest.get("history", []))
    except OSError:
        return None
    stated, _, digest = content.partition(b"\n")
    return _parsed(stated) if digest == _digest(stated) else None


def _parsed(stated: bytes) -> Publication | None:
    found = json.loads(stated)  # its hash is right: it is as it was written
    return Publication(**found) if found.keys() <= Publication.__dataclass_fields__.keys() else None


def _digest(stated: bytes) -> bytes:
    return b'{"sha256": "%s"}\n' % hashlib.sha256(stated).hexdigest().encode()


def write_publication(
    folder: Path, manifest: Mapping[str, Any], *, published: str, retrieved: Mapping[str, str], history: Entries
) -> None:
    """Write a manifest, and beside it what is said of its publishing; both are on the disk when this returns.

    ``history`` is the log up to the vintage's own entry, which is given the day and the hash.
    """
    kept = {key: stated for key, stated in manifest.items() if key not in OF_A_DAY} | {NAMED: PUBLICATION}
    text = json.dumps(kept, ensure_ascii=False, indent=1).encode(errors="backslashreplace")
    hashed = hashlib.sha256(text).hexdigest()
    *earlier, last = history or [{}]
    own = [*earlier, {**last, "published": published, "manifest": hashed}] if last else []
    stated = {"published": published, "retrieved": dict(retrieved), "manifest": hashed, "history": own}
    line = json.dumps(stated, ensure_ascii=False, default=str).encode(errors="backslashreplace")
    for name, content in ((MANIFEST, text), (PUBLICATION, line + b"\n" + _digest(line))):
        (folder / name).write_bytes(content)
        flush(folder / name)
    flush(folder)


def _is_history(found: object) -> bool:
    """Return whether the log in a manifest is one: a list of entries, each with the name of its vintage."""
    return isinstance(found, list) and all(
        isinstance(one, dict) and isinstance(one.get("vintage"), str) and re.fullmatch(NAME, one["vintage"])
        for one in found
    )
