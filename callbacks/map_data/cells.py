"""The cells for the browser's own layer: shapes once per set of cells, then only values, all as binary columns."""

from typing import Any, Final

import numpy as np
import polars as pl
from dash import Dash
from flask import Flask, Response

from callbacks.map_data.apart import apart_details
from callbacks.map_data.binary_columns import narrowest, packed
from callbacks.map_data.cell_codes import classes_shown, codes_in_view, wider_cells
from callbacks.map_data.request import Box, asked_box, json_response, read_request, respond
from callbacks.server.responses import problem
from data.counting.coverage import covered
from data.counting.engine import cells, vintage_by_fingerprint
from data.counting.incident_arrays import UNKNOWN, CellTable, days_since_1970
from data.counting.on_disk import cell_set, kept_table
from data.counting.row_masks import chosen_rows
from data.model.caches import kept, kept_numbers
from data.model.errors import QueryError
from data.model.notices import say
from data.model.units import INCIDENT_MEASURES
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_centre, cell_from_text, resolution_of
from geo.map.basemap import nearest_place
from geo.map.cell_shapes import in_box, shapes_by_size
from layouts.text import page as text

MOST_CELLS: Final = 20_000  # in one answer: what fills a screen three times over
MOST_ROWS: Final = 75_000  # in one cube: 1 MB
FOREVER: Final = "public, max-age=31536000, immutable"
QUICK: Final = 2  # brotli's quality: 2% more bytes than 4, a third of the time


def register(app: Dash, store: Store) -> None:
    """Serve shapes, values, the cube that is played, and the words of one cell."""
    server: Flask = app.server

    @server.get("/cells/<mark>/<source>/<int:resolution>.bin")
    def shapes(mark: str, source: str, resolution: int) -> Response:
        vintage = vintage_by_fingerprint(store, mark)
        if vintage is None or source not in vintage.incident_sources or resolution not in range(7):
            return problem(404, say("map_data.no_cells"))
        return respond(lambda: shapes_answer(vintage, source, resolution, asked_box()), cache=FOREVER)

    @server.get("/cells/<path:other>")
    def absent(other: str) -> Response:
        del other
        return problem(404, say("server.nothing_here"))

    @server.get("/cells/values")
    def values() -> Response:
        return respond(lambda: values_answer(*read_request(store), asked_box()))

    @server.get("/cells/cube")
    def cube() -> Response:
        return respond(lambda: cube_answer(*read_request(store)))

    @server.get("/cells/words")
    def words_of_cell() -> Response:
        return json_response(lambda: {"lines": cell_words(*read_request(store, keep_cell=True))})


@kept_numbers
def _shown(vintage: Vintage, source: str | None, resolution: int, box: Box | None) -> np.ndarray | None:
    """Return the places of the cells that are sent for a view: all where they are few; None where a box is needed."""
    every = cell_set(vintage, source, resolution).cells
    if every.size <= MOST_CELLS:
        return np.arange(every.size)
    if box is None:
        return None
    found = np.flatnonzero(in_box(every, *box))
    if found.size > MOST_CELLS:
        raise QueryError(say("map_data.many_cells", found=found.size, most=MOST_CELLS), parameter="box")
    return found


def shapes_address(vintage: Vintage, source: str | None, resolution: int) -> str:
    """Return where the shapes of a set are served, empty for none; with the vintage's mark it is never stale."""
    return f"/cells/{vintage.mark}/{source}/{resolution}.bin" if source else ""


@kept_numbers
def shapes_answer(vintage: Vintage, source: str, resolution: int, box: Box | None) -> bytes:
    """Return id, centre and corners of every cell, compressed; ``is_whole`` tells that there is no other cell.

    ``sizes`` are [resolution, number of cells, step] of each run of cells of one size, wider ones first.
    """
    table = cell_set(vintage, source, resolution)
    shown = _shown(vintage, source, resolution, box)
    kept = table.cells[shown] if shown is not None else table.cells[:0]
    centres, corners, sizes = shapes_by_size(kept)
    details = {"corners": corners.shape[1], "sizes": sizes, "is_whole": kept.size == table.cells.size}
    columns = {"id": kept.astype(np.uint64), "centre": centres.ravel(), "corner": corners.ravel()}
    return packed(details, columns, quality=9)


