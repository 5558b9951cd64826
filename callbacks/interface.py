"""``/api/v1``: every list in the reader's format, cached for good where it is pinned to a vintage."""

import io
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

import orjson
import polars as pl
from dash import Dash
from flask import Response, request

from callbacks.api import asked_query, finished, problem, refusal
from callbacks.openapi_answers import PICTURES
from callbacks.page import words
from data.answer_files import FIGURES as ANSWERS
from data.errors import CrossingsError, QueryError
from data.exports.about import about
from data.exports.files import geojson, inert
from data.lists import (
    Listed,
    Page,
    cells_list,
    exports_list,
    figure_list,
    sources_list,
    totals_list,
    vintages_list,
)
from data.selection import Selection
from data.store import Store
from data.totals import checked, parse_cells, parse_totals, with_ids
from data.vintage import Vintage

Query = dict[str, list[str]]
Answer = tuple[Selection, Listed]
MEDIA: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "arrow": "application/vnd.apache.arrow.stream",
    "parquet": "application/vnd.apache.parquet",
}
WITH_SHAPES: Final = ("cells", "incidents", "segments")
PAGED: Final = ("series", "incidents", "segments", "sources", "vintages", "exports")
WITHOUT_SELECTION: Final = {"sources", "vintages", "exports"}


def formats_of(name: str) -> list[str]:
    """Return the formats of one list."""
    return [kind for kind in MEDIA if kind != "geojson" or name in WITH_SHAPES]


def list_answer(store: Store, vintage: Vintage, name: str, query: Query) -> Answer:
    """Return what one list answers to a query; raise QueryError at what it cannot mean."""
    if name == "totals":
        selection, measure, by = parse_totals(query, vintage)
        return selection, totals_list(vintage, selection, measure, by)
    if name == "cells":
        selection, measure = parse_cells(query, vintage)
        return selection, cells_list(vintage, selection, measure)
    page = Page.parse(query)
    if name not in WITHOUT_SELECTION:
        selection = checked(vintage, Selection.parse(with_ids(query, vintage)))
        return selection, figure_list(vintage, selection, name, page)
    for key in query:
        if key not in ("vintage", "v"):
            raise QueryError(
                f"'{name}' has no parameter '{key[:60]}'. Known: limit, offset, vintage.", parameter=key[:60]
            )
    if name == "vintages":
        listed = vintages_list(store, vintage, page)
    else:
        files = {**PICTURES, **ANSWERS}
        listed = sources_list(vintage, page) if name == "sources" else exports_list(vintage, page, files)
    return Selection.parse(query), listed


def register(app: Dash, store: Store) -> None:
    """Serve the lists: ``/api/v1/cells``, with a suffix or by ``Accept`` as CSV, GeoJSON, Arrow or Parquet."""

    @app.server.get("/api/v1/<any(totals,series,cells,incidents,segments,sources,vintages,exports):name>")
    @app.server.get("/api/v1/<any(totals,series,cells,incidents,segments,sources,vintages,exports):name>.<kind>")
    def listed(name: str, kind: str | None = None) -> Response:
        chosen = kind or preferred(name)
        if chosen is None:
            return problem(406, f"'{name}' is given as {', '.join(MEDIA[kind] for kind in formats_of(name))}.")
        if chosen not in formats_of(name):
            return problem(404, f"'{name}' is given as {', '.join(formats_of(name))}.")
        try:
            query = asked_query()
            vintage = store.asked(Selection.pinned_in(query))
            selection, found = list_answer(store, vintage, name, query)
            response = Response(WRITERS[chosen](vintage, selection, found), mimetype=MEDIA[chosen])
        except CrossingsError as error:
            return refusal(error)
        if chosen != "json" and name in PAGED:
            _say_page(response, found)
        return finished(response, is_pinned=selection.vintage is not None)


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
    limit, offset = found.details.get("limit"), found.details.get("offset")
    if limit is None or offset is None or offset + limit >= found.whole:
        return None
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != "offset"]
    return f"{request.path}?{urlencode([*rest, ('offset', offset + limit)])}"


def _json(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del vintage, selection
    following = {"next": next_page(found)} if "limit" in found.details else {}
    return orjson.dumps(found.as_dict() | following)


def _csv(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del vintage, selection
    lists = [name for name, dtype in found.rows.schema.items() if dtype == pl.List]
    return inert(found.rows.with_columns(pl.col(lists).list.join(" "))).write_csv().encode()


def _geojson(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    sentence = " ".join(words(vintage, selection))
    return geojson(found.rows, about(vintage, selection, figure=found.key, sentence=sentence, columns=()))


def _arrow(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del vintage, selection
    held = io.BytesIO()
    found.rows.write_ipc_stream(held)
    return held.getvalue()


def _parquet(vintage: Vintage, selection: Selection, found: Listed) -> bytes:
    del selection
    held = io.BytesIO()
    said = orjson.dumps({**found.details, "vintage": vintage.name}).decode()
    found.rows.write_parquet(held, compression="zstd", metadata={"crossings": said})
    return held.getvalue()


WRITERS: Final[dict[str, Callable[[Vintage, Selection, Listed], bytes]]] = {
    "json": _json, "csv": _csv, "geojson": _geojson, "arrow": _arrow, "parquet": _parquet,
}  # fmt: skip
