"""The table: the same numbers as the map and the series, made only while it is open."""

from typing import Any

import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, no_update

from callbacks.reading import cells, parts, reading, times_asked
from callbacks.time_series import series_table
from data.measures import counts_by_route, people, select_incidents
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from geo.basemap import nearest_place
from geo.cells import cell_centre
from layouts import ids, text
from layouts.tables import ROWS, packed


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
    caption, heads, rows, rest, words = made(vintage, selection)
    shown = rows[:limit]
    more = f" Showing {text.number(len(shown))} of {text.number(len(rows))} rows." if len(rows) > limit else ""
    return packed(f"{caption}{more}", heads, [*shown, *rest], words=words), len(rows) <= limit


Rows = tuple[str, list[str], list[list[Any]], list[list[Any]], int]


def cell_rows(vintage: Vintage, selection: Selection) -> Rows:
    """Return the cells, most people first, and the people who are in no cell at this size (RULES C5)."""
    found = cells(vintage, selection).sort(selection.measure, "cell", descending=[True, False], nulls_last=True)
    columns = ("dead_or_missing", "dead", "missing", "incidents", "events", "largest_event")
    rows = [
        [_where(row["cell"]), text.share(row["dominance"]), *(row[name] for name in columns)]
        for row in found.iter_rows(named=True)
    ]
    missed = parts(vintage, selection.but(measure="dead_or_missing"))["not_located"]
    rest = [["In no cell of this size", "", missed, None, None, None, None, None]] if missed else []
    heads = [
        "Place of the cell's centre",
        "Largest event's share",
        "Dead or missing",
        "Dead",
        "Missing",
        "Incidents",
        "Events",
        "Largest event",
    ]
    return f"People dead or missing by cell, resolution {selection.resolution}. At least.", heads, rows, rest, 2


def _where(cell: int) -> str:
    longitude, latitude = cell_centre(cell)
    return nearest_place(longitude=longitude, latitude=latitude)


def period_rows(vintage: Vintage, selection: Selection) -> Rows:
    """Return the periods of the window, newest first, each unit in its own column (RULES R1)."""
    found = series_table(vintage, selection)
    if selection.start:
        found = found.filter(pl.col("period").dt.offset_by("1d") > selection.start)
    if selection.end:
        found = found.filter(pl.col("period") <= selection.end)
    flow = selection.flow if selection.flow != "arrivals" else Selection().flow
    columns = ("dead_or_missing", "dead", "missing", "incidents", "flow", "arrivals")
    rows = [
        [text.period(row["period"], selection.step), *(row[name] for name in columns)]
        for row in found.sort("period", descending=True).iter_rows(named=True)
    ]
    missed = parts(vintage, selection.but(measure="dead_or_missing"))["not_dated"]
    rest = [[f"Not dated to {text.STEP_UNIT[selection.step]}", missed, *[None] * 5]] if missed else []
    heads = ["Period", "Dead or missing", "Dead", "Missing", "Incidents", text.FLOW[flow], "Arrivals"]
    return f"By {selection.step}. A dash: no figure. The units are never added up.", heads, rows, rest, 1


def route_rows(vintage: Vintage, selection: Selection) -> Rows:
    """Return the routes by people dead or missing, then those without a named route."""
    tolls = select_incidents(vintage, selection).group_by("route").agg(
        *(people(name) for name in ("dead_or_missing", "dead", "missing")), pl.len().cast(pl.Int64).alias("incidents")
    ).collect()  # fmt: skip
    flow = selection.flow if selection.flow != "arrivals" else Selection().flow
    for name, measure in (("flow", flow), ("arrivals", "arrivals")):
        counted = counts_by_route(vintage, selection, measure).rename({"value": name})
        tolls = tolls.join(counted, on="route", how="full", coalesce=True, nulls_equal=True)
    columns = ("dead_or_missing", "dead", "missing", "incidents", "flow", "arrivals")
    found = tolls.sort("dead_or_missing", "route", descending=[True, False], nulls_last=True)
    named = found.filter(pl.col("route").is_not_null()).iter_rows(named=True)
    rows = [[vintage.name_of("route", row["route"]), *(row[name] for name in columns)] for row in named]
    nameless = found.filter(pl.col("route").is_null()).iter_rows(named=True)
    rest = [["No named route", *(row[name] for name in columns)] for row in nameless]
    heads = ["Route", "Dead or missing", "Dead", "Missing", "Incidents", text.FLOW[flow], "Arrivals"]
    return "By route. A dash: no figure. The units are never added up.", heads, rows, rest, 1


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
    heads = ["Date", "Place", "Cause", "Dead or missing", "Dead", "Missing", "Source quality"]
    return "Incidents. A dash: not reported.", heads, rows, [], 3
