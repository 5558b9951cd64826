"""Questions: what is asked while the sheet is open, answered by one pure function each."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, no_update

from data.counting.engine import reading
from data.model.errors import CrossingsError
from data.sectors.sector import LONGEST
from data.store.store import Store
from layouts import ids
from layouts.questions.parts import refused
from layouts.questions.question import Options, Question

MOST_OPTIONS = 20
Asked = tuple[str, str, dict[str, str]]
"""What is asked: the selection's query, the question's id, and what stands in its fields."""


def register(app: Dash, store: Store, questions: Sequence[Question]) -> None:
    """Connect the sheet: ``questions.mjs`` states what is asked, ``answer_question`` answers it."""
    known: Final = {question.id: question for question in questions}
    app.clientside_callback(
        ClientsideFunction("questions", "asks"),
        Output(ids.ANSWER_ASKS, "data"),
        Input(ids.SELECTION, "data"),
        Input(ids.OPEN, "data"),
        Input(ids.QUESTION, "value"),
        Input(ids.ASKED_AGAIN, "data"),
    )

    @app.callback(Output(ids.ANSWER, "children"), Input(ids.ANSWER_ASKS, "data"), prevent_initial_call=True)
    def answer(asks: Any) -> Any:
        read = read_asks(asks, known)
        return no_update if read is None else answer_question(store, known[read[1]], read[0], read[2])


def read_asks(asks: Any, known: Mapping[str, Question]) -> Asked | None:
    """Return what a browser asks; None for anything that is no question."""
    if not (isinstance(asks, list) and len(asks) == 3):
        return None
    query, question, options = asks
    is_known = isinstance(query, str) and isinstance(question, str) and question in known and isinstance(options, dict)
    if not is_known or len(options) > MOST_OPTIONS:
        return None
    texts = {str(name)[:40]: value for name, value in options.items() if isinstance(value, str)}
    return query, question, {name: value.strip() for name, value in texts.items() if len(value) <= LONGEST}


def answer_question(store: Store, question: Question, query: str, options: Options) -> list[Any]:
    """Return the answer to one question, or the sentence that says why there is none."""
    vintage, selection = reading(store, query)
    try:
        return question.view(store, vintage, selection, options)
    except CrossingsError as error:
        return [refused(str(error))]
