"""``python -m data doctor``: is this machine fit to serve? Each check is a line; 1 where one is wrong.

Weak settings are wrong where the mode is public, or ``--public`` asks as if it were; else they are told and no more.
"""

import argparse
import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from data.cli.running_server import PATIENCE, ask, policy_faults, server_of, tells_metrics, waits_for_half_a_request
from data.cli.weak_settings import WEAK
from data.counting.check import check_store
from data.model.errors import CrossingsError
from data.model.settings import PUBLIC, Settings, unknown_settings
from data.store import health
from data.store.health import state_of
from data.store.store import Store

GOOD, NOTE, WEAK_ONE, WRONG = "good", "note", "weak", "wrong"
LEVELS: Final = {health.ERROR: WRONG, health.WARNING: WEAK_ONE, health.NOTE: NOTE}
ROOT: Final = Path(__file__).parents[2]
LEAST_FREE: Final = 500_000_000  # bytes
TIMES_FREE: Final = 3  # an ingest writes a vintage beside the one in use, and its files before it
LEAST_INODES: Final = 1_000
A_DAY: Final = 86_400  # seconds


@dataclass(frozen=True)
class Finding:
    """What one check found: ``good``, ``note``, ``weak`` or ``wrong``, in one sentence."""

    check: str
    level: str
    sentence: str


def add_doctor(commands: Any) -> argparse.ArgumentParser:
    """Add the command."""
    asks: argparse.ArgumentParser = commands.add_parser("doctor", help="is this machine fit to serve the page?")
    asks.add_argument(
        "--public", action="store_true", help="as for a page that everybody may ask: refuse weak settings"
    )
    asks.add_argument(
        "--url", metavar="ADDRESS", help="ask this server, or the proxy before it; else the one of the settings"
    )
    return asks


def run_doctor(options: argparse.Namespace, settings: Settings, say: Callable[[str], None]) -> dict[str, Any]:
    """Check, tell, and return what was found."""
    meant = replace(settings, mode=PUBLIC) if options.public else settings
    findings = [
        *of_settings(meant),
        *of_store(meant),
        *of_clock(meant),
        *of_disk(meant),
        *of_server(meant, options.url),
    ]
    for one in findings:
        say(f"{one.level:5}  {one.check:9}  {one.sentence}")
    return {"healthy": is_healthy(findings, meant), "findings": [asdict(one) for one in findings]}


def is_healthy(findings: Iterable[Finding], settings: Settings) -> bool:
    """Return whether nothing is wrong, and nothing is too weak for the mode."""
    return not any(one.level == WRONG or (one.level == WEAK_ONE and settings.is_public) for one in findings)


def of_settings(settings: Settings) -> list[Finding]:
    """Check what the environment states."""
    found = []
    for check, weak in WEAK.items():
        sentences = weak(settings, None)
        level = WEAK_ONE if sentences else GOOD
        found += [Finding(check, level, one) for one in sentences or ["Nothing weak."]]
    found += [Finding("settings", WRONG, f"{name} is no setting of this program.") for name in unknown_settings()]
    if settings.workers == 1:
        found.append(Finding("workers", NOTE, "One worker: while it starts anew, nobody is answered."))
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found.append(Finding("user", NOTE, "This is root. Serve as a user who owns nothing but the store."))
    return found


def of_store(settings: Settings) -> list[Finding]:
    """Check the store, every hash and every sum of what is in use; each fault with its way back."""
    found = [Finding("store", LEVELS[one.level], one.words) for one in state_of(settings.store)]
    if any(one.level == WRONG for one in found):
        return found
    try:
        report = check_store(Store(settings.store))
    except CrossingsError as error:
        return [Finding("hashes", WRONG, str(error))]
    if report.problems:
        return [Finding("hashes", WRONG, sentence) for sentence in report.problems]
    vintage = Store(settings.store).current()
    found = [*found, Finding("hashes", GOOD, f"{report.vintage} is whole: {report.checked} checks.")]
    if vintage.is_demonstration:
        found.append(Finding("data", NOTE, "What is served is demonstration data, invented."))
    return found


def of_clock(settings: Settings, now: datetime | None = None) -> list[Finding]:
    """Check the clock against the newest vintage, this program's files and the disk of the store."""
    now = now or datetime.now(UTC)
    newest = _newest_day(settings)
    if newest and newest > now.date():
        return [
            Finding("clock", WRONG, f"It is {now.date()} here, before {newest}, when the newest vintage was published.")
        ]
    if now.timestamp() + A_DAY < Path(__file__).stat().st_mtime:
        return [Finding("clock", WRONG, f"It is {now.date()} here, before this program was installed.")]
    if Path("/run/systemd/timesync/synchronized").exists():
        return [Finding("clock", GOOD, f"It is {now:%Y-%m-%d %H:%M} UTC, and kept by a time service.")]
    return [Finding("clock", NOTE, f"It is {now:%Y-%m-%d %H:%M} UTC; whether a time service keeps it is not known.")]


def _newest_day(settings: Settings) -> date | None:
    try:
        published = Store(settings.store).published()
    except CrossingsError:
        return None
    return max((date.fromisoformat(str(one.published)[:10]) for one in published), default=None)


def of_disk(settings: Settings) -> list[Finding]:
    """Check that the disk of the store takes another ingest: bytes and files."""
    folder = next((one for one in (settings.store, *settings.store.parents) if one.exists()), Path("/"))
    held = max((_size(path) for path in settings.store.glob("v*")), default=0)
    needed, free = max(TIMES_FREE * held, LEAST_FREE), shutil.disk_usage(folder).free
    found = []
    if free < needed:
        found.append(Finding("disk", WRONG, f"{free:,} bytes are free; an ingest needs {needed:,}. Make room."))
    inodes = os.statvfs(folder) if hasattr(os, "statvfs") else None
    if inodes and inodes.f_files and inodes.f_favail < LEAST_INODES:  # some file systems have no fixed number
        found.append(Finding("disk", WRONG, f"Only {inodes.f_favail:,} more files can be made. Remove some."))
    return found or [Finding("disk", GOOD, f"{free:,} bytes are free; an ingest needs {needed:,}.")]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def of_server(settings: Settings, url: str | None, *, patience: float = PATIENCE) -> list[Finding]:
    """Ask a running server for its policy, for its metrics as a reader, and with half a request."""
    server = server_of(settings, url)
    began = time.monotonic()
    ready = ask(server, "/readyz")
    if ready is None:
        level, asked = (WRONG if url else NOTE), "policy and time-outs were not tried"
        return [Finding("policy", level, f"Nothing answers at {server.address}: {asked}.")]
    found = [Finding("server", GOOD, f"{server.address} answers from the data in {time.monotonic() - began:.2f} s.")]
    if ready.status != 200:
        found = [Finding("server", WRONG, f"{server.address} is not ready: status {ready.status}.")]
    faults = policy_faults(server)
    found += [Finding("policy", WRONG, one) for one in faults] or [
        Finding("policy", GOOD, "The headers arrive as sent.")
    ]
    if settings.is_public and tells_metrics(server):
        found.append(
            Finding(
                "metrics", WEAK_ONE, "/metrics is told to whoever asks. Set CROSSINGS_METRICS, or shut it at the proxy."
            )
        )
    if waits_for_half_a_request(server, patience=patience):
        sentence = (
            f"Who sends half a request is waited for longer than {patience:.0f} s. Put a proxy before the server."
        )
        return [*found, Finding("time-outs", WEAK_ONE, sentence)]
    return [*found, Finding("time-outs", GOOD, "Half a request is given up.")]
