"""The legends of the map's layers. The map itself asks for its data: ``callbacks.cells`` and ``callbacks.lines``."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from callbacks.cells import class_counts
from callbacks.encoded import encoded
from callbacks.lines import ARRIVALS, lines_of, route_values
from callbacks.reading import floors_of, ranking_kept
from data.measures import incident_source
from data.selection import Selection
from data.vintage import Vintage
from layouts import text
from layouts.figures.map import flow_class
from layouts.legends import cells_legend, cells_strip, flow_legend, incidents_legend


def map_legends(vintage: Vintage, selection: Selection) -> tuple[Any, ...]:
    """Return the legend of narrow screens and the four of the layers for one selection, encoded."""
    floors = floors_of(vintage, incident_source(vintage, selection), selection.measure, selection.resolution)
    counts = class_counts(vintage, selection)
    size = size_words(vintage, selection)
    return (
        _legend(cells_strip, selection.measure, floors),
        encoded(cells_legend(selection.measure, floors, counts, size=size)),
        _legend(incidents_legend),
        _legend(flow_legend, selection.flow, _route_classes(vintage, selection, selection.flow)),
        _legend(flow_legend, ARRIVALS, _route_classes(vintage, selection, ARRIVALS)),
    )


@lru_cache(maxsize=128)
def _legend(make: Callable[..., Any], *given: Any) -> Any:
    return encoded(make(*given))


def size_words(vintage: Vintage, selection: Selection) -> str:
    """Return what the cells' size is, who chose it, and what it does to the ranking (RULES H7)."""
    return text.cell_size(selection.resolution, is_by_zoom=selection.size is None,
                          kept=ranking_kept(vintage, selection))  # fmt: skip


def _route_classes(vintage: Vintage, selection: Selection, flow: str) -> tuple[int, ...]:
    classes = [flow_class(value) for value in route_values(vintage, lines_of(selection), flow).values()]
    return tuple(classes.count(number) for number in range(6))
