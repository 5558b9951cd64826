"""The table: the same numbers as the map and the series, made only while it is open."""

from typing import Any

import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, html, no_update

from callbacks.view.view_model import view_model
from data.counting.coverage import within_stated_days
from data.counting.engine import reading, times_asked
from data.counting.measures import amount_held, counts_by_route, select_counted, select_incidents
from data.counting.none_recorded import none_recorded
from data.counting.tables import shown_flow
from data.model.errors import QueryError
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_centre, resolution_of
from geo.map.basemap import nearest_place
from layouts import ids
from layouts.parts.tables import ROWS, packed_table
from layouts.text import page as text


def register(app: Dash, store: Store) -> None:
    """Connect the table to the selection."""
    app.clientside_callback(
        ClientsideFunction("crossings", "table"),
        Output(ids.TABLE_ASKS, "data"),
        Input(ids.SELECTION, "data"),
        Input(ids.OPEN, "data"),
        Input(ids.TABLE_KIND, "value"),
        Input(ids.TABLE_MORE, "n_clicks"),
    )

    @app.callback(
        Output(ids.TABLE_BODY, "children"),
        Output(ids.TABLE_MORE, "hidden"),
        Input(ids.TABLE_ASKS, "data"),
        prevent_initial_call=True,
    )
    def update_table(asks: Any) -> tuple[Any, Any]:
        query, kind, more = asks if isinstance(asks, list) and len(asks) == 3 else (None, None, None)
        if not isinstance(query, str):
            return no_update, no_update
        vintage, selection = reading(store, query)
        return table_view(vintage, selection, str(kind), limit=ROWS * (1 + times_asked(more)))


def table_view(vintage: Vintage, selection: Selection, kind: str, *, limit: int) -> tuple[Any, bool]:
    """Return one table of the selection, and whether all of its rows are shown."""
    made = {"periods": period_rows, "routes": route_rows, "incidents": incident_rows}.get(kind, cell_rows)
    try:
        caption, heads, rows, rest, shape = made(vintage, selection)
    except QueryError as error:  # what is held in sums has no single incidents
        return html.P(str(error)), True
    shown = rows[:limit]
    more = " " + say("page.tables.showing", rows=len(shown), of=len(rows)) if len(rows) > limit else ""
    return packed_table(f"{caption}{more}", heads, [*shown, *rest], **shape), len(rows) <= limit


Rows = tuple[str, list[str], list[list[Any]], list[list[Any]], dict[str, int]]


