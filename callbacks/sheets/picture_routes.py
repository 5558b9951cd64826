"""The routes that a picture of the map shows: the page's lines, with the widths of the picture's own zoom."""

from typing import Final

from callbacks.map_data.lines import ARRIVALS, lines_of, route_values
from callbacks.map_data.main_lines import RouteLine, route_lines
from callbacks.map_data.route_lines import amount_words, amounts_by_route, flows_on, tolls_by_route
from data.model.route_names import plain_name
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.figures.route_widths import band, is_ring
from layouts.pictures import fonts
from layouts.pictures.description import Numbers, Route, RouteName

MOST_NAMED: Final = 6


def flows_of(selection: Selection) -> list[str]:
    """Return the flows whose layers are on, each once."""
    on = {"interceptions": selection.flow, "arrivals": ARRIVALS}
    return list(dict.fromkeys(flow for layer, flow in on.items() if layer in selection.layers))


def drawn_flows(vintage: Vintage, selection: Selection) -> list[str]:
    """Return the flows of a map that have a line on it."""
    return [flow for flow in flows_of(selection) if route_values(vintage, lines_of(selection), flow)]


def routes_of(vintage: Vintage, selection: Selection, zoom: float) -> tuple[Route, ...]:
    """Return the flows of every route that has one, those of most people dead or missing first."""
    tolls = tolls_by_route(vintage, selection)
    lines = sorted(_lines(vintage, selection), key=lambda one: (-tolls.get(one.route, 0), one.route))
    return tuple(route for one in lines for route in _route(vintage, selection, one, zoom))


def _lines(vintage: Vintage, selection: Selection) -> list[RouteLine]:
    if not flows_of(selection):
        return []
    return [one for one in route_lines(vintage) if not selection.routes or one.route in selection.routes]


def _route(vintage: Vintage, selection: Selection, one: RouteLine, zoom: float) -> list[Route]:
    flows = flows_on(selection)
    values = [None if flow is None else route_values(vintage, lines_of(selection), flow).get(one.route)
              for flow in flows.values()]  # fmt: skip
    drawn = band(*values, length=one.length, latitude=one.latitude, zoom=zoom)
    sides = ((drawn.left, drawn.left - drawn.units), (drawn.right, drawn.units - drawn.right))
    is_short = is_ring(one.length, zoom)
    return [
        Route(one.points, width, is_arrival=at == 1, aside=aside / 2, casing=drawn.units + drawn.casing,
              is_short=is_short)
        for at, (width, aside) in enumerate(sides) if width
    ]  # fmt: skip


def named_routes(vintage: Vintage, selection: Selection) -> tuple[RouteName, ...]:
    """Return the routes that are named, those of most people first; the figure of a route alone is in the title."""
    tolls, amounts = tolls_by_route(vintage, selection), amounts_by_route(vintage, selection)
    chosen = selection.routes
    kept = [one for one in route_lines(vintage) if one.route in chosen or (not chosen and tolls.get(one.route, 0) > 0)]
    has_figures = "cells" in selection.layers and len(chosen) != 1
    return tuple(
        RouteName(fonts.plain(plain_name(one.route, vintage.name_of("route", one.route))), one.points,
                  amount_words(selection.measure, amounts.get(one.route)) if has_figures else "")
        for one in sorted(kept, key=lambda one: (-tolls.get(one.route, 0), one.route))[:MOST_NAMED]
    )  # fmt: skip


def courses_of(vintage: Vintage, selection: Selection) -> tuple[Numbers, ...]:
    """Return the courses that carry no figure: of routes with one the other courses, of the rest all."""
    known = {route for flow in flows_of(selection) for route in route_values(vintage, lines_of(selection), flow)}
    return tuple(
        course for one in _lines(vintage, selection)
        for course in (one.courses if one.route in known else (one.points, *one.courses))
    )  # fmt: skip
