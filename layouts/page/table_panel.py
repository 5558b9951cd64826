"""The sheet that holds the table: the same numbers as the pictures, for reading and checking."""

from dash import html

from data.model.notices import say
from data.query.questions import TABLES
from layouts import ids
from layouts.parts.attributes import attributes
from layouts.parts.controls import button, choice


def table_panel() -> html.Section:
    """Return the sheet that holds the table; callbacks.page.tables fills it when it is open."""
    head = html.Div(
        [
            html.H2(say("page.table_panel.table")),
            choice(
                say("page.table_panel.table"),
                ids.TABLE_KIND,
                {kind: say(f"page.table_kind.{kind}") for kind in TABLES},
                TABLES[0],
                is_label_shown=False,
            ),
            button(say("page.table_panel.close"), ids.TABLE_CLOSE, kind="link"),
        ],
        className="panel-head",
    )
    more = button(say("page.table_panel.show_more_rows"), ids.TABLE_MORE, hidden=True)
    body = html.Div([html.Div(id=ids.TABLE_BODY), more], className="panel-body", tabIndex=0, role="region",
                    **attributes(aria_label=say("page.table_panel.rows_of_the_table")))  # fmt: skip
    return html.Section(
        [head, body],
        id=ids.TABLE,
        className="panel sheet table-sheet",
        **attributes(aria_label=say("page.table_panel.table")),
    )
