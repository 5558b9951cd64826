"""The legends of the map's layers. The map itself asks ``callbacks.map_data`` for its data."""

from collections.abc import Callable
from typing import Any

from callbacks.map_data.cell_codes import cell_key
from callbacks.map_data.lines import ARRIVALS, lines_of, route_values
from callbacks.server.dash_json import encode_once
from data.counting.engine import ranking_kept
from data.model.caches import kept
from data.model.notices import say
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.page.key import flow_option, key_classes
from layouts.page.legends import cells_legend, flow_legend, incidents_legend
from layouts.text import page as text


def map_legends(vintage: Vintage, selection: Selection) -> tuple[Any, ...]:
    """Return the key (its measure, unit and classes), the four legends and the name of the first unit's switch."""
    key = cell_key(vintage, selection)
    size = size_words(vintage, selection)
    unit = say("page.key.unit", unit=text.MEASURE_UNIT[selection.measure], km=text.WIDTH_KM[selection.resolution])
    return (
        text.MEASURE[selection.measure],
        unit,
        encode_once(key_classes(key.floors, key.counts, selection.classes)),
        encode_once(cells_legend(selection.measure, key.floors, key.counts, size=size)),
        _legend(incidents_legend),
        _legend(flow_legend, selection.flow, _routes(vintage, selection, selection.flow)),
        _legend(flow_legend, ARRIVALS, _routes(vintage, selection, ARRIVALS)),
        flow_option(selection.flow),
    )


@kept
def _legend(make: Callable[..., Any], *given: Any) -> Any:
    return encode_once(make(*given))


def size_words(vintage: Vintage, selection: Selection) -> str:
    """Return what the cells' size is, who chose it, and what it does to the ranking (RULES X7)."""
    return text.cell_size(selection.resolution, is_by_zoom=selection.resolution_chosen is None,
                          kept=ranking_kept(vintage, selection))  # fmt: skip


def _routes(vintage: Vintage, selection: Selection, flow: str) -> int:
    return len(route_values(vintage, lines_of(selection), flow))
