"""The address and the panels: display only, in named functions of ``layouts/assets``."""

from dash import ClientsideFunction, Dash, Input, Output, State

from data.store.store import Store
from layouts import ids

PANELS = (ids.SHOW_QUESTIONS, ids.QUESTIONS_CLOSE,
          ids.SHOW_TABLE, ids.SHOW_PERIODS, ids.SHOW_SOURCES, ids.TABLE_CLOSE, ids.SOURCES_CLOSE, ids.TAB_MAP,
          ids.TAB_TIME, ids.TAB_TABLE, ids.TAB_QUESTIONS, ids.FOLD_DOCK)  # fmt: skip


def register(app: Dash, store: Store) -> None:
    """Write the address, restore the view once, copy the address, open and fold panels."""
    del store
    app.clientside_callback(
        ClientsideFunction("crossings", "opened"),
        Output(ids.MAP, "figure"),
        Input(ids.ADDRESS, "search"),
        State(ids.MAP, "figure"),
    )
    app.clientside_callback(
        ClientsideFunction("crossings", "address"),
        Output(ids.MAP_READY, "data"),
        Input(ids.SELECTION, "data"),
        Input(ids.MAP, "relayoutData"),
        State(ids.ADDRESS, "search"),
    )
    app.clientside_callback(  # apart: the address does not wait for the server, as a step back may come first
        ClientsideFunction("crossings", "chosen"),
        Output(ids.MAP_FITTED, "data"),
        Input(ids.SELECTION, "data"),
        Input(ids.FITTED, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("crossings", "zoomed"),
        Output(ids.ZOOMED, "data"),
        Input(ids.ADDRESS, "search"),
        Input(ids.MAP, "relayoutData"),
        State(ids.ZOOMED, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("cells", "show"),
        Output(ids.CELLS_SHOWN, "data"),
        Input(ids.SELECTION, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("lines", "show"),
        Output(ids.LINES_SHOWN, "data"),
        Input(ids.ROUTES_SHOWN, "data"),
        Input(ids.SELECTION, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("crossings", "share"),
        Output(ids.SHARED, "children"),
        Input(ids.SHARE, "n_clicks"),
        Input(ids.SHARE_PINNED, "n_clicks"),
        Input(ids.SHARE_EMBED, "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("crossings", "panels"),
        Output(ids.PAGE, "className"),
        Output(ids.OPEN, "data"),
        Output(ids.TABLE_KIND, "value"),
        *(Input(id_, "n_clicks") for id_ in PANELS),
        State(ids.PAGE, "className"),
        State(ids.TABLE_KIND, "value"),
        prevent_initial_call=True,
    )
