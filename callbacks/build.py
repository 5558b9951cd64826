"""Builds the app: reads the store, sets the layout, connects panels and routes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dash import Dash, html
from dash.development.base_component import Component

from callbacks.accounts import log_in
from callbacks.accounts.log_in import Door
from callbacks.api import collections as interface
from callbacks.api import exports
from callbacks.api.answers import corridors, hotspots, risk, sectors, trends
from callbacks.api.openapi import description as openapi
from callbacks.map_data import cells, lines
from callbacks.page import filters, page, tables, time_series, url
from callbacks.questions import sheet as questions_sheet
from callbacks.questions.table import QUESTIONS
from callbacks.server import browser_modules, guard, headers, reader
from callbacks.server import fast_dispatch as direct
from callbacks.server import response_cache as answers
from callbacks.server import responses as api
from callbacks.server import static_files as static
from callbacks.server.index_html import INDEX, App
from callbacks.sheets import brief, embed, pictures
from callbacks.sheets import link_preview as preview
from callbacks.sheets import single_file as view_file
from data.model.errors import StoreError
from data.store.store import Store
from layouts.page.page import page as page_layout
from layouts.questions.question import Question

ROOT: Final = Path(__file__).parent.parent
PANELS: Final = (
    time_series, filters, url, page, tables, cells, lines, exports, interface, openapi,
    risk, trends, corridors, hotspots, sectors, preview,
)  # fmt: skip


def _layout(store: Store, questions: Sequence[Question]) -> Component:
    """Return the page, or one sentence where the store holds nothing yet."""
    try:
        return page_layout(store.current(), questions)
    except StoreError as error:
        return html.Main(html.P(str(error), role="alert"))


def build(store: Store, questions: Sequence[Question] = QUESTIONS, door: Door | None = None) -> Dash:
    """Return a new app that reads ``store`` and asks ``questions``; readers log in at ``door``, where there is one."""
    app = App(
        "crossings",
        assets_folder=str(ROOT / "layouts" / "assets"),
        assets_ignore=r"sector\.css|\.mjs$",  # one is another page's; browser_modules serves the others
        title="Crossings",
        update_title=None,  # type: ignore[arg-type]
        index_string=INDEX,
        compress=False,
    )
    app.layout = lambda: _layout(store, questions)
    for panel in PANELS:
        panel.register(app, store)
    questions_sheet.register(app, store, questions)
    drawing = pictures.Drawing()
    for sheet in (pictures, view_file, embed):
        sheet.register(app, store, drawing)
    brief.register(app, store, drawing, stability=hotspots.stability)
    api.register(app.server, store)
    browser_modules.register(app)
    static.register(app, store)
    guard.register(app)
    direct.register(app)
    headers.register(app)
    answers.register(app, store)
    if store.by_tier:
        if door:
            log_in.register(app, door)
        reader.register(app, door)
    return app
