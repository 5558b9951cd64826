"""What a browser may state to the sheet of questions: whatever it is, a sentence comes back and no traceback."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.questions.sheet import MOST_OPTIONS, read_asks
from callbacks.questions.table import QUESTIONS
from data.query.questions import OPTIONS_OF
from layouts import ids

HOSTILE = ("x" * 3000, "<script>alert(1)</script>", "2024-13-45..1999-01-01", "-1", "1e308", "NaN", "../../etc/passwd",
           "route=x&by=y", "\x00", "🙂", "999999999999999999999", "0001-01-01..9999-12-31")  # fmt: skip
OPTIONS = {question: tuple(options) for question, options in OPTIONS_OF.items()}
CASES = [(question, name) for question, names in OPTIONS.items() for name in names]


def posted(client: FlaskClient, asks: Any) -> tuple[int, str]:
    body = {
        "output": f"{ids.ANSWER}.children",
        "outputs": {"id": ids.ANSWER, "property": "children"},
        "inputs": [{"id": ids.ANSWER_ASKS, "property": "data", "value": asks}],
        "changedPropIds": [f"{ids.ANSWER_ASKS}.data"],
    }
    answer = client.post("/_dash-update-component", json=body)
    return answer.status_code, answer.text


def test_the_questions_of_the_sheet_are_those_that_are_answered_and_tried_here() -> None:
    assert {question.id for question in QUESTIONS} == set(OPTIONS)


@pytest.mark.parametrize(("question", "name"), CASES)
def test_a_hostile_option_gets_a_sentence(client: FlaskClient, question: str, name: str) -> None:
    beside = {"deaths": "10", "text": "1 in 35"} if question == "quote" else {}
    for value in HOSTILE:
        status, text = posted(client, ["", question, beside | {name: value}])
        assert status == 200, (value, text[:300])
        assert json.loads(text)["response"][ids.ANSWER]["children"]
        assert "Traceback" not in text


@pytest.mark.parametrize(
    "asks",
    [None, 7, "year", [], ["", "year"], ["", "nothing", {}], [None, "year", {}], ["", "year", []], [[], "year", {}],
     ["", ["year"], {}], ["", {"a": 1}, {}], ["", "year", {str(n): "" for n in range(MOST_OPTIONS + 1)}]],
)  # fmt: skip
def test_what_is_no_question_changes_nothing(client: FlaskClient, asks: Any) -> None:
    status, _ = posted(client, asks)
    assert status in (200, 204)


def test_options_that_are_no_words_or_too_long_are_left_out() -> None:
    given = {"route": ["x"], "step": 7, "variant": " rho ", "long": "x" * 30_000}
    known = {question.id: question for question in QUESTIONS}
    assert read_asks(["", "risk", given], known) == ("", "risk", {"variant": "rho"})
