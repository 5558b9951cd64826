"""The command line: ``python -m data ingest | totals | risk | export | vintages | rollback | check | …`` (``--help``).

JSON goes to standard output, words to standard error. Exit 0: done; 1: not fit to serve (``doctor``); 2: refused;
3: done in part, without the files that were refused (``ingest --skip-refused``), from an older vintage as the newest is
damaged (``totals``, ``export``, ``risk``, ``alerts``), or without vintages that are damaged (``backup``).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from data.cli.alerts import add_arguments as add_alerts
from data.cli.alerts import run_alerts
from data.cli.cubes import add_cubes, run_cubes
from data.cli.doctor import add_doctor, run_doctor
from data.cli.ingest import add_ingest, run_ingest
from data.cli.mending import add_mending, run_backup, run_diff, run_log, run_restore, run_rollback
from data.cli.sessions import add_sessions, run_sessions
from data.cli.template import add_template, run_template
from data.counting.check import check_store
from data.counting.models import Group, Totals
from data.counting.tables import TABLES
from data.counting.totals import parse_totals, totals
from data.demonstration.generate import write_demonstration
from data.exports.about import plain_words
from data.exports.numbers import KINDS, export_numbers
from data.model.absence import PUBLISHED, WORDS
from data.model.answers import UNSET, as_builtins
from data.model.errors import CrossingsError, QueryError, StoreError
from data.model.schema import dictionary
from data.model.settings import read_settings, settings_with
from data.query.parameters import ANY_MEASURE, BY, DISPLAY, FIGURES, SELECTION, VINTAGE, Parameter
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.risk.answer import ASKED, parse_risk, risk_answer, typed_answer
from data.risk.models import RiskAnswer, TypedRisk
from data.risk.sentences import risk_words
from data.store.store import Store

DONE, NOT_FIT, REFUSED, DONE_IN_PART = 0, 1, 2, 3
EXPORTED: Final = tuple(one for one in SELECTION if DISPLAY not in one.affects)
TOTALS: Final = (ANY_MEASURE, BY, *(one for one in EXPORTED if one.name != ANY_MEASURE.name))
RISK: Final = (*ASKED, VINTAGE)
MENDING: Final = {
    "diff": run_diff, "rollback": run_rollback, "restore": run_restore, "backup": run_backup, "log": run_log,
}  # fmt: skip
FROM_WHAT_IS_IN_USE: Final = ("totals", "export", "risk", "alerts")  # an older vintage may answer them
SAYS_ITSELF: Final = ("check", "rollback", "restore")  # that what is in use is lost, and what is done about it


def say(text: str) -> None:
    """Write words for a person to standard error."""
    print(text, file=sys.stderr)


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line; argparse itself exits with 2 at a word it does not know."""
    parser = argparse.ArgumentParser(prog="python -m data", description="Crossings: files in, totals out.")
    commands = parser.add_subparsers(dest="command", required=True)
    reads = commands.add_parser("ingest", help="read publishers' files and publish a new vintage")
    add_ingest(reads)
    asks = commands.add_parser("totals", help="one measure, whole or by group, with what no group holds")
    add_options(asks, *TOTALS)
    leaves = commands.add_parser("export", help="write the numbers of one figure as a file")
    leaves.add_argument("--figure", required=True, help=f"one of {', '.join(TABLES)}")
    leaves.add_argument("--format", required=True, help=f"one of {', '.join(KINDS)}")
    leaves.add_argument("--out", required=True, type=Path, help="the file to write")
    add_options(leaves, *EXPORTED)
    lists = commands.add_parser("vintages", help="every published state of the store, oldest first")
    lists.add_argument("--forget", metavar="NAME", help="remove an older one for ever; addresses pinned to it end")
    checks = commands.add_parser("check", help="verify hashes, schema and rules of every vintage and its manifest")
    checks.add_argument("--all", action="store_true", help="as without it: every vintage is checked")
    writes = commands.add_parser(
        "template", help="write a file of the header of this project's own layout, to be filled"
    )
    add_template(writes)
    makes = commands.add_parser("demonstration", help="write and publish the demonstration data")
    makes.add_argument("--folder", type=Path, help="where its files are written")
    risks = commands.add_parser("risk", help="risk of a route in a window, or of figures typed in, formula by formula")
    add_options(risks, *FIGURES, *RISK)
    alerts = commands.add_parser("alerts", help="changes in watched sectors: list, release, discard; watch, unwatch")
    add_alerts(alerts)
    logs_in = commands.add_parser("sessions", help="who is logged in to the public page; --revoke ends sessions")
    add_sessions(logs_in)
    sums = commands.add_parser("cubes", help="add up partitioned files of very many incidents, on Polars or Spark")
    add_cubes(sums)
    commands.add_parser("dictionary", help="print DICTIONARY.md, made from the schema")
    fits = add_doctor(commands)
    own = (reads, asks, leaves, lists, checks, makes, risks, alerts, writes, fits, logs_in, sums)
    for command in (*own, *add_mending(commands)):
        command.add_argument("--store", type=Path, default=None, help="the store's folder")
        command.add_argument("--json", action="store_true", help="answer as JSON on standard output")
    return parser.parse_args(given)


