"""The cells of an answer on the page's own map: shapes, classes around zero and words, in one binary table."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from dash import Dash
from flask import Flask, Response

from callbacks.map_data.binary_columns import narrowest, packed
from callbacks.map_data.request import respond
from callbacks.server.responses import asked_query
from data.compare.answer import compare, parse_compare
from data.counting.engine import pinned_vintage, with_zoom_in_bounds
from data.counting.windows import Window
from data.hotspots.answer import hot_spots_answer
from data.hotspots.answer_model import HotSpotsAnswer
from data.hotspots.request import Question, parse_hot_spots
from data.model.caches import kept
from data.model.notices import Notice, say
from data.model.units import PEOPLE
from data.query.parameters import EMERGING, STUDY_AREA, TESTED_RESOLUTION, VARIABLE, take
from data.query.resolve import require_known_ids
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_from_text, resolution_of
from geo.map.cell_shapes import shapes_by_size
from layouts.figures.around_marks import code_of, code_of_spot, coded
from layouts.text import page as text

QUALITY: Final = 5  # of brotli's: shapes and words shrink to a third


def register(app: Dash, store: Store) -> None:
    """Serve the cells of a comparison, and those of hot spots."""
    server: Flask = app.server

    @server.get("/cells/change")
    def change_cells() -> Response:
        def make() -> bytes:
            selection, first, second, _ = parse_compare(asked_query())
            vintage = pinned_vintage(store, selection)
            return changes(vintage, with_zoom_in_bounds(require_known_ids(vintage, selection)), first, second)

        return respond(make)

    @server.get("/cells/spots")
    def spot_cells() -> Response:
        def make() -> bytes:
            given = asked_query()
            _, rest = take(given, STUDY_AREA, VARIABLE, TESTED_RESOLUTION, EMERGING)
            vintage = pinned_vintage(store, Selection.parse(rest))
            return spots(vintage, parse_hot_spots(given, vintage))

        return respond(make)


@kept
def changes(vintage: Vintage, selection: Selection, first: Window, second: Window) -> bytes:
    """Return the cells of two windows: each one's class of change, the change itself, and both numbers in words."""
    found = compare(vintage, selection, first=first, second=second, by="cell")
    days = [text.dates(side.first, side.last) for side in (found.first, found.second)]
    words = [
        [_signed(row.change), say("on_map.both", first=row.first, second=row.second, before=days[0], after=days[1])]
        for row in found.rows
    ]
    dropped = say("on_map.dropped", is_people=found.measure in PEOPLE, first=found.dropped.first or 0,
                  second=found.dropped.second or 0)  # fmt: skip
    return _packed(
        [str(row.id) for row in found.rows], [code_of(row.place) for row in found.rows],
        [row.change or 0 for row in found.rows], words, {"dropped": dropped, "is_signed": True},
        wider=sum(resolution_of(cell_from_text(str(row.id))) < selection.resolution for row in found.rows),
    )  # fmt: skip


def spots(vintage: Vintage, question: Question) -> bytes:
    """Return the cells of hot spots: each one's class, what is recorded in it, and both in words (RULES G6)."""
    return _spots(hot_spots_answer(vintage, question))


def _spots(found: HotSpotsAnswer) -> bytes:
    words = [
        [say("on_map.recorded", unit=found.unit, number=one.counted), str(one.words or Notice("on_map.not_known"))]
        for one in found.cells
    ]
    return _packed(
        [one.cell for one in found.cells], [code_of_spot(one) for one in found.cells],
        [one.counted for one in found.cells], words, {"dropped": "", "is_signed": False},
    )  # fmt: skip


def _signed(change: int | None) -> str:
    return say("on_map.not_known") if change is None else say("on_map.change", change=text.signed(change))


def _packed(
    names: Sequence[str],
    codes: list[int],
    values: Sequence[int],
    words: list[list[str]],
    details: dict[str, Any],
    wider: int = 0,
) -> bytes:
    """Return a table of cells in the order that shapes have, by number, compressed."""
    every = np.array([cell_from_text(name) for name in names], dtype=np.int64)
    order = np.argsort(every)
    centres, corners, sizes = shapes_by_size(every[order])
    told = {"corners": corners.shape[1], "sizes": sizes, "wider": wider, "says": [words[at] for at in order]}
    columns: dict[str, np.ndarray] = {
        "id": every[order].astype(np.uint64), "centre": centres.ravel(), "corner": corners.ravel(),
        "code": coded(codes)[order], "value": narrowest(np.array(values, dtype=np.int64)[order], kinds=("i2", "i4")),
    }  # fmt: skip
    return packed(details | told, columns, quality=QUALITY)