def cell_rows(vintage: Vintage, selection: Selection) -> Rows:
    """Return the cells, most people first, and the people who are in no cell at this size (RULES C5)."""
    view = view_model(vintage, selection)
    found = view.cells.sort(selection.measure, "cell", descending=[True, False], nulls_last=True)
    columns = ("dead_or_missing", "dead", "missing", "incidents", "events", "largest_event")
    rows = [
        [_where(row["cell"]), *(row[name] for name in columns), text.share(row["dominance"]),
         _known_to(row["cell"], selection)]
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
    missed = view.people_not_located
    rest = [[say("page.tables.in_no_cell_of_this"), missed, *[None] * 5, "", ""]] if missed else []
    heads = [
        say("page.tables.place_of_the_cells_centre"),
        say("page.tables.dead_or_missing"),
        say("page.tables.dead"),
        say("page.tables.missing"),
        say("page.tables.incidents"),
        say("page.tables.events"),
        say("page.tables.largest_event"),
        say("page.tables.largest_events_share"),
        say("page.tables.place_known_to"),
    ]
    caption = say("page.tables.cells", km=text.WIDTH_KM[selection.resolution])
    return caption, heads, rows, rest, {"words": 1, "notes": 2}


def _known_to(cell: int, selection: Selection) -> str:
    """Return how well the places of what a cell holds are known: to the cell, or to a wider area (RULES X9)."""
    size = resolution_of(cell)
    return say("page.tables.known_to", is_wider=size < selection.resolution, km=text.WIDTH_KM[size])


def _where(cell: int) -> str:
    longitude, latitude = cell_centre(cell)
    return nearest_place(longitude=longitude, latitude=latitude)


def period_rows(vintage: Vintage, selection: Selection) -> Rows:
    """Return the periods of the window, newest first, each unit in its own column (RULES R1)."""
    view = view_model(vintage, selection)
    found = view.periods
    if selection.start:
        found = found.filter(pl.col("period").dt.offset_by("1d") > selection.start)
    if selection.end:
        found = found.filter(pl.col("period") <= selection.end)
    flow = shown_flow(selection)
    columns = ("dead_or_missing", "dead", "missing", "incidents", "flow", "arrivals")
    rows = [
        [text.period(row["period"], selection.step), *(row[name] for name in columns), row["left_out"]]
        for row in found.sort("period", descending=True).iter_rows(named=True)
    ]
    missed = view.people_not_dated
    rest = [[say("page.tables.not_dated", step=selection.step), missed, *[None] * 5, ""]] if missed else []
    heads = [
        say("page.tables.period"),
        say("page.tables.dead_or_missing"),
        say("page.tables.dead"),
        say("page.tables.missing"),
        say("page.tables.incidents"),
        text.FLOW[flow],
        say("page.tables.arrivals"),
        say("page.tables.not_counted"),
    ]
    return say("page.tables.periods", step=selection.step), heads, rows, rest, {"words": 1, "notes": 1}


def route_rows(vintage: Vintage, selection: Selection) -> Rows:
    """Return the routes by people dead or missing, then those without a named route."""
    measures = ("dead_or_missing", "dead", "missing", "incidents")
    sums = [amount_held(vintage, selection, name).alias(name) for name in measures]
    tolls = select_counted(vintage, selection).group_by("route").agg(sums).collect(engine="streaming")
    flow = shown_flow(selection)
    for name, measure in (("flow", flow), ("arrivals", "arrivals")):
        counted = counts_by_route(vintage, within_stated_days(vintage, selection), measure).rename({"value": name})
        tolls = tolls.join(counted, on="route", how="full", coalesce=True, nulls_equal=True)
    columns = ("dead_or_missing", "dead", "missing", "incidents", "flow", "arrivals")
    tolls = _with_zeros(vintage, selection, tolls, {"flow": flow, "arrivals": "arrivals"})
    found = tolls.sort("dead_or_missing", "route", descending=[True, False], nulls_last=True)
    named = found.filter(pl.col("route").is_not_null()).iter_rows(named=True)
    rows = [[vintage.name_of("route", row["route"]), *(row[name] for name in columns)] for row in named]
    nameless = found.filter(pl.col("route").is_null()).iter_rows(named=True)
    rest = [[say("page.tables.no_named_route"), *(row[name] for name in columns)] for row in nameless]
    heads = [
        say("page.tables.route"),
        say("page.tables.dead_or_missing"),
        say("page.tables.dead"),
        say("page.tables.missing"),
        say("page.tables.incidents"),
        text.FLOW[flow],
        say("page.tables.arrivals"),
    ]
    return say("page.tables.by_route_a_dash_no"), heads, rows, rest, {"words": 1}


def _with_zeros(vintage: Vintage, selection: Selection, table: pl.DataFrame, flows: dict[str, str]) -> pl.DataFrame:
    """Return the routes with 0 where the source looked and nobody is recorded; a dash stays where it did not (R11)."""
    asked = within_stated_days(vintage, selection)
    rows = []
    for row in table.iter_rows(named=True):
        routes = (row["route"],) if row["route"] else ()
        if row["incidents"] is None:
            none = none_recorded(vintage, selection.replace(routes=routes), "dead_or_missing")
            row.update(dict.fromkeys(("dead_or_missing", "dead", "missing", "incidents"), none))
        for name, measure in flows.items():
            if row[name] is None and routes:
                row[name] = none_recorded(vintage, asked.replace(routes=routes), measure)
        rows.append(row)
    return pl.DataFrame(rows, schema=table.schema)


def incident_rows(vintage: Vintage, selection: Selection) -> Rows:
    """Return every incident of the selection, newest first, located or not."""
    found = (
        select_incidents(vintage, selection).sort("date_from", "record_id", descending=True, nulls_last=True).collect()
    )
    rows = [
        [text.dates(row["date_from"], row["date_to"]), row["place"] or "–",
         vintage.name_of("cause", row["cause"]) if row["cause"] else "–",
         *(row[name] for name in ("dead_or_missing", "dead", "missing", "quality"))]
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
    heads = [
        say("page.tables.date"),
        say("page.tables.place"),
        say("page.tables.cause"),
        say("page.tables.dead_or_missing"),
        say("page.tables.dead"),
        say("page.tables.missing"),
        say("page.tables.source_quality"),
    ]
    return say("page.tables.incidents_a_dash_not_reported"), heads, rows, [], {"words": 3}
