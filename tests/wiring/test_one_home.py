"""What has one home in the code is nowhere else: parsers of parameters, the size of a source, a vintage's name."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("callbacks", "layouts", "data") for path in (ROOT / folder).rglob("*.py"))
PARSERS = {"parse_qs", "parse_qsl", "fromisoformat", "strptime"}
OF_A_REQUEST = {"args", "values", "form", "query_string"}
VINTAGE_NAME = re.compile(r"v\\d|v\[0-9\]|\bv0000|^v\d{6}$")
OF_A_NAME = {"startswith", "removeprefix", "lstrip", "match", "fullmatch"}

Found = Callable[[ast.AST], bool]


def parses_a_parameter(node: ast.AST) -> bool:
    """Return whether a node takes a request's parameters or turns a text into a day by itself."""
    if isinstance(node, ast.Attribute) and node.attr in OF_A_REQUEST:
        return isinstance(node.value, ast.Name) and node.value.id == "request"
    name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return name in PARSERS


def asks_for_size(node: ast.AST) -> bool:
    """Return whether a node asks if a source is large."""
    return isinstance(node, ast.Attribute) and node.attr == "is_large"


def knows_names_of_vintages(node: ast.AST) -> bool:
    """Return whether a node makes, tells or takes apart a vintage's name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return VINTAGE_NAME.search(node.value) is not None
    if isinstance(node, ast.JoinedStr):
        return bool(re.search(r"v\{[^}]*:0?6d?\}", ast.unparse(node)))
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in OF_A_NAME:
        return False
    return any(isinstance(one, ast.Constant) and one.value == "v" for one in node.args)


def without_docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield every node but texts that stand alone."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return (node for node in ast.walk(tree) if id(node) not in alone)


def places(is_found: Found) -> set[str]:
    """Return the files with a node that is found."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if any(map(is_found, without_docstrings(ast.parse(path.read_text(encoding="utf-8")))))
    }


HOMES = {  # what is looked for: the rooms where it is at home, and files elsewhere that may, with the reason
    parses_a_parameter: (
        ("data/query/", "data/readers/", "data/cli/", "data/model/days.py"),
        {
            "callbacks/server/responses.py": "asked_query: the request as it came, for data.query to read",
            "callbacks/accounts/log_in.py": "what a provider sends back: no parameter of a view",
            "callbacks/sheets/link_preview.py": "hands the whole address to data.query.address",
            "callbacks/page/pointer.py": "the edges of a brush, as the figure tells them: no parameter",
            "callbacks/server/metrics.py": "days of a vintage, as the store wrote them",
            "data/exports/about.py": "the days of a source, as the store wrote them",
            "data/pillars/estimates.py": "published estimates, a file of this project",
            "data/sectors/alerts.py": "the watch list, a file of this program",
            "data/trends/policy_events.py": "acts of policy, a file of this project",
            "data/store/summary.py": "a manifest, as the store wrote it",
            "data/store/vintage.py": "a manifest, as the store wrote it",
        },
    ),
    asks_for_size: (("data/counting/", "data/store/"), {}),
    knows_names_of_vintages: (("data/store/vintage_ref.py",), {}),
}


@pytest.mark.parametrize("is_found", HOMES, ids=lambda one: one.__name__)
def test_it_stands_at_home_or_where_a_reason_is_given(is_found: Found) -> None:
    rooms, exempt = HOMES[is_found]
    found = places(is_found)
    assert {path for path in found if not path.startswith(rooms)} == set(exempt), "another place, or one less"
    assert any(path.startswith(rooms) for path in found)


@pytest.mark.parametrize(
    ("is_found", "source"),
    [
        (parses_a_parameter, "request.args.get('route')"), (parses_a_parameter, "date.fromisoformat(text)"),
        (parses_a_parameter, "urllib.parse.parse_qsl(text)"), (asks_for_size, "vintage.is_large(source)"),
        (knows_names_of_vintages, "name.startswith('v')"), (knows_names_of_vintages, "f'v{number:06d}'"),
        (knows_names_of_vintages, "re.compile(r'v\\d{6}')"), (knows_names_of_vintages, "folder.glob('v[0-9]*')"),
    ],
)  # fmt: skip
def test_another_place_would_be_found(is_found: Found, source: str) -> None:
    assert any(map(is_found, without_docstrings(ast.parse(f"x = {source}"))))


@pytest.mark.parametrize(
    ("is_found", "source"),
    [
        (parses_a_parameter, "options.values"),
        (knows_names_of_vintages, "known['v']"),
        (asks_for_size, "is_drawable(v)"),
    ],
)
def test_what_only_looks_alike_is_not_found(is_found: Found, source: str) -> None:
    assert not any(map(is_found, without_docstrings(ast.parse(f"x = {source}"))))
