"""The sheet: a list of questions, the form of the chosen one, and the answer."""

from collections.abc import Sequence

from dash import html

from data.model.notices import say
from data.store.vintage import Vintage
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button, choice
from layouts.questions.question import Question


def questions_sheet(vintage: Vintage, questions: Sequence[Question]) -> html.Section:
    """Return the sheet without an answer; callbacks.questions fills it when it is open."""
    names = {question.id: question.name for question in questions}
    first = next(iter(names))
    close = button(say("questions.sheet.close"), ids.QUESTIONS_CLOSE, kind="link")
    head = html.Div([html.H2(say("questions.sheet.head")), close], className="panel-head")
    chooser = html.Div(
        choice(say("questions.sheet.question"), ids.QUESTION, names, first, is_label_shown=False),
        className="question-names",
    )
    forms = [
        html.Div(
            _fields(question, vintage),
            className="question-form",
            hidden=question.id != first,
            **attributes(data_question=question.id),
        )
        for question in questions
    ]
    answer = html.Div(id=ids.ANSWER, className="answer")
    sentence = html.P(id=ids.ANSWER_SAID, className="unseen", role="status")  # the sentence alone is read out
    body = html.Div([*forms, sentence, answer], className="panel-body", tabIndex=0, role="region",
                    **attributes(aria_label=say("questions.sheet.answer")))  # fmt: skip
    return html.Section(
        [head, chooser, body],
        id=ids.QUESTIONS,
        className="panel sheet questions",
        **attributes(aria_label=say("questions.sheet.head")),
    )


def _fields(question: Question, vintage: Vintage) -> html.Div | html.Details:
    fields = html.Div(question.form(vintage), className="question-fields")
    if not question.is_folded:
        return fields
    return html.Details([html.Summary(say("questions.sheet.change")), fields], className="question-options")
