"""``python -m data rollback | restore | log``: an earlier state again, a store mended, all that was done."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.model.answers import as_builtins
from data.model.errors import StoreError
from data.store.history import read_log
from data.store.mending import restore, roll_back
from data.store.store import Store


def add_mending(commands: Any) -> list[argparse.ArgumentParser]:
    """Add the three commands; return them."""
    back = commands.add_parser("rollback", help="publish an earlier vintage again, as a new one")
    back.add_argument("vintage", nargs="?", metavar="VINTAGE", help="without it: the newest whole one before the last")
    back.add_argument("--reason", metavar="TEXT", help="why; kept in the log")
    mends = commands.add_parser("restore", help="mend the store from a copy of it; nothing good is overwritten")
    mends.add_argument("folder", type=Path, metavar="FOLDER", help="the copy")
    return [back, mends, commands.add_parser("log", help="every command that published or changed the store, in order")]


def run_rollback(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Publish an earlier vintage again."""
    done = roll_back(store, options.vintage, reason=options.reason)
    say(
        f"Vintage {done.vintage} is published: it states {done.restored} again and undoes {done.undone}, which is kept."
    )
    return dict(as_builtins(done))


def run_restore(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Mend the store."""
    done = restore(store, options.folder)
    listed = [("taken from the copy", done.taken), ("whole here", done.kept), ("whole nowhere", done.not_mended)]
    say("\n".join(f"{words}: {', '.join(names) or 'none'}" for words, names in listed))
    say(f"In use: {done.newest}.")
    return dict(as_builtins(done))


def run_log(_options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """List what was done, in the order in which it was done."""
    try:
        newest: str | None = store.newest_name()
    except StoreError:
        newest = None
    entries = read_log(store.folder, newest)
    for one in entries:
        files = ", ".join(file["file"] for file in one.said.get("files", []))
        say(f"{one.sequence} {one.when} {one.command} {one.vintage or 'nothing published'} {files}".rstrip())
    return {"entries": as_builtins(entries)}
