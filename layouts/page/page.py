"""The page: every component once, without data; the callbacks fill it."""

from collections.abc import Sequence

from dash import dcc, html

from data.query.parameters import ADDRESS_VERSION, LONGEST_ADDRESS
from data.store.in_use import Lost
from data.store.vintage import Vintage
from layouts import ids
from layouts.page.drawer import drawer
from layouts.page.key import key
from layouts.page.map_panel import WORLD, Extent, map_panel
from layouts.page.print_foot import print_foot
from layouts.page.sources_panel import sources_panel
from layouts.page.table_panel import table_panel
from layouts.page.time_panel import time_panel
from layouts.page.top_bar import banner, notices, tabs, top_bar
from layouts.parts.attributes import attributes
from layouts.questions.drawing import drawing
from layouts.questions.on_map import answer_key
from layouts.questions.question import Question
from layouts.questions.sheet import questions_sheet


def page(vintage: Vintage, questions: Sequence[Question], lost: Lost | None = None, *, extent: Extent = WORLD,
         log_in: bool = False) -> html.Div:  # fmt: skip
    """Return the whole page for one vintage, with the questions of its sheet; ``lost`` is why it is not the newest.

    ``extent`` is where its data is: west, south, east, north; ``log_in`` is whether readers can log in.
    """
    invented = vintage.is_demonstration
    stores = [
        dcc.Location(id=ids.ADDRESS, refresh=False),
        dcc.Store(id=ids.SELECTION),
        dcc.Store(id=ids.CHOSEN),
        dcc.Store(id=ids.BRUSHED),
        dcc.Store(id=ids.CLASSES),
        dcc.Store(id=ids.SERIES_SHOWN),
        dcc.Store(id=ids.SERIES_DRAWN),
        dcc.Store(id=ids.OPEN),
        dcc.Store(id=ids.MAP_READY),
        dcc.Store(id=ids.MAP_FITTED),
        dcc.Store(id=ids.CELLS_SHOWN),
        dcc.Store(id=ids.FITTED),
        dcc.Store(id=ids.STEPPED),
        dcc.Store(id=ids.ROUTES_SHOWN),
        dcc.Store(id=ids.LINES_SHOWN),
        dcc.Store(id=ids.ROUTE_ASKED),
        dcc.Store(id=ids.TABLE_ASKS),
        dcc.Store(id=ids.ZOOMED),
        dcc.Store(id=ids.ANSWER_ASKS),
        dcc.Store(id=ids.ASKED_AGAIN),
    ]
    parts = [
        banner(vintage, lost),
        top_bar(vintage, log_in=log_in),
        html.Main(
            [
                map_panel(is_demonstration=invented, extent=extent),
                html.Div(
                    [
                        html.Div(className="sheet-space", **attributes(aria_hidden="true")),
                        key(vintage),
                        answer_key(),
                        time_panel(),
                        drawer(),
                        table_panel(),
                        sources_panel(vintage),
                        questions_sheet(vintage, questions),
                    ],
                    className="sheets",
                ),
                notices(),
                *drawing(),
            ]
        ),
        print_foot(vintage),
        tabs(),
    ]
    marks = ["page", *(["is-demonstration"] if invented else []), *(["is-older"] if lost else [])]
    return html.Div([*stores, *parts], id=ids.PAGE, className=" ".join(marks),
                    **attributes(data_version=str(ADDRESS_VERSION), data_longest=str(LONGEST_ADDRESS)))  # fmt: skip
