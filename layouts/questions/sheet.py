"""The sheet: a list of questions, the form of the chosen one, and the answer."""

from collections.abc import Callable
from typing import Any, Final

from dash import html

from data.vintage import Vintage
from layouts import ids
from layouts.controls import button, choice
from layouts.questions import compare, corridors, hotspots, quote, risk, sector, year

Form = Callable[[Vintage], list[Any]]
QUESTIONS: Final[dict[str, tuple[str, Form]]] = {  # id: the question in words, and its form
    "year": ("This year so far", year.form),
    "risk": ("More dangerous, or just busier?", risk.form),
    "hotspots": ("Where was more recorded than around?", hotspots.form),
    "corridors": ("Near which route lines?", corridors.form),
    "compare": ("What changed between two windows?", compare.form),
    "quote": ("Check a quote", quote.form),
    "sector": ("What is new in my sector?", sector.form),
}


def questions_sheet(vintage: Vintage) -> html.Section:
    """Return the sheet without an answer; callbacks.questions fills it when it is open."""
    names = {name: words for name, (words, _) in QUESTIONS.items()}
    first = next(iter(QUESTIONS))
    head = html.Div([html.H2("Questions"), button("Close", ids.QUESTIONS_CLOSE, kind="link")], className="panel-head")
    chooser = html.Div(choice("Question", ids.QUESTION, names, first, is_label_shown=False), className="question-names")
    forms = [
        html.Div(form(vintage), className="question-form", hidden=name != first, **{"data-question": name})
        for name, (_, form) in QUESTIONS.items()
    ]
    answer = html.Div(id=ids.ANSWER, className="answer")
    said = html.P(id=ids.ANSWER_SAID, className="unseen", role="status")  # the sentence alone is read out
    body = html.Div([*forms, said, answer], className="panel-body", tabIndex=0, role="region",
                    **{"aria-label": "The answer"})  # fmt: skip
    return html.Section(
        [head, chooser, body], id=ids.QUESTIONS, className="panel sheet questions", **{"aria-label": "Questions"},
    )  # fmt: skip
