"""The answer to "This year so far"."""

from collections.abc import Mapping
from typing import Any

from callbacks.questions.about import about, counted
from data.selection import Selection
from data.store import Store
from data.trends import kept_states, trends
from data.vintage import Vintage
from layouts.questions.year import answer


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return the same days of each year, the months, acts of policy and the season of the selection."""
    del options
    asked = counted(vintage, selection).but(step="month")
    found = trends(vintage, asked, states=kept_states(store, vintage))
    return [*answer(found, asked, vintage.names), about(vintage, asked)]
