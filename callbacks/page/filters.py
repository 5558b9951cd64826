"""The controls: one callback sets them all, one reads them all into the selection."""

from datetime import date
from typing import Any, Final

from dash import Dash, Input, Output, State, ctx, no_update

from callbacks.page.pointer import cell_clicked, classes_kept, window_brushed
from callbacks.server.fast_dispatch import callback
from callbacks.view.view_model import view_model
from data.counting.engine import drop_unknown_ids, open_view, pinned_vintage
from data.counting.fitting_flow import with_fitting_flow
from data.model.days import day_of_short
from data.model.notices import say
from data.model.route_names import plain_names
from data.query.address import WINDOW, Misreading, read_parts
from data.query.parameters import parse_query
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.address_notice import address_words
from layouts.page.filters import options_of
from layouts.text.header import chosen_words, dates_words, more_words, place_words, route_words

CONTROLS: Final = {  # parameter of the address: the control that holds it
    "measure": ids.MEASURE, "flow": ids.FLOW, "from": ids.START, "to": ids.END, "route": ids.ROUTE,
    "region": ids.REGION, "cause": ids.CAUSE, "origin": ids.ORIGIN, "min_quality": ids.QUALITY,
    "source": ids.SOURCE, "step": ids.STEP, "resolution": ids.RESOLUTION, "height": ids.HEIGHT,
}  # fmt: skip
LAYERS: Final = {
    "cells": ids.LAYER_CELLS, "incidents": ids.LAYER_INCIDENTS,
    "interceptions": ids.LAYER_INTERCEPTIONS, "arrivals": ids.LAYER_ARRIVALS,
}  # fmt: skip


def register(app: Dash, store: Store) -> None:
    """Connect the controls with the selection, in both directions."""
    controls = [(id_, "value") for id_ in (*CONTROLS.values(), *LAYERS.values())]

    @app.callback(
        *(Output(*control) for control in controls),
        Output(ids.CHOSEN, "data"),
        Output(ids.NOT_UNDERSTOOD, "hidden"),
        Output(ids.NOT_UNDERSTOOD_WORDS, "children"),
        Input(ids.ADDRESS, "search"),
        Input(ids.STEPPED, "data"),
        Input(ids.CLEAR, "n_clicks"),
        *(Input(id_, "n_clicks") for id_ in (ids.EMPTY_ALL, *CLEARED, ids.LAST_TWELVE_MONTHS, ids.LATEST_YEAR)),
        Input(ids.BRUSHED, "data"),
        Input(ids.MAP, "clickData"),
        Input(ids.CLASSES, "data"),
        State(ids.SELECTION, "data"),
    )
    def set_controls(*given: Any) -> tuple[Any, ...]:
        search, stepped, brushed, clicked, classes, query = *given[:2], *given[-4:]
        if ctx.triggered_id == ids.STEPPED and isinstance(stepped, list) and stepped:
            query = stepped[0]  # the address after a step back or forward
        found = open_view(store, search if query is None else query)
        last = view_model(found.vintage, found.selection).covered[1]
        now = after(found.selection, ctx.triggered_id, brushed=brushed, clicked=clicked, classes=classes,
                    last=last)  # fmt: skip
        notice = (not found.misread, address_words(found.misread)) if query is None else (no_update, no_update)
        return (*control_values(now, found.vintage.incident_sources), without_control(now), *notice)

    @callback(
        app,
        Output(ids.SELECTION, "data"),
        Output(ids.DAYS_NOTE, "children"),
        *(Input(*control) for control in controls),
        Input(ids.CHOSEN, "data"),
        Input(ids.ZOOMED, "data"),
    )
    def read_controls(*given: Any, trigger: str | None) -> tuple[str, str]:
        *values, chosen, zoomed = given
        present, misread = held_by(values, chosen=chosen, zoomed=zoomed)
        note = say("address.days_typed") if any(one.parameter in WINDOW for one in misread) else ""
        vintage = pinned_vintage(store, present)
        if trigger == ids.ROUTE and not present.routes:  # the unit had been that of a route
            present = present.replace(flow=Selection().flow)
        return with_fitting_flow(vintage, drop_unknown_ids(vintage, present)).to_query(), note


def chip_words(vintage: Vintage, selection: Selection) -> list[Any]:
    """Return what each chip says, with the lists of causes and origins; then whether nothing is to clear in each."""
    names = vintage.names
    said = [
        route_words(plain_names(names["route"]), selection.routes, len(options_of(vintage, "route"))),
        dates_words(selection, view_model(vintage, selection).covered),
        place_words(selection, names),
        chosen_words(names["cause"], selection.causes),
        chosen_words(names["origin"], selection.origins),
        more_words(selection),
    ]
    is_dated = selection.start is not None or selection.end is not None
    chosen = (selection.routes, is_dated, selection.regions + selection.countries, said[-1])
    return [*said, *(not one for one in chosen)]


