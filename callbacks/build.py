"""Builds the app: reads the store, sets the layout, connects panels and routes."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dash import html
from dash.development.base_component import Component

from callbacks.accounts import log_in
from callbacks.accounts.log_in import Door
from callbacks.api import collections as interface
from callbacks.api import exports
from callbacks.api.answers import corridors, hotspots, risk, sectors, trends
from callbacks.api.openapi import description as openapi
from callbacks.map_data import answer_cells, answer_corridors, cells, lines, named_places, route_lines
from callbacks.page import filters, page, route_card, tables, time_series, url
from callbacks.questions import sheet as questions_sheet
from callbacks.questions import warming
from callbacks.questions.table import QUESTIONS
from callbacks.server import (
    browser_modules,
    entity_tag,
    guard,
    headers,
    metrics,
    plotly_file,
    problem_pages,
    reader,
    request_log,
    stylesheets,
    tiered_caching,
)
from callbacks.server import fast_dispatch as direct
from callbacks.server import response_cache as answers
from callbacks.server import responses as api
from callbacks.server import static_files as static
from callbacks.server.index_html import INDEX, App
from callbacks.sheets import brief, embed, first_picture, pictures
from callbacks.sheets import link_preview as preview
from callbacks.sheets import pillars as pillar_pages
from callbacks.sheets import single_file as view_file
from callbacks.view.map_view import extent_of
from data.model.caches import CACHES
from data.model.errors import StoreError
from data.model.settings import settings_with
from data.store.store import Store
from data.store.tiered import open_as_stated
from layouts.page.page import page as page_layout
from layouts.questions.question import Question

LOG: Final = logging.getLogger("crossings.store")
ROOT: Final = Path(__file__).parent.parent
PANELS: Final = (
    time_series, filters, url, page, tables, cells, answer_cells, answer_corridors, lines, route_lines, route_card,
    exports, interface, openapi, risk, trends, corridors, hotspots, sectors, preview,
)  # fmt: skip


def _layout(store: Store, questions: Sequence[Question], *, door: bool) -> Component:
    """Return the page, or one sentence where the store holds nothing yet."""
    try:
        vintage = store.current()
        return page_layout(vintage, questions, store.lost(), extent=extent_of(vintage), log_in=store.by_tier and door)
    except StoreError as error:
        return html.Main(html.P(str(error), role="alert"))


def create_app(store: Path, *, host: str | None = None) -> App:
    """Return the app on a store; every call makes one of its own. What is kept is bounded as the settings say.

    No store is refused here: a worker or maker that is renewed goes on with what has come into the store since.
    """
    settings = settings_with(store=store, host=host)
    CACHES.limit(settings.cache_bytes)
    read = open_as_stated(settings, tell=LOG.warning)
    return build(read, door=Door(settings) if read.by_tier and settings.oidc else None)


def warm() -> None:
    """Read what pictures and answers need, so that a reader's first one does not wait for it."""
    pictures.warm()
    warming.warm()


def build(store: Store, questions: Sequence[Question] = QUESTIONS, door: Door | None = None) -> App:
    """Return a new app that reads ``store`` and asks ``questions``; readers log in at ``door``, where there is one."""
    app = App(
        "crossings",
        assets_folder=str(ROOT / "layouts" / "assets"),
        assets_ignore=r"\.(css|mjs)$",  # ``stylesheets`` and ``browser_modules`` name them
        title="Crossings",
        update_title=None,  # type: ignore[arg-type]
        index_string=INDEX,
        compress=False,
    )
    app.layout = lambda: _layout(store, questions, door=door is not None)
    for panel in PANELS:
        panel.register(app, store)
    questions_sheet.register(app, store, questions)
    drawing = pictures.Drawing()
    for sheet in (pictures, view_file, embed):
        sheet.register(app, store, drawing)
    brief.register(app, store, drawing, stability=hotspots.stability)
    first_picture.register(app, store)
    pillar_pages.register(app, store)
    named_places.register(app)
    api.register(app.server, store)
    browser_modules.register(app)
    stylesheets.register(app)
    static.register(app, store)
    problem_pages.register(app)
    guard.register(app)
    plotly_file.register(app.server)
    entity_tag.register(app.server, store)
    direct.register(app)
    app.counted = metrics.register(app, store)
    headers.register(app)
    app.kept = answers.register(app, store)  # what it keeps has all that was added before
    app.counted.watch("answer_hits", lambda: app.kept.answers.hits)
    app.counted.watch("answer_misses", lambda: app.kept.answers.misses)
    app.door = door
    if store.by_tier:
        tiered_caching.register(app.server, store)
        if door:
            log_in.register(app, door)
        reader.register(app, door)
    app.whole = app.server.wsgi_app
    request_log.register(app, app.counted)
    return app
