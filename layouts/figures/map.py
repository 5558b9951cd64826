"""The map as plain dicts in Plotly's schema. The list of traces never changes its order or types."""

from itertools import pairwise
from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import Any, Final

import polars as pl

from layouts.classes import FLOW_FLOORS
from layouts.figures import theme

Trace = dict[str, Any]
Ring = list[tuple[float, float]]

DEFAULT_VIEW: Final = (8.0, 27.0, 2.75)
WIDTHS: Final = (1.4, 2.2, 3.2, 4.6, 6.2, 8.2)
SIDE_KM: Final = 14.0
EARTH_KM: Final = 6371.0088
DIAMETERS: Final = (5, 7, 10, 14, 20, 28)
TOLL_FLOORS: Final = (1, 5, 20, 50, 100, 300)
CLUSTER_STEPS: Final = (2, 10, 50, 250, 1000)  # incidents in one disc, and its size
CLUSTER_SIZES: Final = (12, 15, 19, 24, 30)
CLUSTERED_TO: Final = 6  # from this zoom on every incident stands alone
CELL_OPACITY: Final = 0.86
CELLS: Final = 0  # the place of the cells in the list of traces


def base_map(style: dict[str, Any], *, mark: str | None) -> dict[str, Any]:
    """Return the map before any data: every trace empty, so that the map itself is drawn."""
    longitude, latitude, zoom = DEFAULT_VIEW
    layout = {
        "map": {
            "style": style,
            "center": {"lat": latitude, "lon": longitude},
            "zoom": zoom,
            "fitbounds": False,
            "uirevision": "the reader's",
        },
        "uirevision": "the reader's",
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "clickmode": "event",
        "clickanywhere": True,
        "hovermode": "closest",
        "dragmode": "pan",
        "paper_bgcolor": theme.SEA,
        "font": theme.font(12),
        "hoverlabel": {
            "bgcolor": theme.PAPER,
            "bordercolor": theme.HAIRLINE,
            "font": theme.font(13),
            "align": "left",
        },
        "annotations": [theme.demonstration_mark(mark, x=0.995, y=0.8)] if mark else [],
    }
    return {"data": all_layers(style, segments=[]), "layout": layout}


def all_layers(
    style: dict[str, Any],
    *,
    segments: list[Trace],
    incidents: pl.DataFrame | None = None,
    rings: list[Ring] | None = None,
) -> list[Trace]:
    """Return every trace in its fixed place: cells, segments, incidents, outlines."""
    under_lines, under_labels = places_in(style)
    lines = segments or [*segment_layers([], hollow=True), *segment_layers([], hollow=False)]
    traces = [
        cell_layer() | {"below": under_lines},
        *({**line, "below": under_labels} for line in lines),
        *({**points, "below": under_labels} for points in incident_layers(incidents)),
        *outline_layers(rings or []),
    ]
    return [{name: value for name, value in trace.items() if value is not None} for trace in traces]