@kept
def values_answer(vintage: Vintage, selection: Selection, box: Box | None) -> bytes:
    """Return code (class and marks) and value of every cell of the set, in the order of its shapes, compressed."""
    source = incident_source(vintage, selection)
    shown = _shown(vintage, source, selection.resolution, box)
    details = _details(vintage, selection) | {"needs_box": shown is None}
    if shown is None:
        return packed(details, {}, quality=QUICK)
    codes, values = codes_in_view(vintage, selection, shown)
    details |= {"sum": int(values[shown].sum()), "wider": int((shown < details["wider"]).sum())}
    columns = {"code": codes[shown], "value": narrowest(np.maximum(values[shown], 0), kinds=("u2", "u4"))}
    return packed(details, columns, quality=QUICK)


def _details(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    source, classes = incident_source(vintage, selection), classes_shown(vintage, selection)
    return {
        "shapes": shapes_address(vintage, source, selection.resolution),
        "measure": selection.measure,
        "words": INCIDENT_MEASURES[selection.measure].say("cell", value="{}"),
        "floors": classes.floors,
        "wider_floors": classes.wider,
        "wider": wider_cells(vintage, selection),
        "wider_words": say("map_data.wider"),
        "wider_label": say("map_data.somewhere", value="{}"),
        "covered": [[days_since_1970(day) for day in span] for span in covered(vintage, selection)],
    }


@kept
def _cube(vintage: Vintage, selection: Selection) -> bytes:
    source = incident_source(vintage, selection)
    table = kept_table(vintage, source, selection.resolution)
    details = _details(vintage, selection) | apart_details(vintage, selection)
    is_small = table is not None and table.cells.size <= MOST_CELLS
    kept = np.flatnonzero(chosen_rows(vintage, selection, window=False)[table.row]) if table and is_small else None
    if table is None or kept is None or kept.size > MOST_ROWS:
        return packed(details | {"is_too_large": True}, {}, quality=QUICK)
    return packed(details | {"is_too_large": False}, cube_columns(table, kept), quality=9)


def cube_answer(vintage: Vintage, selection: Selection) -> bytes:
    """Return one row per located incident, whatever the window: what the browser counts each step of time from."""
    return _cube(vintage, selection.replace(start=None, end=None))


def cube_columns(table: CellTable, kept: np.ndarray) -> dict[str, np.ndarray]:
    """Return cell, is_new (an event begins), first and last (days since 1970, 0: not dated) and the people.

    People that nobody reported are the lowest number of the column's kind.
    """
    cell, event = table.cell[kept], table.event[kept]
    is_new = np.ones(kept.size, dtype=np.uint8)
    is_new[1:] = (cell[1:] != cell[:-1]) | (event[1:] != event[:-1])
    first, last = table.first[kept], table.last[kept]
    is_dated = (first != UNKNOWN) & (last != UNKNOWN)  # of both days: with one alone no window is sure to hold it
    days = {name: np.where(is_dated, np.clip(day, 0, 65_535), 0) for name, day in (("first", first), ("last", last))}
    people = {name: _with_unknown(column[kept]) for name, column in table.people.items()}
    return {
        "cell": cell.astype("u2"),
        "is_new": is_new,
        **{name: column.astype("u2") for name, column in days.items()},
        **people,
    }


def _with_unknown(values: np.ndarray) -> np.ndarray:
    is_known = values != UNKNOWN
    low = int(values[is_known].min(initial=0)) - 1  # the lowest number of the kind stays free for UNKNOWN
    kind = narrowest(np.array([low, int(values[is_known].max(initial=0))]), kinds=("i2", "i4")).dtype
    return np.where(is_known, values, np.iinfo(kind).min).astype(kind)


def cell_words(vintage: Vintage, selection: Selection) -> list[str]:
    """Return what the chosen cell holds, a line each (RULES C4, X4, X5)."""
    try:
        cell = cell_from_text(selection.cell or "")
    except ValueError as error:
        raise QueryError(str(error), parameter="cell") from None
    rows = cells(vintage, selection).filter(pl.col("cell") == cell).to_dicts()
    size = resolution_of(cell)
    wider_km = text.WIDTH_KM[size] if size < selection.resolution else None
    if not rows:
        return [say("page.words.cell_empty")]
    lines = text.cell_lines(rows[0], wider_km=wider_km)
    longitude, latitude = cell_centre(cell)
    return [lines[0], nearest_place(longitude=longitude, latitude=latitude), *lines[1:]]
