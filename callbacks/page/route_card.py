"""The card of one route for the present selection: deaths, the flow that is chosen, arrivals, each by year."""

from collections.abc import Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks.map_data.lines import ARRIVALS, lines_of
from callbacks.map_data.main_lines import route_lines
from callbacks.map_data.route_lines import covered_days
from data.counting.coverage import stated_days, within_stated_days
from data.counting.engine import reading
from data.counting.models import Group
from data.counting.tables import shown_flow
from data.counting.totals import totals
from data.counting.windows import Window
from data.model.absence import KINDS, PUBLISHED
from data.model.notices import say
from data.model.route_names import plain_name
from data.pillars.request import asked_of, own_part
from data.pillars.views import views_of_one_route
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.route_card import Figure, Year, card_body, views_of_route
from layouts.text import page as text

TOLL = "dead_or_missing"


def register(app: Dash, store: Store) -> None:
    """Fill the card when a route is asked for, and when the selection changes under it."""

    @app.callback(
        Output(ids.ROUTE_CARD_BODY, "children"),
        Input(ids.ROUTE_ASKED, "data"),
        Input(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )
    def fill_card(asked: Any, query: str | None) -> list[Any]:
        route = asked.get("route") if isinstance(asked, dict) else None
        if not isinstance(route, str) or query is None:
            return []
        return card_of(*reading(store, query), route)

    @app.callback(
        Output(ids.ROUTE_CARD_VIEWS, "children"),
        Input(ids.ROUTE_ASKED, "data"),
        Input(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )
    def fill_views(asked: Any, query: str | None) -> list[Any]:
        route = asked.get("route") if isinstance(asked, dict) else None
        if not isinstance(route, str) or query is None:
            return []
        return views_on_card(*reading(store, query), route)

    app.clientside_callback(
        ClientsideFunction("routes", "filled"),
        Output(ids.ROUTE_CARD, "hidden"),
        Input(ids.ROUTE_CARD_BODY, "children"),
        prevent_initial_call=True,
    )


def card_of(vintage: Vintage, selection: Selection, route: str) -> list[Any]:
    """Return what the card of a route says; nothing for a route without a line."""
    if route not in {one.route for one in route_lines(vintage)}:
        return []
    days = stated_days(vintage, selection.replace(routes=(), regions=()))
    figures = figures_of(vintage, selection, route, days)
    has_flow = any(one.value is not None for one in figures[1:])
    notes = [say("page.route_card.whole")] if has_flow else []
    unfollowed = text.unfiltered(selection)
    notes += [unfollowed] if unfollowed and has_flow else []
    published = vintage.published_routes.get(route, route)
    name = plain_name(route, published)
    notes += [say("page.route_card.published", name=published)] if name != published else []
    return card_body(name, text.covered(days or (None, None)), figures, notes)


def views_on_card(vintage: Vintage, selection: Selection, route: str) -> list[Any]:
    """Return links to the views that have a figure of a route in the selection's days; nothing for an unknown route."""
    if route not in vintage.names["route"]:
        return []
    asked = selection.replace(routes=(route,))
    return views_of_route(views_of_one_route(vintage, asked_of(asked)), own_part(asked).to_query())


def figures_of(vintage: Vintage, selection: Selection, route: str, days: Window | None) -> list[Figure]:
    """Return deaths, the flow that is chosen and arrivals of a route, on one axis of years."""
    asked = selection.replace(routes=(route,))
    found = totals(vintage, asked, measure=TOLL, by="year")
    total = found.total if found.total is not None and _has_figures(found.groups) else None
    toll = Figure("toll", total, text.MEASURE_INLINE[TOLL], "", _years(found.groups, days))
    flows = (("flow", shown_flow(selection)), ("arrivals", ARRIVALS))
    return [toll, *(_flow(vintage, selection, route, kind, flow, days) for kind, flow in flows)]


def _flow(
    vintage: Vintage, selection: Selection, route: str, kind: str, flow: str, days: Window | None
) -> Figure:  # fmt: skip
    asked = within_stated_days(vintage, lines_of(selection)).replace(routes=(route,))
    found = totals(vintage, asked, measure=flow, by="year")
    spans = covered_days(vintage, selection, route, flow)
    when = say("page.route_card.covered", when=text.covered((spans[0].first, spans[-1].last)),
               has_gaps=len(spans) > 1) if spans else ""  # fmt: skip
    value = found.total if _has_figures(found.groups) else None
    return Figure(kind, value, text.FLOW_UNIT[flow], when, _years(found.groups, days))


def _has_figures(groups: Sequence[Group]) -> bool:
    return any(group.value is not None for group in groups)


def _years(groups: Sequence[Group], days: Window | None) -> list[Year]:
    by_year = {str(group.key): group for group in groups}
    span = (days.first.year, days.last.year) if days else tuple(int(key) for key in (min(by_year), max(by_year)))
    return [_year(year, by_year.get(str(year))) for year in range(span[0], span[1] + 1)]


def _year(year: int, group: Group | None) -> Year:
    is_absent = group is None or group.value is None or group.status in KINDS
    value = None if is_absent or group is None else int(group.value or 0)
    return Year(year, value, is_part=not is_absent and group is not None and group.status != PUBLISHED)
