"""The routes as the browser draws them: their lines once per vintage; widths, tolls and words of a selection."""

from typing import Any, Final

import orjson
from dash import Dash
from flask import Flask, Response

from callbacks.map_data.cells import FOREVER
from callbacks.map_data.lines import ARRIVALS, lines_of, route_values
from callbacks.map_data.main_lines import RouteLine, route_lines
from callbacks.server.responses import problem
from data.counting.count_coverage import coverings
from data.counting.coverage import within_stated_days
from data.counting.engine import vintage_by_fingerprint
from data.counting.measures import amount_held, select_counted
from data.counting.windows import Window, joined
from data.model.caches import kept, kept_numbers
from data.model.notices import say
from data.model.route_names import plain_name
from data.model.units import INCIDENT_MEASURES
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.figures.route_widths import SHORTEST, STOPS, Band, band
from layouts.text import page as text

SIDES: Final = ("left", "right")
MILLION: Final = 1_000_000


def register(app: Dash, store: Store) -> None:
    """Serve the lines of a vintage's routes."""
    server: Flask = app.server

    @server.get("/routes/<mark>.json")
    def lines_of_routes(mark: str) -> Response:
        vintage = vintage_by_fingerprint(store, mark)
        if vintage is None:
            return problem(404, say("map_data.no_routes"))
        response = Response(lines_answer(vintage), mimetype="application/json")
        response.headers["Cache-Control"] = FOREVER
        return response


@kept_numbers
def lines_answer(vintage: Vintage) -> bytes:
    """Return the lines of every route as GeoJSON, numbered: its main one, then its other courses.

    ``is_main`` tells them apart; over ±180° longitudes go on.
    """
    lines = [(one, points, points is one.points) for one in route_lines(vintage)
             for points in (one.points, *one.courses)]  # fmt: skip
    features = [
        {"type": "Feature", "id": number,
         "properties": {"route": one.route, "is_main": is_main, "length": round(one.length, 3)},
         "geometry": {"type": "LineString", "coordinates": points.round(3).tolist()}}
        for number, (one, points, is_main) in enumerate(lines)
    ]  # fmt: skip
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def flows_on(selection: Selection) -> dict[str, str | None]:
    """Return the flow on the left and on the right of the routes; None where its layer is off."""
    on = selection.layers
    return {"left": selection.flow if "interceptions" in on else None, "right": ARRIVALS if "arrivals" in on else None}


def routes_shown(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    """Return where the lines are and, by route, what is drawn and said of it; without a layer of routes nothing is."""
    flows = flows_on(selection)
    is_on = any(flows.values())
    return {
        "lines": f"/routes/{vintage.mark}.json",
        "stops": STOPS,
        "shortest": SHORTEST,
        "routes": _shown(vintage, _changing(selection), *flows.values()) if is_on else {},
    }


def _changing(selection: Selection) -> Selection:
    return selection.only("incidents", "flows").replace(measure=selection.measure)


@kept
def _shown(vintage: Vintage, selection: Selection, left: str | None, right: str | None) -> dict[str, Any]:
    lines = [one for one in route_lines(vintage) if not selection.routes or one.route in selection.routes]
    values = {flow: route_values(vintage, lines_of(selection), flow) for flow in (left, right) if flow}
    tolls = tolls_by_route(vintage, selection)
    amounts = amounts_by_route(vintage, selection)
    return {
        one.route: {
            "name": plain_name(one.route, vintage.name_of("route", one.route)),
            "toll": tolls.get(one.route, 0),
            "amount": amount_words(selection.measure, amounts.get(one.route)),
            "counted": INCIDENT_MEASURES[selection.measure].say("cell", value=amounts.get(one.route) or 0),
            **_widths(one, *(values[flow].get(one.route) if flow else None for flow in (left, right))),
            **_words(vintage, selection, one.route, {flow: found.get(one.route) for flow, found in values.items()}),
        }
        for one in lines
    }


def _widths(one: RouteLine, left: int | None, right: int | None) -> dict[str, list[float]]:
    if not left and not right:
        return {}
    bands = [band(left, right, length=one.length, latitude=one.latitude, zoom=zoom) for zoom in STOPS]
    return {name: [round(getattr(each, name), 2) for each in bands] for name in Band._fields}


def _words(
    vintage: Vintage, selection: Selection, route: str, values: dict[str, int | None]
) -> dict[str, list[list[str]] | list[str]]:
    """Return what is said of a route: in short and in full on its label, and at the pointer."""
    known = {flow: value for flow, value in values.items() if value}
    short, full = ([[flow, flow_words(vintage, selection, route, flow, count(value))] for flow, value in known.items()]
                   for count in (shortened, text.number))  # fmt: skip
    units = [say("map_data.whole_route", unit=text.FLOW_UNIT[flow]) for flow in known]
    return {"short": short, "full": full, "said": [*(words for _, words in full), *units]}


def flow_words(vintage: Vintage, selection: Selection, route: str, flow: str, count: str) -> str:
    """Return a route's figure in words; where its source ends before the dates do, that is said (RULES R10)."""
    said = say("map_data.flow", count=count, flow=text.FLOW_INLINE[flow])
    days, end = covered_days(vintage, selection, route, flow), within_stated_days(vintage, selection).end
    if not days or end is None or (days[-1].last.year, days[-1].last.month) >= (end.year, end.month):
        return said
    return say("map_data.flow_until", said=said, last=days[-1].last)


def covered_days(vintage: Vintage, selection: Selection, route: str, flow: str) -> tuple[Window, ...]:
    """Return the days of the selection for which some source counts a flow on a route."""
    asked = within_stated_days(vintage, lines_of(selection)).replace(routes=(route,))
    return joined(sorted(days for one in coverings(vintage, asked, flow) for days in one.days))


def shortened(value: int) -> str:
    """Return a number as a label has room for: in millions with one digit, or to the thousand."""
    if value >= MILLION - 50_000:
        return say("map_data.million", count=f"{value / MILLION:.1f}")
    return text.number(round(value, -3) if value >= 10_000 else value)


def tolls_by_route(vintage: Vintage, selection: Selection) -> dict[str, int]:
    """Return the people dead or missing on every route that is named, of a selection's incidents."""
    found = amounts_by_route(vintage, selection.replace(measure="dead_or_missing"))
    return {route: toll or 0 for route, toll in found.items()}


@kept_numbers
def amounts_by_route(vintage: Vintage, selection: Selection) -> dict[str, int | None]:
    """Return the selection's measure of every route that a record names; None: no record states a number."""
    value = amount_held(vintage, selection, selection.measure)
    rows = select_counted(vintage, selection).group_by("route").agg(value.alias("value"))
    return {route: amount for route, amount in rows.collect(engine="streaming").iter_rows() if route is not None}


def amount_words(measure: str, amount: int | None) -> str:
    """Return what a label says beside a name from afar: a number, with its measure where it is not dead or missing."""
    if amount is None or amount <= 0:  # bodies found later may outweigh the missing of a few incidents (RULES C3)
        return ""
    if measure == Selection().measure:
        return text.number(amount)
    return say("map_data.flow", count=amount, flow=text.MEASURE_INLINE[measure])
