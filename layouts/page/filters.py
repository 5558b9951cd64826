"""The left panel: layers whose legends are their switches, then the filters."""

from typing import Any

from dash import html

from data.model.notices import say
from data.model.units import FLOW_MEASURES
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button, choice, day_field, layer_switch, many
from layouts.text import page as text

DEFAULT = Selection()


def side_panel(vintage: Vintage) -> html.Aside:
    """Return the left panel; callbacks.page.filters keeps its values, callbacks.page.map its legends."""
    head = html.Div(
        [
            html.H2(say("page.filters.layers")),
            button(say("page.filters.hide"), ids.FOLD_SIDE, kind="link", **attributes(aria_expanded="true")),
        ],
        className="panel-head",
    )
    return html.Aside(
        [head, html.Div([*layers(vintage), *filters(vintage)], className="panel-body")],
        className="panel side",
        **attributes(aria_label=say("page.filters.layers_and_filters")),
    )


def layers(vintage: Vintage) -> list[html.Section]:
    """Return the four layers, each with its switch, its choice of measure and its legend."""
    flows = {name: text.FLOW[name] for name in flows_of(vintage)}
    measures = choice(
        say("page.filters.measure_of_the_cells"), ids.MEASURE, text.MEASURE, DEFAULT.measure, is_label_shown=False
    )
    units = choice(say("page.filters.unit_of_the_interceptions"), ids.FLOW, flows, DEFAULT.flow, is_label_shown=False)
    return [
        _layer(
            layer_switch(
                ids.LAYER_CELLS, "cells", say("page.filters.cells"), say("page.filters.by_measure"), "cells", is_on=True
            ),
            [measures, html.Div(id=ids.LEGEND_CELLS)],
        ),
        _layer(
            layer_switch(
                ids.LAYER_INCIDENTS,
                "incidents",
                say("page.filters.incidents"),
                say("page.filters.size_by_toll"),
                "points",
                is_on=False,
            ),
            [html.Div(id=ids.LEGEND_INCIDENTS)],
        ),
        _layer(
            layer_switch(
                ids.LAYER_INTERCEPTIONS,
                "interceptions",
                say("page.filters.interceptions"),
                say("page.filters.by_route"),
                "solid",
                is_on=True,
            ),
            [units, html.Div(id=ids.LEGEND_INTERCEPTIONS)],
        ),
        _layer(
            layer_switch(
                ids.LAYER_ARRIVALS,
                "arrivals",
                say("page.filters.arrivals"),
                say("page.filters.people_by_route"),
                "hollow",
                is_on=True,
            ),
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
    resolutions: dict[Any, str] = {"": say("page.filters.by_zoom")} | {
        resolution: str(resolution) for resolution in range(1, 7)
    }
    qualities = {"": say("page.filters.any")} | {
        quality: f"{quality}+" if quality < 5 else "5" for quality in range(2, 6)
    }
    days = html.Div(
        [
            day_field(say("page.filters.from"), ids.START, hint=first),
            day_field(say("page.filters.to"), ids.END, hint=last),
        ],
        className="days",
    )
    more = html.Details(
        [
            html.Summary(say("page.filters.more")),
            choice(say("page.filters.source_quality_1_to_5"), ids.QUALITY, qualities, ""),
            choice(say("page.filters.cell_size_h3_resolution"), ids.RESOLUTION, resolutions, ""),
            choice(say("page.filters.data_set_of_the_incidents"), ids.SOURCE, sources_of(vintage), ""),
        ],
        className="more",
    )
    return [
        html.Div(html.H2(say("page.filters.filters")), className="panel-head inner"),
        days,
        html.P(id=ids.DAYS_NOTE, className="caution", role="status"),
        many(say("page.filters.route"), ids.ROUTE, ids.ROUTE_CHOSEN, options_of(vintage, "route")),
        many(say("page.filters.region"), ids.REGION, ids.REGION_CHOSEN, options_of(vintage, "region")),
        many(say("page.filters.cause"), ids.CAUSE, ids.CAUSE_CHOSEN, options_of(vintage, "cause")),
        more,
    ]


def sources_of(vintage: Vintage) -> dict[str, str]:
    """Return the incident databases to choose from; they are never added up (RULES E6)."""
    titles = dict(vintage.sources.select("source", "title").unique(subset="source").iter_rows())
    names = {source: str(titles.get(source, source)) for source in vintage.incident_sources}
    if not names:
        return {"": say("page.filters.none")}
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
