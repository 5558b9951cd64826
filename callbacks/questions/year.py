"""The answer to "This year so far"."""

from collections.abc import Mapping
from typing import Any

from dash import html

from callbacks.page import words
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return the answer."""
    del store, options
    return [html.P(words(vintage, selection)[0])]
