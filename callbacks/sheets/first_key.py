"""What the key of the first picture says: the numbers of the live key, each choice of it an address."""

from typing import Final

from callbacks.map_data.cell_codes import cell_key
from callbacks.sheets.first_address import address_of
from callbacks.sheets.picture_routes import courses_of
from data.model.notices import say
from data.query.parameters import LAYERS
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.page.filters import flows_of
from layouts.page.key import flow_words
from layouts.standalone.choices import Choice
from layouts.standalone.still_key import KeyLayer, StillKey, all_key_marks, key_classes, key_marks
from layouts.text import page as text

SWATCHES: Final = {"interceptions": "solid", "arrivals": "hollow", "incidents": "points"}


def still_key(vintage: Vintage, selection: Selection) -> StillKey:
    """Return the key of a selection as its still map shows it."""
    key = cell_key(vintage, selection)
    has_cells = "cells" in selection.layers
    marks = key_marks(has_dominated=has_cells and key.has_dominated, has_wider=has_cells and any(key.wider_counts),
                      has_course=bool(courses_of(vintage, selection)))  # fmt: skip
    flows = flows_of(vintage)
    return StillKey(
        measure=text.MEASURE[selection.measure],
        measures=[Choice(text.MEASURE[one], address_of(selection.replace(measure=one)), one == selection.measure)
                  for one in text.MEASURE],
        unit=say("page.key.unit", unit=text.MEASURE_UNIT[selection.measure], km=text.WIDTH_KM[selection.resolution]),
        classes=key_classes(key.floors, key.counts), marks=marks, all_marks=all_key_marks(selection.flow),
        layers=[_layer(selection, name) for name in SWATCHES],
        flows=[Choice(text.FLOW[one], address_of(selection.replace(flow=one)), one == selection.flow)
               for one in flows] if len(flows) > 1 else [],
    )  # fmt: skip


def _layer(selection: Selection, name: str) -> KeyLayer:
    """Return one layer with the address of the same view where it is switched."""
    words = {
        "interceptions": (text.FLOW[selection.flow], flow_words(selection.flow)),
        "arrivals": (say("page.filters.arrivals"), say("page.key.persons")),
        "incidents": (say("page.filters.incidents"), say("page.key.dot_size")),
    }
    switched = set(selection.layers) ^ {name}
    layers = tuple(one for one in LAYERS if one in switched)
    return KeyLayer(*words[name], SWATCHES[name], address_of(selection.replace(layers=layers)),
                    is_on=name in selection.layers)  # fmt: skip
