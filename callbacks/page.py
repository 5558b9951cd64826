"""The sentence, what it leaves out, and the notice where nothing matches."""

from typing import Any

from dash import Dash, Input, Output, no_update

from callbacks.reading import coverage, parts, reading
from data.measures import incident_source
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts import ids, text


def register(app: Dash, store: Store) -> None:
    """Connect the sentence to the selection."""

    @app.callback(
        Output(ids.SENTENCE, "children"),
        Output(ids.NOTES, "children"),
        Output(ids.CLEAR, "hidden"),
        Output(ids.EMPTY, "hidden"),
        Output(ids.EMPTY_DATES, "disabled"),
        Output(ids.EMPTY_ROUTE, "disabled"),
        Input(ids.SELECTION, "data"),
    )
    def update_sentence(query: str | None) -> tuple[Any, ...]:
        if query is None:
            return (no_update,) * 6
        vintage, selection = reading(store, query)
        matched = bool(parts(vintage, selection)["incidents"])
        is_whole = selection.start is None and selection.end is None
        filtered = selection.is_filtered or selection.source is not None
        return *words(vintage, selection), not filtered, matched, is_whole, not selection.routes


def words(vintage: Vintage, selection: Selection) -> tuple[str, str]:
    """Return the sentence, and what stands under it: the parts left out, the source and its date (RULES P1)."""
    found = parts(vintage, selection)
    first, last = coverage(vintage, selection).row(0)
    main = text.sentence(selection, found["total"], vintage.names, (first, last))
    source = incident_source(vintage, selection)
    rows = vintage.sources.filter(vintage.sources["source"] == source) if source else vintage.sources.clear()
    title = f"Source: {rows['title'][0]}, to {text.day(last)}." if rows.height and last else ""
    left_out = text.notes(selection, {name: value or 0 for name, value in found.items()})
    return main, " ".join(part for part in (left_out, title) if part)