CLEARED: Final[dict[str, dict[str, Any]]] = {  # by the button that clears
    ids.EMPTY_DATES: {"start": None, "end": None},
    ids.WHOLE_TIME: {"start": None, "end": None},
    ids.ALL_DATES: {"start": None, "end": None},
    ids.CLEAR_DATES: {"start": None, "end": None},
    ids.EMPTY_ROUTE: {"routes": ()},
    ids.CLEAR_ROUTE: {"routes": ()},
    ids.CLEAR_PLACE: {"regions": (), "countries": ()},
    ids.CLEAR_MORE: {"causes": (), "origins": (), "min_quality": None, "source": None, "resolution_chosen": None},
    ids.DRAWER_CLOSE: {"cell": None},
}


def after(
    present: Selection,
    trigger: str | None,
    *,
    brushed: Any,
    clicked: Any,
    classes: Any = None,
    last: date | None = None,
) -> Selection:
    """Return the selection after an act that is not a control's own: clearing, brushing, choosing a cell.

    ``last`` is the last day with data, from which the presets of the dates count.
    """
    if trigger in (ids.CLEAR, ids.EMPTY_ALL):
        return cleared(present)
    if trigger == ids.BRUSHED:
        return window_brushed(present, brushed)
    if trigger == ids.MAP:
        return cell_clicked(present, clicked)
    if trigger == ids.CLASSES:
        return classes_kept(present, classes)
    if trigger in (ids.LAST_TWELVE_MONTHS, ids.LATEST_YEAR) and last:
        return present.replace(start=preset_start(str(trigger), last), end=last)
    return present.replace(**CLEARED.get(trigger or "", {}))


def preset_start(trigger: str, last: date) -> date:
    """Return the first day of a preset: of the year of the last day, or of the twelve months that end with its own."""
    if trigger == ids.LATEST_YEAR:
        return date(last.year, 1, 1)
    return date(last.year, 1, 1) if last.month == 12 else date(last.year - 1, last.month + 1, 1)


def cleared(present: Selection) -> Selection:
    """Return the selection without any filter; what is drawn, and how, stays."""
    return present.replace(
        start=None,
        end=None,
        routes=(),
        regions=(),
        causes=(),
        origins=(),
        countries=(),
        min_quality=None,
        source=None,
        cell=None,
        vintage=None,
    )


def control_values(selection: Selection, incident_sources: list[str]) -> tuple[Any, ...]:
    """Return the value of every control, then of every layer's switch."""
    source = selection.source if selection.source in incident_sources[1:] else ""
    day = {"from": selection.start, "to": selection.end}
    values = {
        "measure": selection.measure,
        "flow": selection.flow,
        **{key: value.isoformat() if value else "" for key, value in day.items()},
        "route": list(selection.routes),
        "region": list(selection.regions),
        "cause": list(selection.causes),
        "origin": list(selection.origins),
        "min_quality": selection.min_quality or "",
        "source": source,
        "step": selection.step,
        "height": ["full"] if selection.height == "full" else [],
        "resolution": "" if selection.resolution_chosen is None else selection.resolution_chosen,
    }
    switches = [[layer] if layer in selection.layers else [] for layer in LAYERS]
    return (*(values[key] for key in CONTROLS), *switches)


def without_control(selection: Selection) -> str:
    """Return what of a selection no control holds: the cell, the classes kept, the countries, the vintage."""
    return Selection(cell=selection.cell, classes=selection.classes, countries=selection.countries,
                     vintage=selection.vintage).to_query()  # fmt: skip


def held_by(values: list[Any], *, chosen: str | None, zoomed: Any) -> tuple[Selection, list[Misreading]]:
    """Return the selection that the controls hold, with what has no control as chosen, and what is unreadable."""
    given = dict(zip((*CONTROLS, *LAYERS), values, strict=True))
    on = [layer for layer in LAYERS if given.pop(layer)]
    items: dict[str, str] = {key: _joined(value) for key, value in given.items() if value not in (None, "", [])}
    for key, is_last in zip(WINDOW, (False, True), strict=True):  # a month or a year may be typed
        if key in items:
            items[key] = day_of_short(items[key], is_last=is_last)
    items["layers"] = ",".join(on) or "none"
    if isinstance(zoomed, int):
        items["zoomed"] = str(zoomed)
    rest, _ = read_parts(parse_query(chosen) if isinstance(chosen, str) else {})
    present, misread = read_parts({key: [value] for key, value in items.items()})
    return present.replace(
        cell=rest.cell, classes=rest.classes, countries=rest.countries, vintage=rest.vintage
    ), misread


def _joined(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
