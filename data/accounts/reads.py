"""The log of restricted reads: which account read what kind of thing, and when; nothing else of anybody (RULES 9).

Neither the address nor what was asked for, neither where a reader sits nor with what: no more is known of a person than
the id of the account.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

LOG: Final = "reads.jsonl"
KINDS: Final = ("api", "assets", "cells", "embed", "incidents", "login", "logout", "routes", "sector")


def kind_of(path: str) -> str:
    """Return the kind of a path: of the interface the answer's name, else the first part, else ``page``."""
    parts = [part.partition(".")[0] for part in path.split("/") if part]
    if parts[:2] == ["api", "v1"] and len(parts) > 2:
        return f"api {parts[2]}" if parts[2].isalpha() and parts[2].isascii() else "api"
    return parts[0] if parts and parts[0] in KINDS else "page"


def note_read(folder: Path, *, account: str, kind: str, now: datetime | None = None) -> None:
    """Append one line to the log, for this program's user alone to read; raise OSError where it cannot be."""
    when = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    line = json.dumps({"time": when, "account": account, "kind": kind}, ensure_ascii=False) + "\n"
    handle = os.open(folder / LOG, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)
