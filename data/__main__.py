"""The command line: ``python -m data ingest | totals | risk | export | vintages | alerts | check | …`` (``--help``).

JSON goes to standard output, words to standard error. Exit 0: done; 2: refused.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data.alerts_command import add_arguments as add_alerts
from data.alerts_command import run_alerts
from data.check import check_store
from data.demonstration import write_demonstration
from data.errors import CrossingsError, QueryError, StoreError
from data.exports import KINDS, export_numbers
from data.exports.about import plain_words
from data.exports.tables import TABLES
from data.ingest import ingest
from data.report import words
from data.risk_answers import ASKED, TYPED, parse_risk, risk_answer, typed_answer
from data.risk_words import risk_words
from data.schema import dictionary
from data.selection import Selection
from data.store import Store, default_store
from data.totals import BY, MEASURES, checked, parse_totals, totals, with_ids
from data.vocabulary import FILES

DONE, REFUSED = 0, 2


def say(text: str) -> None:
    """Write words for a person to standard error."""
    print(text, file=sys.stderr)


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line; argparse itself exits with 2 at a word it does not know."""
    parser = argparse.ArgumentParser(prog="python -m data", description="Crossings: files in, totals out.")
    commands = parser.add_subparsers(dest="command", required=True)
    reads = commands.add_parser("ingest", help="read publishers' files and publish a new vintage")
    reads.add_argument("files", nargs="+", type=Path, metavar="FILE")
    asks = commands.add_parser("totals", help="one measure, whole or by group, with what no group holds")
    asks.add_argument("--measure", default="dead_or_missing", help=f"one of {', '.join(MEASURES)}")
    asks.add_argument("--by", help=f"one of {', '.join(BY)}")
    leaves = commands.add_parser("export", help="write the numbers of one figure as a file")
    leaves.add_argument("--figure", required=True, help=f"one of {', '.join(TABLES)}")
    leaves.add_argument("--format", required=True, help=f"one of {', '.join(KINDS)}")
    leaves.add_argument("--out", required=True, type=Path, help="the file to write")
    for option in ("measure", "resolution", "step", "flow"):
        leaves.add_argument(f"--{option}")
    lists = commands.add_parser("vintages", help="every published state of the store, oldest first")
    lists.add_argument("--forget", metavar="NAME", help="remove an older one for ever; addresses pinned to it end")
    for command in (asks, leaves):
        command.add_argument("--vintage", help="a vintage by name, or the day as known on which")
        for option in ("source", "route", "region", "cause", "country", "from", "to", "min-quality"):
            command.add_argument(f"--{option}", dest=option.replace("-", "_"))
    checks = commands.add_parser("check", help="verify hashes, schema and rules of the current vintage")
    makes = commands.add_parser("demonstration", help="write and publish the demonstration data")
    makes.add_argument("--folder", type=Path, help="where its files are written")
    risks = commands.add_parser("risk", help="risk of a route in a window, or of figures typed in, formula by formula")
    for option in (*TYPED, *ASKED):
        risks.add_argument(f"--{option}")
    alerts = commands.add_parser("alerts", help="changes in watched sectors: list, release, discard; watch, unwatch")
    add_alerts(alerts)
    commands.add_parser("dictionary", help="print DICTIONARY.md, made from the schema")
    for command in (reads, asks, leaves, lists, checks, makes, risks, alerts):
        command.add_argument("--store", type=Path, default=None, help="the store's folder")
        command.add_argument("--json", action="store_true", help="answer as JSON on standard output")
    return parser.parse_args(given)


