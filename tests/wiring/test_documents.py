"""Documents say what is so: every rule is held by a test or named as not built yet, every room and link exists."""

import ast
import re
from pathlib import Path

from tests.harness.rules import LATER, PAGE, ROOT, cited, holders, page, rules


def test_every_rule_is_held_by_a_test_or_named_as_built_later() -> None:
    assert len(rules()) > 60
    held = holders()
    assert [rule for rule in rules() if rule not in held and rule not in LATER] == []


def test_only_rules_that_exist_are_cited_held_or_left_for_later() -> None:
    known = rules().keys()
    assert {rule: files for rule, files in cited().items() if rule not in known} == {}
    assert {rule: tests for rule, tests in holders().items() if rule not in known} == {}
    assert LATER.keys() <= known


def test_the_page_of_rules_and_tests_is_as_the_tests_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make rules"


def test_every_module_of_browser_tests_carries_its_mark() -> None:
    modules = sorted((ROOT / "tests" / "browser").glob("test_*.py"))
    assert modules
    assert [path.name for path in modules if "pytest.mark.browser" not in _marks(path)] == []


def _marks(path: Path) -> str:
    marks = (node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.Assign))
    return " ".join(ast.unparse(node) for node in marks if ast.unparse(node.targets[0]) == "pytestmark")


LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def test_every_page_that_a_document_links_to_is_there() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, page.parent / target) for page in pages for target in LINK.findall(page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 20
    assert [(page.name, str(target)) for page, target in links if not target.exists()] == []


def test_every_room_stands_in_the_tree_of_contributing() -> None:
    tree = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = [f"{top}/{path.name}/" for top in ("data", "geo", "layouts", "callbacks")
             for path in (ROOT / top).iterdir() if (path / "__init__.py").exists()]  # fmt: skip
    assert len(rooms) > 30
    assert [room for room in rooms if room not in tree] == []
