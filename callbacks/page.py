"""All that a change of the selection changes on the page, in one answer; the map asks for its own data."""

from functools import lru_cache
from typing import Any

import polars as pl
from dash import Dash, Input, Output, no_update

from callbacks.direct import callback
from callbacks.drawer import cell_details
from callbacks.filters import chosen_names
from callbacks.lines import routes_shown
from callbacks.map import map_legends
from callbacks.reading import coverage, parts, reading
from callbacks.time_series import series_patch
from data.measures import incident_source
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts import ids, text

WORDS = (Output(ids.SENTENCE, "children"), Output(ids.NOTES, "children"), Output(ids.CLEAR, "hidden"),
         Output(ids.EMPTY, "hidden"), Output(ids.EMPTY_DATES, "disabled"), Output(ids.EMPTY_ROUTE, "disabled"),
         Output(ids.WHOLE_TIME, "disabled"))  # fmt: skip
CHOSEN = tuple(Output(id_, "children") for id_ in (ids.ROUTE_CHOSEN, ids.REGION_CHOSEN, ids.CAUSE_CHOSEN))
LEGENDS = tuple(Output(id_, "children") for id_ in (ids.LEGEND_STRIP, ids.LEGEND_CELLS, ids.LEGEND_INCIDENTS,
                                                    ids.LEGEND_INTERCEPTIONS, ids.LEGEND_ARRIVALS))  # fmt: skip
DRAWER = (Output(ids.DRAWER, "hidden"), Output(ids.DRAWER_BODY, "children"), Output(ids.DRAWER_MORE, "hidden"))
REST = (Output(ids.ROUTES_SHOWN, "data"), Output(ids.SERIES, "figure"))
OUTPUTS = (*WORDS, *CHOSEN, *LEGENDS, *REST, *DRAWER)


def register(app: Dash, store: Store) -> None:
    """Connect sentence, notices, legends, routes, series and drawer to the selection."""

    @callback(app, *OUTPUTS, Input(ids.SELECTION, "data"), Input(ids.DRAWER_MORE, "n_clicks"),
              prevent_initial_call=True)  # fmt: skip
    def update_page(query: str | None, more: int | None, *, trigger: str | None) -> tuple[Any, ...]:
        if query is None:
            return (no_update,) * len(OUTPUTS)
        vintage, selection = reading(store, query)
        details = cell_details(vintage, selection, more)
        if trigger == ids.DRAWER_MORE:
            return (*(no_update,) * (len(OUTPUTS) - len(DRAWER)), *details)
        return (
            *said(vintage, selection),
            *chosen_names(vintage, selection),
            *map_legends(vintage, selection),
            routes_shown(vintage, selection),
            series_patch(vintage, selection),
            *details,
        )


def said(vintage: Vintage, selection: Selection) -> tuple[Any, ...]:
    """Return the sentence, the notes, and what of the notices and buttons is shown."""
    matched = bool(parts(vintage, selection)["incidents"])
    is_whole = selection.start is None and selection.end is None
    filtered = selection.is_filtered or selection.source is not None or selection.vintage is not None
    return *words(vintage, selection), not filtered, matched, is_whole, not selection.routes, is_whole


def words(vintage: Vintage, selection: Selection) -> tuple[str, str]:
    """Return the sentence, and what stands under it: the parts left out, the source and its date (RULES P1)."""
    found = parts(vintage, selection)
    days = coverage(vintage, selection).row(0)
    main = text.sentence(selection, found["total"], vintage.names, days, incidents=found["incidents"])
    main = main if incident_source(vintage, selection) else text.NO_SOURCE
    known = text.pinned(selection.vintage, vintage.name, vintage.published)
    beside = (left_out(vintage, selection), source_words(vintage, selection), known)
    return main, " ".join(part for part in beside if part)


def left_out(vintage: Vintage, selection: Selection, *, has_cells: bool = True) -> str:
    """Return what the pictures leave out of the sentence's number; one without cells leaves out none for its place."""
    found = {name: value or 0 for name, value in parts(vintage, selection).items()}
    return text.notes(selection, found if has_cells else found | {"not_located": 0})


def source_words(vintage: Vintage, selection: Selection) -> str:
    """Return the incident source and its date, blank where there is none."""
    _, last = coverage(vintage, selection).row(0)
    source = _title(vintage, incident_source(vintage, selection))
    return f"Source: {source}, to {text.day(last)}." if source and last else ""


@lru_cache(maxsize=16)
def _title(vintage: Vintage, source: str | None) -> str | None:
    rows = vintage.sources.filter(pl.col("source") == source) if source else vintage.sources.clear()
    return rows["title"][0] if rows.height else None
