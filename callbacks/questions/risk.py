"""The answer to "More dangerous, or just busier?"."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from callbacks.questions.compare import cells_address
from data.counting.coverage import covered_somewhere
from data.counting.windows import Window
from data.model.errors import ContradictionError
from data.model.notices import say
from data.model.route_names import plain_name
from data.query.address import versioned
from data.query.questions import OPTIONS_OF, chosen
from data.query.selection import Selection
from data.risk.by_period import (
    PeriodsCompared,
    RiskOverTime,
    choose_route,
    first_computable,
    last_two,
    risk_over_time,
    routes_compared,
)
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.questions.parts import refused
from layouts.questions.risk import other_dates, risk_on_map, risk_view
from layouts.text import page as text


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the counts and one variant of risk of one route, period by period."""
    del store
    own = chosen(options, *OPTIONS_OF["risk"].values())
    route = choose_route(vintage, selection, own["route"] or "")
    asked = Selection(routes=(route,), start=selection.start, end=selection.end, source=selection.source)
    elsewhere = _elsewhere(vintage, asked, own, pinned=selection.vintage)
    try:
        answer = risk_over_time(vintage, asked, own["step"])
    except ContradictionError as error:  # dates that hold no whole period
        return [refused(str(error)), *([elsewhere] if elsewhere else [])]
    name = own["variant"] or first_computable(answer)
    compared = last_two(vintage, answer, name)
    periods = [compared.earlier, compared.later] if compared else answer.periods[-1:]
    routes = routes_compared(vintage, selection, [one.span for one in periods], name)
    filters = text.unfollowed_filters(selection)
    unfiltered = say("risk.view.unfiltered", filters=text.join_names(filters)) if filters else ""
    query = asked.replace(vintage=selection.vintage).to_query() + f"&step={answer.step}"
    known = covered_somewhere(vintage, asked)
    counted_to = known[-1].last if known else None
    shown = route_on_map(vintage, answer, name, compared) if compared and compared.sentence else elsewhere
    return risk_view(answer, name, compared, routes, unfiltered, query, shown, counted_to)


def _elsewhere(vintage: Vintage, asked: Selection, own: Mapping[str, Any], *, pinned: str | None) -> html.Div | None:
    """Return the way to the last two periods that compare, beyond the dates chosen; None where there is none.

    ``pinned`` is the vintage that the page's address names.
    """
    if asked.start is None and asked.end is None:
        return None
    try:
        whole = risk_over_time(vintage, asked.replace(start=None, end=None), own["step"])
    except ContradictionError:
        return None
    name = own["variant"] or first_computable(whole)
    compared = last_two(vintage, whole, name)
    if compared is None or compared.sentence is None:
        return None
    dates = asked.replace(start=compared.earlier.span[0], end=compared.later.span[1], vintage=pinned)
    options = "".join(f"&ask.{option}={own[option]}" for option in ("step", "variant") if own[option])
    return other_dates(whole, name, compared, f"/?{versioned(dates.to_query())}&ask=risk{options}")


def route_on_map(vintage: Vintage, answer: RiskOverTime, name: str, compared: PeriodsCompared) -> html.Div:
    """Return what the map shows: the route with the values of both periods, and the cells that changed between them."""
    plain = Selection(
        routes=(answer.route,), source=answer.source if answer.source in vintage.incident_sources else None
    )
    address = cells_address(plain, Window(*compared.earlier.span), Window(*compared.later.span))
    shown = plain_name(answer.route, vintage.name_of("route", answer.route))
    return risk_on_map(answer, name, compared, address=address, route_name=shown, resolution=plain.resolution)
