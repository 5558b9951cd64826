"""The answer to "More or fewer than in earlier years?"; the map shows the change against the year before."""

from collections.abc import Mapping

from dash.development.base_component import Component

from callbacks.questions.about import about, of_incidents
from callbacks.questions.compare import cells_address, choose_area
from data.compare.answer import compare
from data.counting.windows import Window
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.answer import kept_states, trends
from data.trends.models import Trends
from layouts.questions.compare import change_on_map
from layouts.questions.year import answer


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the same days of each year, the months, acts of policy and the season of the selection up to its last day.

    A first day that is chosen is set aside: a year would stand beside none (RULES T1).
    """
    del options
    asked = of_incidents(vintage, selection).replace(step="month", start=None)
    found = trends(vintage, asked, states=kept_states(store, vintage))
    return [
        *answer(found, asked, vintage.names, is_start_aside=selection.start is not None),
        *_on_map(vintage, asked, found),
        about(vintage, asked),
    ]


def _on_map(vintage: Vintage, selection: Selection, found: Trends) -> list[Component]:
    """Return what the map shows; nothing where one of the two years is not covered whole up to that day.

    It looks at the place that is chosen; where none is it stays where the reader has it.
    """
    two = found.year_to_date.years[:2] if found.year_to_date else []
    if len(two) < 2 or not all(one.is_covered for one in two):
        return []
    after, before = (Window(one.first, one.last) for one in two)
    asked = selection.replace(start=None, end=None)
    place = choose_area(asked, None) if asked.routes or asked.regions else None
    by_route = compare(vintage, asked, first=before, second=after, by="route")
    return [change_on_map(by_route, cells_address(asked, before, after), asked.resolution,
                          area=place, names=vintage.names["route"])]  # fmt: skip
