"""Builds the app: reads the store, sets the layout, connects panels and routes."""

from pathlib import Path
from typing import Final

from dash import Dash, html
from dash.development.base_component import Component

from callbacks import (
    answers,
    api,
    brief,
    cells,
    corridors,
    direct,
    embed,
    exports,
    filters,
    guard,
    headers,
    hotspots,
    interface,
    lines,
    openapi,
    page,
    pictures,
    preview,
    questions,
    risk,
    sectors,
    static,
    tables,
    time_series,
    trends,
    url,
    view_file,
)
from callbacks.index import INDEX, App
from data.errors import StoreError
from data.store import Store
from layouts.page import page as page_layout

ROOT: Final = Path(__file__).parent.parent
PANELS: Final = (
    time_series, filters, url, page, tables, cells, lines, exports, interface, openapi, questions,
    risk, trends, corridors, hotspots, sectors, preview,
)  # fmt: skip


def _layout(store: Store) -> Component:
    """Return the page, or one sentence where the store holds nothing yet."""
    try:
        return page_layout(store.current())
    except StoreError as error:
        return html.Main(html.P(str(error), role="alert"))


def build(store: Store) -> Dash:
    """Return a new app that reads ``store``; building it changes nothing outside it."""
    app = App(
        "crossings",
        assets_folder=str(ROOT / "layouts" / "assets"),
        assets_ignore=r"sector\.css",  # a page of its own loads it
        title="Crossings",
        update_title=None,  # type: ignore[arg-type]
        index_string=INDEX,
        compress=False,
    )
    app.layout = lambda: _layout(store)
    for panel in PANELS:
        panel.register(app, store)
    drawing = pictures.Drawing()
    for sheet in (pictures, view_file, embed):
        sheet.register(app, store, drawing)
    brief.register(app, store, drawing, stability=hotspots.stability)
    api.register(app.server, store)
    static.register(app, store)
    guard.register(app)
    direct.register(app)
    headers.register(app)
    answers.register(app, store)
    return app
