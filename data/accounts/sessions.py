"""Sessions on the server: short, bounded in number, revocable, shared by all workers.

A browser holds a random token, the file its SHA-256, so that whoever reads the file cannot be anybody. The file lies in
a folder of its own that only the program may enter.
"""

import hashlib
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.model.errors import StoreError
from data.model.notices import say
from data.model.roles import Reader, Role

FILE: Final = "sessions.sqlite"
IDLE: Final = 30 * 60  # seconds without a request until a session ends
LONGEST: Final = 8 * 60 * 60  # seconds from log-in until it ends in any case
TO_LOG_IN: Final = 10 * 60  # seconds between leaving for the provider and coming back
MOST_SESSIONS, MOST_BEGUN = 1_000, 1_000  # the oldest make room
TOUCHED: Final = 60  # seconds between two notes of when a session was last used
TABLES: Final = """
CREATE TABLE IF NOT EXISTS sessions (
  token TEXT PRIMARY KEY, account TEXT, role TEXT, agreement TEXT, began REAL, used REAL);
CREATE TABLE IF NOT EXISTS begun (state TEXT PRIMARY KEY, browser TEXT, nonce TEXT, verifier TEXT, began REAL);
"""


@dataclass(frozen=True)
class Begun:
    """A log-in on its way to the provider: what comes back must fit it."""

    nonce: str
    verifier: str


@dataclass(frozen=True)
class Session:
    """One session as the operator sees it: ``began`` and ``used`` are seconds of the epoch."""

    account: str
    role: str
    began: float
    used: float


class Sessions:
    """The sessions of one folder; safe between threads and processes."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Make the folder and its file, for this program's user alone; raise StoreError where that cannot be."""
        self.path, self._clock = folder / FILE, clock
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.chmod(0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self.path.chmod(0o600)
            with self._open() as base:
                base.executescript(TABLES)
        except (OSError, sqlite3.Error) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise StoreError(say("accounts.folder", folder=folder, why=why)) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=10)) as base, base:
            yield base

    def begin(self, state: str, browser: str, begun: Begun) -> None:
        """Keep a log-in that leaves for the provider, for the browser that holds a token."""
        now = self._clock()
        row = (_mark(state), _mark(browser), begun.nonce, begun.verifier, now)
        with self._open() as base:
            base.execute("DELETE FROM begun WHERE began < ?", (now - TO_LOG_IN,))
            base.execute("INSERT INTO begun VALUES (?, ?, ?, ?, ?)", row)
            base.execute(
                "DELETE FROM begun WHERE state NOT IN (SELECT state FROM begun ORDER BY began DESC LIMIT ?)",
                (MOST_BEGUN,),
            )

    def take(self, state: str, browser: str) -> Begun | None:
        """Return the log-in that comes back, once; None where there is none of this browser, or it took too long."""
        with self._open() as base:
            found = base.execute(
                "DELETE FROM begun WHERE state = ? AND browser = ? RETURNING nonce, verifier, began",
                (_mark(state), _mark(browser)),
            ).fetchall()
        if not found or found[0][2] < self._clock() - TO_LOG_IN:
            return None
        return Begun(nonce=found[0][0], verifier=found[0][1])

    def start(self, reader: Reader) -> str:
        """Return the token of a new session."""
        token, now = secrets.token_urlsafe(32), self._clock()
        row = (_mark(token), reader.account, reader.role.value, reader.agreement, now, now)
        with self._open() as base:
            base.execute("DELETE FROM sessions WHERE used < ? OR began < ?", (now - IDLE, now - LONGEST))
            base.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)", row)
            base.execute(
                "DELETE FROM sessions WHERE token NOT IN (SELECT token FROM sessions ORDER BY used DESC LIMIT ?)",
                (MOST_SESSIONS,),
            )
        return token

    def find(self, token: str) -> Reader | None:
        """Return whose session it is; None where it ended, was revoked or never began."""
        now = self._clock()
        with self._open() as base:
            found = base.execute(
                "SELECT account, role, agreement, used FROM sessions WHERE token = ? AND used >= ? AND began >= ?",
                (_mark(token), now - IDLE, now - LONGEST),
            ).fetchone()
            if found is not None and found[3] < now - TOUCHED:
                base.execute("UPDATE sessions SET used = ? WHERE token = ?", (now, _mark(token)))
        return None if found is None else Reader(Role(found[1]), account=found[0], agreement=found[2])

    def end(self, token: str) -> None:
        """End one session."""
        with self._open() as base:
            base.execute("DELETE FROM sessions WHERE token = ?", (_mark(token),))

    def revoke(self, account: str) -> int:
        """End every session of an account; return how many there were."""
        with self._open() as base:
            return base.execute("DELETE FROM sessions WHERE account = ?", (account,)).rowcount

    def every(self) -> list[Session]:
        """Return the sessions that have not ended, the newest first."""
        now = self._clock()
        with self._open() as base:
            rows = base.execute(
                "SELECT account, role, began, used FROM sessions WHERE used >= ? AND began >= ? ORDER BY began DESC",
                (now - IDLE, now - LONGEST),
            ).fetchall()
        return [Session(*row) for row in rows]


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
