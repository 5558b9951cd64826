"""The page: every component once, without data; the callbacks fill it."""

from dash import dcc, html

from data.vintage import Vintage
from layouts import ids
from layouts.drawer import drawer
from layouts.filters import side_panel
from layouts.map_panel import map_panel
from layouts.questions.drawing import drawing
from layouts.questions.sheet import questions_sheet
from layouts.sources_panel import sources_panel
from layouts.tables import table_panel
from layouts.time_panel import time_panel
from layouts.top_bar import banner, notices, tabs, top_bar


def page(vintage: Vintage) -> html.Div:
    """Return the whole page for one vintage."""
    invented = vintage.is_demonstration
    stores = [
        dcc.Location(id=ids.ADDRESS, refresh=False),
        dcc.Store(id=ids.SELECTION),
        dcc.Store(id=ids.CHOSEN),
        dcc.Store(id=ids.BRUSHED),
        dcc.Store(id=ids.OPEN),
        dcc.Store(id=ids.MAP_READY),
        dcc.Store(id=ids.CELLS_SHOWN),
        dcc.Store(id=ids.ROUTES_SHOWN),
        dcc.Store(id=ids.LINES_SHOWN),
        dcc.Store(id=ids.TABLE_ASKS),
        dcc.Store(id=ids.ZOOMED),
        dcc.Store(id=ids.ANSWER_ASKS),
        dcc.Store(id=ids.ASKED_AGAIN),
    ]
    parts = [
        banner(is_demonstration=invented),
        top_bar(vintage),
        html.Main(
            [
                map_panel(is_demonstration=invented),
                side_panel(vintage),
                time_panel(),
                drawer(),
                table_panel(),
                sources_panel(vintage),
                questions_sheet(vintage),
                notices(),
                *drawing(),
            ]
        ),
        tabs(),
    ]
    return html.Div([*stores, *parts], id=ids.PAGE, className=f"page{' is-demonstration' if invented else ''}")