def add_options(command: argparse.ArgumentParser, *parameters: Parameter) -> None:
    """Add an option for each parameter, described as the table describes it."""
    for one in parameters:
        words = f"one of {', '.join(one.schema['enum'])}" if "enum" in one.schema else one.meaning.replace("%", "%%")
        command.add_argument(one.option, dest=one.name, metavar=one.name.upper(), help=words)


def stated(options: argparse.Namespace, parameters: Sequence[Parameter]) -> dict[str, list[str]]:
    """Return what the command line states of these parameters, as a query."""
    given = {one.name: getattr(options, one.name) for one in parameters}
    return {name: [value] for name, value in given.items() if value is not None}


def run_totals(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Answer a totals query; ``--route`` also takes a name as a publisher spells it."""
    query = stated(options, TOTALS)
    vintage = store.open(Selection.pinned_in(query))
    selection, measure, by = parse_totals(query, vintage)
    answer = totals(vintage, selection, measure=measure, by=by)
    say(_totals_in_words(answer))
    found: dict[str, Any] = as_builtins(answer)
    first = ("measure", "unit", "total", "by", "groups")  # this command has always had the groups before the parts
    return {name: found[name] for name in first} | found


def _totals_in_words(answer: Totals) -> str:
    number = "not reported" if answer.total is None else f"{answer.total:,}"
    at_least = "at least " if answer.unit == "people" and answer.total is not None else ""
    lines = [f"{answer.measure}: {at_least}{number} {answer.unit.replace('_', ' ')} (vintage {answer.vintage})"]
    if answer.is_demonstration:
        lines.append("Demonstration data. Invented to try the software; no figure here is real.")
    lines += [f"  {group.key}: {_value_in_words(group)}" for group in answer.groups]
    parts = ("not_dated", "not_located", "no_route")
    lines.append("  " + ", ".join(f"{part.replace('_', ' ')}: {answer.part(part):,}" for part in parts))
    if answer.partly_in_window:
        lines.append(f"  reach over an end of the window, so are not in the total: {answer.partly_in_window:,}")
    lines += [f"  {one.words}" for one in answer.not_covered]
    return "\n".join(lines)


def _value_in_words(group: Group) -> str:
    """Return a group's value, and what it is worth where that is not all of it; never 0 for what nobody counted."""
    is_plain = group.status is UNSET or group.status == PUBLISHED
    if group.value is None:
        return "not reported" if is_plain else str(WORDS[str(group.status)])
    return f"{group.value:,}" if is_plain else f"{group.value:,} ({WORDS[str(group.status)]})"


def run_export(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Write one figure's numbers to a file."""
    query = stated(options, EXPORTED)
    vintage = store.open(Selection.pinned_in(query))
    selection = require_known_ids(vintage, Selection.parse(resolve_names(query, vintage)))
    sentence = plain_words(selection)
    content, _, _ = export_numbers(vintage, selection, figure=options.figure, kind=options.format, sentence=sentence,
                                      site=read_settings().address)  # fmt: skip
    try:
        options.out.write_bytes(content)
    except OSError as error:
        raise StoreError(f"{options.out} cannot be written: {error.strerror}.") from error
    say(f"{options.out}: {len(content):,} bytes of {options.figure}, vintage {vintage.name}.")
    return {"file": str(options.out), "bytes": len(content), "vintage": vintage.name}


def run_vintages(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """List the vintages, after removing the one that is to be forgotten."""
    if options.forget:
        store.forget(options.forget)
    newest = store.newest_name()
    known = store.published()
    for one in known:
        mark = ", the newest" if one.vintage == newest else ""
        say(f"{one.vintage}: published {one.published}, data until {one.data_until}{mark}")
    return {"vintages": as_builtins(known), "newest": newest}


def run_risk(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Answer for figures typed in, which need no store, or for a route and a window of the current vintage."""
    typed, asked = stated(options, FIGURES), stated(options, RISK)
    if typed and asked:
        raise QueryError("Give either figures, such as --deaths, or --route with --from and --to.", parameter="route")
    if asked:
        vintage = store.open(Selection.pinned_in(asked))
        answer: RiskAnswer | TypedRisk = risk_answer(vintage, parse_risk(asked, vintage))
    else:
        answer = typed_answer({name: given[0] for name, given in typed.items()})
    say(risk_words(answer))
    return dict(as_builtins(answer))


def run_ingest_of(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Ingest the named files."""
    return run_ingest(options, store, say)


def run_alerts_of(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """List, release or discard alerts; watch or unwatch a sector."""
    return run_alerts(options, store, say)


def run_cubes_of(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Add up partitioned files and publish the sums."""
    return run_cubes(options, store, say)


def run_template_of(options: argparse.Namespace, _store: Store) -> dict[str, Any]:
    """Write a file of a layout's header."""
    return run_template(options, say)


def run_demonstration(options: argparse.Namespace, store: Store) -> dict[str, Any]:
    """Write the demonstration files and publish them."""
    folder = options.folder or store.folder.parent / "demonstration"
    folder.mkdir(parents=True, exist_ok=True)
    options.files = write_demonstration(folder)
    return run_ingest(options, store, say)


def run_check(store: Store) -> dict[str, Any]:
    """Verify every vintage and its manifest."""
    report = check_store(store)
    whole = f"Every vintage is whole: {report.checked} checks. In use: {report.vintage}."
    say("\n".join([*(report.problems or [whole]), *report.notes]))
    return dict(as_builtins(report))


def run(options: argparse.Namespace, store: Store) -> dict[str, Any] | None:
    """Run one command and return its answer."""
    if options.command == "dictionary":
        print(dictionary(), end="")
        return None
    if options.command == "sessions":
        return run_sessions(options, say)
    if options.command == "doctor":
        return run_doctor(options, settings_with(store=options.store), say)
    if options.command in MENDING:
        return MENDING[options.command](options, store, say)
    if options.command == "check":
        return run_check(store)
    commands = {"ingest": run_ingest_of, "totals": run_totals, "demonstration": run_demonstration,
                "export": run_export, "vintages": run_vintages, "risk": run_risk,
                "alerts": run_alerts_of, "template": run_template_of, "cubes": run_cubes_of}  # fmt: skip
    return commands[options.command](options, store)


def main(given: Sequence[str] | None = None) -> int:
    """Return the exit code of one command line."""
    options = arguments(given)
    told: list[str] = []
    try:
        store = Store(settings_with(store=getattr(options, "store", None)).store, tell=told.append)
        answer = run(options, store)
    except CrossingsError as error:
        say("\n".join([*told, f"Refused. {error}"]))
        if getattr(options, "json", False):
            print(json.dumps({"refused": str(error), "code": error.code}, ensure_ascii=False))
        return REFUSED
    if told and options.command not in SAYS_ITSELF:
        say("\n".join(told))
    if answer is not None and options.json:
        print(json.dumps(answer, ensure_ascii=False))
    if answer is not None and not answer.get("healthy", True):
        return NOT_FIT
    if answer is not None and answer.get("problems"):
        return REFUSED
    is_older = options.command in FROM_WHAT_IS_IN_USE and bool(told) and _is_of_an_older_vintage(options, store)
    return DONE_IN_PART if is_older or (answer is not None and answer.get("refused")) else DONE


def _is_of_an_older_vintage(options: argparse.Namespace, store: Store) -> bool:
    """Return whether an answer is of an older vintage that nobody asked for, as the newest is lost."""
    lost = store.lost()
    return lost is not None and lost.is_in_doubt and getattr(options, "vintage", None) is None


if __name__ == "__main__":
    sys.exit(main())
