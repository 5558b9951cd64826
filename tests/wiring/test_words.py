"""The words that a reader meets stand in the messages: no sentence is written in code, but where a reason is given."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import data.model.errors

ROOT = Path(__file__).parents[2]
FOLDERS = ("data", "geo", "layouts", "callbacks")
EXEMPT = {  # a file or a folder: why its sentences stand in it, in English
    "data/readers": "what is wrong with a publisher's file, told to whoever ingests it",
    "data/cli": "the command line",
    "data/__main__.py": "the command line",
    "data/counting/check.py": "the command line: what the check of a store finds",
    "data/store/report.py": "the command line: what an ingest did",
    "data/store/reconcile.py": "the command line: why an ingest waits",
    "data/store/editions.py": "the command line: what an ingest asks",
    "data/accounts/sessions.py": "statements to the database",
    "callbacks/set_up.py": "the command line: what was made before the first request",
    "data/demonstration": "invented files, in their publishers' words",
    "data/model/countries.py": "names that are kept with the data, as all names of places are",
    "data/model/vocabulary.py": "names that are kept with the data, as all names of places are",
    "geo/map/gazetteer.py": "names of places",
    "data/risk/quote_parser.py": "patterns of the English that is read",
    "data/model/schema.py": "documentation of columns, for programmers",
    "data/model/columns.py": "documentation of columns, for programmers",
    "data/model/own_lists.py": "documentation of columns, for programmers",
    "data/model/sar_regions.py": "documentation of columns, for programmers",
    "data/query/parameters.py": "documentation of parameters, for programmers",
    "data/query/questions.py": "documentation of parameters, for programmers",
    "data/pillars/request.py": "documentation of a parameter, for programmers",
    "callbacks/api/openapi": "documentation of the interface, for programmers",
    "data/model/settings.py": "the command line: a setting that cannot be meant",
    "data/model/provider.py": "the command line: a setting of log-in that cannot be meant",
    "callbacks/server/metrics.py": "documentation of metrics, for operators",
    "callbacks/server/interface.py": "documentation of the interface, for programmers",
    "callbacks/api/examples_page.py": "documentation of the interface, for programmers",
}
VALUE, WORD = "¤", r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
FOUR_WORDS = re.compile(rf"(?:(?:{WORD}|{VALUE})[,;:.]? ){{3}}(?:{WORD}|{VALUE})")
TOLD_TO_READERS = frozenset(  # a DataError speaks of a table's row, to whoever maintains the table
    name for name, kind in vars(data.model.errors).items() if isinstance(kind, type) and name != "DataError"
)
FOR_PROGRAMMERS = ("Meta", "DataError", "__init__", "debug", "info", "warning", "error", "exception")


def sentences(source: str) -> list[tuple[int, str]]:
    """Return (line, words) of every text of four words or more, a value in it being one.

    Left out are addresses, documentation (docstrings, ``Meta``), the log, and errors that no reader is shown.
    """
    return [(line, text) for line, text in _texts(ast.parse(source)) if _is_sentence(text)]


def _is_sentence(text: str) -> bool:
    return not text.startswith("/") and any(
        len(re.findall(WORD, found)) > 2 for found in FOUR_WORDS.findall(" ".join(text.split()))
    )


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values]
        yield node.lineno, "".join(parts)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _texts(part.value)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.lineno, node.value
    elif not _is_for_programmers(node):
        for child in ast.iter_child_nodes(node):
            yield from _texts(child)


def _is_for_programmers(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call) and _name(node.exc) not in TOLD_TO_READERS
    return isinstance(node, ast.Call) and _name(node) in FOR_PROGRAMMERS


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_a_sentence_in_code_is_found_and_documentation_is_not() -> None:
    source = '''
"""A module that says what it does."""
NOTE = "Choose fewer days or cells."

def count(rows: int) -> str:
    """Return how many rows there are."""
    logger.error("too many rows: %s of them", rows)
    if rows > 9:
        raise QueryError(f"{rows:,} rows are more than {9}.", parameter="figure")
    if rows < 0:
        raise ValueError("a count is never below zero")
    return f"<b class='many' id='{rows}'>{say('exports.rows')}</b>" if rows else "in all, " + "no row"
'''
    assert sentences(source) == [(3, "Choose fewer days or cells."), (9, "¤ rows are more than ¤.")]


def test_no_sentence_is_written_in_code() -> None:
    found = [
        f"{path}:{line}: {text[:80]}"
        for path in sorted(one.relative_to(ROOT) for folder in FOLDERS for one in (ROOT / folder).rglob("*.py"))
        if not _is_exempt(path)
        for line, text in sentences((ROOT / path).read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def test_every_exemption_is_needed() -> None:
    for name in EXEMPT:
        path = ROOT / name
        files = path.rglob("*.py") if path.is_dir() else [path]
        assert any(sentences(one.read_text(encoding="utf-8")) for one in files), name


def _is_exempt(path: Path) -> bool:
    return any(str(one) in EXEMPT for one in (path, *path.parents))
