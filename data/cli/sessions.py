"""The command ``python -m data sessions``: who is logged in; ``--revoke ACCOUNT`` ends every session of an account."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from data.accounts.sessions import Sessions
from data.model.errors import QueryError
from data.model.settings import read_settings


def add_sessions(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes; without it, it lists the sessions."""
    parser.add_argument("--revoke", metavar="ACCOUNT", help="end every session of this account, at once")


def run_sessions(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """List the sessions, or end those of an account; raise QueryError where the account has none."""
    sessions = Sessions(read_settings().accounts)
    if options.revoke is not None:
        ended = sessions.revoke(options.revoke)
        if not ended:
            raise QueryError(
                f"'{options.revoke[:80]}' has no session. Leave --revoke out to list them.", parameter="revoke"
            )
        say(f"{ended} of '{options.revoke}' ended.")
        return {"account": options.revoke, "ended": ended}
    found = sessions.every()
    said = [f"{len(found)} logged in."]
    said += [f"  {one.account}  {one.role}, since {_time(one.began)}, last used {_time(one.used)}" for one in found]
    say("\n".join(said))
    return {"sessions": [asdict(one) for one in found]}


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
