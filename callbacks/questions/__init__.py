"""Questions: what is asked while the sheet is open, answered by one pure function each."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, no_update

from callbacks.questions import compare, corridors, hotspots, quote, risk, sector, year
from callbacks.reading import reading
from data.errors import CrossingsError
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts import ids
from layouts.questions.parts import refused

Options = Mapping[str, str]
View = Callable[[Store, Vintage, Selection, Options], list[Any]]
VIEWS: Final[dict[str, View]] = {
    "year": year.view, "risk": risk.view, "hotspots": hotspots.view, "corridors": corridors.view,
    "compare": compare.view, "quote": quote.view, "sector": sector.view,
}  # fmt: skip
MOST_OPTIONS, LONGEST = 20, 24_000  # a polygon of 1,000 corners


def register(app: Dash, store: Store) -> None:
    """Connect the sheet: ``questions.js`` states what is asked, ``answered`` answers it."""
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
        understood = asked(asks)
        return no_update if understood is None else answered(store, *understood)


def asked(asks: Any) -> tuple[str, str, dict[str, str]] | None:
    """Return (selection's query, question, options) that a browser states; None for anything else."""
    if not (isinstance(asks, list) and len(asks) == 3):
        return None
    query, question, options = asks
    is_known = isinstance(query, str) and isinstance(question, str) and question in VIEWS and isinstance(options, dict)
    if not is_known or len(options) > MOST_OPTIONS:
        return None
    texts = {str(name)[:40]: value for name, value in options.items() if isinstance(value, str)}
    return query, question, {name: value.strip() for name, value in texts.items() if len(value) <= LONGEST}


def answered(store: Store, query: str, question: str, options: Options) -> list[Any]:
    """Return the answer to one question, or the sentence that says why there is none."""
    vintage, selection = reading(store, query)
    try:
        return VIEWS[question](store, vintage, selection, options)
    except CrossingsError as error:
        return [refused(str(error))]
