"""The answer to "This year so far"."""

from collections.abc import Mapping

from dash.development.base_component import Component

from callbacks.questions.about import about, of_incidents
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.answer import kept_states, trends
from layouts.questions.year import answer


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the same days of each year, the months, acts of policy and the season of the selection."""
    del options
    asked = of_incidents(vintage, selection).replace(step="month")
    found = trends(vintage, asked, states=kept_states(store, vintage))
    return [*answer(found, asked, vintage.names), about(vintage, asked)]
