"""``/api/v1``: every list in the reader's format, cached for good where it is pinned to a vintage."""

import io
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

import polars as pl
from dash import Dash
from flask import Flask, Response, request

from callbacks.server.interface import JSON, LISTS, ROOT
from callbacks.server.responses import asked_query, problem, problem_response, with_cache_headers
from callbacks.view.view_model import view_model
from data.counting.cells_answer import parse_cells
from data.counting.totals import parse_totals
from data.exports.about import about
from data.exports.answers import FIGURES as ANSWERS
from data.exports.collections import (
    Listed,
    Page,
    cells_list,
    exports_list,
    figure_list,
    sources_list,
    totals_list,
    views_list,
    vintages_list,
)
from data.exports.files import geojson, inert
from data.exports.indicator_lists import figures_list, indicators_list, policy_events_list, treaties_list
from data.indicators.figures import parse_asked
from data.model.answers import as_json
from data.model.errors import CrossingsError
from data.model.notices import say
from data.pillars.request import parse_view
from data.query.parameters import VERSION, VINTAGE, refuse_unknown
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.pictures.exports import PICTURES

Query = dict[str, list[str]]
Answer = tuple[Selection, Listed]
PINS: Final = (VINTAGE.name, VERSION.name)
MEDIA: Final = {
    "json": JSON,
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "arrow": "application/vnd.apache.arrow.stream",
    "parquet": "application/vnd.apache.parquet",
}
ANY_LIST: Final = f"<any({','.join(LISTS)}):name>"


def formats_of(name: str) -> list[str]:
    """Return the formats of one list."""
    return [kind for kind in MEDIA if kind != "geojson" or LISTS[name].has_shapes]


def list_answer(store: Store, vintage: Vintage, name: str, query: Query) -> Answer:
    """Return what one list answers to a query; raise QueryError at what it cannot mean."""
    if name == "totals":
        selection, measure, by = parse_totals(query, vintage)
        return selection, totals_list(vintage, selection, measure, by)
    if name == "cells":
        selection, measure = parse_cells(query, vintage)
        return selection, cells_list(vintage, selection, measure)
    if name == "views":
        return _view(vintage, query)
    return _paged(store, vintage, name, query)


def _view(vintage: Vintage, query: Query) -> Answer:
    kind, asked, selection = parse_view(query, vintage)
    return selection, views_list(vintage, kind, asked)


def _paged(store: Store, vintage: Vintage, name: str, query: Query) -> Answer:
    page, query = Page.parse(query)
    if LISTS[name].has_selection:
        selection = require_known_ids(vintage, Selection.parse(resolve_names(query, vintage)))
        return selection, figure_list(vintage, selection, name, page)
    if name == "figures":
        asked, pinned = parse_asked(query), {key: given for key, given in query.items() if key in PINS}
        return Selection.parse(pinned), figures_list(vintage, asked, page)
    refuse_unknown(query, (VINTAGE, VERSION))
    if name == "vintages":
        return Selection.parse(query), vintages_list(store, vintage, page)
    return Selection.parse(query), OF_A_VINTAGE[name](vintage, page)


OF_A_VINTAGE: Final[dict[str, Callable[[Vintage, Page], Listed]]] = {
    "sources": sources_list,
    "indicators": indicators_list,
    "policy_events": policy_events_list,
    "treaties": treaties_list,
    "exports": lambda vintage, page: exports_list(vintage, page, {**PICTURES, **ANSWERS}),
}


def register(app: Dash, store: Store) -> None:
    """Serve the lists: ``/api/v1/cells``, with a suffix or by ``Accept`` as CSV, GeoJSON, Arrow or Parquet."""
    server: Flask = app.server

    @server.get(f"{ROOT}{ANY_LIST}")
    @server.get(f"{ROOT}{ANY_LIST}.<kind>")
    def listed(name: str, kind: str | None = None) -> Response:
        chosen = kind or preferred(name)
        if chosen is None:
            return problem(
                406,
                say("exports.refused.given_as", name=name, known=", ".join(MEDIA[kind] for kind in formats_of(name))),
            )
        if chosen not in formats_of(name):
            return problem(404, say("exports.refused.given_as", name=name, known=", ".join(formats_of(name))))
        try:
            query = asked_query()
            vintage = store.open(Selection.pinned_in(query))
            selection, found = list_answer(store, vintage, name, query)
            response = Response(WRITERS[chosen](vintage, selection, found), mimetype=MEDIA[chosen])
        except CrossingsError as error:
            return problem_response(error)
        if chosen != "json" and LISTS[name].is_paged:
            _say_page(response, found)
        return with_cache_headers(response, is_pinned=selection.vintage is not None)


def preferred(name: str) -> str | None:
    """Return the format that ``Accept`` asks for: JSON where it states none, None where none of ours will do."""
    by_media = {MEDIA[kind]: kind for kind in formats_of(name)}
    if not request.accept_mimetypes:
        return "json"
    best = request.accept_mimetypes.best_match(list(by_media))
    return by_media[best] if best else None


def _say_page(response: Response, found: Listed) -> None:
    """State in headers what the JSON answer states beside its rows."""
    response.headers["X-Total-Count"] = str(found.whole)
    if address := next_page(found):
        response.headers["Link"] = f'<{address}>; rel="next"'


def next_page(found: Listed) -> str | None:
    """Return the address of the page after this one; None at the end, and where the list has no pages."""
    if found.next_offset is None:
        return None
    rest = [(key, value) for key, given in asked_query().items() if key != "offset" for value in given]
    return f"{request.path}?{urlencode([*rest, ('offset', found.next_offset)])}"


def _json(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del vintage, selection
    return as_json(found.answer(next_page(found)))


def _csv(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del vintage, selection
    lists = [name for name, dtype in found.rows.schema.items() if dtype == pl.List]
    return inert(found.rows.with_columns(pl.col(lists).list.join(" "))).write_csv().encode()


def _geojson(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    view = view_model(vintage, selection)
    sentence = f"{view.sentence} {view.notes}"
    return geojson(found.rows, about(vintage, selection, figure=found.key, sentence=sentence, columns=()))


def _arrow(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del vintage, selection
    held = io.BytesIO()
    found.rows.write_ipc_stream(held)
    return held.getvalue()


def _parquet(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del selection
    held = io.BytesIO()
    said = as_json({**found.beside(), "vintage": vintage.name}).decode()
    found.rows.write_parquet(held, compression="zstd", metadata={"crossings": said})
    return held.getvalue()


WRITERS: Final[dict[str, Callable[[Vintage, Selection, Listed], bytes]]] = {
    "json": _json, "csv": _csv, "geojson": _geojson, "arrow": _arrow, "parquet": _parquet,
}  # fmt: skip
