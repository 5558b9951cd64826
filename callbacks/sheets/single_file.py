"""A view as one file, ``/api/v1/exports/view.html?…``: opens without a network, says all that the page says."""

import base64
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl
from dash import Dash
from flask import Flask, Response
from msgspec.structs import replace

from callbacks.server.responses import problem_response
from callbacks.sheets.brief import brief_contents
from callbacks.sheets.export_request import Picture, asked_view, place_of, sent
from callbacks.view.view_model import view_model
from data.counting.tables import WIDER_AREA, other_places, shown_flow, table_of
from data.exports.citation import in_words
from data.model.errors import CrossingsError
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.standalone.embed import FIGURES, WIDTHS
from layouts.standalone.single_file import Table, ViewFile, view_page
from layouts.text import page as text
from layouts.text import periods

MOST_ROWS: Final = 200
COLUMNS: Final = ("dead_or_missing", "dead", "missing", "incidents", "events", "largest_event")
HEADS: Final = ("place", "known_to", "dead_or_missing", "dead", "missing", "incidents", "events", "largest", "share")
SERIES: Final = ("dead_or_missing", "dead", "missing", "incidents", "flow", "arrivals")
PERIOD_HEADS: Final = ("period", "not_counted", "dead_or_missing", "dead", "missing", "incidents")


def register(app: Dash, store: Store, picture: Picture) -> None:
    """Serve what is shown as one file; ``picture`` draws its map and its series."""
    server: Flask = app.server

    @server.get("/api/v1/exports/view.html")
    def view() -> Response:
        try:
            vintage, selection, _ = asked_view(store)
            page = view_page(view_file(vintage, selection, picture))
        except CrossingsError as error:
            return problem_response(error)
        return sent(
            page.encode(),
            media_type="text/html",
            name=f"crossings-view-{vintage.name}.html",
            is_pinned=selection.vintage is not None,
        )


def view_file(vintage: Vintage, selection: Selection, picture: Picture) -> ViewFile:
    """Return what the file of a selection states; raise QueryError where the source may not leave so finely."""
    contents = brief_contents(vintage, selection, picture, sizes=("wide-map", "wide-series"))
    drawn = [picture(vintage, selection, figure, "svg", f"narrow-{figure}") for figure in FIGURES]
    shown = view_model(vintage, selection)
    cited = replace(shown.details, sources=tuple(shown.sources))
    return ViewFile(
        contents=contents, map=_inline(contents.map.svg), series=_inline(contents.series.svg),
        narrow=(_inline(drawn[0]), _inline(drawn[1])), narrow_up_to=WIDTHS["narrow"],
        tables=(cell_table(vintage, selection), period_table(vintage, selection)),
        citation=tuple(line for line in in_words(cited).splitlines() if line),
    )  # fmt: skip


def _inline(svg: bytes) -> str:
    """Return a drawing as an address that holds it: ids of two drawings in one page would collide."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def cell_table(vintage: Vintage, selection: Selection) -> Table:
    """Return the highest cells, how many more there are, and who is in none (RULES C5)."""
    view = view_model(vintage, selection)
    found = view.ranked_cells
    rows = [
        [place_of(row["cell"]), _known_to(row), *(row[name] for name in COLUMNS), text.share(row["dominance"])]
        for row in found.head(MOST_ROWS).iter_rows(named=True)
    ]
    if view.people_not_located:
        rows.append([say("single_file.no_cell"), "", view.people_not_located, *[None] * 5, ""])
    ranked_by = text.MEASURE_INLINE[selection.measure]
    caption = say("single_file.ranked", measure=ranked_by, km=text.WIDTH_KM[selection.resolution])
    return Table(say("single_file.cells"), caption, _heads(HEADS), _printed(rows), _more(found.slice(MOST_ROWS)),
                 texts=2)  # fmt: skip


def _known_to(row: Mapping[str, Any]) -> str:
    is_wider = row["place_known_to"] == WIDER_AREA
    return say("page.tables.known_to", is_wider=is_wider, km=text.WIDTH_KM[row["resolution"]])


def period_table(vintage: Vintage, selection: Selection) -> Table:
    """Return the newest periods, each unit in its own column, and how many older ones there are (RULES C5, R1).

    The same numbers as the exported series: within the window to the day, so that they add up to the total.
    """
    found = table_of(vintage, selection, "series").sort("period", descending=True)
    of = other_places(vintage, selection)
    rows = [
        [text.period(row["period"], selection.step), _left_out(row, selection, of), *(row[name] for name in SERIES)]
        for row in found.head(MOST_ROWS).iter_rows(named=True)
    ]
    if undated := view_model(vintage, selection).people_not_dated:
        rows.append([say("page.tables.not_dated", step=selection.step), "", undated, *[None] * (len(SERIES) - 1)])
    flows = (text.FLOW[shown_flow(selection)], text.FLOW["arrivals"])
    older = found.slice(MOST_ROWS)
    caption = say("single_file.by_period", step=selection.step)
    return Table(say("single_file.periods"), caption, (*_heads(PERIOD_HEADS), *flows), _printed(rows),
                 _more(older), texts=2)  # fmt: skip


def _left_out(row: Mapping[str, Any], selection: Selection, of: Mapping[str, Mapping[date, Sequence[str]]]) -> str:
    statuses = {"toll": row["status"], shown_flow(selection): row["flow_status"], "arrivals": row["arrivals_status"]}
    return periods.absent_figures(statuses, {flow: places.get(row["period"], ()) for flow, places in of.items()})


def _heads(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(say(f"single_file.column.{name}") for name in names)


def _printed(rows: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one if isinstance(one, str) else text.number(one) for one in row) for row in rows)


def _more(rows: pl.DataFrame) -> str:
    """Return what is in the rows that are not listed."""
    if rows.is_empty():
        return ""
    people = int(rows["dead_or_missing"].sum() or 0)
    return say("single_file.more", rows=rows.height, people=people)
