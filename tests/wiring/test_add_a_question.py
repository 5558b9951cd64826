"""The page that says how a question is added: its own example is added to an app, and asked."""

import re
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from callbacks.build import build
from callbacks.questions.table import QUESTIONS
from data.counting.totals import totals
from data.model import notices
from data.query.selection import Selection
from data.store.store import Store
from layouts import ids
from layouts.questions.question import Question

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-question.md"


def blocks(language: str) -> list[str]:
    """Return the page's pieces of code, without the indent of a list."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", page, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", code, flags=re.MULTILINE) for indent, code in found]


@pytest.fixture
def question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Question]:
    """Do what the page says, beside the project's own files; return the question."""
    words, name = blocks("toml")
    (tmp_path / "en").mkdir()
    for path in (notices.FOLDER / "en").glob("*.toml"):
        more = name.partition("\n")[2] if path.stem == "questions" else ""
        text = path.read_text(encoding="utf-8")
        (tmp_path / "en" / path.name).write_text(text.replace("[name]\n", f"[name]\n{more}"), encoding="utf-8")
    (tmp_path / "en" / "undated.toml").write_text(words, encoding="utf-8")
    (tmp_path / "undated.py").write_text(blocks("python")[0], encoding="utf-8")
    monkeypatch.setattr(notices, "FOLDER", tmp_path)
    notices.messages.cache_clear()
    spec = spec_from_file_location("undated", tmp_path / "undated.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "undated", module)
    spec.loader.exec_module(module)
    yield Question("undated", module.form, module.answer_panel)
    notices.messages.cache_clear()


def test_the_page_on_questions_can_be_followed(question: Question, demonstration_store: Store) -> None:
    app = build(demonstration_store, (*QUESTIONS, question))
    client = app.server.test_client()
    assert "How many records have no date?" in client.get("/_dash-layout").text
    body = {
        "output": f"{ids.ANSWER}.children",
        "outputs": {"id": ids.ANSWER, "property": "children"},
        "inputs": [{"id": ids.ANSWER_ASKS, "property": "data", "value": ["", "undated", {"step": "year"}]}],
        "changedPropIds": [f"{ids.ANSWER_ASKS}.data"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    found = totals(demonstration_store.current(), Selection(step="year"), measure="dead_or_missing", by="year")
    assert f"{found.not_dated:,} people are not dated to a year." in answer.text