def run_ingest(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Ingest the named files; the route lines of this project come along where the store has none."""
    files = list(options.files)
    if not store.has_vintage() or store.current().segments.is_empty():
        files.append(FILES / "routes.geojson")
    with tqdm(total=len(files), unit="file", disable=not sys.stderr.isatty(), file=sys.stderr) as bar:

        def advance(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        report = ingest(files, store, progress=advance)
    report["files"] = [file for file in report["files"] if file["source"] != "crossings-routes"] or report["files"]
    say(words(report))
    return report


def run_totals(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Answer a totals query; ``--route`` also takes a name as a publisher spells it."""
    keys = ("measure", "by", "source", "route", "region", "cause", "country", "from", "to", "min_quality")
    query = {key: [value] for key in keys if (value := getattr(options, key)) is not None}
    vintage = store.asked(_pinned(options))
    selection, measure, by = parse_totals(query, vintage)
    answer = totals(vintage, selection, measure=measure, by=by)
    say(_totals_in_words(answer))
    return answer


def _totals_in_words(answer: dict[str, Any]) -> str:
    number = "not reported" if answer["total"] is None else f"{answer['total']:,}"
    at_least = "at least " if answer["unit"] == "people" and answer["total"] is not None else ""
    lines = [
        f"{answer['measure']}: {at_least}{number} {answer['unit'].replace('_', ' ')} (vintage {answer['vintage']})"
    ]
    if answer["is_demonstration"]:
        lines.append("Demonstration data. Invented to try the software; no figure here is real.")
    lines += [f"  {group['key']}: {group['value'] or 0:,}" for group in answer["groups"]]
    parts = ("not_dated", "not_located", "no_route")
    lines.append("  " + ", ".join(f"{part.replace('_', ' ')}: {answer[part]:,}" for part in parts))
    return "\n".join(lines)


def run_export(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Write one figure's numbers to a file."""
    keys = ("measure", "resolution", "step", "flow", "source", "route", "region", "cause", "country", "from", "to",
            "min_quality")  # fmt: skip
    query = {key: [value] for key in keys if (value := getattr(options, key)) is not None}
    vintage = store.asked(_pinned(options))
    selection = checked(vintage, Selection.parse(with_ids(query, vintage)))
    sentence = plain_words(selection)
    content, _, _ = export_numbers(vintage, selection, figure=options.figure, kind=options.format, sentence=sentence)
    try:
        options.out.write_bytes(content)
    except OSError as error:
        raise StoreError(f"{options.out} cannot be written: {error.strerror}.") from error
    say(f"{options.out}: {len(content):,} bytes of {options.figure}, vintage {vintage.name}.")
    return {"file": str(options.out), "bytes": len(content), "vintage": vintage.name}


def _pinned(options: argparse.Namespace) -> str | None:
    return Selection.pinned_in({"vintage": [options.vintage]} if options.vintage else {})


def run_vintages(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """List the vintages, after removing the one that is to be forgotten."""
    if options.forget:
        store.forget(options.forget)
    newest = store.current().name
    known = store.published()
    for one in known:
        mark = ", the newest" if one["vintage"] == newest else ""
        say(f"{one['vintage']}: published {one['published']}, data until {one['data_until']}{mark}")
    return {"vintages": known, "newest": newest}


def run_risk(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Answer for figures typed in, which need no store, or for a route and a window of the current vintage."""
    typed, asked = ({key: value for key in keys if (value := getattr(options, key)) is not None}
                    for keys in (TYPED, ASKED))  # fmt: skip
    if typed and asked:
        raise QueryError("Give either figures, such as --deaths, or --route with --from and --to.", parameter="route")
    if asked:
        vintage = store.current()
        query = {key: [value] for key, value in asked.items()}
        answer = risk_answer(vintage, parse_risk(query, vintage))
    else:
        answer = typed_answer(typed)
    say(risk_words(answer))
    return answer


def run_alerts_of(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """List, release or discard alerts; watch or unwatch a sector."""
    return run_alerts(options, store, say)


def run_demonstration(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Write the demonstration files and publish them."""
    folder = options.folder or store.folder.parent / "demonstration"
    folder.mkdir(parents=True, exist_ok=True)
    options.files = write_demonstration(folder)
    return run_ingest(options, store)


def run(options: argparse.Namespace) -> dict[str, Any] | None:
    """Run one command and return its answer."""
    if options.command == "dictionary":
        print(dictionary(), end="")
        return None
    store = Store(options.store or default_store())
    if options.command == "check":
        report = check_store(store)
        say("\n".join(report["problems"]) or f"Vintage {report['vintage']} is whole: {report['checked']} checks.")
        return report
    commands = {"ingest": run_ingest, "totals": run_totals, "demonstration": run_demonstration,
                "export": run_export, "vintages": run_vintages, "risk": run_risk,
                "alerts": run_alerts_of}  # fmt: skip
    return commands[options.command](options, store)


def main(given: Sequence[str] | None = None) -> int:
    """Return the exit code of one command line."""
    options = arguments(given)
    try:
        answer = run(options)
    except CrossingsError as error:
        say(f"Refused. {error}")
        if getattr(options, "json", False):
            print(json.dumps({"refused": str(error), "code": getattr(error, "code", None)}, ensure_ascii=False))
        return REFUSED
    if answer is not None and options.json:
        print(json.dumps(answer, ensure_ascii=False))
    return REFUSED if answer is not None and answer.get("problems") else DONE


if __name__ == "__main__":
    sys.exit(main())
