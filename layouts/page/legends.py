"""The legends: every class with its mark, its range and how much of the picture is in it."""

from collections.abc import Sequence
from typing import Final

from dash import html

from data.counting.classes import class_names
from data.model.caches import kept_small
from data.model.notices import say
from data.model.units import FLOW_MEASURES, INCIDENT_MEASURES
from layouts.figures import theme
from layouts.figures.map import DIAMETERS, TOLL_FLOORS
from layouts.figures.route_widths import unit_width
from layouts.text import page as text

SAMPLES: Final = (10_000, 250_000, 1_000_000)
SAMPLE_ZOOM: Final = 6


def cells_legend(measure: str, floors: tuple[int, ...], counts: Sequence[int], *, size: str) -> list[html.Div | html.P]:
    """Return the six classes of the cells with the number of cells in each; ``size`` is a sentence on their size."""
    rows = [_cells_row(*row) for row in zip(theme.TOLL, class_names(floors), counts, strict=True)]
    caution = INCIDENT_MEASURES[measure].caution
    return [
        html.Div([_cells_head(measure), *rows, *_hatched()], className="legend"),
        html.P(f"{caution} {size}", className="caution"),
    ]


@kept_small(8, each=6000)
def _cells_head(measure: str) -> html.Div:
    return _row(None, text.MEASURE_UNIT[measure], "cells")


@kept_small(1, each=6000)
def _hatched() -> list[html.Div]:
    return [
        _row(html.Span(className="patch dominated"), say("page.legends.one_event_is_more_than"), None),
        _row(html.Span(className="patch unreported"), say("page.legends.incidents_number_not_reported"), None),
    ]


@kept_small(256, each=6000)
def _cells_row(color: str, name: str, count: int) -> html.Div:
    return _row(_patch(color), name, count)


@kept_small(16, each=1000)
def _patch(color: str) -> html.Span:
    return html.Span(className="patch", style={"backgroundColor": color})


def incidents_legend() -> list[html.Div | html.P]:
    """Return the sizes and the two marks of precision."""
    sizes = [
        html.Span(
            [
                html.Span(className="dot", style={"width": f"{size}px", "height": f"{size}px"}),
                f"{floor}{'+' if floor == TOLL_FLOORS[-1] else ''}",
            ]
        )
        for size, floor in zip(DIAMETERS, TOLL_FLOORS, strict=True)
    ]
    filled = _row(
        html.Span(className="dot", style={"width": "10px", "height": "10px"}),
        say("page.legends.place_known_to_25_km"),
        None,
    )
    ring = _row(
        html.Span(className="dot ring", style={"width": "10px", "height": "10px"}),
        say("page.legends.only_the_area_is_known"),
        None,
    )
    together = _row(
        html.Span("9", className="dot many-dot"), say("page.legends.so_many_incidents_close_together"), None
    )
    head = html.P(say("page.legends.dot_size"), className="legend-size")
    return [head, html.Div(sizes, className="sizes"), html.Div([filled, ring, together], className="legend")]


def flow_legend(flow: str, routes: int) -> list[html.Div | html.P]:
    """Return what some values are drawn with, how many routes have a figure, the unit and its caution (P3, R2)."""
    side = "right" if flow == "arrivals" else "left"
    rows = [_row(_stroke(side, value), text.number(value), None) for value in SAMPLES]
    head = _row(None, text.FLOW_UNIT[flow], say("page.legends.routes", count=routes))
    words = f"{say('page.legends.widths')} {FLOW_MEASURES[flow].caution}"
    return [html.Div([head, *rows], className="legend"), html.P(words, className="caution")]


def _stroke(side: str, value: int) -> html.Span:
    wide = f"{unit_width(value, SAMPLE_ZOOM):.1f}px"
    return html.Span(className=f"stroke {side}", style={"height": wide})


@kept_small(256, each=2000)
def _named(name: str) -> html.Span:
    return html.Span(name, className="legend-name")


def _row(mark: html.Span | None, name: str, count: int | str | None) -> html.Div:
    shown = text.number(count) if isinstance(count, int) else count or ""
    return html.Div(
        [html.Span(mark, className="legend-mark"), _named(name), html.Span(shown, className="legend-count")],
        className="legend-row" + (" legend-head" if mark is None else ""),
    )
