"""A view as one file, ``/api/v1/exports/view.html?…``: opens without a network, says all that the page says."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl
from dash import Dash
from flask import Response

from callbacks.api import refusal
from callbacks.brief import brief_contents
from callbacks.leaving import Picture, asked_view, details_of, place_of, ranked_cells, sent
from callbacks.reading import parts
from data.errors import CrossingsError
from data.exports.citation import in_words
from data.exports.shown import shown_flow, sources_shown
from data.exports.tables import table_of
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage
from layouts import text
from layouts.embed import FIGURES, WIDTHS
from layouts.view_file import Table, ViewFile, view_page

MOST_ROWS: Final = 200
COLUMNS: Final = ("dead_or_missing", "dead", "missing", "incidents", "events", "largest_event")
HEADS: Final = ("Place of the cell's centre", "Dead or missing, at least", "Dead", "Missing", "Incidents", "Events",
                "Largest event", "Largest event's share")  # fmt: skip
SERIES: Final = ("dead_or_missing", "dead", "missing", "incidents", "flow", "arrivals")
PERIOD_HEADS: Final = ("Period", "Dead or missing, at least", "Dead", "Missing", "Incidents")
PERIODS: Final = "By {}. A dash: no figure. A period without any figure has no row. The units are never added up."


def register(app: Dash, store: Store, picture: Picture) -> None:
    """Serve what is shown as one file; ``picture`` draws its map and its series."""

    @app.server.get("/api/v1/exports/view.html")
    def view() -> Response:
        try:
            vintage, selection, _ = asked_view(store)
            page = view_page(view_file(vintage, selection, picture))
        except CrossingsError as error:
            return refusal(error)
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
    details = details_of(vintage, selection)
    cited = replace(details, sources=tuple(sources_shown(vintage, selection, details)))
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
    found = ranked_cells(vintage, selection)
    rows = [
        [place_of(row["cell"]), *(row[name] for name in COLUMNS), text.share(row["dominance"])]
        for row in found.head(MOST_ROWS).iter_rows(named=True)
    ]
    nowhere = parts(vintage, selection.but(measure="dead_or_missing"))["not_located"]
    if nowhere:
        rows.append(["In no cell of this size", nowhere, *[None] * 5, ""])
    ranked_by = text.MEASURE[selection.measure].lower()
    caption = f"Ranked by {ranked_by}, resolution {selection.resolution}. A dash: not reported."
    return Table("Cells", caption, HEADS, _printed(rows), _more(found.slice(MOST_ROWS)))


def period_table(vintage: Vintage, selection: Selection) -> Table:
    """Return the newest periods, each unit in its own column, and how many older ones there are (RULES C5, R1).

    The same numbers as the exported series: within the window to the day, so that they add up to the total.
    """
    found = table_of(vintage, selection, "series").sort("period", descending=True)
    rows = [
        [text.period(row["period"], selection.step), *(row[name] for name in SERIES)]
        for row in found.head(MOST_ROWS).iter_rows(named=True)
    ]
    undated = parts(vintage, selection.but(measure="dead_or_missing"))["not_dated"]
    if undated:
        rows.append([f"Not dated to {text.STEP_UNIT[selection.step]}", undated, *[None] * (len(SERIES) - 1)])
    flows = (text.FLOW[shown_flow(selection)], text.FLOW["arrivals"])
    older = found.slice(MOST_ROWS)
    return Table("Periods", PERIODS.format(selection.step), (*PERIOD_HEADS, *flows), _printed(rows), _more(older))


def _printed(rows: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one if isinstance(one, str) else text.number(one) for one in row) for row in rows)


def _more(rows: pl.DataFrame) -> str:
    """Return what is in the rows that are not listed."""
    if rows.is_empty():
        return ""
    toll = text.people(int(rows["dead_or_missing"].sum() or 0))
    return f"{text.counted(rows.height, 'row', 'rows')} more, with {toll} dead or missing, are not listed here."
