"""``python -m data diff | rollback | restore | backup | log``: what differs, an earlier state, copies, the log."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.cli.diff import diff_in_words
from data.model.answers import as_builtins
from data.model.errors import AbsentError, StoreError
from data.store.copies import back_up
from data.store.diff import NEWEST, PREVIOUS, diff_of, vintage_asked
from data.store.history import read_log
from data.store.mending import restore, roll_back
from data.store.pointer import stated_name
from data.store.store import Store

NAMED = "a vintage's name, a day, 'newest' or 'previous'"


def add_mending(commands: Any) -> list[argparse.ArgumentParser]:
    """Add the five commands; return them."""
    differs = commands.add_parser("diff", help="what differs between two vintages, explained to the person")
    differs.add_argument("before", nargs="?", default=PREVIOUS, metavar="A", help=f"{NAMED}; without it: previous")
    differs.add_argument("after", nargs="?", default=NEWEST, metavar="B", help=f"{NAMED}; without it: newest")
    back = commands.add_parser("rollback", help="publish an earlier vintage again, as a new one")
    back.add_argument("vintage", nargs="?", metavar="VINTAGE", help="without it: the newest whole one before the last")
    back.add_argument("--reason", metavar="TEXT", help="why; kept in the log")
    mends = commands.add_parser("restore", help="mend the store from a copy of it; nothing good is overwritten")
    mends.add_argument("folder", type=Path, metavar="FOLDER", help="the copy")
    copies = commands.add_parser("backup", help="copy what a folder lacks of the store, verified; a writer may go on")
    copies.add_argument("folder", type=Path, metavar="FOLDER", help="that of the last backup, or a new one")
    return [
        differs,
        back,
        mends,
        copies,
        commands.add_parser("log", help="every command that published, changed the store or was refused, in order"),
    ]


def run_diff(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Tell what differs between two vintages."""
    found = diff_of(vintage_asked(store, options.before), vintage_asked(store, options.after))
    say(diff_in_words(found))
    return dict(as_builtins(found))


def run_rollback(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Publish an earlier vintage again."""
    done = roll_back(store, options.vintage, reason=options.reason)
    left = "is kept" if done.undone in store.names() else "is not here"
    say(f"Vintage {done.vintage} is published: it states {done.restored} again and undoes {done.undone}, which {left}.")
    try:
        found = diff_of(store.open(done.undone), store.open(done.vintage))
    except (AbsentError, StoreError) as error:  # it is lost or was damaged, which may be why it is undone
        say(f"What that changes cannot be told. {error}")
        return dict(as_builtins(done))
    say(diff_in_words(found))
    return {**as_builtins(done), "changes": as_builtins(found)}


def run_restore(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Mend the store."""
    done = restore(store, options.folder)
    listed = [("taken from the copy", done.taken), ("whole here", done.kept), ("whole nowhere", done.not_mended)]
    say("\n".join(f"{words}: {', '.join(names) or 'none'}" for words, names in listed))
    say(f"In use: {done.newest}.")
    return dict(as_builtins(done))


def run_backup(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Copy the store; what is damaged in it is named, and the exit code says so."""
    done = back_up(store, options.folder)
    listed = [("copied", done.copied), ("there already, whole", done.kept), ("damaged here, not copied", done.damaged)]
    say("\n".join(f"{words}: {', '.join(names) or 'none'}" for words, names in listed))
    say(f"{options.folder} holds {done.newest} as the newest, verified. Back from it: 'python -m data restore FOLDER'.")
    return {**as_builtins(done), "refused": done.damaged}


def run_log(_options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """List what was done, in the order in which it was done."""
    entries = read_log(store.folder, stated_name(store.folder))
    for one in entries:
        files = ", ".join(file["file"] for file in one.said.get("files", []))
        say(f"{one.sequence} {one.when} {one.command} {one.vintage or 'nothing published'} {files}".rstrip())
        for sentence in one.said.get("refused", []):
            say(f"    refused: {sentence}")
        approved = one.said.get("approved")
        for given in approved if isinstance(approved, list) else []:
            say(f"    approved for {given['source']}: {given['reason']}")
    return {"entries": as_builtins(entries)}
