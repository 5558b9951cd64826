"""The answer to "More dangerous, or just busier?"."""

from collections.abc import Mapping

from dash.development.base_component import Component

from data.model.notices import say
from data.query.questions import OPTIONS_OF, chosen
from data.query.selection import Selection
from data.risk.by_period import choose_route, first_computable, last_two, risk_over_time, routes_compared
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.questions.risk import risk_view
from layouts.text import page as text


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the counts and one variant of risk of one route, period by period."""
    del store
    own = chosen(options, *OPTIONS_OF["risk"].values())
    route = choose_route(vintage, selection, own["route"] or "")
    asked = Selection(routes=(route,), start=selection.start, end=selection.end, source=selection.source)
    answer = risk_over_time(vintage, asked, own["step"])
    name = own["variant"] or first_computable(answer)
    compared = last_two(vintage, answer, name)
    periods = [compared.earlier, compared.later] if compared else answer.periods[-1:]
    routes = routes_compared(vintage, selection, [one.span for one in periods], name)
    filters = text.unfollowed_filters(selection)
    unfiltered = say("risk.view.unfiltered", filters=text.join_names(filters)) if filters else ""
    query = asked.replace(vintage=selection.vintage).to_query() + f"&step={answer.step}"
    return risk_view(answer, name, compared, routes, unfiltered, query)
