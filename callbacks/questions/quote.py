"""The answer to "Check a quote"."""

from collections.abc import Mapping
from typing import Any

from dash import html

from data.errors import QueryError
from data.quote import ASKED, quote_answer
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts.questions.quote import ASK, quote_view


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return what yields the quoted figure; the map's selection is not asked, a quote may be of any route."""
    del store, selection
    given = {name: [options[name]] for name in ASKED if options.get(name)}
    if "text" not in given:
        return [html.P(ASK)]
    try:
        return quote_view(quote_answer(given, vintage))
    except QueryError as error:
        if error.parameter == "text":
            raise QueryError(f"This is not a figure that can be checked. {ASK}", parameter="text") from error
        raise
