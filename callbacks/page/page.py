"""All that a change of the selection changes on the page, in one answer; the map asks for its own data."""

from typing import Any

from dash import Dash, Input, Output, no_update

from callbacks.map_data.route_lines import routes_shown
from callbacks.page.drawer import cell_details
from callbacks.page.filters import chip_words
from callbacks.page.map import map_legends
from callbacks.page.time_series import series_shown
from callbacks.server.fast_dispatch import callback
from callbacks.view.view_model import view_model
from data.counting.engine import reading
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.chips import CLEARS
from layouts.text.header import sentence_class, short_notes_words, strong_number

WORDS = (Output(ids.SENTENCE, "children"), Output(ids.SENTENCE, "className"), Output(ids.SHORT_NOTES, "children"),
         Output(ids.NOTES, "children"), Output(ids.CLEAR, "hidden"),
         Output(ids.EMPTY, "hidden"), Output(ids.EMPTY_DATES, "disabled"), Output(ids.EMPTY_ROUTE, "disabled"),
         Output(ids.WHOLE_TIME, "disabled"), Output(ids.EMPTY_WORDS, "children"))  # fmt: skip
CHOSEN = (*(Output(id_, "children") for id_ in (ids.ROUTE_CHOSEN, ids.DATES_CHOSEN, ids.REGION_CHOSEN,
                                                ids.CAUSE_CHOSEN, ids.ORIGIN_CHOSEN, ids.MORE_CHOSEN)),
          *(Output(id_, "hidden") for id_ in CLEARS))  # fmt: skip
LEGENDS = (*(Output(id_, "children") for id_ in (ids.KEY_MEASURE, ids.KEY_UNIT, ids.KEY_CLASSES, ids.LEGEND_CELLS,
                                                 ids.LEGEND_INCIDENTS, ids.LEGEND_INTERCEPTIONS, ids.LEGEND_ARRIVALS)),
           Output(ids.LAYER_INTERCEPTIONS, "options"))  # fmt: skip
DRAWER = (Output(ids.DRAWER, "hidden"), Output(ids.DRAWER_BODY, "children"), Output(ids.DRAWER_MORE, "hidden"))
REST = (Output(ids.FITTED, "data"), Output(ids.ROUTES_SHOWN, "data"), Output(ids.SERIES_SHOWN, "data"))
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
            *page_words(vintage, selection),
            *chip_words(vintage, selection),
            *map_legends(vintage, selection),
            [float(one) for one in view_model(vintage, selection.replace(view=None)).map_view],
            routes_shown(vintage, selection),
            series_shown(vintage, selection),
            *details,
        )


def page_words(vintage: Vintage, selection: Selection) -> tuple[Any, ...]:
    """Return the sentence, the notes, and what of the notices and buttons is shown."""
    view = view_model(vintage, selection)
    is_whole = selection.start is None and selection.end is None
    filtered = selection.is_filtered or selection.source is not None or selection.vintage is not None
    words = (
        strong_number(view.sentence, view.parts["total"]),
        sentence_class(view.sentence),
        short_notes_words(view.parts),
    )
    return (
        *words,
        view.notes,
        not filtered,
        view.is_matched,
        is_whole,
        not selection.routes,
        is_whole,
        view.nothing_words,
    )
