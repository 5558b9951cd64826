"""The command ``python -m data alerts``: list what is pending, release or discard it, watch and unwatch sectors."""

import argparse
import getpass
from collections.abc import Callable
from typing import Any

from data.model.answers import as_builtins
from data.model.errors import QueryError
from data.sectors.alerts import DISCARDED, RELEASED, act, pending_alerts, read_change, unwatch, watch, watched_sectors
from data.sectors.feed import sentence
from data.sectors.sheet import parse_since
from data.store.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes; without any of it, it lists what is pending."""
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--release", metavar="ID", help="let one change into the feeds")
    does.add_argument("--discard", metavar="ID", help="keep one change out of the feeds, or take it out again")
    does.add_argument("--watch", metavar="SECTOR", help='such as "place=Lampedusa&radius_km=100"')
    does.add_argument("--unwatch", metavar="NAME", help="watch a sector no longer")
    parser.add_argument("--reason", default="", help="why; needed to release and to discard")
    parser.add_argument("--name", default="", help="the name of the sector to watch")
    parser.add_argument("--since", help="when watching: also list the incidents from this day on")


def run_alerts(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Do what the command line states, and say it; return the answer for ``--json``."""
    vintage = store.current()
    for what, key in ((RELEASED, options.release), (DISCARDED, options.discard)):
        if key is not None:
            line = act(store.folder, vintage, key=key, what=what, reason=options.reason, who=login_name())
            say(f"Alert {line['id']} {what} by {line['who']}. {sentence(read_change(line['alert']))}")
            return line
    if options.watch is not None:
        since, _ = parse_since({"since": [options.since]} if options.since else {})
        one = watch(store.folder, vintage, query=options.watch, name=options.name, since=since)
        others = f" Not meant: {', '.join(one.sector.others[:8])}." if one.sector.others else ""
        say(f"'{one.name}' is watched from vintage {one.vintage} on: {one.sector.words}.{others}")
        return {"watched": one.name, "sector": one.sector.to_query(), "vintage": one.vintage}
    if options.unwatch is not None:
        unwatch(store.folder, options.unwatch)
        say(f"'{options.unwatch}' is watched no longer.")
        return {"unwatched": options.unwatch}
    return _listed(store, say)


def login_name() -> str:
    """Return who is at the command line; raise QueryError where the system cannot tell."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise QueryError("The system cannot tell who you are. Set LOGNAME.", parameter="who") from None


def _listed(store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    vintage = store.current()
    known = watched_sectors(store.folder)
    found = pending_alerts(store.folder, vintage)
    said = [f"{len(known)} watched: {', '.join(known) or 'none'}. {len(found)} pending (vintage {vintage.name})."]
    said += [f"  {alert.id}  [{', '.join(alert.sectors)}] {sentence(alert)}" for alert in found]
    say("\n".join(said))
    return {"vintage": vintage.name, "watched": list(known), "pending": as_builtins(found)}
