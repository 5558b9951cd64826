"""The answer to "Near which route lines?"."""

from collections.abc import Mapping
from typing import Any

from callbacks.page import source_words, words
from data.corridors import DEFAULT_KM, corridors, parse_within
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts.questions import corridors as layout


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return the answer."""
    del store
    within_km = parse_within(options.get("within_km") or str(DEFAULT_KM))
    found = corridors(vintage, selection, within_km=within_km)
    return layout.answer(found, context=words(vintage, selection)[0], source=source_words(vintage, selection),
                         routes=vintage.names["route"])  # fmt: skip
