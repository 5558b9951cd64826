"""``python -m data ingest``: publishers' files in, a new vintage out, and where every row went."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data.model.days import EARLIEST, latest_day
from data.model.errors import CrossingsError, DataError, printable
from data.model.sources import SENSITIVITIES
from data.model.vocabulary import FILES
from data.readers.parse import DAY_BOUNDS
from data.readers.segments import OWN_ID
from data.store.history import add_line
from data.store.ingest import How, ingest
from data.store.pointer import stated_name
from data.store.report import words
from data.store.store import Store


def add_ingest(command: argparse.ArgumentParser) -> None:
    """Add what a person may say of the files (RULES E7)."""
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument(
        "--edition", choices=("whole", "part"), help="whole: they state all there is within their days"
    )
    command.add_argument("--published", type=_day, metavar="YYYY-MM-DD", help="the day that their publisher dates them")
    why = "why a large change of what is already held is right; SOURCE=REASON, repeated, where several sources wait"
    command.add_argument("--approve", metavar="REASON", action="append", help=why)
    command.add_argument(
        "--layout", action="append", default=[], metavar="[FILE=]ID",
        help="which layout a file has, where its headings are those of several; of several files say of which",
    )  # fmt: skip
    command.add_argument(
        "--sensitivity", choices=SENSITIVITIES,
        help="public: their publisher publishes them as they are; restricted: shown by tier (RULES 9)",
    )  # fmt: skip
    command.add_argument("--skip-refused", action="store_true", help="publish the other files (exit code 3)")


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day. Give one such as 2025-06-26.") from None
    if not EARLIEST <= day <= latest_day():
        raise argparse.ArgumentTypeError(f"found {text}, {DAY_BOUNDS}")
    return day


def layouts_of(files: Sequence[Path], said: Sequence[str]) -> dict[Path, str]:
    """Return the layout that a person says each file has, by its path.

    Raises
    ------
    DataError
        It is not clear of which file it is said, or there is no such file among those given.
    """
    found: dict[Path, str] = {}
    for text in said:
        name, mark, layout = text.rpartition("=")
        those = [path for path in files if not mark or name in (str(path), path.name)]
        if len(those) != 1:
            given = ", ".join(path.name for path in files)
            raise DataError(
                f"--layout {text} is said of {len(those)} of the files given ({given}). Name one: --layout FILE=ID.",
                file=name or given, code="WHICH_FILE",
            )  # fmt: skip
        found[those[0]] = layout
    return found


def run_ingest(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Ingest the named files; where that is refused, the log of the store says so too.

    A store that holds nothing yet has no log, and a refusal makes none.
    """
    try:
        return _ingested(options, store, say)
    except CrossingsError as error:
        if store.has_vintage() and (why := add_line(store.folder, _refusal(options.files, store, error))):
            say(f"The log of the store cannot be written ({why}): this refusal is not in it.")
        raise


def _refusal(files: Sequence[Path], store: Store, error: CrossingsError) -> dict[str, Any]:
    """Return the entry of a command that published nothing: its files, and why it was refused."""
    names = store.names()
    newest = stated_name(store.folder) or (names[-1] if names else None)
    named = [{"file": printable(path.name or str(path))} for path in files]
    return {"command": "ingest", "after": newest, "files": named, "refused": [str(error)], "code": error.code}


def _ingested(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Ingest the named files; the route lines of this project come along where the store has none."""
    files = list(options.files)
    if not store.has_vintage() or store.current().segments.is_empty():
        files.append(FILES / "routes.geojson")
    with tqdm(total=len(files), unit="file", disable=not sys.stderr.isatty(), file=sys.stderr) as bar:

        def advance(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        said = {name: getattr(options, name, None) for name in ("edition", "published", "sensitivity")}
        reasons = tuple(getattr(options, "approve", None) or ())
        chosen = layouts_of(options.files, getattr(options, "layout", []))
        skip = getattr(options, "skip_refused", False)
        how = How(**said, approve=reasons, skip_refused=skip, layouts=chosen)
        report = ingest(files, store, progress=advance, how=how)
    report["files"] = [file for file in report["files"] if file["source"] != OWN_ID] or report["files"]
    say(words(report))
    return report
