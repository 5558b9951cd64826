"""The command ``python -m data sessions``: who is logged in; ``--revoke ACCOUNT`` ends every session of an account."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.accounts.sessions import FILE, Sessions
from data.model import notices
from data.model.errors import QueryError, StoreError
from data.model.settings import read_settings


def add_sessions(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes; without it, it lists the sessions."""
    parser.add_argument("--accounts", metavar="FOLDER", type=Path, help="else as CROSSINGS_ACCOUNTS says")
    parser.add_argument("--revoke", metavar="ACCOUNT", help="end every session of this account, at once")


def run_sessions(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """List the sessions, or end those of an account.

    Raises
    ------
    StoreError
        There is no file of sessions in the folder of accounts: it may be another one than the server's.
    QueryError
        The account has no session there.
    """
    folder = (options.accounts or read_settings().accounts).absolute()
    if not (folder / FILE).is_file():
        raise StoreError(notices.say("accounts.absent", folder=folder))
    sessions = Sessions(folder)
    if options.revoke is not None:
        ended = sessions.revoke(options.revoke)
        if not ended:
            sentence = notices.say("accounts.no_session", account=options.revoke[:80], folder=folder)
            raise QueryError(sentence, parameter="revoke")
        say(notices.say("accounts.ended", count=ended, account=options.revoke, folder=folder))
        return {"account": options.revoke, "ended": ended, "accounts": str(folder)}
    found = sessions.every()
    said = [notices.say("accounts.listed", count=len(found), folder=folder)]
    said += [f"  {one.account}  {one.role}, since {_time(one.began)}, last used {_time(one.used)}" for one in found]
    say("\n".join(said))
    return {"sessions": [asdict(one) for one in found], "accounts": str(folder)}


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
