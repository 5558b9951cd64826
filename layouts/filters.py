"""The left panel: layers whose legends are their switches, then the filters."""

from typing import Any

from dash import html

from data.selection import Selection
from data.units import FLOW_MEASURES
from data.vintage import Vintage
from layouts import ids, text
from layouts.controls import button, choice, day_field, layer_switch, many

DEFAULT = Selection()
SHORT_ANY = "Any"


def side_panel(vintage: Vintage) -> html.Aside:
    """Return the left panel; callbacks.filters keeps its values, callbacks.map its legends."""
    head = html.Div(
        [html.H2("Layers"), button("Hide", ids.FOLD_SIDE, kind="link", **{"aria-expanded": "true"})],
        className="panel-head",
    )
    return html.Aside(
        [head, html.Div([*layers(vintage), *filters(vintage)], className="panel-body")],
        className="panel side",
        **{"aria-label": "Layers and filters"},
    )


def layers(vintage: Vintage) -> list[html.Section]:
    """Return the four layers, each with its switch, its choice of measure and its legend."""
    flows = {name: text.FLOW[name] for name in flows_of(vintage)}
    measures = choice("Measure of the cells", ids.MEASURE, text.MEASURE, DEFAULT.measure, is_label_shown=False)
    units = choice("Unit of the interceptions", ids.FLOW, flows, DEFAULT.flow, is_label_shown=False)
    return [
        _layer(
            layer_switch(ids.LAYER_CELLS, "cells", "Cells", "by measure", "cells", is_on=True),
            [measures, html.Div(id=ids.LEGEND_CELLS)],
        ),
        _layer(
            layer_switch(ids.LAYER_INCIDENTS, "incidents", "Incidents", "size by toll", "points", is_on=False),
            [html.Div(id=ids.LEGEND_INCIDENTS)],
        ),
        _layer(
            layer_switch(ids.LAYER_INTERCEPTIONS, "interceptions", "Interceptions", "by route", "solid", is_on=True),
            [units, html.Div(id=ids.LEGEND_INTERCEPTIONS)],
        ),
        _layer(
            layer_switch(ids.LAYER_ARRIVALS, "arrivals", "Arrivals", "people, by route", "hollow", is_on=True),
            [html.Div(id=ids.LEGEND_ARRIVALS)],
        ),
    ]


def _layer(switch: Any, body: list[Any]) -> html.Section:
    return html.Section([switch, html.Div(body, className="layer-body")], className="layer")


def flows_of(vintage: Vintage) -> list[str]:
    """Return the flow measures that this vintage has figures for, besides arrivals; at least the default."""
    units = set(vintage.counts["unit"].unique().to_list())
    found = [name for name, measure in FLOW_MEASURES.items() if measure.unit in units and name != "arrivals"]
    return found or [DEFAULT.flow]


def filters(vintage: Vintage) -> list[Any]:
    """Return the filters, in the order in which readers reach for them."""
    first, last = coverage_text(vintage)
    resolutions: dict[Any, str] = {"": "By zoom"} | {resolution: str(resolution) for resolution in range(1, 7)}
    qualities = {"": SHORT_ANY} | {quality: f"{quality}+" if quality < 5 else "5" for quality in range(2, 6)}
    days = html.Div(
        [day_field("From", ids.START, hint=first), day_field("To", ids.END, hint=last)],
        className="days",
    )
    more = html.Details(
        [
            html.Summary("More"),
            choice("Source quality, 1 to 5", ids.QUALITY, qualities, ""),
            choice("Cell size (H3 resolution)", ids.RESOLUTION, resolutions, ""),
            choice("Data set of the incidents", ids.SOURCE, sources_of(vintage), ""),
        ],
        className="more",
    )
    return [
        html.Div(html.H2("Filters"), className="panel-head inner"),
        days,
        many("Route", ids.ROUTE, ids.ROUTE_CHOSEN, options_of(vintage, "route")),
        many("Region", ids.REGION, ids.REGION_CHOSEN, options_of(vintage, "region")),
        many("Cause", ids.CAUSE, ids.CAUSE_CHOSEN, options_of(vintage, "cause")),
        more,
    ]


def sources_of(vintage: Vintage) -> dict[str, str]:
    """Return the incident databases to choose from; they are never added up (RULES E6)."""
    titles = dict(vintage.sources.select("source", "title").unique(subset="source").iter_rows())
    names = {source: str(titles.get(source, source)) for source in vintage.incident_sources}
    if not names:
        return {"": "None"}
    first, *others = names.items()
    return {"": first[1], **dict(others)}


def options_of(vintage: Vintage, kind: str) -> list[tuple[str, str]]:
    """Return (id, name) of every route, region or cause in this vintage, by name."""
    known = {one for part in vintage.summary.values() for one in part.ids[kind]}
    if kind == "route":
        known |= set(vintage.counts["route"].drop_nulls().unique().to_list())
    return sorted(((value, vintage.name_of(kind, value)) for value in known), key=lambda pair: pair[1].casefold())


def coverage_text(vintage: Vintage) -> tuple[str | None, str | None]:
    """Return the first and last day that any incident has, as the date fields take them."""
    first = min((one.first for one in vintage.summary.values() if one.first), default=None)
    last = max((one.last for one in vintage.summary.values() if one.last), default=None)
    return str(first) if first else None, str(last) if last else None
