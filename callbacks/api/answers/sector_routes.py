"""The routes on the map of a sector: the page's lines, and whose figures their widths are."""

from typing import Final

import polars as pl

from callbacks.map_data.lines import ARRIVALS, lines_of, route_values
from callbacks.map_data.main_lines import route_lines
from data.counting.measures import select_counts
from data.counting.tables import shown_flow
from data.model.notices import joined, say
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.figures.route_strokes import FLOWS, Stroke
from layouts.text import page as text

DRAWN: Final = 'class="route"'  # layouts/figures/route_strokes.py


def sector_routes(vintage: Vintage, selection: Selection) -> list[Stroke]:
    """Return every route that has a line, with what is counted on it."""
    asked = lines_of(selection)
    left, right = (route_values(vintage, asked, flow) for flow in _flows(selection))
    return [
        Stroke(one.points, left.get(one.route), right.get(one.route), one.length, one.latitude)
        for one in route_lines(vintage)
    ]


def route_key(vintage: Vintage, selection: Selection, svg: str) -> tuple[list[tuple[str, str]], str]:
    """Return colour and unit of what is drawn, and whose figures these are, for a map with a route; else nothing."""
    if DRAWN not in svg:
        return [], ""
    asked = lines_of(selection)
    drawn = zip(FLOWS, _flows(selection), strict=True)
    flows = [(colour, flow) for colour, flow in drawn if f'stroke="{colour}"' in svg]
    counts = pl.concat(select_counts(vintage, asked, flow).select("source").collect() for _, flow in flows)
    titles = vintage.sources.filter(pl.col("source").is_in(counts["source"].unique().to_list()))["title"]
    said = say("sectors.sheet.route", sources=joined(sorted(set(map(str, titles)))))
    return [(colour, text.FLOW_UNIT[flow]) for colour, flow in flows], said


def _flows(selection: Selection) -> tuple[str, str]:
    return shown_flow(selection), ARRIVALS
