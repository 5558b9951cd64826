"""Which test holds which rule of data/RULES.md: ``python -m tests.harness.rules`` writes docs/rules-and-tests.md."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
RULES: Final = ROOT / "data" / "RULES.md"
PAGE: Final = ROOT / "docs" / "rules-and-tests.md"
TEXTS: Final = ("*.py", "*.md", "*.js", "*.css")
CITED: Final = re.compile(r"RULES\s+([A-Z]\d+(?:(?:,|\s+and|\s+to|[-–])\s*[A-Z]\d+)*)")
# Stated in RULES, and built in a later issue: the whole rule, or the part that is named.
LATER: Final = {
    "R12": "an estimate in the table, which holds none yet",
    "X9": "imprecise places drawn in coarser cells beneath",
    "X10": "people outside the view",
}


def rules() -> dict[str, str]:
    """Return the id of every rule, in the order of the page, and how its text begins."""
    found = re.findall(r"^\s*- \*\*([A-Z]\d+)(?: ([^*]+))?\*\*(.*)$", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    return {rule: (title or text).strip().split(". ")[0].rstrip(".:") for rule, title, text in found}


def holders() -> dict[str, list[str]]:
    """Return what says that it holds a rule, by rule: tests as ``folder/file.py: name``, whole files as their path."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        name = path.relative_to(ROOT / "tests").as_posix()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                for rule in _marked(ast.walk(node.value)):
                    found[rule].append(name)
            elif isinstance(node, ast.FunctionDef):
                for rule in _marked(node.decorator_list):
                    found[rule].append(f"{name}: {node.name}")
    return found


def _marked(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for mark in nodes:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.rule":
            yield from (ast.literal_eval(one) for one in mark.args)


def cited() -> dict[str, set[str]]:
    """Return every rule that the code, its tests or the documents cite, and the files that do."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    rooms = (ROOT / name for name in ("data", "geo", "layouts", "callbacks", "tests", "docs"))
    files = [path for room in rooms for kind in TEXTS for path in room.rglob(kind)]
    for path in (*files, *ROOT.glob("*.md"), ROOT / "app.py"):
        for several in CITED.findall(path.read_text(encoding="utf-8")):
            for rule in re.findall(r"[A-Z]\d+", several):
                found[rule].add(path.relative_to(ROOT).as_posix())
    return found


def page() -> str:
    """Return the page: each rule, and the tests that hold it."""
    lines = [
        "# Rules and the tests that hold them", "",
        'Made by `make rules` from the marks `@pytest.mark.rule("C5")` on the tests; a test compares this page with',
        "them. The rules themselves are in [data/RULES.md](../data/RULES.md).", "",
        "| rule | begins | held by |", "| --- | --- | --- |",
    ]  # fmt: skip
    held = holders()
    for rule, begins in rules().items():
        later = [f"*later: {LATER[rule]}*"] if rule in LATER else []
        lines.append(f"| {rule} | {begins.replace('|', '&#124;')} | {'<br>'.join([*held[rule], *later])} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
