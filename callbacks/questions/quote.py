"""The answer to "Check a quote"."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from data.model.errors import QueryError
from data.model.notices import say
from data.query.questions import OPTIONS_OF
from data.query.selection import Selection
from data.risk.quote_check import quote_answer
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.questions.quote import quote_view


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return what yields the quoted figure; the map's selection is not asked, a quote may be of any route."""
    del store, selection
    given = {name: [options[name]] for name in OPTIONS_OF["quote"] if options.get(name)}
    if "text" not in given:
        return [html.P(say("quote.form.help"))]
    try:
        return quote_view(quote_answer(given, vintage))
    except QueryError as error:
        if error.parameter == "text":
            sentence = say("quote.refused.not_a_figure", help=say("quote.form.help"))
            raise QueryError(sentence, parameter="text") from error
        raise
