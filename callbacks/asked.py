"""What a request to ``/cells`` or ``/incidents`` asks for, and how its bytes go back."""

from collections.abc import Callable
from typing import Any, Final

import brotli
from flask import Response, request

from callbacks.api import answer, refusal
from callbacks.binary import MIMETYPE
from callbacks.reading import pinned, understood
from data.errors import CrossingsError, QueryError
from data.selection import Selection
from data.store import Store
from data.vintage import Vintage

Box = tuple[float, float, float, float]
ASIDE: Final = ("box", "row")  # what a request may state beside a selection


def respond(make: Callable[[], bytes], *, cache: str = "no-store") -> Response:
    """Return packed and compressed columns; a query that cannot be meant gets its sentence."""
    try:
        content = make()
    except CrossingsError as error:
        return refusal(error)
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    if "br" not in request.headers.get("Accept-Encoding", ""):
        return Response(brotli.decompress(content), mimetype=MIMETYPE, headers=headers)
    return Response(content, mimetype=MIMETYPE, headers={**headers, "Content-Encoding": "br"})


def told(make: Callable[[], Any]) -> Response:
    """Return what ``make`` gives as JSON; a query that cannot be meant gets its sentence."""
    try:
        return answer(make())
    except CrossingsError as error:
        return refusal(error)


def asked(store: Store, *, keep_cell: bool = False) -> tuple[Vintage, Selection]:
    """Return the vintage and what of the request's selection changes the cells."""
    given = request.args.to_dict(flat=False)
    for name in ASIDE:
        given.pop(name, None)
    chosen = Selection.parse(given)
    vintage = pinned(store, chosen)
    selection = understood(vintage, chosen)
    return vintage, of_cells(selection).but(cell=selection.cell if keep_cell else None)


def of_cells(selection: Selection) -> Selection:
    """Return what of a selection changes the cells."""
    default = Selection()
    return selection.but(flow=default.flow, step=default.step, layers=default.layers, view=None, cell=None,
                         vintage=None)  # fmt: skip


def asked_box() -> Box | None:
    """Return west, south, east, north of the request in degrees; east may pass 180."""
    given = request.args.get("box")
    if given is None:
        return None
    try:
        west, south, east, north = (float(part) for part in given[:80].split(","))
    except ValueError:
        raise QueryError("'box' is west,south,east,north in degrees.", parameter="box") from None
    if not (-360 <= west < east <= 540 and -90 <= south < north <= 90):
        raise QueryError("'box' lies off the map.", parameter="box")
    return round(west, 4), round(south, 4), round(east, 4), round(north, 4)
