"""The answer to "More dangerous, or just busier?"."""

from collections.abc import Mapping
from typing import Any

from data.errors import QueryError
from data.risk import VARIANT_OF
from data.risk_over_time import first_computable, last_two, risk_over_time, route_asked, routes_compared
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts import text
from layouts.questions.risk import risk_view


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return the counts and one variant of risk of one route, period by period."""
    del store
    route = route_asked(vintage, selection, options.get("route", ""))
    asked = Selection(routes=(route,), start=selection.start, end=selection.end, source=selection.source)
    answer = risk_over_time(vintage, asked, options.get("step") or "year")
    name = options.get("variant") or first_computable(answer)
    if name not in VARIANT_OF:
        raise QueryError("This variant is not known. Choose one of the list.", parameter="variant")
    compared = last_two(vintage, answer, name)
    periods = [compared["earlier"], compared["later"]] if compared else answer["periods"][-1:]
    routes = routes_compared(vintage, selection, [one["span"] for one in periods], name)
    words = text.unfiltered(selection)
    unfiltered = f" These counts are{words.replace(' (', ' ').rstrip(')')}." if words else ""
    query = asked.but(vintage=selection.vintage).to_query() + f"&step={answer['step']}"
    return risk_view(answer, name, compared, routes, unfiltered, query)