def places_in(style: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the ids of the basemap's first line layer and first label layer; our layers lie below them."""
    layers = style.get("layers", [])
    line = next((layer["id"] for layer in layers if layer["type"] == "line"), None)
    label = next((layer["id"] for layer in layers if layer["type"] == "symbol"), None)
    return line or label, label


def cell_layer() -> Trace:
    """Return the place of the cells, empty: ``assets/cells.js`` draws them, or fills this where it cannot."""
    steps = [
        (index / 6, color) for color_index, color in enumerate(theme.TOLL) for index in (color_index, color_index + 1)
    ]
    return {
        "type": "choroplethmap",
        "geojson": {"type": "FeatureCollection", "features": []},
        "locations": [],
        "z": [],
        "zmin": -0.5,
        "zmax": 5.5,
        "colorscale": steps,
        "showscale": False,
        "marker": {"opacity": CELL_OPACITY, "line": {"width": 0.4, "color": theme.PAPER}},
        "hoverinfo": "none",
    }


def segment_layers(lines: list[dict[str, Any]], *, hollow: bool) -> list[Trace]:
    """Return one trace per width class: arrivals hollow, interceptions solid, each on its own side (P3, P6).

    Each of ``lines`` has points (pairs of longitude and latitude), class (0 to 5) and text.
    """
    color = theme.ARRIVED if hollow else theme.INTERCEPTED
    side = -SIDE_KM if hollow else SIDE_KM
    outer, inner = [], []
    for number, width in enumerate(WIDTHS):
        joined = _joined([line for line in lines if line["class"] == number], side)
        stroke = {"color": color, "width": width + (1.6 if hollow else 0)}
        outer.append(_line(joined, stroke) | {"hovertemplate": "%{text}<extra></extra>"})
        if hollow:
            inner.append(_line(joined, {"color": theme.PAPER, "width": max(width - 1.6, 0.6)}) | {"hoverinfo": "skip"})
    return [*outer, *inner]


def _line(joined: dict[str, list[Any]], stroke: dict[str, Any]) -> Trace:
    return {"type": "scattermap", "mode": "lines", **joined, "line": stroke, "opacity": 0.9}


def _joined(lines: list[dict[str, Any]], side_km: float) -> dict[str, list[Any]]:
    """Return the lines as one, with a gap after each; at least one empty point, or the map shows nothing."""
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    texts: list[str | None] = []
    for line in lines:
        points = beside(line["points"], side_km)
        longitudes += [*(round(longitude, 4) for longitude, _ in points), None]
        latitudes += [*(round(latitude, 4) for _, latitude in points), None]
        texts += [*([line["text"]] * len(points)), None]
    return {"lon": longitudes or [None], "lat": latitudes or [None], "text": texts or [None]}


def beside(points: list[list[float]], side_km: float) -> Ring:
    """Return a line ``side_km`` to the right of ``points``, so that two measures on one route both show."""
    headings = [
        atan2((after[0] - before[0]) * cos(radians((after[1] + before[1]) / 2)), after[1] - before[1])
        for before, after in pairwise(points)
    ]
    moved = []
    for index, (longitude, latitude) in enumerate(points):
        near = headings[max(index - 1, 0) : index + 1] or [0.0]
        heading = atan2(sum(map(sin, near)), sum(map(cos, near))) + pi / 2
        away = degrees(side_km / EARTH_KM)
        moved.append(
            (longitude + away * sin(heading) / max(cos(radians(latitude)), 0.2), latitude + away * cos(heading))
        )
    return moved


INCIDENT_SCHEMA: Final = {
    "latitude": pl.Float64, "longitude": pl.Float64, "diameter": pl.Int64, "is_area": pl.Boolean,
    "text": pl.String, "cell": pl.String,
}  # fmt: skip


def incident_layers(incidents: pl.DataFrame | None) -> list[Trace]:
    """Return incidents as discs sized by toll: filled where the place is known, rings where only an area is.

    Two traces, because a disc on this kind of map has no outline of its own.
    """
    points = pl.DataFrame(schema=INCIDENT_SCHEMA) if incidents is None else incidents
    is_area = points["is_area"].to_list()
    where = {
        "lat": points["latitude"].round(4).to_list() or [None],
        "lon": points["longitude"].round(4).to_list() or [None],
    }
    sizes = points["diameter"].to_list()
    edge = [theme.DEAD if area else theme.PAPER for area in is_area]
    face = [theme.PAPER if area else theme.DEAD for area in is_area]
    common = {"type": "scattermap", "mode": "markers", **where}
    return [
        {
            **common,
            "cluster": clusters(color=theme.DEAD, more=2),
            "marker": {"size": [s + 2 for s in sizes], "color": edge, "opacity": 0.8},
            "hoverinfo": "skip",
        },
        {
            **common,
            "cluster": clusters(color=theme.PAPER, more=0),
            "marker": {"size": [size - 1 if area else size for size, area in zip(sizes, is_area, strict=True)],
                       "color": face, "opacity": 0.8},
            "text": points["text"].to_list(),
            "customdata": points["cell"].to_list(),
            "hovertemplate": "%{text}<extra></extra>",
        },
    ]  # fmt: skip


def clusters(*, color: str, more: float) -> dict[str, Any]:
    """Return how close incidents are drawn as one disc with their number, up to the zoom at which each stands alone."""
    sizes = [size + more for size in CLUSTER_SIZES]
    return {"enabled": True, "maxzoom": CLUSTERED_TO, "step": list(CLUSTER_STEPS), "size": sizes,
            "color": color, "opacity": 0.94}  # fmt: skip


def outline_layers(rings: list[Ring]) -> list[Trace]:
    """Return the outline of the chosen cell: paper under ink, so that it shows on any colour."""
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for ring in rings:
        longitudes += [*(round(longitude, 4) for longitude, _ in ring), None]
        latitudes += [*(round(latitude, 4) for _, latitude in ring), None]
    where = {"lon": longitudes or [None], "lat": latitudes or [None]}
    common = {"type": "scattermap", "mode": "lines", "hoverinfo": "skip", **where}
    return [
        {**common, "line": {"color": theme.PAPER, "width": 5}},
        {**common, "line": {"color": theme.CHOSEN, "width": 2.2}},
    ]


def circle(*, longitude: float, latitude: float, radius_km: float, corners: int = 48) -> Ring:
    """Return a closed ring at ``radius_km`` around a point on the sphere."""
    angle, lat = radius_km / EARTH_KM, radians(latitude)
    ring = []
    for corner in range(corners + 1):
        bearing = 2 * pi * corner / corners
        to = asin(sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(bearing))
        over = atan2(sin(bearing) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(to))
        ring.append((longitude + degrees(over), degrees(to)))
    return ring


def flow_class(value: int) -> int:
    """Return the width class of a flow."""
    return max(sum(value >= floor for floor in FLOW_FLOORS) - 1, 0)
