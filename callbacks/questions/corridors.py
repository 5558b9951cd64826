"""The answer to "Which route lines are the deaths near?"."""

from collections.abc import Mapping

from dash.development.base_component import Component

from callbacks.view.view_model import view_model
from data.hotspots.corridors import corridors
from data.query.parameters import WITHIN_KM
from data.query.questions import chosen
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.questions import corridors as layout


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the answer."""
    del store
    within_km = chosen(options, WITHIN_KM)["within_km"]
    shown = view_model(vintage, selection)
    found = corridors(vintage, selection, within_km=within_km)
    query = selection.only("incidents", "count").to_query()
    address = f"/incidents/near?within_km={within_km}{query and '&'}{query}"
    return layout.answer(found, context=shown.sentence, source=shown.source_words,
                         routes=vintage.names["route"], address=address)  # fmt: skip
