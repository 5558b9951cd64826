"""What a request to ``/cells`` or ``/incidents`` asks for, and how its bytes go back."""

from collections.abc import Callable
from typing import Any

import brotli
from flask import Response, request

from callbacks.map_data.binary_columns import MIMETYPE
from callbacks.server.responses import answer, asked_query, problem_response
from data.counting.engine import pinned_vintage, with_zoom_in_bounds
from data.model.errors import CrossingsError, QueryError
from data.model.notices import say
from data.query.parameters import BOX, ROW, take
from data.query.resolve import require_known_ids
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage

Box = tuple[float, float, float, float]


def respond(make: Callable[[], bytes], *, cache: str = "no-store") -> Response:
    """Return packed and compressed columns; a query that cannot be meant gets its sentence."""
    try:
        content = make()
    except CrossingsError as error:
        return problem_response(error)
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    if "br" not in request.headers.get("Accept-Encoding", ""):
        return Response(brotli.decompress(content), mimetype=MIMETYPE, headers=headers)
    return Response(content, mimetype=MIMETYPE, headers={**headers, "Content-Encoding": "br"})


def json_response(make: Callable[[], Any]) -> Response:
    """Return what ``make`` gives as JSON; a query that cannot be meant gets its sentence."""
    try:
        return answer(make())
    except CrossingsError as error:
        return problem_response(error)


def read_request(store: Store, *, keep_cell: bool = False) -> tuple[Vintage, Selection]:
    """Return the vintage and what of the request's selection changes the cells."""
    _, given = take(asked_query(), BOX, ROW)
    chosen = Selection.parse(given)
    vintage = pinned_vintage(store, chosen)
    selection = with_zoom_in_bounds(require_known_ids(vintage, chosen))
    return vintage, of_cells(selection).replace(cell=selection.cell if keep_cell else None)


def of_cells(selection: Selection) -> Selection:
    """Return what of a selection changes the cells."""
    return selection.only("incidents", "cells")


def asked_box() -> Box | None:
    """Return west, south, east, north of the request in degrees; east may pass 180."""
    own, _ = take({key: given for key, given in asked_query().items() if key == BOX.name}, BOX)
    if own["box"] is None:
        return None
    west, south, east, north = own["box"]
    if not (-360 <= west < east <= 540 and south < north):
        raise QueryError(say("map_data.off_map"), parameter="box")
    return west, south, east, north


def asked_row() -> int:
    """Return the incident of the request by its place in the table."""
    own, _ = take({key: given for key, given in asked_query().items() if key == ROW.name}, ROW)
    if own["row"] is None:
        raise QueryError(say("map_data.no_row"), parameter="row")
    return int(own["row"])
